//! Things by their name, for the command palette: flows, connections, tables, people, runs by id. Everybody finds only
//! what their role lets them list.

use api::{ApiError, ErrorCode, MOST_QUICK, QuickFind, QuickFound, QuickKind, QuickThing};
use flow::RunId;
use flow::search::{Pattern, Target};
use store::flows::{FlowFilter, InFolder};
use store::runs::{RunFilter, RunParent};
use store::tables::TableFilter;
use store::{connections, flows, folders, people, runs, tables};

use super::super::{Caller, Right, runs::status};
use crate::error::{from_store, invalid};

/// Longer texts are refused.
const MOST_LETTERS: usize = 200;
/// The beginning of a run's id has at least so many letters.
const ID_FROM: usize = 4;

pub(crate) async fn quick(caller: &Caller, find: QuickFind) -> Result<QuickFound, ApiError> {
    if caller.person.is_none() {
        return Err(ApiError::new(ErrorCode::SignInNeeded, "Sign in first."));
    }
    if find.text.chars().count() > MOST_LETTERS {
        return Err(invalid("Search for at most 200 letters."));
    }
    let wants = |kind: QuickKind| find.only.is_none_or(|only| only == kind);
    let may_read = caller.need(Right::Read).is_ok();
    let pattern = Pattern::new(&find.text);
    let mut things = Vec::new();
    if may_read && wants(QuickKind::Flow) {
        things.extend(best(&pattern, flow_things(caller).await?));
    }
    if wants(QuickKind::Connection) && (may_read || caller.need(Right::Connect).is_ok()) {
        things.extend(best(&pattern, connection_things(caller).await?));
    }
    if may_read && wants(QuickKind::Table) {
        things.extend(best(&pattern, table_things(caller).await?));
    }
    if wants(QuickKind::Person) && caller.need(Right::Administer).is_ok() {
        things.extend(best(&pattern, person_things(caller).await?));
    }
    if may_read && wants(QuickKind::Run) {
        things.extend(run_things(caller, &find).await?);
    }
    Ok(QuickFound { things })
}

/// Those that fit best; the first ones where nothing was typed.
fn best(pattern: &Pattern, things: Vec<QuickThing>) -> Vec<QuickThing> {
    let mut ranked: Vec<(u32, QuickThing)> = things
        .into_iter()
        .filter_map(|thing| {
            let by_name = pattern.find(&Target::new(&thing.name));
            let found = by_name.or_else(|| {
                let both = format!("{} {}", thing.name, thing.about);
                pattern.find(&Target::new(&both))
            });
            found.map(|(points, _)| (points, thing))
        })
        .collect();
    if !pattern.is_empty() {
        ranked.sort_by_key(|(points, _)| std::cmp::Reverse(*points));
    }
    let things = ranked.into_iter().map(|(_, thing)| thing);
    things.take(MOST_QUICK).collect()
}

fn thing(kind: QuickKind, id: &str, name: String, about: String) -> QuickThing {
    QuickThing {
        kind,
        id: id.to_owned(),
        name,
        about,
        is_on: false,
        status: None,
    }
}

async fn flow_things(caller: &Caller) -> Result<Vec<QuickThing>, ApiError> {
    let store = &caller.server.store;
    let folders = folders::list(store).await.map_err(from_store)?;
    let mut filter = FlowFilter {
        limit: store::MAX_PAGE,
        ..FlowFilter::default()
    };
    let mut things = Vec::new();
    loop {
        let page = flows::list(store, &filter).await.map_err(from_store)?;
        for row in page.items {
            let folder = row.folder.as_ref().and_then(|id| {
                let folder = folders.iter().find(|folder| folder.id == *id);
                folder.map(|folder| folder.name.clone())
            });
            let is_on = row.is_on;
            things.push(QuickThing {
                is_on,
                ..thing(
                    QuickKind::Flow,
                    row.id.as_str(),
                    row.name,
                    folder.unwrap_or_default(),
                )
            });
        }
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return Ok(things),
        }
    }
}

async fn connection_things(caller: &Caller) -> Result<Vec<QuickThing>, ApiError> {
    let rows = connections::list(&caller.server.store)
        .await
        .map_err(from_store)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            thing(
                QuickKind::Connection,
                row.id.as_str(),
                row.name,
                row.base_url,
            )
        })
        .collect())
}

async fn table_things(caller: &Caller) -> Result<Vec<QuickThing>, ApiError> {
    let mut filter = TableFilter {
        folder: InFolder::Any,
        text: None,
        after: None,
        limit: store::MAX_PAGE,
    };
    let mut things = Vec::new();
    loop {
        let page = tables::list(&caller.server.store, &filter)
            .await
            .map_err(from_store)?;
        for table in page.items {
            things.push(thing(
                QuickKind::Table,
                table.id.as_str(),
                table.name,
                String::new(),
            ));
        }
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return Ok(things),
        }
    }
}

async fn person_things(caller: &Caller) -> Result<Vec<QuickThing>, ApiError> {
    let everyone = people::list(&caller.server.store)
        .await
        .map_err(from_store)?;
    Ok(everyone
        .into_iter()
        .map(|person| {
            thing(
                QuickKind::Person,
                person.id.as_str(),
                person.name,
                person.login,
            )
        })
        .collect())
}

/// Runs whose id begins so; the newest where only runs were asked for and nothing was typed.
async fn run_things(caller: &Caller, find: &QuickFind) -> Result<Vec<QuickThing>, ApiError> {
    let typed = find.text.trim();
    let is_id = typed.len() >= ID_FROM
        && typed
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
    let is_asked = find.only == Some(QuickKind::Run);
    if !is_id && !is_asked {
        return Ok(Vec::new());
    }
    let filter = RunFilter {
        text: (!typed.is_empty()).then(|| typed.to_owned()),
        parent: RunParent::Any,
        limit: u32::try_from(MOST_QUICK).unwrap_or(1),
        ..RunFilter::default()
    };
    let page = runs::list(&caller.server.store, &filter)
        .await
        .map_err(from_store)?;
    let begins = |id: &RunId| is_asked || id.as_str().starts_with(&typed.to_lowercase());
    Ok(page
        .items
        .into_iter()
        .filter(|run| begins(&run.id))
        .map(|run| QuickThing {
            status: Some(status(run.status)),
            ..thing(
                QuickKind::Run,
                run.id.as_str(),
                run.flow_name,
                run.started_at.map(|at| at.to_string()).unwrap_or_default(),
            )
        })
        .collect())
}
