//! What was chosen for a directory, read from what is stored.

use directory::import::increments::{Cursor, Wish};
use directory::import::settings::Settings;
use directory::mapping::Mapping;
use flow::{ConnectionId, Schedule};
use ldap::{Account, Address, Password};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use store::directories::DirectoryRow;

use super::Trouble;
use crate::backend::connections::{stored, unstored};
use crate::state::Server;

/// A directory as it is used.
pub(crate) struct Choices {
    /// Where it is.
    pub(crate) address: Address,
    /// Who reads it.
    pub(crate) account: Account,
    /// The connection to the org.
    pub(crate) connection: ConnectionId,
    /// What an administrator chose. Custom attributes that users must have are those of the mapping.
    pub(crate) settings: Settings,
    /// How values are made.
    pub(crate) mapping: Mapping,
    /// Up to where the last import read.
    pub(crate) cursor: Option<Cursor>,
}

/// When imports begin by themselves.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Timetable {
    /// Imports of what changed.
    #[serde(default)]
    pub(crate) changes: Option<Schedule>,
    /// Imports of everything.
    #[serde(default)]
    pub(crate) full: Option<Schedule>,
}

/// What an import was asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Asked {
    /// What is read.
    pub(crate) read: Wish,
    /// The plan is carried out without being looked at, where nothing stops it.
    pub(crate) goes_on: bool,
}

impl Choices {
    /// Reads what is stored. A directory without a connection to an org cannot be imported from.
    pub(crate) fn of(server: &Server, row: &DirectoryRow) -> Result<Self, Trouble> {
        let connection = row.connection.clone().ok_or_else(|| {
            Trouble::Choice(
                "No org is chosen for this directory. Choose a connection in its settings.".into(),
            )
        })?;
        let mapping = mapping_of(row)?;
        let mut settings = settings_of(row)?;
        settings.required_custom = mapping.required_custom();
        Ok(Self {
            address: address_of(row)?,
            account: account_of(server, row)?,
            connection,
            settings,
            mapping,
            cursor: row
                .cursor
                .as_deref()
                .map(|text| read("cursor", text))
                .transpose()?,
        })
    }
}

/// Returns where the directory is.
pub(crate) fn address_of(row: &DirectoryRow) -> Result<Address, Trouble> {
    read("address", &row.address)
}

/// Returns what an administrator chose.
pub(crate) fn settings_of(row: &DirectoryRow) -> Result<Settings, Trouble> {
    read("settings", &row.settings)
}

/// Returns how values are made; the published table where nothing was changed.
pub(crate) fn mapping_of(row: &DirectoryRow) -> Result<Mapping, Trouble> {
    match &row.mapping {
        Some(text) => read("mapping", text),
        None => Ok(Mapping::published()),
    }
}

/// Returns the account that reads, with its password in clear.
pub(crate) fn account_of(server: &Server, row: &DirectoryRow) -> Result<Account, Trouble> {
    let unusable = || {
        Trouble::Choice(
            "The stored password of this directory cannot be opened. Type it again in its settings.".into(),
        )
    };
    let opened = server
        .sealer
        .open(&owner(&row.id), &unstored(row.sealed.clone()))
        .map_err(|_| unusable())?;
    let text = String::from_utf8(opened).map_err(|_| unusable())?;
    Ok(Account {
        name: row.account.clone(),
        password: Password::new(text).ok_or_else(unusable)?,
    })
}

/// Seals the password of a directory.
pub(crate) fn seal(
    server: &Server,
    directory: &str,
    password: &str,
) -> Result<store::connections::Sealed, connect::ConnectError> {
    let sealed = server.sealer.seal(&owner(directory), password.as_bytes())?;
    Ok(stored(sealed))
}

/// What a password is bound to, so that it opens for this directory only.
fn owner(directory: &str) -> String {
    format!("directory:{directory}")
}

fn read<T: DeserializeOwned>(what: &str, text: &str) -> Result<T, Trouble> {
    serde_json::from_str(text).map_err(|error| {
        Trouble::Choice(format!(
            "The stored {what} of this directory cannot be read ({error}). Save it again."
        ))
    })
}
