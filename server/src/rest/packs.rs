//! Importing packs. The body is the pack itself; what a user would choose in the browser stands after `?`.

use std::collections::BTreeMap;

use api::{Assignments, Backend, Connection, ImportReport, PackView};
use axum::Json;
use axum::extract::RawQuery;
use flow::{ConnectionId, FolderId, TableId};
use url::form_urlencoded;

use super::answer::{Answer, Created, Refusal, created};
use super::ask::{Caller, SentText};

pub(super) async fn look(
    Caller(backend): Caller,
    SentText(pack): SentText,
) -> Answer<Json<PackView>> {
    Ok(Json(backend.look_at_pack(pack).await?))
}

pub(super) async fn import(
    Caller(backend): Caller,
    RawQuery(query): RawQuery,
    SentText(pack): SentText,
) -> Answer<Created<ImportReport>> {
    let choices = Choices::read(&query.unwrap_or_default())?;
    let assignments = choices.assignments(&*backend, &pack).await?;
    Ok(created(backend.import_pack(pack, assignments).await?))
}

/// What stands after `?`.
#[derive(Debug, Default)]
struct Choices {
    folder: Option<FolderId>,
    by_module: Vec<ConnectionId>,
    connections: BTreeMap<String, ConnectionId>,
    tables: BTreeMap<String, TableId>,
}

impl Choices {
    fn read(query: &str) -> Result<Self, Refusal> {
        let mut choices = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match name.as_ref() {
                "folder" => choices.folder = Some(value.into_owned().into()),
                "connection" => choices.by_module.push(value.into_owned().into()),
                "assign" => {
                    let (theirs, ours) = pair("assign", &value)?;
                    choices.connections.insert(theirs, ours.into());
                }
                "table" => {
                    let (theirs, ours) = pair("table", &value)?;
                    choices.tables.insert(theirs, ours.into());
                }
                _ => {}
            }
        }
        Ok(choices)
    }

    /// Adds the connections that were given for a whole module; a single assignment wins over them.
    async fn assignments(self, backend: &dyn Backend, pack: &str) -> Answer<Assignments> {
        let mut connections = BTreeMap::new();
        if !self.by_module.is_empty() {
            let ours = by_module(&self.by_module, backend.list_connections().await?)?;
            let view = backend.look_at_pack(pack.to_owned()).await?;
            for theirs in view.connections {
                if let Some(id) = ours.get(&theirs.module) {
                    connections.insert(theirs.id, id.clone());
                }
            }
        }
        connections.extend(self.connections);
        Ok(Assignments {
            folder: self.folder,
            connections,
            tables: self.tables,
        })
    }
}

/// Returns the wanted connections by their modules.
fn by_module(
    wanted: &[ConnectionId],
    known: Vec<Connection>,
) -> Result<BTreeMap<String, ConnectionId>, Refusal> {
    let mut known: BTreeMap<ConnectionId, String> = known
        .into_iter()
        .map(|connection| (connection.id, connection.module))
        .collect();
    let mut by_module = BTreeMap::new();
    for id in wanted {
        let Some(module) = known.remove(id) else {
            return Err(Refusal::invalid(format!(
                "There is no connection {id}, or it was given twice. List those there are with GET /connections."
            )));
        };
        if by_module.contains_key(&module) {
            return Err(Refusal::invalid(format!(
                "Two connections of {module} were given. Say with assign which pack connection gets which."
            )));
        }
        by_module.insert(module, id.clone());
    }
    Ok(by_module)
}

fn pair(name: &str, value: &str) -> Result<(String, String), Refusal> {
    match value.rsplit_once('=') {
        Some((theirs, ours)) if !theirs.is_empty() && !ours.is_empty() => {
            Ok((theirs.to_owned(), ours.to_owned()))
        }
        _ => Err(Refusal::invalid(format!(
            "The parameter {name} has the form {name}=<id in the pack>=<id here>."
        ))),
    }
}
