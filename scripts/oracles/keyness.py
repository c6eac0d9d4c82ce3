"""Random tables for the keyness and dispersion measures, as scipy, statsmodels, association-measures and keyflux see them.

    pip install mpmath==1.4.1 scipy==1.17.1 statsmodels==0.15.0 association-measures==0.3.2 keyflux==0.2.0
    python scripts/oracles/keyness.py tests/oracles

writes four_cells.csv, samples.csv, parts.csv and lists.csv, which the tests of `analyses::measures` read. The seed is fixed.
Formulas that no package offers (marked by hand) are written here from their papers, apart from the Rust code.
"""
import csv
import math
import sys
import warnings
from pathlib import Path

import association_measures.measures as am
import mpmath
import numpy as np
import pandas as pd
from keyflux.keyness.measures import log_likelihood as two_cell, percent_diff, simple_maths
from keyflux.divergence.rtd import rtd
from keyflux.ranking.rankedlist import RankedList
from scipy import stats
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.meta_analysis import effectsize_smd

mpmath.mp.dps = 50
warnings.simplefilter("ignore")
rng = np.random.default_rng(4)
folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)


def number(value):
    value = float(value)
    return f"{value:.13g}" if math.isfinite(value) else ""


def expected(a, n1, b, n2):
    share = mpmath.mpf(a + b) / (n1 + n2)
    return n1 * share, n2 * share, n1 * (1 - share), n2 * (1 - share)


