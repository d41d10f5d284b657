//! Connections to orgs.

use flow::{ConnectionId, FlowId};
use serde::{Deserialize, Serialize};

/// A connection as shown; never with secrets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// Id.
    pub id: ConnectionId,
    /// Connector module, for instance `okta`.
    pub module: String,
    /// Name given by the user.
    pub name: String,
    /// Domain of the org, for instance `acme.okta.com`.
    pub domain: String,
    /// OAuth client id.
    pub client_id: String,
    /// State.
    pub state: ConnectionState,
    /// Login of the account at the org that authorized it.
    pub account: Option<String>,
    /// Granted scopes.
    pub scopes: Vec<String>,
    /// Name of the person who made it.
    pub owner: String,
    /// When it was made, milliseconds since 1970 in UTC.
    pub created_at: i64,
    /// Last successful test or call.
    pub checked_at: Option<i64>,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// How events of the org reach flows.
    pub events: EventRoad,
    /// Why the org does not deliver events to this server although it should. They are read from its log meanwhile.
    pub hook_error: Option<String>,
    /// Flows that use it.
    pub flows: Vec<ConnectionUse>,
}

/// How events of an org reach flows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventRoad {
    /// No flow that is on starts on them.
    #[default]
    Unused,
    /// They are read from the System Log, again and again.
    Log,
    /// An event hook delivers them at once; the log is read for what it may lose.
    Hook,
}

/// A flow that uses a connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionUse {
    /// The flow.
    pub flow: FlowId,
    /// Its name.
    pub name: String,
    /// Turned on.
    pub is_on: bool,
}

/// State of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionState {
    /// Works.
    Authorized,
    /// The org no longer accepts its tokens: authorize again.
    NeedsReauthorization,
    /// Deleted here; the org has not confirmed the revocation yet.
    Revoking,
}

/// Starts the authorization of an org. Answered by the address of the org's sign-in page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AuthorizeRequest {
    /// Name for the connection.
    pub name: String,
    /// Domain of the org, without `https://` and without `-admin`. Loopback addresses may carry `http://` and a port.
    pub domain: String,
    /// OAuth client id.
    pub client_id: String,
    /// OAuth client secret; empty for a public client.
    #[serde(default)]
    pub client_secret: String,
    /// Where to go afterwards, a path on this server; the connection's page where absent.
    #[serde(default)]
    pub return_to: Option<String>,
}

/// The answer to a test of a connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionTest {
    /// The org answered and accepted the token.
    pub works: bool,
    /// What it said.
    pub message: String,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
}

/// What became of a deletion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deletion {
    /// Tokens whose revocation the org confirmed.
    pub revoked: usize,
    /// Tokens that are still to be revoked: the org could not be reached, the server goes on trying.
    pub pending: usize,
}
