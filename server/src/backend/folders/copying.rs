//! Copying folders with what is in them, and flows.

use std::collections::HashMap;

use api::{ApiError, ErrorCode, FlowRow, NewCopy};
use flow::{Flow, FlowId, FolderId, TableId};
use serde_json::json;
use store::flows::{self, FlowFilter, InFolder};
use store::folders::{self, Copies, Folder, MOST_LEVELS};
use store::tables::{self, DataTable, TableFilter};

use super::{audit, counted, get, gone};
use crate::backend::flows::{find_row, named, problems};
use crate::backend::{Caller, Right};
use crate::clock;
use crate::error::from_store;

/// Larger folders are copied in parts.
const MAX_COPIES: usize = 400;

/// Copies a folder beside itself: folders, flows (off, as their drafts are) and tables without rows. What refers to
/// something inside refers to the copy of it.
pub(in crate::backend) async fn duplicate(
    caller: &Caller,
    id: FolderId,
    copy: NewCopy,
) -> Result<api::Folder, ApiError> {
    caller.need(Right::Edit)?;
    let store = &caller.server.store;
    let top = get(caller, &id).await?;
    let all = folders::list(store).await.map_err(from_store)?;
    let inside = with_below(&all, &top);
    let homes = Homes(new_ids(inside.iter().map(|folder| folder.id.to_string())));
    let within = InFolder::These(inside.iter().map(|folder| folder.id.clone()).collect());
    let drafts = drafts_in(caller, within.clone()).await?;
    let tables = tables_in(caller, within).await?;
    let table_ids = new_ids(tables.iter().map(|table| table.id.to_string()));
    let copies = Copies {
        folders: inside
            .iter()
            .map(|folder| copy_of_folder(folder, &top, &homes, &copy))
            .collect::<Result<_, _>>()?,
        flows: copies_of_flows(caller, drafts, &homes, &table_ids).await?,
        tables: tables
            .into_iter()
            .map(|table| copy_of_table(table, &homes, &table_ids))
            .collect(),
    };
    folders::insert_copies(store, &copies)
        .await
        .map_err(from_store)?;
    let made = copies.folders.into_iter().next().ok_or_else(gone)?;
    audit(caller, "folder.duplicate", &made, Some(&top)).await?;
    counted(caller, made).await
}

/// Which folder is the copy of which.
struct Homes(HashMap<String, String>);

impl Homes {
    fn of(&self, folder: Option<&FolderId>) -> Option<FolderId> {
        let copy = self.0.get(folder?.as_str())?;
        Some(FolderId::new(copy.clone()))
    }
}

fn new_ids(ids: impl Iterator<Item = String>) -> HashMap<String, String> {
    ids.map(|id| (id, clock::new_id())).collect()
}

fn copy_of_folder(
    folder: &Folder,
    top: &Folder,
    homes: &Homes,
    copy: &NewCopy,
) -> Result<Folder, ApiError> {
    let is_top = folder.id == top.id;
    Ok(Folder {
        id: homes.of(Some(&folder.id)).ok_or_else(gone)?,
        parent: if is_top {
            top.parent.clone()
        } else {
            homes.of(folder.parent.as_ref())
        },
        name: if is_top {
            name_of_copy(copy, &top.name)?
        } else {
            folder.name.clone()
        },
        ..folder.clone()
    })
}

fn copy_of_table(
    table: DataTable,
    homes: &Homes,
    table_ids: &HashMap<String, String>,
) -> DataTable {
    let new = table_ids.get(table.id.as_str()).cloned();
    let at = clock::now_ms();
    DataTable {
        id: TableId::new(new.unwrap_or_else(clock::new_id)),
        folder: homes.of(table.folder.as_ref()),
        created_at: at,
        updated_at: at,
        ..table
    }
}

async fn copies_of_flows(
    caller: &Caller,
    drafts: Vec<(Flow, Option<FolderId>)>,
    homes: &Homes,
    table_ids: &HashMap<String, String>,
) -> Result<Vec<flows::NewFlow>, ApiError> {
    let store = &caller.server.store;
    let author = caller.need(Right::Edit)?.id.clone();
    let flow_ids = new_ids(drafts.iter().map(|(flow, _)| flow.id.to_string()));
    let mut copies = Vec::new();
    for (mut draft, folder) in drafts {
        let skeleton = flows::skeleton(store, &draft.id)
            .await
            .map_err(from_store)?;
        flopack::remap(&mut draft, &flow_ids, table_ids, &HashMap::new());
        copies.push(flows::NewFlow {
            problems: problems(store, &draft).await?,
            folder: homes.of(folder.as_ref()),
            author: Some(author.clone()),
            at: clock::now_ms(),
            skeleton,
            draft,
        });
    }
    Ok(copies)
}

