#!/usr/bin/env python3
"""Recorded values for tests/oracles/{distances,delta,word_shift}.csv, and the numbers that tests quote.

    python3 -m venv venv && venv/bin/pip install numpy==2.4.6 scipy==1.17.1 shifterator==0.3.0 faststylometry==1.0.5
    venv/bin/python scripts/oracles/distances.py tests/oracles

Divergence and cosine: scipy.spatial.distance. Delta: calculate_burrows_delta of faststylometry, which counts the words of texts
itself; scipy.stats.zscore(ddof=1) over the groups with the city-block distance over the number of words (which is what stylo's
`dist.delta` is) must agree with it. Word shifts: shifterator, un-normalised. Random counts are numpy's default_rng(20).
"""
import collections
import collections.abc
import sys
from pathlib import Path

import numpy as np
from faststylometry import Corpus
from faststylometry.burrows_delta import calculate_burrows_delta
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import cityblock, cosine, jensenshannon, squareform
from scipy.stats import ks_2samp, zscore

collections.Mapping = collections.abc.Mapping  # shifterator 0.3.0 asks for the name that Python 3.10 dropped
from shifterator import EntropyShift, JSDivergenceShift, ProportionShift, WeightedAvgShift

folder = Path(sys.argv[1])
random = np.random.default_rng(20)


def number(value):
    return f"{float(value):.14g}"


def numbers(values):
    return " ".join(number(value) for value in values)


def counts(words):
    """Zipfian counts with zeros on either side."""
    rates = random.dirichlet(1.0 / np.arange(1, words + 1) * 5)
    return random.multinomial(random.integers(20, 4000), rates)


rows = ["first,second,jensen_shannon,cosine_distance"]
for _ in range(1_000):
    words = int(random.integers(2, 20))
    a, b = counts(words), counts(words)
    rows.append(f"{numbers(a)},{numbers(b)},{number(jensenshannon(a, b, 2) ** 2)},{number(cosine(a, b))}")
(folder / "distances.csv").write_text("\n".join(rows) + "\n")



def stylometry(counts):
    """Delta of the first two groups as faststylometry has it, from texts with these counts of words (rows are groups)."""
    corpus, words = Corpus(), [f"w{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(counts.shape[1])]
    for group, row in enumerate(counts):
        corpus.add_book(f"group{group}", "all", " ".join(" ".join([word] * n) for word, n in zip(words, row) if n))
    corpus.tokenise(str.split)
    return calculate_burrows_delta(corpus, corpus, vocab_size=len(words)).to_numpy()


rows = ["counts,delta"]
while len(rows) <= 1_000:
    groups, words = int(random.integers(3, 7)), int(random.integers(2, 15))
    table = random.multinomial(300, random.dirichlet(np.ones(words)), size=groups)
    # scipy's z-scores of a word that all use alike, or nobody, are not defined; the test looks at such words apart.
    if (table.std(axis=0) == 0).any():
        continue
    z = zscore(table / table.sum(axis=1, keepdims=True), axis=0, ddof=1)
    distance = cityblock(z[0], z[1]) / words
    assert abs(distance - stylometry(table)[0, 1]) <= 1e-12 * distance
    rows.append(f"{';'.join(numbers(row) for row in table)},{number(distance)}")
(folder / "delta.csv").write_text("\n".join(rows) + "\n")

rows = ["shift,reference,target,scores,contributions,total"]
for _ in range(1_000):
    words = int(random.integers(2, 10))
    a, b = counts(words), counts(words)
    scores = np.round(random.normal(5, 2, words), 3)
    names = [f"w{i:02}" for i in range(words)]
    # shifterator knows words by their presence: both texts name all words that either has.
    kept = [i for i in range(words) if a[i] + b[i] > 0]
    one = {names[i]: int(a[i]) for i in kept}
    two = {names[i]: int(b[i]) for i in kept}
    lexicon = {names[i]: float(scores[i]) for i in kept}
    shifts = {
        "proportion": ProportionShift(one, two),
        "entropy": EntropyShift(one, two, base=2, normalization=None),
        "jensen_shannon": JSDivergenceShift(one, two, base=2, normalization=None),
        "lexicon": WeightedAvgShift(one, two, lexicon, lexicon, reference_value="average", normalization=None),
    }
    for name, shift in shifts.items():
        # The proportion shift has no switch for the normalization: undo it by the divisor that was used.
        found = {word: value * shift.norm for word, value in shift.type2shift_score.items()}
        contributions = [found.get(names[i], 0.0) for i in range(words)]
        total = {
            "proportion": 0.0,
            "entropy": None,
            "jensen_shannon": float(jensenshannon(a, b, 2) ** 2),
            "lexicon": float((b * scores).sum() / b.sum() - (a * scores).sum() / a.sum()),
        }[name]
        if total is None:
            entropy = lambda c: -sum(p * np.log2(p) for p in c / c.sum() if p > 0)
            total = entropy(b) - entropy(a)
        rows.append(f"{name},{numbers(a)},{numbers(b)},{numbers(scores)},{numbers(contributions)},{number(total)}")
(folder / "word_shift.csv").write_text("\n".join(rows) + "\n")

square = np.array(
    [
        [0.0, 0.2, 0.7, 0.9, 0.4],
        [0.2, 0.0, 0.6, 0.8, 0.5],
        [0.7, 0.6, 0.0, 0.1, 0.65],
        [0.9, 0.8, 0.1, 0.0, 0.75],
        [0.4, 0.5, 0.65, 0.75, 0.0],
    ]
)
print("linkage heights (analyses/tree.rs):", linkage(squareform(square), "average")[:, 2].tolist())
print("Kolmogorov-Smirnov (comparability):", ks_2samp([1, 2, 3, 4, 7, 7], [2, 3, 3, 8, 9]).statistic)
print("golden divergence:", jensenshannon([0.5, 0.3, 0.2], [0.2, 0.3, 0.5], 2) ** 2)
