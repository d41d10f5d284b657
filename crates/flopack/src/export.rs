//! Writing a pack: from documents and, where a flow was imported, its skeleton.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

use crate::bones::{FlowBones, ScopeBones};
use crate::pack::{FlowView, PackConnection, PackError, PackFolder, PackTable, PackView};
use crate::raw::{object_at, put, text};

mod assemble;
mod containers;
mod event;
mod fill;
mod flows;
mod forks;
mod mint;
mod plumbing;
mod prepare;
mod route;
mod writer;

/// The format that a pack is written in if it says nothing else.
const VERSION: &str = "1.5.0";
/// The folder for flows and tables of a pack without folders.
const FOLDER: &str = "00000000-0000-4000-8000-000000000001";

/// Writes a pack. Flows without a skeleton, or changed since their import, come out as valid as untouched ones.
pub fn export(pack: &PackView<'_>) -> Result<Json, PackError> {
    let bones: Vec<FlowBones> = pack.flows.iter().map(read_bones).collect();
    let mut parents = HashMap::new();
    for flow in &bones {
        note_parents(&flow.scope, &mut parents);
    }
    let home = home(pack);
    let skeleton = pack.skeleton.unwrap_or(&Json::Null);
    let mut flos = Map::new();
    for (view, bones) in pack.flows.iter().zip(&bones) {
        let folder = view.folder.unwrap_or(&home);
        let flow = flows::write(view, bones, folder, &parents)?;
        flos.insert(view.flow.id.to_string(), flow);
    }
    let mut out = skeleton["pack"].clone();
    put(&mut out, &["type"], "flopack");
    put(&mut out, &["version"], pack.version.unwrap_or(VERSION));
    put(
        &mut out,
        &["created"],
        pack.created.unwrap_or("1970-01-01T00:00:00.000Z"),
    );
    put(
        &mut out,
        &["flags"],
        json!({"auto-transform": true, "looseBooleans": true, "looseStrings": true, "looseNulls": true}),
    );
    let groups = groups(pack, &flos, skeleton);
    let configs: Map<String, Json> = pack
        .connections
        .iter()
        .map(|entry| {
            (
                entry.id.clone(),
                write_connection(entry, &skeleton["connections"][&entry.id]),
            )
        })
        .collect();
    let tables: Map<String, Json> = pack
        .tables
        .iter()
        .map(|table| {
            (
                table.id.clone(),
                write_table(table, &skeleton["tables"][&table.id], &home),
            )
        })
        .collect();
    let data = object_at(&mut out, &["data"]);
    data.insert("flos".to_owned(), Json::Object(flos));
    data.insert("configs".to_owned(), Json::Object(configs));
    data.insert("tables".to_owned(), Json::Object(tables));
    data.insert("groups".to_owned(), Json::Object(groups));
    Ok(out)
}

/// A skeleton that cannot be read counts as none.
fn read_bones(view: &FlowView<'_>) -> FlowBones {
    view.skeleton
        .and_then(|skeleton| FlowBones::deserialize(skeleton).ok())
        .unwrap_or_default()
}

/// Writes the folders, and one for what has none in a pack without folders.
fn groups(pack: &PackView<'_>, flos: &Map<String, Json>, skeleton: &Json) -> Map<String, Json> {
    let mut groups: Map<String, Json> = pack
        .folders
        .iter()
        .map(|folder| {
            (
                folder.id.clone(),
                write_folder(folder, &skeleton["folders"][&folder.id]),
            )
        })
        .collect();
    if groups.is_empty() && uses_home(flos, pack, skeleton) {
        let folder = PackFolder {
            id: FOLDER.to_owned(),
            parent: None,
            name: "Flows".to_owned(),
            description: String::new(),
        };
        groups.insert(FOLDER.to_owned(), write_folder(&folder, &Json::Null));
    }
    groups
}

