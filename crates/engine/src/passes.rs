//! The passes of a card that goes round: how many there are, which failed, and which helper run each one was. Worked out
//! from the journal of the caller, because ids of helper runs follow from their place.

use std::collections::BTreeSet;

use flow::{RunId, StepId};

use crate::child_id::child_run_id;
use crate::journal::{Entry, Event};
use crate::plan::{Plan, PlanStep};

/// What a journal tells of the passes of one card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passes {
    /// How many there are, or were when the run ended; of a stream those that were begun.
    pub count: u64,
    /// Those that failed, counted from 0.
    pub failed: BTreeSet<u64>,
}

impl Passes {
    /// Returns the first failed pass that is behind this one.
    pub fn failed_after(&self, index: u64) -> Option<u64> {
        let from = index.checked_add(1)?;
        self.failed.range(from..).next().copied()
    }
}

/// Returns the passes of a card; nothing where it never went round.
pub fn passes(plan: &Plan, entries: &[Entry], step: &StepId) -> Option<Passes> {
    let place = place(plan, step)?;
    let mut found = Passes::default();
    let mut goes_round = false;
    for entry in entries.iter().filter(|entry| entry.path == place.path) {
        match &entry.event {
            Event::Items { count } => {
                goes_round = true;
                found.count = found.count.max(*count);
            }
            Event::Page { first, records, .. } => {
                goes_round = true;
                found.count = found.count.max(first.saturating_add(records.len() as u64));
            }
            Event::PageDone { streamed, .. } => {
                goes_round = true;
                found.count = found.count.max(*streamed);
            }
            Event::Child {
                index: Some(index),
                error,
                ..
            } => {
                let index = *index as u64;
                goes_round = true;
                found.count = found.count.max(index.saturating_add(1));
                match error {
                    Some(_) => found.failed.insert(index),
                    // Taken up again after an interruption.
                    None => found.failed.remove(&index),
                };
            }
            _ => {}
        }
    }
    goes_round.then_some(found)
}

/// Returns the id of the helper run that a card of `run` started, for an item of a loop or outside of one: one of an
/// earlier run where `run` took it over.
pub fn helper_run(
    plan: &Plan,
    entries: &[Entry],
    run: &RunId,
    step: &StepId,
    index: Option<usize>,
) -> Option<RunId> {
    let place = place(plan, step)?;
    Some(helper_of(place, entries, run, index))
}

/// Returns the card of `parent` that started this helper run, for this item. Helper runs of an error flow have none.
pub fn calling_step(
    plan: &Plan,
    parent: &RunId,
    helper: &RunId,
    index: Option<usize>,
) -> Option<StepId> {
    let mut steps = plan.steps.iter();
    let found = steps.find(|step| child_run_id(parent, step.path.as_str(), index) == *helper)?;
    Some(found.id.clone())
}

fn place<'p>(plan: &'p Plan, step: &StepId) -> Option<&'p PlanStep> {
    plan.steps.iter().find(|known| known.id == *step)
}

fn helper_of(place: &PlanStep, entries: &[Entry], run: &RunId, index: Option<usize>) -> RunId {
    let mut at_card = entries.iter().filter(|entry| entry.path == place.path);
    let carried = at_card.find_map(|entry| match &entry.event {
        Event::Carried {
            from,
            items,
            single,
        } => {
            let is_taken = match index {
                None => *single,
                Some(index) => {
                    let index = index as u64;
                    (items.iter()).any(|(first, last)| (*first..=*last).contains(&index))
                }
            };
            is_taken.then_some(from)
        }
        _ => None,
    });
    child_run_id(carried.unwrap_or(run), place.path.as_str(), index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Path;
    use flow::{CardError, Flow, FlowId, Step};

    fn plan() -> Plan {
        let mut flow = Flow::new(FlowId::from("f"), "F");
        for (id, card) in [("start", "control:manual"), ("each", "list:forEach")] {
            let step: Step = serde_json::from_value(serde_json::json!({"id": id, "card": card}))
                .expect("a card");
            flow.steps.push(step);
        }
        Plan::compile(&flow)
    }

    fn entry(event: Event) -> Entry {
        Entry {
            at_ms: 0,
            path: Path::new("each"),
            private: false,
            event,
        }
    }

    fn child(index: usize, is_failed: bool) -> Entry {
        entry(Event::Child {
            run: RunId::from("x"),
            flow: FlowId::from("h"),
            index: Some(index),
            error: is_failed.then(|| CardError::new("a.b", "No.")),
        })
    }

    #[test]
    fn passes_are_counted_and_failed_ones_found_one_after_the_other() {
        let each = StepId::from("each");
        let mut journal = vec![entry(Event::Items { count: 10_000 }), child(2, false)];
        journal.extend([
            child(2, true),
            child(7_000, true),
            child(5, true),
            child(5, false),
        ]);
        let found = passes(&plan(), &journal, &each).unwrap();
        assert_eq!(found.count, 10_000);
        let of = |index| found.failed_after(index);
        assert_eq!(
            (of(0), of(2), of(6_999), of(7_000)),
            (Some(2), Some(7_000), Some(7_000), None)
        );
        assert_eq!(found.failed_after(u64::MAX), None);
        assert_eq!(passes(&plan(), &journal, &StepId::from("start")), None);
        assert_eq!(passes(&plan(), &journal, &StepId::from("gone")), None);
        assert_eq!(passes(&plan(), &[], &each), None);
        let none = passes(&plan(), &[entry(Event::Items { count: 0 })], &each).unwrap();
        assert_eq!(none.count, 0);
    }

    #[test]
    fn helper_runs_are_found_from_both_ends_and_in_earlier_runs() {
        let (run, each) = (
            RunId::from("01KAN0WQ8Z4T5V6X7Y8Z9A0B1C"),
            StepId::from("each"),
        );
        let earlier = RunId::from("01KAN0WQ8Z4T5V6X7Y8Z9A0B1D");
        let journal = [entry(Event::Carried {
            from: earlier.clone(),
            items: vec![(0, 4)],
            single: false,
        })];
        let helper = |index| helper_run(&plan(), &journal, &run, &each, Some(index)).unwrap();
        assert_eq!(helper(4), child_run_id(&earlier, "each", Some(4)));
        assert_eq!(helper(5), child_run_id(&run, "each", Some(5)));
        let found = |parent, index| calling_step(&plan(), parent, &helper(index), Some(index));
        assert_eq!(found(&run, 5), Some(each.clone()));
        assert_eq!(found(&earlier, 4), Some(each.clone()));
        assert_eq!(found(&run, 4), None);
    }
}
