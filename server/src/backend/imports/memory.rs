//! What was chosen at earlier imports: the same names in the next pack find it again.

use std::collections::{BTreeMap, HashMap};

use api::{ApiError, Assignments, PackConnection, PackTable};
use flow::{ConnectionId, TableId};
use store::Store;
use store::choices::{self, Choice, ChoiceKind};

use crate::clock;
use crate::error::from_store;

/// Earlier choices by kind, connector and name.
pub(super) struct Memory(HashMap<(ChoiceKind, String, String), String>);

impl Memory {
    pub(super) async fn read(store: &Store) -> Result<Self, ApiError> {
        let all = choices::list(store).await.map_err(from_store)?;
        Ok(Self(
            all.into_iter()
                .map(|choice| ((choice.kind, choice.module, choice.name), choice.target))
                .collect(),
        ))
    }

    fn find(&self, kind: ChoiceKind, module: &str, name: &str) -> Option<&String> {
        self.0
            .get(&(kind, module.to_owned(), name.to_owned()))
            .filter(|target| !target.is_empty())
    }

    /// Returns what was chosen for a connection of this name, else for any of this connector, if it is still there.
    pub(super) fn connection(&self, wanted: &PackConnection) -> Option<ConnectionId> {
        let target = self
            .find(ChoiceKind::Connection, &wanted.module, &wanted.name)
            .or_else(|| self.find(ChoiceKind::Connection, &wanted.module, ""))?;
        wanted
            .candidates
            .iter()
            .find(|known| known.id.as_str() == target)
            .map(|known| known.id.clone())
    }

    /// Returns the table that was chosen for a table of this name, if it still fits.
    pub(super) fn table(&self, wanted: &PackTable) -> Option<TableId> {
        let target = self.find(ChoiceKind::Table, "", &wanted.name)?;
        wanted
            .candidates
            .iter()
            .find(|(id, _)| id.as_str() == target)
            .map(|(id, _)| id.clone())
    }
}

/// Keeps what was chosen for this pack. A table that was made anew forgets an earlier choice.
pub(super) async fn keep(
    store: &Store,
    wanted: &BTreeMap<String, PackConnection>,
    tables: &[flopack::PackTable],
    assignments: &Assignments,
) -> Result<(), ApiError> {
    let at = clock::now_ms();
    let choice = |kind, module: &str, name: &str, target: &str| Choice {
        kind,
        module: module.to_owned(),
        name: name.to_owned(),
        target: target.to_owned(),
        chosen_at: at,
    };
    let mut kept = Vec::new();
    for (theirs, ours) in &assignments.connections {
        if let Some(wanted) = wanted.get(theirs) {
            for name in [wanted.name.as_str(), ""] {
                kept.push(choice(
                    ChoiceKind::Connection,
                    &wanted.module,
                    name,
                    ours.as_str(),
                ));
            }
        }
    }
    for table in tables {
        let ours = assignments.tables.get(&table.id);
        let target = ours.map_or("", TableId::as_str);
        kept.push(choice(ChoiceKind::Table, "", &table.name, target));
    }
    choices::save(store, &kept).await.map_err(from_store)
}
