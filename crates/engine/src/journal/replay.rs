//! Reading a journal back: what is known about each card when a run goes on.

use flow::{CardError, Outputs, RunId, Value};

use super::{Entry, Event, Outcome};
use crate::host::EngineError;
use crate::plan::Plan;

/// What the journal knows about one card.
#[derive(Debug, Default)]
pub(crate) struct Past<'h> {
    /// It began.
    pub(crate) started: bool,
    /// A call that must not be repeated was announced, and nothing came after.
    pub(crate) intent: bool,
    /// How it ended.
    pub(crate) settled: Option<Settled<'h>>,
    /// How often it was tried again.
    pub(crate) attempt: u32,
    /// Until when the next attempt waits.
    pub(crate) retry_ms: Option<i64>,
    /// Until when it waits.
    pub(crate) wait_ms: Option<i64>,
    /// How far it streamed.
    pub(crate) page: Option<PastPage>,
    /// What stands in for it in a trial.
    pub(crate) pinned: Option<&'h Outputs>,
    /// The run ends after it.
    pub(crate) is_last: bool,
    /// Helper runs of earlier runs that count as its own.
    pub(crate) carried: Vec<Carried<'h>>,
}

/// Helper runs of an earlier run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Carried<'h> {
    pub(crate) from: &'h RunId,
    pub(crate) items: &'h [(u64, u64)],
    pub(crate) single: bool,
}

impl Carried<'_> {
    /// Tells whether the helper run for this item, or outside a loop, is among them.
    pub(crate) fn has(&self, index: Option<usize>) -> bool {
        match index {
            None => self.single,
            Some(index) => {
                let index = index as u64;
                (self.items.iter()).any(|(first, last)| (*first..=*last).contains(&index))
            }
        }
    }
}

/// How a card ended.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Settled<'h> {
    /// With these outputs.
    Finished(&'h Outputs),
    /// With this error.
    Failed(&'h CardError),
}

/// How far a card streamed: the page it is at.
#[derive(Clone, Debug, Default)]
pub(crate) struct PastPage {
    /// The page, from 0.
    pub(crate) number: u64,
    /// Records before it.
    pub(crate) first: u64,
    /// Where it begins; nothing for the first page.
    pub(crate) cursor: Option<String>,
    /// Its records and where the next page begins, once it was fetched.
    pub(crate) fetched: Option<(Vec<Value>, Option<String>)>,
    /// It was the last one.
    pub(crate) is_last: bool,
}

/// Returns how the run ended, if it did so for good.
pub(crate) fn ended(history: &[Entry]) -> Option<&Outcome> {
    history.iter().rev().find_map(|entry| match &entry.event {
        Event::Ended { outcome } if !matches!(outcome, Outcome::OutcomeUnknown { .. }) => {
            Some(outcome)
        }
        _ => None,
    })
}

/// Returns what the journal knows, by card of the plan; empty for an empty journal.
pub(crate) fn read<'h>(plan: &Plan, history: &'h [Entry]) -> Result<Vec<Past<'h>>, EngineError> {
    let mut known = Vec::new();
    if history.is_empty() {
        return Ok(known);
    }
    known.resize_with(plan.steps.len(), Past::default);
    for entry in history {
        if matches!(entry.event, Event::Ended { .. }) {
            continue;
        }
        let step = plan
            .index_of(&entry.path)
            .and_then(|index| known.get_mut(index))
            .ok_or_else(|| EngineError::ForeignEntry(entry.path.clone()))?;
        step.take(entry);
    }
    end_around(plan, &mut known);
    Ok(known)
}

/// A run that ends after a card ends after the containers around it too: the card may stand in a lane that is not taken.
fn end_around(plan: &Plan, known: &mut [Past<'_>]) {
    let last: Vec<_> = (plan.steps.iter())
        .filter(|step| known.get(step.index).is_some_and(|past| past.is_last))
        .map(|step| &step.path)
        .collect();
    for step in &plan.steps {
        if last.iter().any(|path| path.is_inside(&step.path))
            && let Some(past) = known.get_mut(step.index)
        {
            past.is_last = true;
        }
    }
}

impl<'h> Past<'h> {
    fn take(&mut self, entry: &'h Entry) {
        match &entry.event {
            Event::Pinned { outputs } => self.pinned = Some(outputs),
            Event::Until => self.is_last = true,
            Event::Carried {
                from,
                items,
                single,
            } => self.carried.push(Carried {
                from,
                items,
                single: *single,
            }),
            _ => self.go_on(entry),
        }
    }

    fn go_on(&mut self, entry: &'h Entry) {
        self.started = true;
        match &entry.event {
            Event::Intent => {
                self.intent = true;
                self.settled = None;
            }
            Event::Computed { outputs, .. } | Event::Finished { outputs, .. } => {
                self.intent = false;
                self.settled = Some(Settled::Finished(outputs));
            }
            Event::Failed { error, .. } => {
                self.intent = false;
                self.settled = Some(Settled::Failed(error));
            }
            Event::Retry { until_ms, attempt } => {
                self.intent = false;
                self.settled = None;
                self.attempt = *attempt;
                self.retry_ms = Some(*until_ms);
            }
            Event::Wait { until_ms } | Event::Pause { until_ms } => self.wait_ms = Some(*until_ms),
            Event::Page {
                number,
                first,
                records,
                next,
                ..
            } => {
                let page = self.page.get_or_insert_default();
                page.number = *number;
                page.first = *first;
                page.fetched = Some((records.clone(), next.clone()));
            }
            Event::PageDone {
                number,
                streamed,
                next,
            } => {
                self.page = Some(PastPage {
                    number: number + 1,
                    first: *streamed,
                    cursor: next.clone(),
                    fetched: None,
                    is_last: next.is_none(),
                });
            }
            Event::Started
            | Event::Call(_)
            | Event::Unclear { .. }
            | Event::Lane { .. }
            | Event::Yielded { .. }
            | Event::Items { .. }
            | Event::Child { .. }
            | Event::Pinned { .. }
            | Event::Until
            | Event::Carried { .. }
            | Event::Ended { .. } => {}
        }
    }
}
