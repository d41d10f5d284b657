//! Putting the writes of many jobs in an order in which each kind goes with one statement.
//!
//! All runs are added, then all journals, then all changes of status: that is right as long as each run asks in this
//! order. Where a run asks otherwise (two changes of status, say) the later write goes into a further layer, after
//! everything of the layer before.

use std::collections::HashMap;

use flow::RunId;

use super::Write;
use crate::inbox::InboxEvent;
use crate::runs::{RunRecord, StatusChange};

/// Writes about runs, of which no run needs another order than inserts, journals, statuses.
#[derive(Default)]
pub(super) struct Layer<'w> {
    pub(super) inserts: Vec<&'w RunRecord>,
    pub(super) journals: Vec<(&'w RunId, i64, &'w str)>,
    pub(super) statuses: Vec<&'w StatusChange>,
}

/// The writes of a group, in the order to write them.
#[derive(Default)]
pub(super) struct Layers<'w> {
    /// Before everything else.
    pub(super) accepts: Vec<&'w InboxEvent>,
    /// One after the other.
    pub(super) runs: Vec<Layer<'w>>,
    /// After everything else, in the order in which they were asked for.
    pub(super) rest: Vec<&'w Write>,
}

#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Rank {
    Insert,
    Journal,
    Status,
}

impl<'w> Layers<'w> {
    pub(super) fn of(writes: impl IntoIterator<Item = &'w Write>) -> Self {
        let mut layers = Self::default();
        let mut places: HashMap<&RunId, (usize, Rank)> = HashMap::new();
        for write in writes {
            let (run, rank) = match write {
                Write::InsertRun(run) => (&run.row.id, Rank::Insert),
                Write::Journal { run, .. } => (run, Rank::Journal),
                Write::Status(change) => (&change.run, Rank::Status),
                Write::Accept(events) => {
                    layers.accepts.extend(events);
                    continue;
                }
                rest => {
                    layers.rest.push(rest);
                    continue;
                }
            };
            let number = match places.get(run) {
                None => 0,
                Some((number, last))
                    if *last < rank || (*last == rank && rank == Rank::Journal) =>
                {
                    *number
                }
                Some((number, _)) => number + 1,
            };
            places.insert(run, (number, rank));
            if layers.runs.len() <= number {
                layers.runs.push(Layer::default());
            }
            layers.runs[number].add(write);
        }
        layers
    }
}

impl<'w> Layer<'w> {
    fn add(&mut self, write: &'w Write) {
        match write {
            Write::InsertRun(run) => self.inserts.push(run),
            Write::Journal { run, seq, entries } => self.journals.push((run, *seq, entries)),
            Write::Status(change) => self.statuses.push(change),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runs::RunStatus::{Queued, Running, Succeeded};

    fn journal(run: &str, seq: i64) -> Write {
        Write::Journal {
            run: run.into(),
            seq,
            entries: String::new(),
        }
    }

    fn status(run: &str, change: StatusChange) -> Write {
        Write::Status(Box::new(StatusChange {
            run: run.into(),
            ..change
        }))
    }

    #[test]
    fn writes_of_different_runs_share_a_layer() {
        let done = StatusChange::new("a".into(), Running, Succeeded, 0);
        let writes = [
            journal("a", 0),
            status("a", done.clone()),
            journal("b", 0),
            status("b", done),
        ];
        let layers = Layers::of(&writes);
        assert_eq!(layers.runs.len(), 1);
        assert_eq!(
            (layers.runs[0].journals.len(), layers.runs[0].statuses.len()),
            (2, 2)
        );
    }

    #[test]
    fn a_run_that_changes_twice_gets_a_second_layer() {
        let begin = StatusChange::new("a".into(), Queued, Running, 0);
        let end = StatusChange::new("a".into(), Running, Succeeded, 0);
        let writes = [
            status("a", begin),
            journal("a", 0),
            journal("a", 1),
            status("a", end),
        ];
        let layers = Layers::of(&writes);
        assert_eq!(layers.runs.len(), 2);
        assert_eq!(layers.runs[0].statuses[0].to, Running);
        assert_eq!(
            (layers.runs[1].journals.len(), layers.runs[1].statuses[0].to),
            (2, Succeeded)
        );
    }
}
