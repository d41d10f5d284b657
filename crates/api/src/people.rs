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
