//! Where a value of a run came from: card by card back to what started it, into helper runs and out of them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use api::{ApiError, ErrorCode, FieldValue, Origin, OriginEnd, RunView, ValueRef};
use flow::{RunId, numbers};

use super::masking::{mask, value_of};
use super::{Caller, run_view};

mod sources;

use sources::{Place, Way, ways};

/// More places than these are not followed.
const MOST_PLACES: usize = 200;
/// More runs than these are not opened.
const MOST_RUNS: usize = 16;

/// Returns the places that a value came through, the nearest first, each followed by where it came from itself.
pub(super) async fn trace(caller: &Caller, value: ValueRef) -> Result<Vec<Origin>, ApiError> {
    let mut walk = Walk {
        caller,
        opened: HashMap::new(),
        found: Vec::new(),
        seen: HashSet::new(),
    };
    let first = walk.open(&value.run).await?;
    let place = Place::asked(&first, &value).ok_or_else(|| {
        ApiError::new(
            ErrorCode::NotFound,
            "The card has no such field. Read the run again.",
        )
    })?;
    walk.follow(value.run, place).await?;
    Ok(walk.found)
}

struct Walk<'c> {
    caller: &'c Caller,
    opened: HashMap<RunId, Arc<RunView>>,
    found: Vec<Origin>,
    seen: HashSet<(RunId, Place)>,
}

impl Walk<'_> {
    async fn follow(&mut self, run: RunId, first: Place) -> Result<(), ApiError> {
        let mut open = vec![(run, first, 0)];
        while let Some((run, place, depth)) = open.pop() {
            if !self.seen.insert((run.clone(), place.clone())) {
                continue;
            }
            let Some(view) = self.find(&run).await? else {
                self.end_last(OriginEnd::Gone);
                continue;
            };
            if self.found.len() >= MOST_PLACES {
                self.end_last(OriginEnd::TooMany);
                break;
            }
            let at = self.found.len();
            self.found.push(origin(&view, &place, depth));
            let ways = ways(&view, &place);
            let mut next = Vec::new();
            for way in ways.on {
                match way {
                    Way::Here(place) => next.push((run.clone(), place, depth + 1)),
                    Way::Into { run, field } => {
                        let inner = self.find(&run).await?;
                        let places = inner.map(|inner| sources::returns(&inner, &field));
                        let places = places.into_iter().flatten();
                        next.extend(places.map(|place| (run.clone(), place, depth + 1)));
                    }
                    Way::Out { run, place } => next.push((run, place, depth + 1)),
                }
            }
            if next.is_empty()
                && let Some(last) = self.found.get_mut(at)
            {
                last.end = Some(ways.end);
            }
            open.extend(next.into_iter().rev());
        }
        Ok(())
    }

    fn end_last(&mut self, end: OriginEnd) {
        if let Some(last) = self.found.last_mut() {
            last.end = Some(end);
        }
    }

    async fn open(&mut self, id: &RunId) -> Result<Arc<RunView>, ApiError> {
        let view = Arc::new(run_view::read(self.caller, id.clone()).await?);
        self.opened.insert(id.clone(), Arc::clone(&view));
        Ok(view)
    }

    /// Opens a run, once; nothing where it is gone, or where too many are open.
    async fn find(&mut self, id: &RunId) -> Result<Option<Arc<RunView>>, ApiError> {
        if let Some(known) = self.opened.get(id) {
            return Ok(Some(Arc::clone(known)));
        }
        if self.opened.len() >= MOST_RUNS {
            return Ok(None);
        }
        match self.open(id).await {
            Ok(view) => Ok(Some(view)),
            Err(refused) if refused.code == ErrorCode::NotFound => Ok(None),
            Err(refused) => Err(refused),
        }
    }
}

fn origin(view: &RunView, place: &Place, depth: usize) -> Origin {
    let id = place.step();
    let step = view.flow.step(id);
    let value = value_at(view, place);
    let mut shown = FieldValue {
        field: place.field().clone(),
        value: value.clone().unwrap_or_default(),
        masked: false,
    };
    let own = place.path().iter().rev();
    let innermost = own.clone().find(|key| key.parse::<usize>().is_err());
    let by_key = innermost.is_some_and(|key| mask(key, &mut shown.value));
    let masked = mask(&place.field().key, &mut shown.value) || by_key;
    Origin {
        at: ValueRef {
            run: view.row.id.clone(),
            step: id.clone(),
            field: place.field().clone(),
            is_input: place.is_input(),
            path: place.path().to_vec(),
        },
        flow: view.row.flow.clone(),
        flow_name: view.row.flow_name.clone(),
        card: step.map_or_else(|| flow::CardKey::new("", ""), |step| step.card.clone()),
        title: step.and_then(|step| step.title.clone()),
        number: numbers(&view.flow).get(id).copied().unwrap_or(0),
        label: sources::label(view, place),
        value: value.map(|_| shown.value),
        masked,
        depth,
        end: None,
    }
}

fn value_at(view: &RunView, place: &Place) -> Option<serde_json::Value> {
    let did = view
        .steps
        .iter()
        .rev()
        .find(|did| did.step == *place.step())?;
    let values = if place.is_input() {
        &did.inputs
    } else {
        &did.outputs
    };
    let whole = value_of(values, place.field())?;
    flow::json_at(whole, place.path()).cloned()
}
