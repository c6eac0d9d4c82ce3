"""The golden numbers of STATISTICS.md with all their digits, by other programs.

    pip install scipy==1.17.1 numpy==2.4.6 statsmodels==0.15.0 association-measures==0.3.2 keyflux==0.2.0
    python scripts/oracles/golden_numbers.py tests/oracles

writes golden_numbers.csv: measure, its input, the number as STATISTICS prints it, and its value here. The tests of
`analyses::measures` hold every measure to both. What no package offers is written here from its paper (numpy, math); readability
is checked against textstat (readability.py) and here by the published coefficients.
"""
import csv
import math
import sys
import warnings
from pathlib import Path

import association_measures.measures as am
import numpy as np
import pandas as pd
from keyflux.keyness.measures import percent_diff, simple_maths
from scipy import stats
from scipy.spatial.distance import jensenshannon
from statsmodels.stats.contingency_tables import Table2x2

warnings.simplefilter("ignore")
rows = []


def note(measure, kind, numbers, printed, value):
    rows.append([measure, kind, " ".join(f"{number:g}" if isinstance(number, float) else str(number) for number in numbers), printed, repr(float(value))])


def frame(a, n1, b, n2):
    n, r = n1 + n2, a + b
    cells = dict(O11=a, O12=n1 - a, O21=b, O22=n2 - b, R1=n1, R2=n2, C1=r, C2=n - r, N=n)
    cells |= dict(E11=n1 * r / n, E12=n1 * (n - r) / n, E21=n2 * r / n, E22=n2 * (n - r) / n)
    return pd.DataFrame({name: [value] for name, value in cells.items()})


def contingency(a, n1, b, n2, **options):
    return stats.chi2_contingency([[a, b], [n1 - a, n2 - b]], **options).statistic


def association(name, cells, **options):
    return getattr(am, name)(frame(*cells), **options).iloc[0]


# Keyness.
cells = a, n1, b, n2 = 120, 50_000, 60, 100_000
expected = [n1 * (a + b) / (n1 + n2), n2 * (a + b) / (n1 + n2)]
g2 = contingency(*cells, correction=False, lambda_="log-likelihood")
two_cell = stats.power_divergence([a, b], expected, lambda_="log-likelihood").statistic
table = Table2x2([[a, n1 - a], [b, n2 - b]])
for measure, printed, value in [
    ("log_likelihood", "83.285813", g2),
    ("log_likelihood_two_cell", "83.177662", two_cell),
    ("chi_squared", "90.108130", contingency(*cells, correction=False)),
    ("chi_squared_yates", "88.612585", contingency(*cells, correction=True)),
    ("fisher_exact", "8.745e-20", stats.fisher_exact([[a, b], [n1 - a, n2 - b]]).pvalue),
    ("log_ratio", "2.000000", association("log_ratio", cells, discounting="Hardie2014")),
    ("percent_difference", "300", percent_diff(a, b, n1, n2)),
    ("odds_ratio", "4.007217", table.oddsratio),
    ("relative_risk", "4", table.riskratio),
    ("simple_maths", "3.995008", simple_maths(a, b, n1, n2, k=1)),
    ("simple_maths_100", "3.571429", simple_maths(a, b, n1, n2, k=100)),
    ("difference_coefficient", "0.6", (a / n1 - b / n2) / (a / n1 + b / n2)),
    ("bayes_information_criterion", "71.367423", g2 - math.log(n1 + n2)),
    ("effect_size_log_likelihood", "1.3544e-4", two_cell / ((n1 + n2) * math.log(min(expected)))),
    ("conservative_log_ratio", "1.249151", association("conservative_log_ratio", cells, vocab=1)),
]:
    note(measure, "cells", cells, printed, value)
dunning = (10, 13, 0, 31_764)
note("log_likelihood", "cells", dunning, "167.23", contingency(*dunning, correction=False, lambda_="log-likelihood"))

