//! Importing packs: what is in one, and making its flows and tables here.

mod memory;
mod places;
mod todo;

use std::collections::{BTreeMap, HashMap, HashSet};

use api::{
    ApiError, Assignments, ErrorCode, FlowQuery, ImportReport, ImportedFlow, PackConnection,
    PackFlow, PackProblem, PackTable, PackView, TableColumn, TableView,
};
use cards::Language;
use flopack::{Imported, NewIds};
use flow::{CardKey, Catalogue, ConnectionId, Flow, FlowId, Step, TableId};
use serde_json::json;
use store::{flows, tables};

use memory::Memory;
use places::{Folders, make_folders};

use super::flows::{problems, row_of};
use super::tables::definition;
use super::{Caller, Right, connections};
use crate::clock;
use crate::error::{from_store, internal};

struct Fresh;

impl NewIds for Fresh {
    fn id(&mut self) -> String {
        clock::new_id()
    }
}

fn read(pack: &str) -> Result<Imported, ApiError> {
    flopack::import(pack.as_bytes(), &mut Fresh)
        .map_err(|error| ApiError::new(ErrorCode::BadPack, error.to_string()))
}

pub(super) async fn look(caller: &Caller, pack: String) -> Result<PackView, ApiError> {
    caller.need(Right::Edit)?;
    let pack = blocking(move || read(&pack)).await?;
    let catalogue = cards::catalogue(Language::En);
    let ours = connections::all(caller).await?;
    let our_tables = super::tables::all(caller).await?;
    let wanted = wanted_connections(&pack, catalogue);
    let memory = Memory::read(&caller.server.store).await?;
    let todos = todo::of_pack(&pack, known_here(caller, &our_tables).await?, catalogue);
    let pack_flows: Vec<PackFlow> = pack
        .flows
        .iter()
        .map(|flow| pack_flow(&flow.flow, catalogue))
        .collect();
    let unsupported: usize = pack_flows.iter().map(|flow| flow.unsupported).sum();
    Ok(PackView {
        name: pack.name,
        version: pack.version,
        created: pack.created,
        cards: pack.cards,
        supported: pack.cards.saturating_sub(unsupported),
        flows: pack_flows,
        connections: wanted
            .into_values()
            .map(|wanted| {
                let fits = |connection: &&api::Connection| connection.module == wanted.module;
                let mut wanted = PackConnection {
                    candidates: ours.iter().filter(fits).cloned().collect(),
                    ..wanted
                };
                wanted.chosen = memory.connection(&wanted);
                wanted
            })
            .collect(),
        tables: pack
            .tables
            .iter()
            .map(|table| {
                let mut table = pack_table(table, &our_tables);
                table.chosen = memory.table(&table);
                table
            })
            .collect(),
        todos,
        problems: pack
            .problems
            .into_iter()
            .map(|problem| PackProblem {
                flow: problem.flow,
                card: problem.card,
                code: problem.code,
                message: problem.message,
            })
            .collect(),
    })
}

/// What the pack's cards need, also the cards that lost their connection (`module:<name>`).
fn wanted_connections(pack: &Imported, catalogue: &Catalogue) -> BTreeMap<String, PackConnection> {
    let mut wanted = BTreeMap::new();
    for known in &pack.connections {
        let connection = PackConnection {
            id: known.id.clone(),
            name: known.name.clone(),
            module: known.module.clone(),
            cards: known.cards,
            candidates: Vec::new(),
            chosen: None,
        };
        wanted.insert(known.id.clone(), connection);
    }
    for step in pack.flows.iter().flat_map(|flow| flow.flow.all_steps()) {
        if let (None, Some(module)) = (&step.connection, needed_module(step, catalogue)) {
            let id = format!("module:{module}");
            let connection = PackConnection {
                id: id.clone(),
                name: module.clone(),
                module,
                cards: 0,
                candidates: Vec::new(),
                chosen: None,
            };
            wanted.entry(id).or_insert(connection).cards += 1;
        }
    }
    wanted
}

fn needed_module(step: &Step, catalogue: &Catalogue) -> Option<String> {
    catalogue
        .card(&step.card)
        .and_then(|spec| spec.connector.clone())
}

