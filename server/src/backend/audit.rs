//! The log of what people changed.

use std::collections::HashMap;

use api::{ApiError, AuditPage, AuditRow, AuditSearch, MOST_ENTRIES};
use flow::PersonId;
use serde_json::Value as Json;
use store::audit::{AuditEntry, AuditFilter};

use super::{Caller, Right};
use crate::clock;
use crate::error::{from_store, internal};

impl Caller {
    /// Writes a change into the audit log.
    pub(super) async fn audit(
        &self,
        action: &str,
        kind: &str,
        id: &str,
        before: Option<Json>,
        after: Option<Json>,
    ) -> Result<(), ApiError> {
        let entry = AuditEntry {
            id: clock::new_id(),
            at: clock::now_ms(),
            actor: self.person.as_ref().map(|person| person.id.clone()),
            action: action.to_owned(),
            object_kind: kind.to_owned(),
            object_id: id.to_owned(),
            before: before.map(|json| json.to_string()),
            after: after.map(|json| json.to_string()),
        };
        store::audit::insert(&self.server.store, &[entry])
            .await
            .map_err(from_store)
    }
}

/// So many entries are answered where nobody says how many.
const USUAL_ENTRIES: u32 = 50;

/// Lists changes, newest first.
pub(super) async fn list(caller: &Caller, search: AuditSearch) -> Result<AuditPage, ApiError> {
    caller.need(Right::Read)?;
    let store = &caller.server.store;
    let ago = search
        .within_ms
        .map(|within| clock::now_ms().saturating_sub(within));
    let filter = AuditFilter {
        kind: search.kind,
        object: search.object,
        actor: search.person,
        since: search.since.max(ago),
        until: search.until,
        before: search.after,
        limit: search.limit.unwrap_or(USUAL_ENTRIES).clamp(1, MOST_ENTRIES),
    };
    let page = store::audit::list(store, &filter)
        .await
        .map_err(from_store)?;
    let people = store::people::list(store).await.map_err(from_store)?;
    let names: HashMap<_, _> = people
        .into_iter()
        .map(|person| (person.id, person.name))
        .collect();
    let mut entries = Vec::with_capacity(page.items.len());
    for entry in page.items {
        let before = read(entry.before)?;
        let after = read(entry.after)?;
        let person_name = entry.actor.as_ref().and_then(|id| names.get(id)).cloned();
        entries.push(AuditRow {
            id: entry.id,
            at: entry.at,
            person: entry.actor,
            person_name,
            action: entry.action,
            name: name_in(after.as_ref())
                .or_else(|| name_in(before.as_ref()))
                .or_else(|| person_named(&entry.object_kind, &entry.object_id, &names)),
            kind: entry.object_kind,
            object: entry.object_id,
            before,
            after,
        });
    }
    name_flows(caller, &mut entries).await?;
    Ok(AuditPage {
        entries,
        next: page.next,
    })
}

fn read(text: Option<String>) -> Result<Option<Json>, ApiError> {
    text.map(|text| serde_json::from_str(&text))
        .transpose()
        .map_err(|error| internal(&error))
}

/// The name of somebody who is still here, for entries that do not say it.
fn person_named(kind: &str, id: &str, names: &HashMap<PersonId, String>) -> Option<String> {
    let is_person = kind == "person";
    names
        .get(&PersonId::from(id))
        .filter(|_| is_person)
        .cloned()
}

fn name_in(what: Option<&Json>) -> Option<String> {
    let name = what?.get("name")?.as_str()?;
    (!name.is_empty()).then(|| name.to_owned())
}

/// Flows whose entries do not name them are called what they are called now.
async fn name_flows(caller: &Caller, entries: &mut [AuditRow]) -> Result<(), ApiError> {
    let mut known: HashMap<String, Option<String>> = HashMap::new();
    let nameless = |entry: &&mut AuditRow| entry.kind == "flow" && entry.name.is_none();
    for entry in entries.iter_mut().filter(nameless) {
        if !known.contains_key(&entry.object) {
            let id = entry.object.as_str().into();
            let flow = store::flows::find(&caller.server.store, &id).await;
            let name = flow.map_err(from_store)?.map(|flow| flow.name);
            known.insert(entry.object.clone(), name);
        }
        entry.name = known.get(&entry.object).cloned().flatten();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use api::{AUDIT_KINDS, AUDIT_VERBS};

    /// What stands before the name of an action: `audit("flow.delete", "flow", …)`, `noted(caller, "table.key", …)`.
    const BEFORE: [&str; 4] = [".audit(", "noted(caller,", "note(server,", "entry("];

    /// Collects actions and kinds of things that are noted in the sources below a folder.
    fn noted(folder: &Path, found: &mut BTreeSet<(String, Option<String>)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                noted(&path, found);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let source = fs::read_to_string(&path).unwrap();
                let source: String = source.split_whitespace().collect();
                for before in BEFORE {
                    found.extend(source.split(before).skip(1).filter_map(named));
                }
            }
        }
    }

    /// Reads `"flow.delete","flow",…`.
    fn named(text: &str) -> Option<(String, Option<String>)> {
        let (action, rest) = text.strip_prefix('"')?.split_once('"')?;
        let kind = rest
            .strip_prefix(",\"")
            .and_then(|rest| rest.split_once('"'));
        let is_action = action.contains('.') && !action.contains('{');
        is_action.then(|| (action.to_owned(), kind.map(|(kind, _)| kind.to_owned())))
    }

    #[test]
    fn whatever_is_noted_is_known_to_those_who_read_it() {
        let mut found = BTreeSet::new();
        noted(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
            &mut found,
        );
        assert!(found.len() > 30, "{found:?}");
        for (action, kind) in found {
            let verb = action.rsplit('.').next().unwrap();
            assert!(AUDIT_VERBS.contains(&verb), "{action}");
            let kind = kind.as_deref();
            assert!(
                kind.is_none_or(|kind| AUDIT_KINDS.contains(&kind)),
                "{action}: {kind:?}"
            );
        }
    }
}
