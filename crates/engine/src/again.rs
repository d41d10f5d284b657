//! Running again from the card where a run ended: which entries of the earlier journal another run takes over, and whether
//! another version of the flow still has the same cards up to there.
//!
//! What finished is taken over whole, so it never runs again. The card where the run ended is taken over only as far as it
//! reaches beyond the run: a call that was announced and never answered, pages of a stream that were handed over, helper
//! runs that ended well.

mod change;

use std::collections::HashSet;

use flow::{Flow, RunId, StepId, Then};

use crate::child_id::child_run_id;
use crate::journal::{Entry, Event, Outcome, Past, Path, Settled, read};
use crate::plan::{Meaning, Plan, PlanStep};

use change::is_same;
pub use change::{Change, first_change};

/// Where a run ended, and what another run can take over.
#[derive(Clone, Debug, PartialEq)]
pub struct Again {
    /// The card where the run ended.
    pub stand: Stand,
    /// The entries that are taken over, in order.
    pub entries: Vec<Entry>,
    /// How many cards finished before.
    pub finished: usize,
    /// Helper runs that the card at the end starts once more.
    pub repeated: u64,
    /// Helper runs of the card at the end that are taken over.
    pub kept: u64,
}

/// The card at which a run ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Stand {
    /// The card.
    pub step: StepId,
    /// Where it stands.
    pub path: Path,
    /// Its call must not be repeated and may have taken effect, although it was reported as failed.
    pub is_unsure: bool,
    /// Its call was announced and never answered: the new run stops there and asks.
    pub is_open: bool,
    /// It calls helper flows.
    pub has_helpers: bool,
}

impl Again {
    /// Reads the journal of a run. `done` holds the ids of its helper runs that ended well and whose results are kept.
    ///
    /// Returns nothing where no card began, or where the journal belongs to another version.
    pub fn of(plan: &Plan, entries: &[Entry], run: &RunId, done: &HashSet<RunId>) -> Option<Self> {
        let past = read(plan, entries).ok()?;
        let end = plan.steps.get(end_of(plan, entries, &past)?)?;
        let mut known = past;
        let at_end = known.get_mut(end.index).map(std::mem::take)?;
        let is_kept = |path: &Path| {
            let settled = (plan.index_of(path)).and_then(|index| known.get(index)?.settled);
            settled.is_some() || end.path.is_inside(path)
        };
        let mut taken: Vec<Entry> = entries
            .iter()
            // The new run has an id and a resume address of its own: its first card says so.
            .filter(|entry| plan.index_of(&entry.path) != Some(0))
            .filter(|entry| !is_of_trial(&entry.event))
            .filter(|entry| !matches!(entry.event, Event::Ended { .. }))
            .filter(|entry| {
                if entry.path == end.path {
                    outlives(&entry.event, &at_end)
                } else {
                    is_kept(&entry.path)
                }
            })
            .cloned()
            .collect();
        taken.extend(error_flows(plan, &known, run));
        let helpers = Helpers::of(end, &at_end, entries, run, done);
        taken.extend(helpers.entries(end, plan.is_private));
        Some(Self {
            stand: stand(end, &at_end),
            finished: (known.iter().enumerate())
                .filter(|(index, past)| *index > 0 && past.settled.is_some())
                .count(),
            entries: taken,
            repeated: helpers.repeated,
            kept: helpers.kept,
        })
    }

    /// Takes the helper runs over no more: for a version in which the card is another one.
    pub fn without_helpers(mut self) -> Self {
        let end = self.stand.path.clone();
        self.entries
            .retain(|entry| entry.path != end || matches!(entry.event, Event::Intent));
        self.repeated += std::mem::take(&mut self.kept);
        self
    }
}

