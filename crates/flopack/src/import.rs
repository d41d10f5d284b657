//! Reading a pack: parsed at the edge, bounded in size and depth, never trusted.

use std::collections::HashMap;

use flow::Base;
use serde_json::{Map, Value as Json, json};

use crate::pack::{
    Column, Imported, NewIds, PackConnection, PackError, PackFolder, PackProblem, PackTable,
};
use crate::raw::{self, entries, put, take, text};

mod fields;
mod flows;
mod forks;
mod scope;
mod sight;
mod skeleton;
mod template;

pub(crate) use forks::input_of;

/// A file may be this large.
pub const MAX_BYTES: usize = 50_000_000;
/// One body of a flow may have this many cards.
pub const MAX_CARDS: usize = 5_000;
/// A card may have this many inputs, and as many outputs.
pub const MAX_FIELDS: usize = 2_000;

/// Reads a pack. Broken parts are left out or put right and reported as problems; only a file that is no pack at all, or
/// one beyond the limits, is an error. `ids` is asked where the id of a card is taken already.
pub fn import(text: &[u8], ids: &mut dyn NewIds) -> Result<Imported, PackError> {
    let raw = parse(text)?;
    let mut problems = Vec::new();
    let folders = folders(&raw["data"]["groups"], &mut problems);
    let known = |id: &str| folders.iter().any(|(folder, _)| folder.id == id);
    let tables = tables(&raw["data"]["tables"], &known, &mut problems);
    let mut uses = HashMap::new();
    let mut flows = Vec::new();
    for (id, entry) in entries(&raw["data"]["flos"]) {
        let mut importer = flows::Importer {
            ids,
            problems: &mut problems,
            uses: &mut uses,
            known_folder: &known,
        };
        flows.extend(importer.flow(id, entry)?);
    }
    let connections = connections(&raw["data"]["configs"], &uses);
    let outermost = folders.iter().find(|(folder, _)| folder.parent.is_none());
    let name = match (outermost, flows.first()) {
        (Some((folder, _)), _) => folder.name.clone(),
        (None, Some(first)) => first.flow.name.clone(),
        (None, None) => String::new(),
    };
    Ok(Imported {
        name,
        version: self::text(&raw, "version").to_owned(),
        created: raw["created"].as_str().map(str::to_owned),
        skeleton: skeleton(&raw, &folders, &connections, &tables),
        cards: flows.iter().map(|flow| flow.cards).sum(),
        folders: folders.into_iter().map(|(folder, _)| folder).collect(),
        connections: connections.into_iter().map(|(entry, _)| entry).collect(),
        tables: tables.into_iter().map(|(table, _)| table).collect(),
        flows,
        problems,
    })
}

/// Parses a file and checks that it is a pack.
pub(crate) fn parse(text: &[u8]) -> Result<Json, PackError> {
    if text.len() > MAX_BYTES {
        return Err(PackError::TooLarge {
            limit: MAX_BYTES / 1_000_000,
        });
    }
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let raw: Json = serde_json::from_slice(text).map_err(|error| match reason(&error) {
        reason if reason == "recursion limit exceeded" => PackError::TooNested,
        reason => PackError::NotJson {
            line: error.line(),
            column: error.column(),
            reason,
        },
    })?;
    if raw["type"] != "flopack" {
        return Err(PackError::NotAPack {
            found: raw["type"].to_string().chars().take(40).collect(),
        });
    }
    if !raw["data"].is_object() {
        return Err(PackError::Missing { part: "data" });
    }
    if !raw["data"]["flos"].is_object() {
        return Err(PackError::Missing {
            part: "flows (data.flos)",
        });
    }
    Ok(raw)
}

fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.split_once(" at line") {
        Some((reason, _)) => reason.to_owned(),
        None => text,
    }
}

fn folders(groups: &Json, problems: &mut Vec<PackProblem>) -> Vec<(PackFolder, Json)> {
    let mut found = Vec::new();
    for (id, entry) in entries(groups) {
        let mut rest = entry.clone();
        let data = &entry["data"];
        let path = text(data, "path");
        let parent =
            (!path.is_empty() && path != id && groups[path].is_object()).then(|| path.to_owned());
        if !path.is_empty() && parent.is_none() {
            problems.push(problem("folder_missing", format!(
                "The folder {:?} lies in a folder that is not in the pack; it becomes a folder of its own.",
                text(data, "name")
            )));
        }
        take(&mut rest, &["id"]);
        for part in ["name", "description"] {
            strip_text(&mut rest, &["data", part]);
        }
        if parent.is_some() {
            put(&mut rest, &["data", "path"], Json::Null);
        }
        let folder = PackFolder {
            id: id.to_owned(),
            parent,
            name: text(data, "name").to_owned(),
            description: text(data, "description").to_owned(),
        };
        found.push((folder, rest));
    }
    break_circles(&mut found);
    found
}

