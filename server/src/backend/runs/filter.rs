//! What a caller asks of the list of runs, as the store understands it.

use std::collections::BTreeSet;

use api::{ApiError, RunFilter};
use flow::{FlowId, FolderId, RunId};
use store::flows::{FlowFilter, InFolder};
use store::runs::{self, Cause, RunParent, StartedBy};
use store::{Store, flows, folders};

use super::stored_status;
use crate::clock::{self, first_run_at};
use crate::error::{from_store, invalid};

/// A search text has at most so many characters.
const LONGEST_TEXT: usize = 200;
/// Folders are this deep at most; a loop in what is stored ends there.
const DEPTH: usize = 16;

/// Returns the filter; nothing where no run can fit it, since there is no such flow.
pub(super) async fn stored(
    store: &Store,
    filter: RunFilter,
) -> Result<Option<runs::RunFilter>, ApiError> {
    if filter
        .text
        .as_ref()
        .is_some_and(|text| text.chars().count() > LONGEST_TEXT)
    {
        return Err(invalid(format!(
            "The text to search for has more than {LONGEST_TEXT} characters. Shorten it."
        )));
    }
    let asked: Vec<FlowId> = filter.flows.0.iter().chain(&filter.flow).cloned().collect();
    let flows = match &filter.folder {
        None => asked.clone(),
        Some(folder) => {
            let inside = flows_in(store, folder).await?;
            let fits = |id: &FlowId| asked.is_empty() || asked.contains(id);
            let flows: Vec<FlowId> = inside.into_iter().filter(fits).collect();
            if flows.is_empty() {
                return Ok(None);
            }
            flows
        }
    };
    let statuses: BTreeSet<_> = (filter.statuses.0.iter().chain(&filter.status))
        .map(|status| stored_status(*status))
        .collect();
    let asks_for_helpers = filter.with_helpers || !asked.is_empty();
    Ok(Some(runs::RunFilter {
        flows,
        statuses: statuses.into_iter().collect(),
        causes: filter
            .causes
            .0
            .iter()
            .map(|cause| started_by(*cause))
            .collect(),
        version: filter.version,
        person: filter.person.clone(),
        subject: filter
            .about
            .clone()
            .filter(|about| !about.trim().is_empty()),
        text: filter.text.clone(),
        parent: match (&filter.parent, asks_for_helpers) {
            (Some(parent), _) => RunParent::Of(parent.clone()),
            (None, true) => RunParent::Any,
            (None, false) => RunParent::Top,
        },
        before: before(&filter),
        after: after(&filter),
        limit: u32::try_from(filter.limit.unwrap_or(50).clamp(1, 200)).unwrap_or(50),
    }))
}

/// The run that all wanted ones are older than: that of the cursor, of the newest run that is shown, or of a time.
fn before(filter: &RunFilter) -> Option<RunId> {
    let cursor = filter.after.clone().map(RunId::from);
    // No id sorts between a run's and this.
    let newest = (filter.newest.as_ref()).map(|newest| RunId::new(format!("{newest}~")));
    let time = filter.to.map(first_run_at);
    [cursor, newest, time].into_iter().flatten().min()
}

fn after(filter: &RunFilter) -> Option<RunId> {
    let within = filter
        .within_ms
        .map(|ms| clock::now_ms().saturating_sub(ms));
    let from = [filter.from, within].into_iter().flatten().max();
    let time = from.map(|from| first_run_at(from.saturating_sub(1)));
    let time =
        time.map(|first| RunId::new(format!("{}~", &first.as_str().get(..10).unwrap_or(""))));
    [filter.since.clone(), time].into_iter().flatten().max()
}

fn started_by(cause: api::Cause) -> StartedBy {
    let (cause, by_person) = match cause {
        api::Cause::Event => (Cause::Event, None),
        api::Cause::Schedule => (Cause::Schedule, None),
        api::Cause::Manual => (Cause::Manual, None),
        api::Cause::Api => (Cause::Api, Some(true)),
        api::Cause::Endpoint => (Cause::Api, Some(false)),
        api::Cause::Helper => (Cause::Helper, None),
    };
    StartedBy { cause, by_person }
}

async fn flows_in(store: &Store, folder: &FolderId) -> Result<Vec<FlowId>, ApiError> {
    let all = folders::list(store).await.map_err(from_store)?;
    let mut inside = vec![folder.clone()];
    for _ in 0..DEPTH {
        let more: Vec<FolderId> = all
            .iter()
            .filter(|folder| !inside.contains(&folder.id))
            .filter(|folder| {
                folder
                    .parent
                    .as_ref()
                    .is_some_and(|parent| inside.contains(parent))
            })
            .map(|folder| folder.id.clone())
            .collect();
        if more.is_empty() {
            break;
        }
        inside.extend(more);
    }
    let mut filter = FlowFilter {
        folder: InFolder::These(inside),
        limit: store::MAX_PAGE,
        ..FlowFilter::default()
    };
    let mut found = Vec::new();
    loop {
        let page = flows::list(store, &filter).await.map_err(from_store)?;
        found.extend(page.items.into_iter().map(|row| row.id));
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return Ok(found),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_of_time_is_a_span_of_ids() {
        let at = |ms: u64| RunId::new(ulid::Ulid::from_parts(ms, 7).to_string());
        let filter = RunFilter {
            from: Some(1_000),
            to: Some(2_000),
            ..RunFilter::default()
        };
        let (after, before) = (after(&filter).unwrap(), before(&filter).unwrap());
        for (ms, is_inside) in [(999, false), (1_000, true), (1_999, true), (2_000, false)] {
            let id = at(ms);
            assert_eq!(id > after && id < before, is_inside, "{ms}");
        }
    }
}