/// The folder and those below it, those around others first.
fn with_below(all: &[Folder], top: &Folder) -> Vec<Folder> {
    let mut inside = vec![top.clone()];
    let mut level = vec![top.id.clone()];
    for _ in 0..MOST_LEVELS {
        let next: Vec<Folder> = all
            .iter()
            .filter(|folder| {
                folder
                    .parent
                    .as_ref()
                    .is_some_and(|parent| level.contains(parent))
            })
            .cloned()
            .collect();
        level = next.iter().map(|folder| folder.id.clone()).collect();
        inside.extend(next);
    }
    inside
}

async fn drafts_in(
    caller: &Caller,
    within: InFolder,
) -> Result<Vec<(Flow, Option<FolderId>)>, ApiError> {
    let store = &caller.server.store;
    let mut filter = FlowFilter {
        folder: within,
        limit: store::MAX_PAGE,
        ..FlowFilter::default()
    };
    let mut found = Vec::new();
    loop {
        let page = flows::list(store, &filter).await.map_err(from_store)?;
        if found.len() + page.items.len() > MAX_COPIES {
            return Err(ApiError::new(
                ErrorCode::TooLarge,
                format!(
                    "The folder holds more than {MAX_COPIES} flows. Duplicate its subfolders one by one."
                ),
            ));
        }
        for row in page.items {
            let record = flows::get(store, &row.id).await.map_err(from_store)?;
            found.push((record.draft, record.row.folder));
        }
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return Ok(found),
        }
    }
}

async fn tables_in(caller: &Caller, within: InFolder) -> Result<Vec<DataTable>, ApiError> {
    let mut filter = TableFilter {
        folder: within,
        text: None,
        after: None,
        limit: store::MAX_PAGE,
    };
    let mut found = Vec::new();
    loop {
        let page = tables::list(&caller.server.store, &filter)
            .await
            .map_err(from_store)?;
        found.extend(page.items);
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return Ok(found),
        }
    }
}

/// Copies a flow beside itself: its draft, off.
pub(in crate::backend) async fn duplicate_flow(
    caller: &Caller,
    id: FlowId,
    copy: NewCopy,
) -> Result<FlowRow, ApiError> {
    let author = caller.need(Right::Edit)?.id.clone();
    let store = &caller.server.store;
    let record = flows::get(store, &id).await.map_err(from_store)?;
    let skeleton = flows::skeleton(store, &id).await.map_err(from_store)?;
    let mut draft = record.draft;
    draft.name = name_of_copy(&copy, &draft.name)?;
    // A flow that calls itself goes on calling itself.
    let own = HashMap::from([(id.to_string(), clock::new_id())]);
    flopack::remap(&mut draft, &own, &HashMap::new(), &HashMap::new());
    let new = flows::NewFlow {
        problems: problems(store, &draft).await?,
        folder: record.row.folder,
        author: Some(author),
        at: clock::now_ms(),
        skeleton,
        draft,
    };
    flows::insert(store, &new).await.map_err(from_store)?;
    let made = new.draft.id;
    let after = json!({ "name": new.draft.name, "copy_of": id });
    caller
        .audit("flow.duplicate", "flow", made.as_str(), None, Some(after))
        .await?;
    find_row(caller, &made).await
}

fn name_of_copy(copy: &NewCopy, name: &str) -> Result<String, ApiError> {
    match copy.name.as_deref().filter(|name| !name.trim().is_empty()) {
        Some(name) => named(name),
        None => {
            let short: String = name.chars().take(190).collect();
            named(&format!("{short} (copy)"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_named_after_the_original_and_fits() {
        let named = |name: Option<&str>, of: &str| {
            let copy = NewCopy {
                name: name.map(str::to_owned),
            };
            name_of_copy(&copy, of).map_err(|error| error.code)
        };
        assert_eq!(named(None, "People"), Ok("People (copy)".to_owned()));
        assert_eq!(
            named(Some("People のコピー"), "People"),
            Ok("People のコピー".to_owned())
        );
        assert_eq!(named(Some(" "), "People"), Ok("People (copy)".to_owned()));
        let long = "長".repeat(200);
        assert_eq!(named(None, &long).map(|name| name.chars().count()), Ok(197));
        assert_eq!(
            named(Some(&format!("{long}い")), "People"),
            Err(ErrorCode::Invalid)
        );
    }
}
