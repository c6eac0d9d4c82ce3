"""Writes src/maths/oracle_values.rs: what scipy and statsmodels say. Run: python scripts/oracles/special_functions.py > src/maths/oracle_values.rs"""
import mpmath
import numpy as np
import scipy
import statsmodels
from scipy import special, stats
from statsmodels.stats.multitest import multipletests


def number(value):
    text = repr(float(value))
    return text if any(c in text for c in ".e") else text + ".0"


def table(name, kinds, rows, note):
    print(f"/// {note}")
    print("#[rustfmt::skip]")
    print(f"pub(super) const {name}: &[({', '.join(kinds)})] = &[")
    for row in rows:
        cells = [str(int(v)) if kind == "u64" else number(v) for kind, v in zip(kinds, row)]
        print(f"    ({', '.join(cells)}),")
    print("];\n")


print(f"//! Values of scipy {scipy.__version__} and statsmodels {statsmodels.__version__} (hypergeometric: mpmath), written by scripts/oracles/special_functions.py.")
print()
rng = np.random.default_rng(20)
beta = [(0.5, 0.5, 0.3), (2, 3, 0.1), (1, 1, 0.25), (5, 0.5, 0.999), (120, 61, 0.7), (0.01, 40, 1e-6), (1e5, 2e5, 0.333), (3000, 1e6, 0.0031)]
beta += [(10 ** rng.uniform(-1, 4), 10 ** rng.uniform(-1, 4), 0) for _ in range(30)]
beta = [(a, b, x if x else float(np.clip(stats.beta.ppf(rng.uniform(0.001, 0.999), a, b), 1e-12, 1 - 1e-6))) for a, b, x in beta]
table("BETA", ["f64"] * 5, [(a, b, x, special.betainc(a, b, x), special.betaincc(a, b, x)) for a, b, x in beta], "a, b, x, I_x(a, b), 1 − I_x(a, b)")
quantiles = [(0.0005, 120, 61), (0.975, 11, 3), (1e-9, 2, 500), (0.5, 0.5, 0.5)] + [(rng.uniform(), 10 ** rng.uniform(-0.5, 4), 10 ** rng.uniform(-0.5, 4)) for _ in range(20)]
table("BETA_QUANTILE", ["f64"] * 4, [(p, a, b, special.betaincinv(a, b, p)) for p, a, b in quantiles], "probability, a, b, x")
gamma = [(0.5, 0.1), (1, 1), (3.2, 8), (100, 80), (1e5, 100_500), (1e6, 999_000), (0.01, 2), (7, 60)] + [(10 ** rng.uniform(-1, 5), 0) for _ in range(20)]
gamma = [(a, x if x else stats.gamma.ppf(rng.uniform(0.001, 0.999), a)) for a, x in gamma]
table("GAMMA", ["f64"] * 4, [(a, x, special.gammainc(a, x), special.gammaincc(a, x)) for a, x in gamma], "a, x, P(a, x), Q(a, x)")
quantiles = [(0.025, 1), (0.9995, 61), (1e-8, 3)] + [(rng.uniform(), 10 ** rng.uniform(-0.5, 5)) for _ in range(12)]
table("GAMMA_QUANTILE", ["f64"] * 3, [(p, a, special.gammaincinv(a, p)) for p, a in quantiles], "probability, a, x")
table("STUDENT", ["f64"] * 3, [(t, v, 2 * stats.t.sf(t, v)) for t in (0.1, 1.5, 3, 12) for v in (1, 2.5, 9, 150)], "t, degrees, two-sided p")
table("STUDENT_QUANTILE", ["f64"] * 3, [(p, v, stats.t.ppf(p, v)) for p in (0.001, 0.4, 0.975) for v in (1, 4.3, 30, 2000)], "probability, degrees, t")
table("CHI_SQUARED", ["f64"] * 3, [(x, v, stats.chi2.sf(x, v)) for x in (0.2, 3.84, 30, 200) for v in (1, 2, 17)], "statistic, degrees, tail")
# scipy's hypergeom goes through differences of betaln and keeps only ten digits here, so the masses come from mpmath.
mpmath.mp.dps = 60
choose = lambda n, k: mpmath.exp(mpmath.loggamma(n + 1) - mpmath.loggamma(k + 1) - mpmath.loggamma(n - k + 1))
hyper = []
for population, marked, draws in [(20, 7, 12), (150_000, 180, 50_000), (2_000_000, 1_000, 700_000), (31_777, 13, 10), (400, 350, 380), (3_000_000, 90_000, 1_200_000)]:
    law = stats.hypergeom(population, marked, draws)
    for share in (0.00001, 0.2, 0.5, 0.97):
        x = int(law.ppf(share))
        lowest, highest = max(0, marked + draws - population), min(marked, draws)
        everything = choose(mpmath.mpf(population), draws)
        term = first = choose(mpmath.mpf(marked), x) * choose(mpmath.mpf(population - marked), draws - x) / everything
        upper = lower = first
        for k in range(x, highest):
            term *= mpmath.mpf((marked - k) * (draws - k)) / ((k + 1) * (population - marked - draws + k + 1))
            upper += term
        term = first
        for k in range(x, lowest, -1):
            term *= mpmath.mpf(k * (population - marked - draws + k)) / ((marked - k + 1) * (draws - k + 1))
            lower += term
        hyper.append((population, marked, draws, x, first, lower, upper))
table("HYPERGEOMETRIC", ["u64"] * 4 + ["f64"] * 3, hyper, "population, marked, draws, x, P(X = x), P(X ≤ x), P(X ≥ x)")
p_values = np.concatenate([rng.uniform(size=14), 10 ** rng.uniform(-8, -1, size=14), [0.01, 0.01]])
print("/// A family of p-values.\n#[rustfmt::skip]\npub(super) const P_VALUES: &[f64] = &[" + ", ".join(number(p) for p in p_values) + "];\n")
print("/// The same adjusted by Bonferroni, Holm, Benjamini–Hochberg, Benjamini–Yekutieli.\n#[rustfmt::skip]\npub(super) const ADJUSTED: &[&[f64]] = &[")
for method in ("bonferroni", "holm", "fdr_bh", "fdr_by"):
    print("    &[" + ", ".join(number(p) for p in multipletests(p_values, method=method)[1]) + "],")
print("];")