fn pack_flow(flow: &Flow, catalogue: &Catalogue) -> PackFlow {
    let steps = flow.all_steps();
    let title = |step: &Step| {
        let own = || {
            catalogue
                .card(&step.card)
                .map_or_else(|| step.card.method().to_owned(), |spec| spec.name.clone())
        };
        step.title.clone().unwrap_or_else(own)
    };
    PackFlow {
        id: flow.id.clone(),
        name: flow.name.clone(),
        kind: flow.kind(),
        cards: steps
            .iter()
            .filter(|step| !step.is_note())
            .map(|step| (step.card.clone(), title(step)))
            .collect(),
        notes: steps.iter().filter(|step| step.is_note()).count(),
        unsupported: steps
            .iter()
            .filter(|step| cards::run_of(&step.card).is_none())
            .count(),
    }
}

fn pack_table(table: &flopack::PackTable, ours: &[TableView]) -> PackTable {
    let columns: Vec<TableColumn> = table
        .columns
        .iter()
        .map(|column| TableColumn {
            name: column.name.clone(),
            base: column.base,
            default: column.default.clone(),
        })
        .collect();
    let names = |columns: &[TableColumn]| {
        columns
            .iter()
            .map(|column| column.name.clone())
            .collect::<HashSet<_>>()
    };
    let fits = |ours: &&TableView| names(&ours.columns).is_superset(&names(&columns));
    PackTable {
        candidates: ours
            .iter()
            .filter(fits)
            .map(|table| (table.id.clone(), table.name.clone()))
            .collect(),
        id: table.id.clone(),
        name: table.name.clone(),
        columns,
        chosen: None,
    }
}

pub(super) async fn import(
    caller: &Caller,
    text: String,
    assignments: Assignments,
) -> Result<ImportReport, ApiError> {
    let author = caller.need(Right::Edit)?.id.clone();
    let mut pack = blocking(move || read(&text)).await?;
    check_assignments(caller, &assignments).await?;
    let store = &caller.server.store;
    let folders = make_folders(caller, &pack, &assignments).await?;
    let new_tables = make_tables(caller, &pack, &assignments, &folders).await?;
    let ids = flow_ids(caller, &pack).await?;
    let table_ids: HashMap<String, String> = new_tables
        .iter()
        .map(|(from, id, _)| (from.clone(), id.to_string()))
        .collect();
    let chosen = assignments.connections.iter();
    let connection_ids: HashMap<String, String> = chosen
        .map(|(from, to)| (from.clone(), to.to_string()))
        .collect();
    let catalogue = cards::catalogue(Language::En);
    let wanted = wanted_connections(&pack, catalogue);
    memory::keep(store, &wanted, &pack.tables, &assignments).await?;
    let mut report = Vec::new();
    let mut left = Vec::new();
    for item in &mut pack.flows {
        let flow = &mut item.flow;
        flopack::remap(flow, &ids, &table_ids, &connection_ids);
        left.extend(todo::unassigned(
            flow,
            &pack.connections,
            &assignments.connections,
            catalogue,
        ));
        settle_connections(&mut flow.steps, catalogue, &assignments);
        let own_name = |key: &CardKey| catalogue.card(key).map(|spec| spec.name_en.clone());
        flopack::forget_own_titles(flow, &own_name);
        let new = flows::NewFlow {
            problems: problems(store, flow).await?,
            draft: flow.clone(),
            folder: Some(folders.of(item.folder.as_deref())),
            skeleton: Some(item.skeleton.to_string()),
            author: Some(author.clone()),
            at: clock::now_ms(),
        };
        flows::insert(store, &new).await.map_err(from_store)?;
        let count = usize::try_from(new.problems).unwrap_or(0);
        report.push(ImportedFlow {
            id: flow.id.clone(),
            name: flow.name.clone(),
            kind: flow.kind(),
            problems: count,
        });
    }
    let after = json!({ "pack": pack.name, "flows": report.len(), "tables": new_tables.len() });
    caller
        .audit(
            "folder.import",
            "folder",
            folders.top.as_str(),
            None,
            Some(after),
        )
        .await?;
    let known = known_here(caller, &super::tables::all(caller).await?).await?;
    let imported = pack.flows.iter();
    Ok(ImportReport {
        folder: folders.top,
        flows: report,
        todos: imported
            .flat_map(|item| todo::of_flow(&item.flow, &known, catalogue, false))
            .chain(left)
            .collect(),
        tables: new_tables
            .into_iter()
            .map(|(_, id, name)| (id, name))
            .collect(),
    })
}

