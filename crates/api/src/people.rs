//! Signing in.

use serde::{Deserialize, Serialize};

/// Who is there, and what the shell needs to know to draw itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Nobody administers this server yet: the set-up page comes first.
    pub needs_set_up: bool,
    /// The person, if signed in.
    pub person: Option<Signed>,
}

/// The person who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// Id.
    pub id: flow::PersonId,
    /// Name as shown.
    pub name: String,
    /// Login.
    pub login: String,
    /// What they may do everywhere.
    pub role: Role,
}

/// Makes the first administrator.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SetUp {
    /// The one-time code that the server printed.
    pub code: String,
    /// Name as shown.
    pub name: String,
    /// Login.
    pub login: String,
    /// Password, at least 12 characters.
    pub password: String,
}

/// Signs in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignIn {
    /// Login.
    pub login: String,
    /// Password.
    pub password: String,
}

/// A person who can sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// Id.
    pub id: flow::PersonId,
    /// Name as shown.
    pub name: String,
    /// Login.
    pub login: String,
    /// What they may do everywhere.
    pub role: Role,
    /// Since when, milliseconds since 1970 in UTC.
    pub created_at: i64,
    /// Names of the connections that they made; deleting the person revokes their tokens.
    pub connections: Vec<String>,
    /// They cannot be deleted: nobody else administers this server.
    pub is_last_administrator: bool,
}

/// What a person may do everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything.
    Administrator,
    /// Reads everything.
    Auditor,
    /// Makes and deletes connections.
    ConnectionManager,
    /// What folders grant.
    Member,
}

/// What became of the deletion of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonDeletion {
    /// Connections that were deleted with them.
    pub connections: usize,
    /// Tokens whose revocation the orgs confirmed.
    pub revoked: usize,
    /// Tokens that are still to be revoked; the server goes on trying.
    pub pending: usize,
}
