//! The checks of a flow as the designer makes them, with everything around it: connections, tables, the flows it calls.

use api::{ApiError, PlacedProblem, Said};
use cards::Language;
use flow::{Around, Flow, FlowId, FlowKind, KnownConnection, KnownFlow, KnownTable, Problem};
use store::flows::{FlowFilter, InFolder};
use store::tables::TableFilter;
use store::{Store, connections, directories, flows, tables};

use super::{Caller, Right, signatures};
use crate::clock;
use crate::error::from_store;
use crate::tables::base;
use crate::work::schedule;

/// Returns what is wrong with a draft, also what only the server can tell: what it refers to and is gone, its schedule.
pub(super) async fn check(store: &Store, draft: &Flow) -> Result<Vec<Problem>, ApiError> {
    let around = around(store, draft).await?;
    let mut found = flow::check_in(draft, cards::catalogue(Language::En), &around);
    found.extend(schedule_problem(draft));
    Ok(found)
}

/// Returns that a schedule never comes, where it does not.
pub(super) fn schedule_problem(draft: &Flow) -> Option<Problem> {
    let is_planned = draft.kind() == FlowKind::Scheduled && draft.schedule.is_some();
    let first = draft.steps.first().filter(|_| is_planned)?;
    let never = schedule::next(draft, clock::now()).is_none();
    never.then(|| Problem::error(flow::ProblemCode::NoSchedule, first))
}

async fn around(store: &Store, draft: &Flow) -> Result<Around, ApiError> {
    let known = connections::list(store).await.map_err(from_store)?;
    // Cards of Active Directory choose a directory where others choose a connection.
    let directories = directories::list(store).await.map_err(from_store)?;
    let directories = directories.into_iter().map(|row| KnownConnection {
        id: row.id.into(),
        module: cards::active_directory::MODULE.to_owned(),
    });
    Ok(Around {
        granted: known
            .iter()
            .map(|row| (row.id.clone(), row.scopes.clone()))
            .collect(),
        connections: Some(
            known
                .into_iter()
                .map(|row| KnownConnection {
                    id: row.id,
                    module: row.module,
                })
                .chain(directories)
                .collect(),
        ),
        tables: Some(all_tables(store).await?),
        flows: Some(all_flows(store).await?),
        signatures: signatures::of_calls(store, draft).await?,
        zone: None,
    })
}

async fn all_tables(store: &Store) -> Result<Vec<KnownTable>, ApiError> {
    let mut filter = TableFilter {
        folder: InFolder::Any,
        text: None,
        after: None,
        limit: store::MAX_PAGE,
    };
    let mut found = Vec::new();
    loop {
        let page = tables::list(store, &filter).await.map_err(from_store)?;
        found.extend(page.items.into_iter().map(|table| {
            let columns = table.columns.into_iter();
            KnownTable {
                id: table.id,
                columns: columns
                    .map(|column| (column.name, base(column.ty)))
                    .collect(),
            }
        }));
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return Ok(found),
        }
    }
}

async fn all_flows(store: &Store) -> Result<Vec<KnownFlow>, ApiError> {
    let mut filter = FlowFilter {
        folder: InFolder::Any,
        text: None,
        kind: None,
        is_on: None,
        after: None,
        limit: store::MAX_PAGE,
    };
    let mut found = Vec::new();
    loop {
        let page = flows::list(store, &filter).await.map_err(from_store)?;
        found.extend(page.items.into_iter().map(|row| KnownFlow {
            id: row.id,
            name: row.name,
            kind: row.kind,
        }));
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return Ok(found),
        }
    }
}

/// Returns what is wrong with the draft of a flow, each with the card where it is.
pub(super) async fn list(caller: &Caller, id: FlowId) -> Result<Vec<PlacedProblem>, ApiError> {
    caller.need(Right::Read)?;
    let store = &caller.server.store;
    let draft = flows::get(store, &id).await.map_err(from_store)?.draft;
    let numbers = flow::numbers(&draft);
    let found = check(store, &draft).await?;
    let placed = found.into_iter().map(|problem| PlacedProblem {
        number: problem
            .step
            .as_ref()
            .and_then(|step| numbers.get(step))
            .copied(),
        title: problem
            .step
            .as_ref()
            .and_then(|step| draft.step(step))
            .map(title),
        problem,
    });
    Ok(placed.collect())
}

/// What a card is called: as somebody titled it, else as the catalogue does in both languages.
fn title(step: &flow::Step) -> Said {
    let name = |language| {
        let own = step.title.clone();
        own.unwrap_or_else(|| {
            let known = cards::catalogue(language).card(&step.card);
            known.map_or_else(|| step.card.to_string(), |spec| spec.name.clone())
        })
    };
    Said {
        en: name(Language::En),
        ja: name(Language::Ja),
    }
}
