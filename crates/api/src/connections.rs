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
    /// How it gets its tokens.
    pub grant: Grant,
    /// Its tokens are bound to a key of this server (DPoP, RFC 9449).
    pub is_bound: bool,
}

/// How a connection gets its tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grant {
    /// Somebody signed in at the org and consented.
    Person,
    /// A service app acts for itself, with a key of its own.
    ServiceApp,
    /// Another service: nothing proves who calls.
    None,
    /// Another service: name and password.
    Basic,
    /// Another service: a header of its own.
    Header,
    /// Another service: a client gets tokens for itself.
    ClientCredentials,
}

/// A connection with what its cards need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionDetail {
    /// The connection.
    pub connection: Connection,
    /// Scopes that it has or that cards need, by name.
    pub scopes: Vec<ScopeState>,
    /// Flows that use it, with their cards.
    pub uses: Vec<ConnectionCards>,
    /// For a service app: the public key as JSON Web Key, to paste into the app at the org.
    pub public_key: Option<String>,
    /// When the org's System Log was read last for events; absent where no flow waits for events.
    pub polled_at: Option<i64>,
}

/// How it stands with a scope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScopeState {
    /// The scope, for instance `okta.users.read`.
    pub scope: String,
    /// The org granted it, or one that includes it.
    pub is_granted: bool,
    /// How much cards need it.
    pub need: Need,
    /// The cards that need it.
    pub cards: Vec<CardName>,
}

/// How much a scope is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// By nobody at present.
    None,
    /// Cards work better with it.
    Optional,
    /// Cards fail without it.
    Needed,
}

/// What a card is called.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CardName {
    /// In English.
    pub en: String,
    /// In Japanese.
    pub ja: String,
}

/// A flow that uses a connection, and with which cards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionCards {
    /// The flow.
    pub flow: FlowId,
    /// Its name.
    pub name: String,
    /// Turned on.
    pub is_on: bool,
    /// The cards, each once.
    pub cards: Vec<CardName>,
}

/// Authorizes an org for a service app, which acts for itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ServiceRequest {
    /// Name for the connection.
    pub name: String,
    /// Domain of the org.
    pub domain: String,
    /// Client id of the app.
    pub client_id: String,
    /// The app's private key.
    pub key: ServiceKey,
    /// Scopes to ask for; those of all cards where absent.
    #[serde(default)]
    pub scopes: Option<Vec<String>>,
}

/// The private key of a service app.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceKey {
    /// One that this server made: its id.
    Made(String),
    /// One that somebody pasted: a PEM or a JSON Web Key.
    Pasted(String),
}

impl std::fmt::Debug for ServiceKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Made(id) => f.debug_tuple("Made").field(id).finish(),
            Self::Pasted(_) => f.write_str("Pasted(…)"),
        }
    }
}

/// A key that this server made. It is kept for a day, until a connection uses it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewKey {
    /// Its id.
    pub id: String,
    /// The public half as JSON Web Key, to paste into the app at the org.
    pub public_key: String,
}

/// What came of the authorization of a service app.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceAnswer {
    /// The new connection.
    pub connection: ConnectionId,
    /// Scopes that were asked for and that the app was not granted.
    pub missing: Vec<String>,
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
    /// Scopes to ask for; those of all cards where absent. What signing in needs is always asked for.
    #[serde(default)]
    pub scopes: Option<Vec<String>>,
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

/// Makes or changes a connection to a service other than an org.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WebConnection {
    /// The connection to change; a new one where absent.
    #[serde(default)]
    pub id: Option<ConnectionId>,
    /// Name.
    pub name: String,
    /// Hosts that get the secret, with what is under them; any where there is none.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// An address whose answer shows whether the connection works.
    #[serde(default)]
    pub test_url: Option<String>,
    /// How it proves who calls.
    pub auth: WebAuth,
}

/// How a connection to a service proves who calls.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum WebAuth {
    /// Not at all.
    None,
    /// Name and password.
    Basic {
        /// Name.
        user: String,
        /// Password. Empty in a change: the old one stays.
        #[serde(default)]
        password: String,
    },
    /// A header of its own.
    Header {
        /// Name of the header.
        name: String,
        /// What it holds. Empty in a change: the old one stays.
        #[serde(default)]
        value: String,
    },
    /// An access token that the client gets for itself (RFC 6749, section 4.4).
    ClientCredentials {
        /// The token endpoint.
        token_url: String,
        /// Client id.
        client_id: String,
        /// Client secret. Empty in a change: the old one stays.
        #[serde(default)]
        client_secret: String,
        /// Scopes to ask for.
        #[serde(default)]
        scopes: Vec<String>,
        /// For whom the token is.
        #[serde(default)]
        audience: String,
        /// Id and secret go into the form instead of a header.
        #[serde(default)]
        in_form: bool,
    },
}

impl std::fmt::Debug for WebAuth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::Basic { .. } => "Basic(…)",
            Self::Header { .. } => "Header(…)",
            Self::ClientCredentials { .. } => "ClientCredentials(…)",
        })
    }
}

/// What HTTP cards may call although it is not public.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllowedAddresses {
    /// What an administrator allowed here: `intranet.example`, `intranet.example:8080`, `*.corp.example`, `10.0.0.0/8`.
    pub addresses: Vec<String>,
    /// What the command line allows; changed there.
    #[serde(default)]
    pub fixed: Vec<String>,
}