/// Returns the index of the card where a run ended: the one that failed, else the innermost that was at work.
fn end_of(plan: &Plan, entries: &[Entry], past: &[Past<'_>]) -> Option<usize> {
    match &entries.last()?.event {
        Event::Ended {
            outcome: Outcome::Failed { path, .. } | Outcome::OutcomeUnknown { path, .. },
        } => return plan.index_of(path),
        // A run that came to an end of its own has no such card.
        Event::Ended { .. } => return None,
        _ => {}
    }
    let open = entries
        .iter()
        .rev()
        .filter_map(|entry| plan.index_of(&entry.path));
    let mut open = open.filter(|index| {
        past.get(*index)
            .is_some_and(|past| past.started && past.settled.is_none())
    });
    open.next()
}

/// Was arranged for one run only.
fn is_of_trial(event: &Event) -> bool {
    matches!(event, Event::Pinned { .. } | Event::Until)
}

/// Tells whether an entry of the card where a run ended counts in the next run too.
fn outlives(event: &Event, past: &Past<'_>) -> bool {
    match event {
        Event::Intent => past.intent,
        Event::Page { .. } | Event::PageDone { .. } | Event::Carried { .. } => true,
        _ => false,
    }
}

fn stand(end: &PlanStep, past: &Past<'_>) -> Stand {
    let has_call = match &end.meaning {
        Meaning::Call(repeat) => *repeat == cards::Repeat::Never || may_be_repeated_or_not(end),
        _ => false,
    };
    let is_unsure = has_call
        && matches!(past.settled, Some(Settled::Failed(error))
            if matches!(error.retry, flow::RetryHint::Unavailable | flow::RetryHint::OutcomeUnknown));
    Stand {
        step: end.id.clone(),
        path: end.path.clone(),
        is_unsure,
        is_open: past.intent && past.settled.is_none(),
        has_helpers: has_helpers(&end.meaning),
    }
}

/// Cards whose method is chosen on the card: only the call itself knows whether it may be repeated.
fn may_be_repeated_or_not(end: &PlanStep) -> bool {
    end.inputs
        .iter()
        .any(|input| input.key.key.eq_ignore_ascii_case("method"))
}

fn has_helpers(meaning: &Meaning) -> bool {
    matches!(
        meaning,
        Meaning::CallFlow | Meaning::CallFlowAsync | Meaning::Loop(_) | Meaning::Stream(_)
    )
}

/// Error flows that ran for failures which something caught: they must not run once more.
fn error_flows(plan: &Plan, past: &[Past<'_>], run: &RunId) -> Vec<Entry> {
    let caught = plan.steps.iter().filter(|step| {
        matches!(step.on_error.then, Then::RunFlow { .. })
            && (past.get(step.index))
                .is_some_and(|past| matches!(past.settled, Some(Settled::Failed(_))))
    });
    caught
        .map(|step| carried(step, plan.is_private, run.clone(), Vec::new(), true))
        .collect()
}

fn carried(
    step: &PlanStep,
    private: bool,
    from: RunId,
    items: Vec<(u64, u64)>,
    single: bool,
) -> Entry {
    Entry {
        at_ms: 0,
        path: step.path.clone(),
        private,
        event: Event::Carried {
            from,
            items,
            single,
        },
    }
}

/// The helper runs of the card where a run ended.
struct Helpers {
    from: RunId,
    items: Vec<(u64, u64)>,
    single: bool,
    repeated: u64,
    kept: u64,
}

impl Helpers {
    fn of(
        end: &PlanStep,
        past: &Past<'_>,
        entries: &[Entry],
        run: &RunId,
        done: &HashSet<RunId>,
    ) -> Self {
        let mut helpers = Self {
            from: run.clone(),
            items: Vec::new(),
            single: false,
            repeated: 0,
            kept: 0,
        };
        if !has_helpers(&end.meaning) {
            return helpers;
        }
        let path = end.path.as_str();
        let is_done = |index| done.contains(&child_run_id(run, path, index));
        for index in started(end, past, entries) {
            let earlier = past.carried.iter().any(|carried| carried.has(index));
            if earlier || is_done(index) {
                helpers.kept += 1;
            } else {
                helpers.repeated += 1;
            }
            if earlier || !is_done(index) {
                continue;
            }
            match (index.map(|index| index as u64), helpers.items.last_mut()) {
                (None, _) => helpers.single = true,
                (Some(index), Some((_, last))) if *last + 1 == index => *last = index,
                (Some(index), _) => helpers.items.push((index, index)),
            }
        }
        helpers
    }

    fn entries(&self, end: &PlanStep, private: bool) -> Option<Entry> {
        let has_any = self.single || !self.items.is_empty();
        has_any.then(|| {
            carried(
                end,
                private,
                self.from.clone(),
                self.items.clone(),
                self.single,
            )
        })
    }
}

/// The items whose helper runs may have begun; nothing stands for the one outside a loop.
fn started(end: &PlanStep, past: &Past<'_>, entries: &[Entry]) -> Vec<Option<usize>> {
    const MOST: u64 = 100_000;
    let span = match &end.meaning {
        Meaning::Loop(_) => {
            let count = entries.iter().rev().find_map(|entry| match &entry.event {
                Event::Items { count } if entry.path == end.path => Some(*count),
                _ => None,
            });
            0..count.unwrap_or(0).min(MOST)
        }
        Meaning::Stream(_) => match &past.page {
            Some(page) => {
                let records = page
                    .fetched
                    .as_ref()
                    .map_or(0, |(records, _)| records.len() as u64);
                page.first..page.first.saturating_add(records)
            }
            None => 0..0,
        },
        _ => return vec![None],
    };
    span.map(|index| usize::try_from(index).ok()).collect()
}

impl Again {
    /// Fits what is taken over to another version of the flow, or says what stands against it.
    pub fn onto(self, old: &Flow, new: &Flow) -> Result<Self, Change> {
        if let Some(change) = first_change(old, new, &self.stand.path) {
            return Err(change);
        }
        if is_same(old, new, &self.stand.step) {
            return Ok(self);
        }
        let mut fitted = self.without_helpers();
        // Another card stands there now: what was announced was another call.
        let end = fitted.stand.path.clone();
        if !fitted.stand.is_open {
            fitted.entries.retain(|entry| entry.path != end);
        }
        Ok(fitted)
    }
}

impl Plan {
    /// Returns the place of a card in the journal.
    pub fn path_of(&self, step: &StepId) -> Option<Path> {
        let found = self.steps.iter().find(|known| known.id == *step)?;
        Some(found.path.clone())
    }

    /// Tells whether every entry is about a card of this plan.
    pub fn knows(&self, entries: &[Entry]) -> bool {
        entries
            .iter()
            .all(|entry| self.index_of(&entry.path).is_some())
    }

    /// Tells whether pinned outputs can stand in for a card: not where it starts or ends the flow.
    pub fn may_pin(&self, step: &StepId) -> bool {
        let found = self.steps.iter().find(|known| known.id == *step);
        found.is_some_and(|step| {
            !matches!(
                step.meaning,
                Meaning::Start
                    | Meaning::Return
                    | Meaning::ReturnRaw
                    | Meaning::Throw
                    | Meaning::ThrowIf
                    | Meaning::ContinueIf
                    | Meaning::Close
            )
        })
    }
}
