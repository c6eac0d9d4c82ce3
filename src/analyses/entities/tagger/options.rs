//! Settings of the trainer.

use super::error::TaggerError;
use super::model::Parts;

/// What is special about one set.
#[derive(Debug, Clone, PartialEq)]
pub struct SetOptions {
    /// The name of the set's folder.
    pub name: String,
    /// How much its mistakes count (1 is usual, 0 leaves the set out).
    pub weight: f32,
}

/// Settings of the trainer. The defaults make the model that ships.
#[derive(Debug, Clone)]
pub struct TrainingOptions {
    /// The seed of all random choices.
    pub seed: u64,
    /// How often the data are seen.
    pub epochs: u32,
    /// Case-changed copies, in a thousand sentences.
    pub copies: u32,
    /// Features seen less often are left out.
    pub least_count: u32,
    /// The length of the first step; later ones are shorter.
    pub step: f32,
    /// What a wrong label's score gets on top while learning.
    pub margin: f32,
    /// How often, in a thousand, a feature is hidden from the learner, so that it heeds all of them.
    pub noise: u32,
    /// At most so many features are kept.
    pub most_features: usize,
    /// How many bits a weight is rounded to, 2 to 8.
    pub bits: u32,
    /// Sets with a weight of their own.
    pub sets: Vec<SetOptions>,
    /// Sets whose `O` may hide a name of the kind MISC; sets that mark none are found without this.
    pub hidden_misc: Vec<String>,
    /// How many learners with different orders of the data are averaged.
    pub committee: u64,
    /// The shares of the sets' own weights that predictions use: the guideline that they follow.
    pub follow: Vec<(String, f32)>,
    /// Use word clusters.
    pub clusters: bool,
    /// Use gazetteers.
    pub gazetteers: bool,
    /// Give each set weights of its own.
    pub set_weights: bool,
    /// Parts that can be left out.
    pub parts: Parts,
}

impl Default for TrainingOptions {
    fn default() -> Self {
        Self {
            seed: 1,
            epochs: 12,
            copies: 60,
            least_count: 2,
            step: 0.02,
            margin: 2.0,
            noise: 500,
            most_features: 400_000,
            bits: 8,
            sets: Vec::new(),
            hidden_misc: Vec::new(),
            committee: 3,
            follow: [("voa", 0.7), ("re3d", 0.3), ("gum", 0.3), ("uner_ewt", 0.2)].map(|(name, share)| (name.to_owned(), share)).to_vec(),
            clusters: true,
            gazetteers: true,
            set_weights: true,
            parts: Parts::default(),
        }
    }
}

impl TrainingOptions {
    /// The share of a set's own weights in predictions.
    pub(super) fn share(&self, set: &str) -> f32 {
        self.follow.iter().find(|(name, _)| name == set).map_or(0.0, |(_, share)| *share)
    }

    /// Leaves out a part: `clusters`, `gazetteers`, `document`, `second-pass`, `copies`, `noise` or `set-weights`.
    ///
    /// # Errors
    /// An error for any other word.
    pub fn leave_out(&mut self, part: &str) -> Result<(), TaggerError> {
        match part {
            "clusters" => self.clusters = false,
            "gazetteers" => self.gazetteers = false,
            "document" => self.parts.document = false,
            "second-pass" => self.parts.second_pass = false,
            "copies" => self.copies = 0,
            "noise" => self.noise = 0,
            "set-weights" => self.set_weights = false,
            _ => {
                return Err(TaggerError::new(format!(
                    "there is no part {part:?}: give clusters, gazetteers, document, second-pass, copies, noise or set-weights"
                )));
            }
        }
        Ok(())
    }

    /// Sets a set's weight from `NAME=WEIGHT`.
    ///
    /// # Errors
    /// An error for another form, and for a weight that is negative or no number.
    pub fn weigh(&mut self, setting: &str) -> Result<(), TaggerError> {
        let wrong = || TaggerError::new(format!("{setting:?} is no weight of a set: give NAME=WEIGHT, such as btc=0.5"));
        let (name, weight) = setting.split_once('=').ok_or_else(wrong)?;
        let weight: f32 = weight.parse().ok().filter(|weight: &f32| weight.is_finite() && *weight >= 0.0).ok_or_else(wrong)?;
        self.sets.retain(|set| set.name != name);
        self.sets.push(SetOptions { name: name.to_owned(), weight });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read() {
        let mut options = TrainingOptions::default();
        assert!(options.leave_out("copies").is_ok() && options.copies == 0);
        assert!(options.leave_out("everything").is_err());
        assert!(options.weigh("btc=0.5").is_ok() && options.weigh("btc=0").is_ok());
        assert_eq!(options.sets, [SetOptions { name: "btc".to_owned(), weight: 0.0 }]);
        assert!(["btc", "btc=x", "btc=-1", "btc=NaN"].iter().all(|setting| options.weigh(setting).is_err()));
        assert_eq!((options.share("nothing"), options.share("voa") > 0.0), (0.0, true));
    }
}
