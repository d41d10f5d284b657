//! Event hooks at an org: registering, verifying, removing, and the secret by which the org shows that a delivery is its
//! own. Decides nothing: who calls this knows which hook is wanted.

use std::collections::BTreeSet;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flow::{CardError, ConnectionId};
use rand::TryRngCore as _;
use rand::rngs::OsRng;
use serde_json::{Value as Json, json};

use crate::error::ConnectError;
use crate::okta::{Connections, Request};
use crate::reply::Reply;
use crate::seal::{Sealed, Sealer};

/// An org takes no more event types for one hook.
pub const MAX_HOOK_TYPES: usize = 300;
/// The header that carries the secret.
pub const HOOK_SECRET_HEADER: &str = "authorization";

const PATH: &str = "/api/v1/eventHooks";

/// What an org sends along with every delivery. Exists in clear only inside this crate.
#[derive(Clone)]
pub struct HookSecret(String);

impl fmt::Debug for HookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HookSecret")
    }
}

impl HookSecret {
    /// Makes a new one of 32 random bytes and seals it for its owner.
    pub fn make(sealer: &Sealer, owner: &str) -> Result<Sealed, ConnectError> {
        let mut bytes = [0_u8; 32];
        OsRng
            .try_fill_bytes(&mut bytes)
            .map_err(|_| ConnectError::Vault)?;
        sealer.seal(owner, URL_SAFE_NO_PAD.encode(bytes).as_bytes())
    }

    /// Opens a sealed one.
    pub fn open(sealer: &Sealer, owner: &str, sealed: &Sealed) -> Result<Self, ConnectError> {
        String::from_utf8(sealer.open(owner, sealed)?)
            .map(Self)
            .map_err(|_| ConnectError::Sealed(sealed.key_version))
    }

    /// Tells whether `given` is the secret; how long that takes says nothing about where they differ.
    pub fn is(&self, given: &[u8]) -> bool {
        let own = self.0.as_bytes();
        own.len() == given.len()
            && own
                .iter()
                .zip(given)
                .fold(0, |seen, (one, other)| seen | (one ^ other))
                == 0
    }
}

/// A hook as it is wanted.
#[derive(Clone, Debug)]
pub struct HookPlan<'a> {
    /// What administrators of the org see.
    pub name: &'a str,
    /// Where the org posts to.
    pub address: &'a str,
    /// Which event types; at most [`MAX_HOOK_TYPES`].
    pub types: &'a BTreeSet<String>,
    /// What it sends along.
    pub secret: &'a HookSecret,
}

/// A hook as the org has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteHook {
    /// The org's id for it.
    pub id: String,
    /// Where it posts to.
    pub address: String,
    /// Which event types.
    pub types: BTreeSet<String>,
    /// It is turned on.
    pub is_active: bool,
    /// Its address was verified.
    pub is_verified: bool,
}

/// Event hooks at the org of one connection.
pub struct EventHooks<'a> {
    /// The connections.
    pub connections: &'a Connections,
    /// The one to use.
    pub connection: &'a ConnectionId,
}

