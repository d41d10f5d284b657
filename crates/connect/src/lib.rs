//! Everything that leaves the building: authorizing orgs, calling them, calling other HTTP services. The only holder of
//! clear secrets; hands out sealed ones. Knows nothing of SQL, of cards or of who may do what.

mod org;
mod seal;
mod tokens;

mod authorize;
mod bearer;
mod client;
mod endpoints;
mod key;
mod proof;
mod revoke;

mod governor;
mod hooks;
mod okta;
mod refusal;
mod reply;

mod address;
mod web;

mod error;

pub use address::{Allowed, Lookup, SystemLookup};
pub use authorize::{Authorization, Pending, finish, serve, start};
pub use bearer::{Bearer, Bearers, NotBorne};
pub use client::Credentials;
pub use endpoints::Endpoints;
pub use error::ConnectError;
pub use governor::{Budget, Minute, Standing};
pub use hooks::{EventHooks, HOOK_SECRET_HEADER, HookPlan, HookSecret, MAX_HOOK_TYPES, RemoteHook};
pub use key::PrivateKey;
pub use okta::{Attempt, Connections, LEAVE_PERCENT, Request, Sent, Vault, VaultError};
pub use org::Org;
pub use reply::Reply;
pub use revoke::revoke;
pub use seal::{Sealed, Sealer};
pub use tokens::{Account, Tokens};
pub use web::{CalledAs, Download, Upload, Web, WebAccount, WebClient, WebProof, WebRequest};
