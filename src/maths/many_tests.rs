//! Adjusted p-values for a family of tests.
//!
//! Comes in: the p-values of every test that was made (the family), none missing. Goes out: adjusted values in the same
//! order, each to be compared with the level. Not here: deciding what the family is.

/// How p-values are adjusted for the number of tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adjustment {
    /// p·m: family-wise error under any dependence (Bonferroni 1936).
    Bonferroni,
    /// Step-down Bonferroni: family-wise error, never weaker (Holm 1979).
    Holm,
    /// False discovery rate under independence or positive dependence (Benjamini & Hochberg 1995).
    BenjaminiHochberg,
    /// False discovery rate under any dependence (Benjamini & Yekutieli 2001).
    BenjaminiYekutieli,
}

impl Adjustment {
    /// The adjusted values of `p_values`, in their order.
    pub fn adjust(self, p_values: &[f64]) -> Vec<f64> {
        let tests = p_values.len() as f64;
        match self {
            Self::Bonferroni => p_values.iter().map(|p| (p * tests).min(1.0)).collect(),
            Self::Holm => {
                let order = ascending(p_values);
                let mut adjusted = vec![1.0; p_values.len()];
                let mut largest = 0.0f64;
                for (rank, &index) in order.iter().enumerate() {
                    largest = largest.max((p_values[index] * (tests - rank as f64)).min(1.0));
                    adjusted[index] = largest;
                }
                adjusted
            }
            Self::BenjaminiHochberg => step_up(p_values, 1.0),
            Self::BenjaminiYekutieli => step_up(p_values, (1..=p_values.len()).map(|rank| 1.0 / rank as f64).sum()),
        }
    }
}

/// Smallest, over this and all larger p, of p·m·factor/rank.
fn step_up(p_values: &[f64], factor: f64) -> Vec<f64> {
    let tests = p_values.len() as f64;
    let mut adjusted = vec![1.0; p_values.len()];
    let mut smallest = 1.0f64;
    for (rank, &index) in ascending(p_values).iter().enumerate().rev() {
        smallest = smallest.min(p_values[index] * tests * factor / (rank + 1) as f64);
        adjusted[index] = smallest;
    }
    adjusted
}

fn ascending(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    order
}

#[cfg(test)]
mod tests {
    use super::super::oracle_values::{ADJUSTED, P_VALUES};
    use super::*;
    use crate::maths::special::assert_relative;

    #[test]
    fn adjustments_match_statsmodels() {
        let rules = [Adjustment::Bonferroni, Adjustment::Holm, Adjustment::BenjaminiHochberg, Adjustment::BenjaminiYekutieli];
        for (rule, expected) in rules.into_iter().zip(ADJUSTED) {
            for (got, expected) in rule.adjust(P_VALUES).into_iter().zip(*expected) {
                assert_relative(got, *expected, 1e-12);
            }
        }
    }

    #[test]
    fn a_family_of_none_or_one_is_left_alone() {
        for rule in [Adjustment::Holm, Adjustment::BenjaminiHochberg, Adjustment::BenjaminiYekutieli] {
            assert!(rule.adjust(&[]).is_empty());
            assert_eq!(rule.adjust(&[0.03]), [0.03]);
        }
    }
}
