//! How closely two things go together: the measures of collocation studies.
//!
//! Two marginals and a joint count are four cells: here the things are the word and the target, so that the measures say how
//! closely a word goes with a group.

mod delta_p;
mod delta_p_backward;
mod dice;
mod jaccard;
mod log_dice;
mod mutual_information_cubed;
mod normalised_mutual_information;
mod pointwise_mutual_information;
mod t_score;
mod z_score;

pub use delta_p::{DELTA_P, delta_p};
pub use delta_p_backward::{DELTA_P_BACKWARD, delta_p_backward};
pub use dice::{DICE, dice};
pub use jaccard::{JACCARD, jaccard};
pub use log_dice::{LOG_DICE, log_dice};
pub use mutual_information_cubed::{MUTUAL_INFORMATION_CUBED, mutual_information_cubed};
pub use normalised_mutual_information::{NORMALISED_MUTUAL_INFORMATION, normalised_mutual_information};
pub use pointwise_mutual_information::{POINTWISE_MUTUAL_INFORMATION, pointwise_mutual_information};
pub use t_score::{T_SCORE, t_score};
pub use z_score::{Z_SCORE, z_score};

use super::FourCells;

/// The golden pair of STATISTICS: together 30 times, alone 1,000 and 400 times, among a million.
pub(super) const PAIR: [f64; 4] = [30.0, 1_000.0, 370.0, 999_000.0];

/// A joint count with its marginals: O, f₁, f₂, N and E = f₁f₂/N.
struct Pair {
    both: f64,
    first: f64,
    second: f64,
    all: f64,
    expected: f64,
}

impl Pair {
    fn of(cells: &FourCells) -> Self {
        let (first, second, all) = (cells.total, cells.count + cells.count_rest, cells.all());
        Self { both: cells.count, first, second, all, expected: first * second / all }
    }
}
