//! Training of the second pass on first passes that did not see the text they tag.

use super::decode::Scores;
use super::hash;
use super::labels::Label;
use super::learn::{Example, LISTS, Problem, Schedule, Slot, learn};
use super::model::{Model, Row, Weights};
use super::revise::{STEPS, by_position, revision_features};
use super::tag::Prepared;
use super::train::{Numbering, Task, mend_borders, quantised};

/// How often the second pass sees its data.
const EPOCHS: u32 = 6;
/// Features seen less often are left out.
const LEAST_COUNT: u32 = 3;

/// A token whose features are not numbered yet.
struct Pending {
    keys: std::ops::Range<usize>,
    allowed: u32,
}

/// Trains the second pass and puts it into the model.
pub(super) fn second_stage(task: &Task<'_>, model: &mut Model, note: &mut dyn FnMut(&str)) {
    let folds = task.options.folds.max(2);
    let surfaces: Vec<&str> = task.training.surfaces.list.iter().map(String::as_str).collect();
    let mut problem = Problem::default();
    let mut keys: Vec<u64> = Vec::new();
    let mut pending: Vec<Pending> = Vec::new();
    for fold in 0..folds {
        let held_out = |number: usize| task.training.documents[number].origin % folds == fold;
        let (learned, names) = task.first_stage(&|number| !held_out(number), 1, note);
        let mut first = quantised(&learned, &names, task.options);
        drop((learned, names));
        first.lexicon = task.lexicon.clone();
        let rescale = model.unit as f32 / first.unit as f32;
        let prepared = Prepared::new(&first, &surfaces);
        for (_, document) in task.training.documents.iter().enumerate().filter(|(number, _)| held_out(*number)) {
            if document.sentence_starts.len() < 2 {
                continue;
            }
            let context = task.context(document);
            let (labels, mut emissions): (Vec<Label>, Vec<Scores>) = prepared.first_pass(&context, document.set);
            emissions.iter_mut().flatten().for_each(|score| *score *= rescale);
            let labels = by_position(&context, &labels);
            let mut from = 0;
            for segment in &context.segments {
                let mut allowed = document.allowed[segment.start..segment.end].to_vec();
                mend_borders(&mut allowed);
                let start = pending.len();
                for (position, &bits) in (segment.start..segment.end).zip(&allowed) {
                    let before = keys.len();
                    revision_features(&context, segment, position, &labels, &emissions[from], model.unit, &mut keys);
                    pending.push(Pending { keys: before..keys.len(), allowed: bits });
                    problem.base.push(emissions[from]);
                    from += 1;
                }
                let weight = task.weights[document.set_index];
                problem.examples.push(Example { start, end: pending.len(), weight });
            }
        }
    }
    let mut numbering = Numbering::default();
    keys.iter().for_each(|&key| numbering.count(key, 1));
    let nothing = problem.add_list([]);
    for Pending { keys: range, allowed } in pending {
        let mut lists = [nothing; LISTS];
        lists[0] = numbering.add_list(&keys[range], LEAST_COUNT, &mut problem);
        problem.slots.push(Slot { lists, allowed });
    }
    problem.feature_count = numbering.keys.len();
    let unit = model.unit as f32;
    let schedule = Schedule {
        epochs: EPOCHS,
        seed: task.options.seed ^ 0x2,
        miss_margin: task.options.margins[0] * unit,
        alarm_margin: task.options.margins[1] * unit,
        rate: unit * task.options.revision_rate,
        dropout: 0,
        adaptive: task.options.adaptive,
        worst: task.options.worst * unit,
        committee: 1,
    };
    let learned = learn(&problem, schedule, &model.transitions);
    let entries: Vec<(u32, Row)> = numbering
        .keys
        .iter()
        .zip(&learned.rows)
        .map(|(&key, row)| (hash::fingerprint(key), row.map(|weight| (weight * STEPS).round().clamp(-127.0, 127.0) as i8)))
        .filter(|(_, row)| row.iter().any(|weight| *weight != 0))
        .collect();
    note(&format!("second pass: {} features", entries.len()));
    model.revision = Weights::of(entries);
    model.revision_transitions = learned.transitions.map(|row| row.map(f32::round));
}
