//! Recognizing cards whose ids are different: of a flow that was imported again, or of a card that was cut and pasted.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use crate::document::{Binding, Flow, Input, OutputRef, Part, Step};
use crate::id::StepId;

/// Longer lists than this many pairs are not compared card by card.
const MOST_PAIRS: usize = 4_000_000;

/// Returns `new` with the ids that its cards have in `old`, where a card of another id is clearly the same one.
pub(super) fn aligned(old: &Flow, new: &Flow) -> Flow {
    let (before, after) = (old.all_steps(), new.all_steps());
    let old_ids: HashSet<&StepId> = before.iter().map(|step| &step.id).collect();
    let new_ids: HashSet<&StepId> = after.iter().map(|step| &step.id).collect();
    let known = after
        .iter()
        .filter(|step| old_ids.contains(&step.id))
        .count();
    let mut gone: Vec<&Step> = before.clone();
    gone.retain(|step| !new_ids.contains(&step.id));
    let mut fresh: Vec<&Step> = after.clone();
    fresh.retain(|step| !old_ids.contains(&step.id));
    if gone.is_empty() || fresh.is_empty() {
        return new.clone();
    }
    let mut names: HashMap<StepId, StepId> = HashMap::new();
    pair(&mut gone, &mut fresh, &mut names, &looks);
    // Hardly an id is known: another import, in which also changed cards are the same ones.
    if known * 2 < before.len().min(after.len()) {
        pair(&mut gone, &mut fresh, &mut names, &|step| {
            format!("{} {}", step.card.as_str(), title(step))
        });
        pair(&mut gone, &mut fresh, &mut names, &|step| {
            step.card.as_str().to_owned()
        });
    }
    if names.is_empty() {
        return new.clone();
    }
    let mut aligned = new.clone();
    rename(&mut aligned.steps, &names);
    for pin in &mut aligned.pins {
        if let Some(name) = names.get(&pin.step) {
            pin.step = name.clone();
        }
    }
    aligned.pins.sort_by(|a, b| a.step.cmp(&b.step));
    aligned
}

/// Pairs cards that `looks` the same, in the order of both lists, as many as possible.
fn pair(
    gone: &mut Vec<&Step>,
    fresh: &mut Vec<&Step>,
    names: &mut HashMap<StepId, StepId>,
    looks: &dyn Fn(&Step) -> String,
) {
    let left: Vec<String> = gone.iter().map(|step| looks(step)).collect();
    let right: Vec<String> = fresh.iter().map(|step| looks(step)).collect();
    for (from, to) in common(&left, &right) {
        if let (Some(old), Some(new)) = (gone.get(from), fresh.get(to)) {
            names.insert(new.id.clone(), old.id.clone());
        }
    }
    let taken: HashSet<&StepId> = names.values().collect();
    gone.retain(|step| !taken.contains(&step.id));
    fresh.retain(|step| !names.contains_key(&step.id));
}

/// The longest common subsequence, as pairs of positions.
fn common(left: &[String], right: &[String]) -> Vec<(usize, usize)> {
    if left.len().saturating_mul(right.len()) > MOST_PAIRS {
        return left
            .iter()
            .zip(right)
            .enumerate()
            .filter_map(|(at, (a, b))| (a == b).then_some((at, at)))
            .collect();
    }
    let width = right.len() + 1;
    let mut best = vec![0_u32; (left.len() + 1) * width];
    let read = |best: &[u32], i: usize, j: usize| best.get(i * width + j).copied().unwrap_or(0);
    for (i, a) in left.iter().enumerate().rev() {
        for (j, b) in right.iter().enumerate().rev() {
            let length = if a == b {
                read(&best, i + 1, j + 1) + 1
            } else {
                read(&best, i + 1, j).max(read(&best, i, j + 1))
            };
            if let Some(cell) = best.get_mut(i * width + j) {
                *cell = length;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::new();
    while let (Some(a), Some(b)) = (left.get(i), right.get(j)) {
        if a == b {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if read(&best, i + 1, j) >= read(&best, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

fn title(step: &Step) -> &str {
    step.title.as_deref().unwrap_or_default()
}

/// What a card looks like but for ids: which one it is, its title, its note, what its fields hold.
fn looks(step: &Step) -> String {
    let mut looks = format!("{}\n{}\n", step.card.as_str(), title(step));
    if let Some(note) = &step.note {
        looks.push_str(&note.title);
        looks.push_str(&note.text);
    }
    for input in step.all_inputs() {
        field(&mut looks, input);
    }
    looks
}

fn field(looks: &mut String, input: &Input) {
    looks.push('\n');
    looks.push_str(&input.key.to_string());
    looks.push('=');
    binding(looks, &input.binding);
}

fn binding(looks: &mut String, bound: &Binding) {
    match bound {
        Binding::Empty => {}
        Binding::Constant { value } => {
            if write!(looks, "{value}").is_err() {
                looks.push('?');
            }
        }
        Binding::Output { source, .. } => {
            looks.push_str(&source.field.to_string());
            looks.push_str(&source.path.join("›"));
        }
        Binding::Item { path } => looks.push_str(path.as_deref().unwrap_or("item")),
        Binding::Template { parts } => {
            for part in parts {
                match part {
                    Part::Text { text } => looks.push_str(text),
                    Part::Value { binding: inner, .. } => binding(looks, inner),
                }
            }
        }
    }
}

fn rename(steps: &mut [Step], names: &HashMap<StepId, StepId>) {
    for step in steps {
        if let Some(name) = names.get(&step.id) {
            step.id = name.clone();
        }
        step.inputs
            .iter_mut()
            .for_each(|input| rename_sources(&mut input.binding, names));
        for lane in &mut step.lanes {
            lane.inputs
                .iter_mut()
                .chain(&mut lane.yields)
                .for_each(|input| rename_sources(&mut input.binding, names));
            rename(&mut lane.steps, names);
        }
    }
}

fn rename_sources(bound: &mut Binding, names: &HashMap<StepId, StepId>) {
    let rename = |source: &mut OutputRef| {
        if let Some(name) = names.get(&source.step) {
            source.step = name.clone();
        }
    };
    match bound {
        Binding::Output { source, .. } => rename(source),
        Binding::Template { parts } => {
            for part in parts {
                if let Part::Value { binding, .. } = part {
                    rename_sources(binding, names);
                }
            }
        }
        Binding::Empty | Binding::Constant { .. } | Binding::Item { .. } => {}
    }
}