/// Folders that lie in each other lie nowhere.
fn break_circles(folders: &mut [(PackFolder, Json)]) {
    let parents: HashMap<String, Option<String>> = folders
        .iter()
        .map(|(folder, _)| (folder.id.clone(), folder.parent.clone()))
        .collect();
    for (folder, _) in folders {
        let mut here = folder.parent.as_ref();
        for _ in 0..=parents.len() {
            match here {
                Some(parent) => here = parents.get(parent).and_then(Option::as_ref),
                None => break,
            }
        }
        if here.is_some() {
            folder.parent = None;
        }
    }
}

fn tables(
    tables: &Json,
    known_folder: &dyn Fn(&str) -> bool,
    problems: &mut Vec<PackProblem>,
) -> Vec<(PackTable, Json)> {
    let mut found = Vec::new();
    for (id, entry) in entries(tables) {
        let mut rest = entry.clone();
        let group = text(&entry["data"], "group_id");
        let folder = known_folder(group).then(|| group.to_owned());
        if folder.is_some() {
            take(&mut rest, &["data", "group_id"]);
        } else {
            problems.push(problem("folder_missing", format!(
                "The table {:?} lies in a folder that is not in the pack; it goes to where the pack goes.",
                text(entry, "name")
            )));
        }
        take(&mut rest, &["id"]);
        strip_text(&mut rest, &["name"]);
        strip_text(&mut rest, &["description"]);
        take(&mut rest, &["data", "structure"]);
        let table = PackTable {
            id: id.to_owned(),
            folder,
            name: text(entry, "name").to_owned(),
            description: text(entry, "description").to_owned(),
            columns: raw::items(&entry["data"]["structure"])
                .iter()
                .filter(|column| column["name"].is_string())
                .map(column)
                .collect(),
        };
        found.push((table, rest));
    }
    found
}

fn column(raw: &Json) -> Column {
    let code = text(raw, "type");
    Column {
        name: text(raw, "name").to_owned(),
        base: match code {
            "dec" => Base::Number,
            "dte" => Base::Date,
            "bln" => Base::Boolean,
            _ => Base::Text,
        },
        code: code.to_owned(),
        default: match &raw["default"] {
            Json::Null => None,
            Json::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        },
    }
}

fn connections(configs: &Json, uses: &HashMap<String, usize>) -> Vec<(PackConnection, Json)> {
    entries(configs)
        .map(|(id, entry)| {
            let mut rest = entry.clone();
            for part in ["id", "name", "module", "data"] {
                take(&mut rest, &[part]);
            }
            let connection = PackConnection {
                id: id.to_owned(),
                name: text(entry, "name").to_owned(),
                module: text(entry, "module").to_owned(),
                cards: uses.get(id).copied().unwrap_or(0),
            };
            (connection, rest)
        })
        .collect()
}

/// What the pack has beyond folders, connections, tables and flows. The checksum is left out: it holds for one file only.
fn skeleton(
    raw: &Json,
    folders: &[(PackFolder, Json)],
    connections: &[(PackConnection, Json)],
    tables: &[(PackTable, Json)],
) -> Json {
    let mut pack = raw.clone();
    for part in ["checksum", "version", "created"] {
        take(&mut pack, &[part]);
    }
    for part in ["flos", "configs", "tables", "groups"] {
        take(&mut pack, &["data", part]);
    }
    let folders: Map<_, _> = folders
        .iter()
        .map(|(f, rest)| (f.id.clone(), rest.clone()))
        .collect();
    let configs: Map<_, _> = connections
        .iter()
        .map(|(c, rest)| (c.id.clone(), rest.clone()))
        .collect();
    let tables: Map<_, _> = tables
        .iter()
        .map(|(t, rest)| (t.id.clone(), rest.clone()))
        .collect();
    json!({"pack": pack, "folders": folders, "connections": configs, "tables": tables})
}

/// Takes a text out, so that only a null, or nothing, remains.
pub(crate) fn strip_text(raw: &mut Json, path: &[&str]) {
    let mut here = &*raw;
    for key in path {
        here = &here[*key];
    }
    if here.is_string() {
        take(raw, path);
    }
}

fn problem(code: &str, message: String) -> PackProblem {
    PackProblem {
        flow: None,
        card: None,
        code: code.to_owned(),
        message,
    }
}