impl EventHooks<'_> {
    /// Returns the hook of this id, if the org still has it.
    pub async fn find(&self, id: &str) -> Result<Option<RemoteHook>, CardError> {
        match self.call("GET", &one(id), None).await {
            Ok(reply) => RemoteHook::read(&reply.body).map(Some),
            Err(error) if error.status == Some(404) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Returns the hook that posts to this address: one that was registered when the answer was lost.
    pub async fn find_by_address(&self, address: &str) -> Result<Option<RemoteHook>, CardError> {
        let reply = self.call("GET", PATH, None).await?;
        let hooks = reply.body.as_array().map(Vec::as_slice).unwrap_or_default();
        hooks
            .iter()
            .find(|hook| hook["channel"]["config"]["uri"].as_str() == Some(address))
            .map(RemoteHook::read)
            .transpose()
    }

    /// Registers a hook. It delivers nothing until it is verified.
    pub async fn create(&self, plan: &HookPlan<'_>) -> Result<RemoteHook, CardError> {
        let reply = self.call("POST", PATH, Some(plan.body())).await?;
        RemoteHook::read(&reply.body)
    }

    /// Changes a hook to what is wanted.
    pub async fn replace(&self, id: &str, plan: &HookPlan<'_>) -> Result<RemoteHook, CardError> {
        let reply = self.call("PUT", &one(id), Some(plan.body())).await?;
        RemoteHook::read(&reply.body)
    }

    /// Turns a hook on.
    pub async fn activate(&self, id: &str) -> Result<RemoteHook, CardError> {
        let reply = self.call("POST", &step(id, "activate"), None).await?;
        RemoteHook::read(&reply.body)
    }

    /// Has the org ask the address for its challenge, which must be answered before this returns.
    pub async fn verify(&self, id: &str) -> Result<RemoteHook, CardError> {
        let reply = self.call("POST", &step(id, "verify"), None).await?;
        RemoteHook::read(&reply.body)
    }

    /// Removes a hook; one that is gone already is as good.
    pub async fn remove(&self, id: &str) -> Result<(), CardError> {
        for (method, path) in [("POST", step(id, "deactivate")), ("DELETE", one(id))] {
            match self.call(method, &path, None).await {
                Ok(_) => {}
                Err(error) if error.status == Some(404) => return Ok(()),
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    async fn call(&self, method: &str, path: &str, body: Option<Json>) -> Result<Reply, CardError> {
        let request = Request {
            method: method.to_owned(),
            path: path.to_owned(),
            query: Vec::new(),
            headers: Vec::new(),
            body,
            // Registering twice would leave a hook behind that nobody knows.
            repeatable: !(method == "POST" && path == PATH),
        };
        self.connections
            .send(self.connection, &request)
            .await
            .result
    }
}

impl HookPlan<'_> {
    fn body(&self) -> Json {
        let types: Vec<&String> = self.types.iter().take(MAX_HOOK_TYPES).collect();
        json!({
            "name": self.name,
            "description": "Made by Nagare for flows that start on events. Removed when no flow needs it.",
            "events": {"type": "EVENT_TYPE", "items": types},
            "channel": {
                "type": "HTTP",
                "version": "1.0.0",
                "config": {
                    "uri": self.address,
                    "headers": [],
                    "authScheme": {"type": "HEADER", "key": "Authorization", "value": self.secret.0},
                },
            },
        })
    }
}

impl RemoteHook {
    fn read(hook: &Json) -> Result<Self, CardError> {
        let text = |value: &Json| value.as_str().map(str::to_owned);
        let read = || {
            Some(Self {
                id: text(&hook["id"])?,
                address: text(&hook["channel"]["config"]["uri"])?,
                types: hook["events"]["items"]
                    .as_array()?
                    .iter()
                    .filter_map(text)
                    .collect(),
                is_active: hook["status"].as_str()? == "ACTIVE",
                is_verified: hook["verificationStatus"].as_str()? == "VERIFIED",
            })
        };
        read().ok_or_else(|| {
            CardError::new(
                "okta.event_hook",
                "The org's description of its event hook could not be understood.",
            )
        })
    }
}

/// The path of one hook. Ids are the org's, so nothing in them may lead elsewhere.
fn one(id: &str) -> String {
    let id: String = url::form_urlencoded::byte_serialize(id.as_bytes()).collect();
    format!("{PATH}/{id}")
}

fn step(id: &str, name: &str) -> String {
    format!("{}/lifecycle/{name}", one(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_itself_alone_and_never_printed() {
        let sealer = Sealer::from_key_file(&Sealer::new_key_file().unwrap()).unwrap();
        let sealed = HookSecret::make(&sealer, "hook-1").unwrap();
        assert!(HookSecret::open(&sealer, "hook-2", &sealed).is_err());
        let secret = HookSecret::open(&sealer, "hook-1", &sealed).unwrap();
        let clear = secret.0.clone();
        assert!(clear.len() >= 43 && secret.is(clear.as_bytes()));
        assert!(!secret.is(b"") && !secret.is(&clear.as_bytes()[1..]));
        assert!(!secret.is(clear.to_uppercase().as_bytes()));
        assert_eq!(format!("{secret:?}"), "HookSecret");
        let other = HookSecret::make(&sealer, "hook-1").unwrap();
        assert!(
            !HookSecret::open(&sealer, "hook-1", &other)
                .unwrap()
                .is(clear.as_bytes())
        );
    }

    #[test]
    fn a_hook_asks_for_no_more_types_than_an_org_takes() {
        let types = (0..301).map(|number| format!("a.b{number}")).collect();
        let secret = HookSecret("s".to_owned());
        let plan = HookPlan {
            name: "n",
            address: "https://x.example/hooks/okta/1",
            types: &types,
            secret: &secret,
        };
        assert_eq!(
            plan.body()["events"]["items"].as_array().unwrap().len(),
            300
        );
        assert!(!format!("{plan:?}").contains("\"s\""));
    }
}
