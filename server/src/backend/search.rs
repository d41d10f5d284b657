//! Finding things: places in all flows, and whatever has a name.
//!
//! The store names flows that may have what is looked for; each is opened and looked through here, as the editor does with
//! one flow. A request opens a bounded number of flows and answers with a cursor where more may follow.

mod places;
mod quick;

use std::collections::HashMap;

use api::{ApiError, FlowHit, FlowHits, FlowSearch, MOST_FLOWS};
use cards::Language;
use flow::search::Phrase;
use flow::{CardKey, Flow, FolderId};
use store::flows::{FlowFilter, FlowRow, InFolder, NameCursor};
use store::search::{SearchFilter, Wanted};
use store::tables::TableFilter;
use store::{connections, flows, folders, search, tables, versions};

use super::{Caller, Right};
use crate::error::{from_store, invalid};
use places::Look;

pub(super) use quick::quick;

/// A request opens at most so many flows.
const MOST_OPENED: usize = 200;
/// Flows of which the store tells at once.
const AT_ONCE: u32 = 40;
/// Flows on a page that does not say how many.
const USUAL: usize = 20;
/// Longer texts are refused.
const MOST_LETTERS: usize = 200;
/// A text that names more cards, or more connections, tables and flows, finds flows by the first ones.
const MOST_NAMED: usize = 200;

pub(super) async fn flows(caller: &Caller, search: FlowSearch) -> Result<FlowHits, ApiError> {
    caller.need(Right::Read)?;
    if search.text.chars().count() > MOST_LETTERS {
        return Err(invalid("Search for at most 200 letters."));
    }
    let phrase = Phrase::new(&search.text);
    let is_narrowed = search.card.is_some()
        || search.connection.is_some()
        || search.table.is_some()
        || search.helper.is_some();
    if phrase.is_empty() && !is_narrowed {
        return Ok(FlowHits::default());
    }
    catch_up(caller).await?;
    let names = names(caller).await?;
    let look = Look {
        search: &search,
        phrase: &phrase,
        catalogue: cards::catalogue(if search.in_japanese {
            Language::Ja
        } else {
            Language::En
        }),
        names: &names,
    };
    let filter = SearchFilter {
        text: (!phrase.is_empty()).then(|| wanted(&phrase, &names)),
        card: search.card.clone(),
        connection: search.connection.clone(),
        table: search.table.clone(),
        helper: search.helper.clone(),
        after: search.after.as_deref().map(cursor).transpose()?,
        limit: AT_ONCE,
    };
    page(caller, &look, filter).await
}

/// Opens flows until the page is full, none is left, or it has opened enough.
async fn page(
    caller: &Caller,
    look: &Look<'_>,
    mut filter: SearchFilter,
) -> Result<FlowHits, ApiError> {
    let store = &caller.server.store;
    let most = look.search.limit.unwrap_or(USUAL).clamp(1, MOST_FLOWS);
    let folders = folders::list(store).await.map_err(from_store)?;
    let folders: HashMap<FolderId, String> = folders
        .into_iter()
        .map(|folder| (folder.id, folder.name))
        .collect();
    let mut hits = FlowHits::default();
    let mut opened = 0;
    loop {
        let found = search::candidates(store, &filter)
            .await
            .map_err(from_store)?;
        let count = found.items.len();
        for (index, row) in found.items.into_iter().enumerate() {
            let here = NameCursor {
                name_key: row.name.to_lowercase(),
                id: row.id.to_string(),
            };
            opened += 1;
            hits.flows.extend(open(caller, look, row, &folders).await?);
            let is_enough = hits.flows.len() >= most || opened >= MOST_OPENED;
            if is_enough && (index + 1 < count || found.next.is_some()) {
                hits.next = Some(format!("{} {}", here.id, here.name_key));
                return Ok(hits);
            }
        }
        match found.next {
            Some(next) => filter.after = Some(next),
            None => return Ok(hits),
        }
    }
}

/// Looks through one flow: its draft, and the version that is on where that differs.
async fn open(
    caller: &Caller,
    look: &Look<'_>,
    row: FlowRow,
    folders: &HashMap<FolderId, String>,
) -> Result<Option<FlowHit>, ApiError> {
    let store = &caller.server.store;
    // Deleted since the list was made.
    let Ok(record) = flows::get(store, &row.id).await else {
        return Ok(None);
    };
    let mut active: Option<(i64, Flow)> = None;
    if let (true, Some(version)) = (row.is_on, row.version) {
        let kept = versions::get(store, &row.id, version).await;
        let document = kept.map_err(from_store)?.document;
        if document != record.draft {
            active = Some((version, document));
        }
    }
    let (spots, more) = places::of_flow(look, &record.draft, active.as_ref());
    Ok((!spots.is_empty()).then(|| FlowHit {
        folder: row.folder.and_then(|folder| folders.get(&folder).cloned()),
        id: row.id,
        name: row.name,
        is_on: row.is_on,
        spots,
        more,
    }))
}

/// Flows of an earlier release have no texts yet; the first search makes them.
async fn catch_up(caller: &Caller) -> Result<(), ApiError> {
    const SOME: u32 = 100;
    let store = &caller.server.store;
    while search::catch_up(store, SOME).await.map_err(from_store)? > 0 {}
    Ok(())
}

/// The text, with the cards, connections, tables and flows that are called so.
fn wanted(phrase: &Phrase, names: &HashMap<String, String>) -> Wanted {
    let is_called = |name: &str| !phrase.marks(name).is_empty();
    let cards: Vec<CardKey> = cards::catalogue(Language::En)
        .cards()
        .filter(|card| is_called(&card.name_en) || is_called(&card.name_ja))
        .map(|card| card.key.clone())
        .take(MOST_NAMED)
        .collect();
    let mut things: Vec<String> = names
        .iter()
        .filter(|(_, name)| is_called(name))
        .map(|(id, _)| id.clone())
        .collect();
    things.sort_unstable();
    things.truncate(MOST_NAMED);
    Wanted {
        folded: phrase.folded(),
        cards,
        things,
    }
}

/// Names of connections, tables and flows by their ids.
async fn names(caller: &Caller) -> Result<HashMap<String, String>, ApiError> {
    let store = &caller.server.store;
    let mut names = HashMap::new();
    for row in connections::list(store).await.map_err(from_store)? {
        names.insert(row.id.to_string(), row.name);
    }
    for row in store::directories::list(store).await.map_err(from_store)? {
        names.insert(row.id, row.name);
    }
    let mut filter = FlowFilter {
        limit: store::MAX_PAGE,
        ..FlowFilter::default()
    };
    loop {
        let page = flows::list(store, &filter).await.map_err(from_store)?;
        let rows = page.items.into_iter();
        names.extend(rows.map(|row| (row.id.to_string(), row.name)));
        match page.next {
            Some(next) => filter.after = Some(next),
            None => break,
        }
    }
    let mut filter = TableFilter {
        folder: InFolder::Any,
        text: None,
        after: None,
        limit: store::MAX_PAGE,
    };
    loop {
        let page = tables::list(store, &filter).await.map_err(from_store)?;
        let tables = page.items.into_iter();
        names.extend(tables.map(|table| (table.id.to_string(), table.name)));
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return Ok(names),
        }
    }
}

fn cursor(text: &str) -> Result<NameCursor, ApiError> {
    let (id, name_key) = text.split_once(' ').ok_or_else(|| {
        invalid("The cursor is not one of this list. Leave it out to begin anew.")
    })?;
    Ok(NameCursor {
        name_key: name_key.to_owned(),
        id: id.to_owned(),
    })
}