def write(name, header, rows):
    with open(folder / name, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


# Four cells: totals from 200 to 3 million, rates from rare to every tenth word, effects both ways, zeros in one of ten.
tables = []
while len(tables) < 1_000:
    n1, n2 = (int(10 ** rng.uniform(2.3, 6.5)) for _ in range(2))
    rate = 10 ** rng.uniform(-6, -1)
    ratio = 2 ** rng.normal(0, 1.5)
    a, b = int(rng.poisson(n1 * rate * ratio)), int(rng.poisson(n2 * rate))
    if rng.uniform() < 0.05:
        a = 0
    if rng.uniform() < 0.05:
        b = 0
    if a + b > 0 and a <= n1 and b <= n2:
        tables.append((a, n1, b, n2))
frame = pd.DataFrame([dict(O11=a, O12=n1 - a, O21=b, O22=n2 - b, R1=n1, R2=n2, C1=a + b, C2=n1 + n2 - a - b, N=n1 + n2) for a, n1, b, n2 in tables])
for i, j in (("1", "1"), ("1", "2"), ("2", "1"), ("2", "2")):
    frame[f"E{i}{j}"] = frame[f"R{i}"] * frame[f"C{j}"] / frame["N"]
hardie = am.log_ratio(frame, disc=0.5, discounting="Hardie2014")
walter = am.log_ratio(frame, disc=0.5, discounting="Walter1975")
conservative = am.conservative_log_ratio(frame, alpha=0.001, vocab=1, correct="Bonferroni")
# association-measures has base 10 and divides by zero where the word and the group never meet; logDice is from its Dice.
with np.errstate(divide="ignore", invalid="ignore"):
    information, dice = am.mutual_information(frame) * math.log2(10), am.dice(frame)
    met = frame["O11"] > 0
    association = [information.where(met), (information + 2 * np.log2(frame["O11"])).where(met),
                   (information / -np.log2(frame["O11"] / frame["N"])).where(met), am.t_score(frame, disc=0).where(met), am.z_score(frame),
                   (14 + np.log2(dice)).where(met), am.liddell(frame.rename(columns=dict(C1="R1", C2="R2", R1="C1", R2="C2", O12="O21", O21="O12"))),
                   am.liddell(frame), dice,
                   frame["O11"] / (frame["O11"] + frame["O12"] + frame["O21"])]
association_names = ["pointwise_mutual_information", "mutual_information_cubed", "normalised_mutual_information", "t_score", "z_score",
                     "log_dice", "delta_p", "delta_p_backward", "dice", "jaccard"]
names = ["log_likelihood", "log_likelihood_two_cell", "chi_squared", "chi_squared_yates", "williams", "fisher_exact",
         "bayes_information_criterion", "log_ratio", "log_ratio_walter", "conservative_log_ratio", "percent_difference", "simple_maths",
         "odds_ratio", "relative_risk", "difference_coefficient", "effect_size_log_likelihood", "weighted_log_odds"] + association_names
rows = []
for index, (a, n1, b, n2) in enumerate(tables):
    table = np.array([[a, b], [n1 - a, n2 - b]])
    all_words, sign = n1 + n2, 1 if a / n1 >= b / n2 else -1
    # scipy loses digits where O is near E, so its sum is taken in 50 digits and only checked against it.
    g2 = 2 * sum(o * mpmath.log(o / e) for o, e in zip(map(mpmath.mpf, (a, b, n1 - a, n2 - b)), expected(a, n1, b, n2)) if o)
    assert abs(float(g2) - stats.chi2_contingency(table, correction=False, lambda_="log-likelihood")[0]) <= 1e-9 * all_words / 100 + 1e-9 * float(g2)
    q = 1 + (all_words / (a + b) + all_words / (all_words - a - b) - 1) * (all_words / n1 + all_words / n2 - 1) / (6 * all_words)
    ll = 2 * sum(o * mpmath.log(o / e) for o, e in list(zip(map(mpmath.mpf, (a, b)), expected(a, n1, b, n2))) if o)
    assert abs(float(ll) - abs(two_cell(a, b, n1, n2))) <= 1e-9 * all_words / 100 + 1e-9 * float(ll)
    smaller = min(n1, n2) * (a + b) / all_words
    prior = 500 * (a + b) / all_words
    delta = math.log((a + prior) / (n1 + 500 - a - prior)) - math.log((b + prior) / (n2 + 500 - b - prior))
    # Empty cells: half an occurrence more in all four (Haldane). Table2x2's own shift_zeros raises the empty cell alone.
    half = 0.5 if 0 in (a, b, n1 - a, n2 - b) else 0
    two_by_two = Table2x2([[a + half, n1 - a + half], [b + half, n2 - b + half]], shift_zeros=False)
    # keyflux puts 0.5 for a zero count in %DIFF: only whole counts are compared with it. It leaves the sign to the reader; scipy's Yates stops at |O − E| as ours does at 0.
    rows.append([a, n1, b, n2] + [number(value) for value in [
        sign * g2, sign * abs(ll), stats.chi2_contingency(table, correction=False)[0], stats.chi2_contingency(table, correction=True)[0],
        sign * g2 / q, stats.fisher_exact(table)[1], g2 - math.log(all_words), hardie[index], walter[index], conservative[index],
        (percent_diff(a, b, n1, n2) if a else -100) if b else math.nan, simple_maths(a, b, n1, n2, k=1.0), two_by_two.oddsratio, two_by_two.riskratio,
        (a / n1 - b / n2) / (a / n1 + b / n2), abs(ll) / (all_words * math.log(smaller)) if smaller > 1 else math.nan,
        delta / math.sqrt(1 / (a + prior) + 1 / (b + prior))] + [column[index] for column in association]])
write("four_cells.csv", ["a", "n1", "b", "n2"] + names, rows)

# Samples: rates per document with many zeros and ties.
rows = []
for _ in range(1_000):
    samples = [np.round(rng.gamma(0.5, 200, size=rng.integers(2, 25)) * (rng.uniform(size=1) > 0) * rng.integers(0, 2), 1) for _ in range(2)]
    samples = [np.where(rng.uniform(size=len(s)) < 0.4, 0.0, np.round(rng.gamma(0.7, scale, size=len(s)), 0)) for s, scale in zip(samples, (9, 5))]
    target, reference = samples
    p = stats.mannwhitneyu(target, reference, method="asymptotic")[1]
    pooled = math.sqrt((((target - target.mean()) ** 2).sum() + ((reference - reference.mean()) ** 2).sum()) / (len(target) + len(reference) - 2))
    d = (target.mean() - reference.mean()) / pooled if pooled > 0 else math.nan
    g = effectsize_smd(target.mean(), target.std(ddof=1), len(target), reference.mean(), reference.std(ddof=1), len(reference))[0]
    zeta = (target > 0).mean() + (reference == 0).mean()
    rows.append([" ".join(f"{v:g}" for v in s) for s in samples] + [number(p), number(d), number(g), number(zeta)])
write("samples.csv", ["target", "reference", "mann_whitney", "cohen_d", "hedges_g", "zeta"], rows)

# Parts: by hand from the papers, with numpy and scipy's entropy.
rows = []
while len(rows) < 1_000:
    parts = int(rng.integers(2, 20))
    sizes = rng.integers(1, 900, size=parts)
    counts = np.minimum(rng.poisson(rng.gamma(0.5, 2, size=parts) * sizes / 100), sizes)
    if counts.sum() == 0:
        continue
    s, v, f = sizes / sizes.sum(), counts, counts.sum()
    rate = v / s
    rows.append([" ".join(map(str, counts)), " ".join(map(str, sizes))] + [number(value) for value in [
        (v > 0).sum(), 0.5 * np.abs(v / f - s).sum(), 0.5 * np.abs(v / f - s).sum() / (1 - s.min()),
        1 - stats.variation(rate) / math.sqrt(parts - 1), np.sqrt(v * s).sum() ** 2 / f, stats.entropy(rate, base=2) / math.log2(parts),
        stats.entropy(v / f, s, base=2)]])
write("parts.csv", ["counts", "sizes", "range", "deviation_of_proportions", "deviation_of_proportions_normalised", "juilland_d", "rosengren_s",
                    "carroll_d2", "kullback_leibler"], rows)

# Lists: whole frequency lists of which both have every term (keyflux scales lists with absent terms in another way).
rows = []
while len(rows) < 1_000:
    size = int(rng.integers(2, 15))
    target, reference = (rng.integers(1, 60, size=size) for _ in range(2))
    divergence = rtd(*(RankedList.from_counts({str(i): int(v) for i, v in enumerate(own)}) for own in (target, reference)), alpha=1 / 3).divergence
    rows.append([" ".join(map(str, target)), " ".join(map(str, reference)), number(divergence)])
write("lists.csv", ["target", "reference", "rank_turbulence_divergence"], rows)
