//! Whether two versions of a flow are the same in what a run did already.

use flow::{Flow, Step, StepId};

use crate::journal::Path;

/// Why another version of a flow cannot go on where a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A card that finished is another one now, or a container around the end.
    Changed(StepId),
    /// A card that finished is gone, or stands elsewhere.
    Removed(StepId),
    /// A card was added between those that finished.
    Added(StepId),
}

/// Returns the first difference between two versions of a flow in what comes before the card at `end`, and in the
/// containers around it.
pub fn first_change(old: &Flow, new: &Flow, end: &Path) -> Option<Change> {
    change_in_row(&old.steps, &new.steps, "", end.as_str())
}

fn change_in_row(old: &[Step], new: &[Step], around: &str, end: &str) -> Option<Change> {
    let mut new = new.iter().filter(|step| !step.is_note()).peekable();
    for was in old.iter().filter(|step| !step.is_note()) {
        let path = format!("{around}{}", was.id);
        if path == end {
            return None;
        }
        let Some(now) = new.next() else {
            return Some(Change::Removed(was.id.clone()));
        };
        if now.id != was.id {
            let is_gone = !new.any(|step| step.id == was.id);
            return Some(if is_gone {
                Change::Removed(was.id.clone())
            } else {
                Change::Added(now.id.clone())
            });
        }
        if end
            .strip_prefix(path.as_str())
            .is_some_and(|rest| rest.starts_with('/'))
        {
            return change_around(was, now, &path, end);
        }
        if bare(was) != bare(now) {
            return Some(Change::Changed(was.id.clone()));
        }
    }
    None
}

/// The container at `path` is entered: its own fields, what of it is over, and the lane that leads to the end.
fn change_around(was: &Step, now: &Step, path: &str, end: &str) -> Option<Change> {
    let changed = Some(Change::Changed(was.id.clone()));
    let own = |step: &Step| {
        let mut own = bare(step);
        own.lanes.clear();
        own
    };
    let conditions = |step: &Step| -> Vec<_> {
        let lanes = step.lanes.iter();
        lanes
            .map(|lane| (lane.id.clone(), lane.inputs.clone()))
            .collect()
    };
    if own(was) != own(now) || conditions(was) != conditions(now) {
        return changed;
    }
    for (was, now) in was.lanes.iter().zip(&now.lanes) {
        let inside = format!("{path}/{}/", was.id.as_str());
        if end.starts_with(&inside) {
            return change_in_row(&was.steps, &now.steps, &inside, end);
        }
        // Only what is tried comes before another lane.
        let is_over = was.id.as_str() == "try";
        if is_over && was.steps.iter().map(bare).ne(now.steps.iter().map(bare)) {
            return changed;
        }
    }
    changed
}

/// A card without what has no effect when it runs.
fn bare(step: &Step) -> Step {
    let mut bare = step.clone();
    bare.title = None;
    bare.note = None;
    bare.collapsed = false;
    for lane in &mut bare.lanes {
        lane.steps = lane
            .steps
            .iter()
            .filter(|step| !step.is_note())
            .map(self::bare)
            .collect();
    }
    bare
}

/// Tells whether a card is the same in two versions of a flow, as far as it matters when it runs.
pub(super) fn is_same(old: &Flow, new: &Flow, id: &StepId) -> bool {
    match (old.step(id), new.step(id)) {
        (Some(old), Some(new)) => bare(old) == bare(new),
        _ => false,
    }
}
