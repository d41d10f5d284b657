//! Imports of users from directories into orgs: `plan` decides everything before anything is written, a person or a setting
//! lets it go on, `carry` sends line by line. Both can stop anywhere and be taken up again, by this server or another one.

pub(crate) mod carry;
pub(crate) mod choices;
pub(crate) mod keep;
pub(crate) mod line;
pub(crate) mod org;
pub(crate) mod people;
pub(crate) mod plan;
mod reader;
pub(crate) mod scopes;
pub(crate) mod searching;
mod sessions;
pub(crate) mod sign_in;
pub(crate) mod telling;
pub(crate) mod write_back;

use flow::CardError;
use store::StoreError;

/// Why an import cannot go on.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    /// The directory does not do what it is asked.
    #[error(transparent)]
    Directory(#[from] ldap::Failure),
    /// The org does not do what it is asked.
    #[error("The org refused: {}", .0.message)]
    Org(Box<CardError>),
    /// What was chosen cannot be used.
    #[error("{0}")]
    Choice(String),
    /// The database does not do what it is asked.
    #[error("The server could not read or write its database.")]
    Store(#[from] StoreError),
    /// Somebody canceled the import, or another server has it.
    #[error("The import was ended by somebody else.")]
    Stopped,
}

impl From<CardError> for Trouble {
    fn from(error: CardError) -> Self {
        Self::Org(Box::new(error))
    }
}