/// A document that nests deeper than one that can be read is not written.
fn check_depth(flow: &flow::Flow) -> Result<(), PackError> {
    let mut rows = vec![(0, &flow.steps)];
    while let Some((depth, row)) = rows.pop() {
        if depth > flow::MAX_NESTING {
            return Err(PackError::TooDeep {
                flow: flow.name.clone(),
                limit: flow::MAX_NESTING,
            });
        }
        rows.extend(
            row.iter()
                .flat_map(|step| &step.lanes)
                .map(|lane| (depth + 1, &lane.steps)),
        );
    }
    Ok(())
}

/// Returns the folder for what has none.
fn home(pack: &PackView<'_>) -> String {
    let outermost = pack.folders.iter().find(|folder| folder.parent.is_none());
    outermost.map_or(FOLDER, |folder| &folder.id).to_owned()
}

fn uses_home(flos: &Map<String, Json>, pack: &PackView<'_>, skeleton: &Json) -> bool {
    let table = |table: &PackTable| !skeleton["tables"][&table.id]["data"]["group_id"].is_string();
    flos.values().any(|flow| flow["data"]["group"] == FOLDER) || pack.tables.iter().any(table)
}

/// Notes the version of each connector that the pack's cards have.
fn note_parents(scope: &ScopeBones, parents: &mut HashMap<String, Json>) {
    for card in &scope.cards {
        let module = text(&card.raw["parents"]["channel"], "key");
        if !module.is_empty() && !parents.contains_key(module) {
            parents.insert(module.to_owned(), card.raw["parents"].clone());
        }
        for (_, body) in &card.bodies {
            note_parents(body, parents);
        }
    }
}

/// Writes a text where it differs from the nothing (null or empty) that the pack had.
fn put_text(raw: &mut Json, path: &[&str], value: &str) {
    let mut here = &*raw;
    for key in path {
        here = &here[*key];
    }
    let had_null = here.is_null() && here_exists(raw, path);
    if !(had_null && value.is_empty()) {
        put(raw, path, value);
    }
}

fn here_exists(raw: &Json, path: &[&str]) -> bool {
    let mut here = Some(raw);
    for key in path {
        here = here.and_then(|json| json.get(*key));
    }
    here.is_some()
}

fn write_folder(folder: &PackFolder, rest: &Json) -> Json {
    let mut out = rest.clone();
    put(&mut out, &["id"], folder.id.as_str());
    put_text(&mut out, &["data", "name"], &folder.name);
    put_text(&mut out, &["data", "description"], &folder.description);
    match &folder.parent {
        Some(parent) => put(&mut out, &["data", "path"], parent.as_str()),
        None if out["data"]["path"].is_null() => put(&mut out, &["data", "path"], ""),
        None => {}
    }
    let data = object_at(&mut out, &["data"]);
    data.entry("media_uri").or_insert(Json::Null);
    out
}

fn write_connection(connection: &PackConnection, rest: &Json) -> Json {
    let mut out = rest.clone();
    put(&mut out, &["id"], connection.id.as_str());
    put(&mut out, &["name"], connection.name.as_str());
    put(&mut out, &["module"], connection.module.as_str());
    put(&mut out, &["data"], Json::Null);
    out
}

fn write_table(table: &PackTable, rest: &Json, home: &str) -> Json {
    let mut out = rest.clone();
    put(&mut out, &["id"], table.id.as_str());
    put_text(&mut out, &["name"], &table.name);
    put_text(&mut out, &["description"], &table.description);
    match &table.folder {
        Some(folder) => put(&mut out, &["data", "group_id"], folder.as_str()),
        None if out["data"]["group_id"].is_null() => put(&mut out, &["data", "group_id"], home),
        None => {}
    }
    let columns: Vec<Json> = table
        .columns
        .iter()
        .map(|column| json!({"name": column.name, "type": column.code, "default": column.default}))
        .collect();
    put(&mut out, &["data", "structure"], columns);
    if out["data"]["class"].is_null() {
        put(&mut out, &["data", "class"], "simple");
    }
    out
}
