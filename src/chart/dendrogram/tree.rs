//! The tree behind a dendrogram: merges from the table, checked, and cut to what a picture can show.

use crate::chart::reading::Reading;
use crate::error::{Error, Result};
use crate::table::Dendrogram;
use std::collections::BTreeMap;

/// Two branches and where they meet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Joint {
    pub branches: [Branch; 2],
    pub height: f64,
}

/// What a merge joins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Branch {
    /// A thing, by its position in the names.
    Leaf(usize),
    /// An earlier merge, by its position.
    Joint(usize),
}

/// A whole tree.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tree {
    /// The names of the things, as they stand in the table.
    pub names: Vec<String>,
    /// The merges; each refers only to earlier ones.
    pub joints: Vec<Joint>,
}

impl Tree {
    /// Reads the merges that `spec` names.
    pub fn read(spec: &Dendrogram, reading: &Reading<'_>) -> Result<Self> {
        let (numbers, heights) = (reading.numbers(spec.merge)?, reading.numbers(spec.height)?);
        let words = [reading.words(spec.first.0)?, reading.words(spec.second.0)?];
        let links = [reading.numbers(spec.first.1)?, reading.numbers(spec.second.1)?];
        let mut tree = Self { names: Vec::new(), joints: Vec::new() };
        // Numbers are whole, so that their bits tell them apart.
        let mut known: BTreeMap<u64, usize> = BTreeMap::new();
        for row in 0..reading.len() {
            let mut branches = [Branch::Leaf(0); 2];
            for (side, branch) in branches.iter_mut().enumerate() {
                *branch = match links[side][row] {
                    Some(number) => match known.get(&number.to_bits()) {
                        Some(&joint) => Branch::Joint(joint),
                        None => {
                            return Err(Error::internal(format!("merge {} refers to merge {number}, which is not before it", row + 1)));
                        }
                    },
                    None => {
                        tree.names.push(words[side][row].clone());
                        Branch::Leaf(tree.names.len() - 1)
                    }
                };
            }
            let below = branches.iter().map(|&branch| tree.height(branch)).fold(0.0, f64::max);
            // A missing height can't be drawn lower than what it joins.
            tree.joints.push(Joint { branches, height: heights[row].unwrap_or(below).max(below) });
            if let Some(number) = numbers[row] {
                known.insert(number.to_bits(), row);
            }
        }
        Ok(tree)
    }

    /// Where `branch` ends: 0 for a thing.
    pub fn height(&self, branch: Branch) -> f64 {
        match branch {
            Branch::Leaf(_) => 0.0,
            Branch::Joint(joint) => self.joints[joint].height,
        }
    }

    /// Merges that no other joins, the last first: a tree has one.
    fn roots(&self) -> Vec<Branch> {
        let joined: std::collections::BTreeSet<Branch> = self.joints.iter().flat_map(|joint| joint.branches).collect();
        (0..self.joints.len()).rev().map(Branch::Joint).filter(|branch| !joined.contains(branch)).collect()
    }

    /// At most `most` branches from top to bottom of the picture: what meets at the largest distances is kept apart, what
    /// is nearest is told as one. Fewer roots than that are never cut.
    pub fn tips(&self, most: usize) -> Vec<Branch> {
        let mut tips = self.roots();
        while tips.len() < most {
            let highest = (0..tips.len())
                .filter(|&tip| matches!(tips[tip], Branch::Joint(_)))
                .max_by(|&a, &b| self.height(tips[a]).total_cmp(&self.height(tips[b])));
            let Some(at) = highest else { break };
            if let Branch::Joint(joint) = tips[at] {
                tips.splice(at..=at, self.joints[joint].branches);
            }
        }
        tips
    }

    /// The things under `branch`, from top to bottom.
    pub fn leaves(&self, branch: Branch) -> Vec<usize> {
        let (mut leaves, mut waiting) = (Vec::new(), vec![branch]);
        while let Some(branch) = waiting.pop() {
            match branch {
                Branch::Leaf(leaf) => leaves.push(leaf),
                Branch::Joint(joint) => {
                    let [first, second] = self.joints[joint].branches;
                    waiting.extend([second, first]);
                }
            }
        }
        leaves
    }
}
