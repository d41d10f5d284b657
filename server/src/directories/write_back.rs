//! From the org back into a directory: one person, attribute by attribute.

use std::sync::Arc;

use api::{NotWrittenBack, WriteBack, WrittenBack};
use directory::import::username::Username;
use directory::mapping::app_user;
use directory::write_back::{ManagerReason, WriteBack as Changes, compare};
use ldap::write::NotWritten;
use store::directories::DirectoryRow;

use super::Trouble;
use super::choices::{mapping_of, settings_of};
use super::people::{attributes, door, find, manager_of, okta_user};
use crate::clock;
use crate::state::Server;

/// Writes what differs. `None` when nobody in the directory has this name.
pub(crate) async fn write_back(
    server: &Arc<Server>,
    row: &DirectoryRow,
    asked: WriteBack,
) -> Result<Option<WrittenBack>, Trouble> {
    let mapping = mapping_of(row)?;
    let compiled = mapping.compiled();
    let mut directory = door(server, row).await?;
    let found = find(&mut directory, &asked.person, &attributes(&mapping, &[])).await?;
    let Some(entry) = found else {
        return Ok(None);
    };
    let name = entry.name().ok_or_else(|| {
        Trouble::Choice("The name of this entry cannot be read, so nothing is written.".into())
    })?;
    let now = clock::now();
    let profile = match asked.profile {
        Some(profile) => profile,
        None => {
            let settings = settings_of(row)?;
            let manager = manager_of(&mut directory, &entry).await?;
            let user = app_user(&mapping.rows, &entry, &|_: &str| manager.clone());
            let username = Username::new(&settings.username, settings.naming_context.as_deref())
                .map_err(|problem| Trouble::Choice(problem.to_string()))?;
            let login = username.of(&entry, &user, now).ok();
            match okta_user(server, row, login.as_deref()).await? {
                (Some(_), profile) => profile,
                (None, _) => {
                    return Err(Trouble::Choice(
                        "The org has no user with the user name of this person. Give the Okta user's profile, or import the person first.".into(),
                    ));
                }
            }
        }
    };
    let is_asked = |attribute: &str| {
        let names = |known: &String| {
            known.eq_ignore_ascii_case(attribute)
                || (attribute == "manager" && known.to_ascii_lowercase().starts_with("manager"))
        };
        asked.only.is_empty() || asked.only.iter().any(names)
    };
    let mut changes = compare(&compiled, &profile, &entry, now);
    changes.writes.retain(|write| is_asked(&write.attribute));
    let mut result = refused_before(&changes, &is_asked);
    for written in directory.write(&name, &changes.writes).await {
        match written.result {
            Ok(()) => result.written.push(written.attribute),
            Err(error) => result.failed.push(NotWrittenBack {
                attribute: written.attribute,
                error: said(&error),
            }),
        }
    }
    result.is_all_written = result.failed.is_empty();
    Ok(Some(result))
}

/// Values that could not be made: whoever asked hears of them beside what the directory refuses. What the directory sets itself
/// (names, keys) differs often, and only who names such an attribute means it.
fn refused_before(changes: &Changes, is_asked: &dyn Fn(&str) -> bool) -> WrittenBack {
    let troubles = changes
        .troubles
        .iter()
        .filter(|trouble| is_asked(&trouble.name));
    let failed = troubles.map(|trouble| NotWrittenBack {
        attribute: trouble.name.clone(),
        error: trouble.kind.to_string(),
    });
    WrittenBack {
        is_all_written: false,
        written: Vec::new(),
        failed: failed.collect(),
    }
}

fn said(error: &NotWritten) -> String {
    let NotWritten::Manager(reason) = error else {
        return error.to_string();
    };
    match reason {
        ManagerReason::OtherDomain => "The manager is in another domain, and the mapping names it by its user principal name (AD-R7). Map managerDN instead.",
        ManagerReason::NotAName => "The value is no distinguished name, and the mapping of managerDN takes one (AD-R9).",
        ManagerReason::NotAPrincipal => "The value is a distinguished name, and the mapping of managerUPN takes a user principal name (AD-R9).",
        ManagerReason::NotFound => "The directory has nobody of this name (AD-R9). Look at the value in the Okta user.",
    }
    .to_owned()
}