# Collocation: O, f1, f2, N as a, n1, b, n2.
joint, first, second, n = 30, 1_000, 400, 10**6
pair = (joint, first, second - joint, n - first)
turned = (joint, second, first - joint, n - second)
chance = first * second / n
for measure, printed, value in [
    ("pointwise_mutual_information", "6.228819", association("mutual_information", pair) * math.log2(10)),
    ("mutual_information_cubed", "16.042600", math.log2(joint**3 / chance)),
    ("normalised_mutual_information", "0.414573", math.log(joint / chance) / -math.log(joint / n)),
    ("t_score", "5.404196", association("t_score", pair)),
    ("z_score", "46.801709", association("z_score", pair)),
    ("log_dice", "9.455679", 14 + math.log2(association("dice", pair))),
    # `liddell` takes the share of the rows in the columns.
    ("delta_p", "0.029630", association("liddell", turned)),
    ("delta_p_backward", "0.074030", association("liddell", pair)),
    ("log_likelihood", "202.984286", contingency(*pair, correction=False, lambda_="log-likelihood")),
    ("chi_squared", "2193.469981", contingency(*pair, correction=False)),
    ("dice", "0.042857", association("dice", pair)),
    ("jaccard", "0.021898", joint / (first + second - joint)),
]:
    note(measure, "cells", pair, printed, value)


# Dispersion.
def dispersion(counts, sizes):
    v, s = np.array(counts, float), np.array(sizes, float) / sum(sizes)
    f, rates = v.sum(), v / s
    deviation = np.abs(v / f - s).sum() / 2
    return {
        "deviation_of_proportions": deviation,
        "deviation_of_proportions_normalised": deviation / (1 - s.min()),
        "juilland_d": 1 - stats.variation(rates, ddof=0) / math.sqrt(len(v) - 1),
        "rosengren_s": np.sqrt(v * s).sum() ** 2 / f,
        "kullback_leibler": stats.entropy(v / f, s, base=2),
        "carroll_d2": stats.entropy(rates, base=2) / math.log2(len(v)),
    }


for counts, sizes, printed in [
    (
        [1, 2, 3, 4, 5],
        [9, 10, 10, 10, 11],
        {
            "deviation_of_proportions": "0.18",
            "deviation_of_proportions_normalised": "0.219512",
            "juilland_d": "0.785150",
            "rosengren_s": "0.949816",
            "kullback_leibler": "0.136972",
            "carroll_d2": "0.937921",
        },
    ),
    ([1, 2, 3, 4, 5], [10] * 5, {"juilland_d": "0.764298", "carroll_d2": "0.925634"}),
    ([0, 4, 3, 2, 1], [10] * 5, {"juilland_d": "0.646447"}),
    ([2, 1, 1, 1, 0], [10] * 5, {"carroll_d2": "0.8277"}),
]:
    values = dispersion(counts, sizes)
    for measure, digits in printed.items():
        note(measure, "parts", [*counts, "/", *sizes], digits, values[measure])
places = [1, 11, 13, 22, 24, 29, 31, 34, 37, 38, 41, 43, 44, 47, 49]
gaps = np.diff([*places, places[0] + 50])
note("average_reduced_frequency", "places", [*places, "/", 50], "10.8", np.minimum(gaps, 50 / len(places)).sum() * len(places) / 50)

# Distance.
root = jensenshannon([0.5, 0.3, 0.2], [0.2, 0.3, 0.5], 2)
note("jensen_shannon", "lists", [5, 3, 2, "/", 2, 3, 5], "0.095816", root**2)
note("jensen_shannon_root", "lists", [5, 3, 2, "/", 2, 3, 5], "0.309541", root)

# Readability: words, sentences, letters, characters, long words, syllables, polysyllables.
text = w, s, letters, characters, long, syllables, polysyllables = 30, 4, 186, 190, 14, 61, 8
for measure, printed, value in [
    ("flesch_reading_ease", "27.2025", 206.835 - 1.015 * w / s - 84.6 * syllables / w),
    ("flesch_kincaid_grade", "11.328333", 0.39 * w / s + 11.8 * syllables / w - 15.59),
    ("gunning_fog", "13.666667", 0.4 * (w / s + 100 * polysyllables / w)),
    ("smog", "11.208143", 1.0430 * math.sqrt(30 * polysyllables / s) + 3.1291),
    ("automated_readability_index", "12.15", 4.71 * characters / w + 0.5 * w / s - 21.43),
    ("lix", "54.166667", w / s + 100 * long / w),
    ("coleman_liau", "16.709333", 0.0588 * 100 * letters / w - 0.296 * 100 * s / w - 15.8),
]:
    note(measure, "text", text, printed, value)

with open(Path(sys.argv[1]) / "golden_numbers.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["measure", "kind", "input", "printed", "value"])
    writer.writerows(rows)