/// Which flows and tables there are here.
async fn known_here(caller: &Caller, tables: &[TableView]) -> Result<todo::Known, ApiError> {
    let rows = super::flows::all_rows(caller, &FlowQuery::default()).await?;
    Ok(todo::Known {
        flows: rows.into_iter().map(|row| row.id.to_string()).collect(),
        tables: tables.iter().map(|table| table.id.to_string()).collect(),
    })
}

async fn check_assignments(caller: &Caller, assignments: &Assignments) -> Result<(), ApiError> {
    let store = &caller.server.store;
    for id in assignments.connections.values() {
        if connections::module_of(store, id)
            .await
            .map_err(from_store)?
            .is_none()
        {
            return Err(ApiError::new(
                ErrorCode::NotFound,
                "A connection that you chose does not exist any more. Choose again.",
            ));
        }
    }
    for id in assignments.tables.values() {
        if tables::find(store, id).await.map_err(from_store)?.is_none() {
            return Err(ApiError::new(
                ErrorCode::NotFound,
                "A table that you chose does not exist any more. Choose again.",
            ));
        }
    }
    Ok(())
}

/// Makes the tables that were not assigned: id in the pack, id here, name.
async fn make_tables(
    caller: &Caller,
    pack: &Imported,
    assignments: &Assignments,
    folders: &Folders,
) -> Result<Vec<(String, TableId, String)>, ApiError> {
    let mut made = Vec::new();
    for table in &pack.tables {
        if let Some(ours) = assignments.tables.get(&table.id) {
            made.push((table.id.clone(), ours.clone(), table.name.clone()));
            continue;
        }
        let view = TableView {
            folder: Some(folders.of(table.folder.as_deref())),
            description: table.description.clone(),
            columns: pack_table(table, &[]).columns,
            id: TableId::new(clock::new_id()),
            name: table.name.clone(),
            rows: 0,
        };
        let row = definition(&view, view.id.clone())?;
        tables::insert(&caller.server.store, &row)
            .await
            .map_err(from_store)?;
        made.push((table.id.clone(), view.id, table.name.clone()));
    }
    Ok(made)
}

/// New ids for the flows whose id is taken here, so that a pack can be imported twice.
async fn flow_ids(caller: &Caller, pack: &Imported) -> Result<HashMap<String, String>, ApiError> {
    let mut ids = HashMap::new();
    for item in &pack.flows {
        let id = &item.flow.id;
        let taken = row_of(caller, id).await?.is_some();
        if taken || id.as_str().is_empty() || id.as_str().len() > 64 {
            ids.insert(id.to_string(), FlowId::new(clock::new_id()).to_string());
        }
    }
    Ok(ids)
}

/// Cards that lost their connection get the one assigned to their module; connections of the pack that were not assigned
/// are taken off, because they mean nothing here.
fn settle_connections(steps: &mut [Step], catalogue: &Catalogue, assignments: &Assignments) {
    let ours: HashSet<&ConnectionId> = assignments.connections.values().collect();
    for step in steps {
        if step
            .connection
            .as_ref()
            .is_some_and(|id| !ours.contains(id))
        {
            step.connection = None;
        }
        if let (None, Some(module)) = (&step.connection, needed_module(step, catalogue)) {
            step.connection = assignments
                .connections
                .get(&format!("module:{module}"))
                .cloned();
        }
        for lane in &mut step.lanes {
            settle_connections(&mut lane.steps, catalogue, assignments);
        }
    }
}

/// Parsing a large pack takes a while: not on the threads that answer.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ApiError> + Send + 'static,
) -> Result<T, ApiError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| internal(&error))?
}
