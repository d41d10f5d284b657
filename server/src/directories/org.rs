//! The org's side of an import: its users and the properties that it knows, and what is done to single users.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use connect::{Org, Reply, Request};
use flow::{CardError, ConnectionId, RetryHint};
use serde_json::{Map, Value as Json, json};

use crate::state::Server;

const USERS: &str = "/api/v1/users";
const SCHEMA: &str = "/api/v1/meta/schemas/user/default";
/// Users in a page, the most that the org gives.
const PAGE: &str = "200";

/// An org through a connection.
#[derive(Clone)]
pub(crate) struct OrgSide {
    server: Arc<Server>,
    connection: ConnectionId,
}

impl OrgSide {
    /// The org of this connection.
    pub(crate) fn new(server: &Arc<Server>, connection: ConnectionId) -> Self {
        Self {
            server: Arc::clone(server),
            connection,
        }
    }

    /// Hands every user of the org to `each`, but those who are deactivated, page by page.
    pub(crate) async fn users(&self, mut each: impl FnMut(&Json)) -> Result<(), CardError> {
        let mut after = None;
        loop {
            let (users, next) = self.users_page(after.as_deref()).await?;
            users.iter().for_each(&mut each);
            if next.is_none() {
                return Ok(());
            }
            after = next;
        }
    }

    /// A page of the org's users, and the cursor of the next one.
    pub(crate) async fn users_page(
        &self,
        after: Option<&str>,
    ) -> Result<(Vec<Json>, Option<String>), CardError> {
        let mut query = vec![("limit".to_owned(), PAGE.to_owned())];
        query.extend(after.map(|after| ("after".to_owned(), after.to_owned())));
        let reply = self.get(USERS, query).await?;
        let next = self.path_of(&reply).await;
        let next = next.as_deref().and_then(cursor_in);
        let users = reply.body.as_array().cloned().unwrap_or_default();
        Ok((users, next))
    }

    /// Returns users by a search of Okta's (`search` of its users API), at most 200.
    pub(crate) async fn search(&self, expression: &str) -> Result<Vec<Json>, CardError> {
        let query = vec![
            ("search".to_owned(), expression.to_owned()),
            ("limit".to_owned(), PAGE.to_owned()),
        ];
        let reply = self.get(USERS, query).await?;
        Ok(reply.body.as_array().cloned().unwrap_or_default())
    }

    /// Returns the user with this login, whatever its status.
    pub(crate) async fn by_login(&self, login: &str) -> Result<Option<Json>, CardError> {
        let path = format!("{USERS}/{}", escaped(login));
        match self.get(&path, Vec::new()).await {
            Ok(reply) => Ok(Some(reply.body)),
            Err(error) if error.status == Some(404) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Returns the names of the properties that users of the org can have.
    pub(crate) async fn properties(&self) -> Result<HashSet<String>, CardError> {
        self.declared(SCHEMA).await
    }

    /// Returns the names of the properties that a profile schema declares.
    pub(super) async fn declared(&self, schema: &str) -> Result<HashSet<String>, CardError> {
        let reply = self.get(schema, Vec::new()).await?;
        let names = ["base", "custom"].into_iter().flat_map(|part| {
            let properties = reply
                .body
                .pointer(&format!("/definitions/{part}/properties"));
            properties
                .and_then(Json::as_object)
                .into_iter()
                .flat_map(Map::keys)
                .cloned()
                .collect::<Vec<_>>()
        });
        Ok(names.collect())
    }

    /// Creates a user and returns its id. Whether a call that broke off took effect is not known.
    pub(crate) async fn create(
        &self,
        login: &str,
        values: &BTreeMap<String, Json>,
        is_activated: bool,
    ) -> Result<String, CardError> {
        let query = vec![("activate".to_owned(), is_activated.to_string())];
        let body = json!({ "profile": profile(login, values) });
        let reply = self.send("POST", USERS, query, Some(body), false).await?;
        let id = reply.body.get("id").and_then(Json::as_str);
        id.map(str::to_owned).ok_or_else(|| {
            CardError::new(
                "org.answer",
                "The org created the user and did not say its id. The next import finds it by its login.",
            )
        })
    }

    /// Sends what is mapped; other properties stay.
    pub(crate) async fn update(
        &self,
        id: &str,
        login: &str,
        values: &BTreeMap<String, Json>,
    ) -> Result<(), CardError> {
        let path = format!("{USERS}/{}", escaped(id));
        let body = json!({ "profile": profile(login, values) });
        self.send("POST", &path, Vec::new(), Some(body), true)
            .await
            .map(|_| ())
    }

    /// Takes a step in the life of a user: `deactivate`, `suspend`, `unsuspend`, `activate`.
    pub(crate) async fn step(&self, id: &str, step: &str) -> Result<(), CardError> {
        let path = format!("{USERS}/{}/lifecycle/{step}", escaped(id));
        let query = match step {
            "deactivate" | "activate" => vec![("sendEmail".to_owned(), "false".to_owned())],
            _ => Vec::new(),
        };
        self.send("POST", &path, query, None, true)
            .await
            .map(|_| ())
    }

    /// Reads what is at a path.
    pub(super) async fn read(&self, path: &str) -> Result<Json, CardError> {
        Ok(self.get(path, Vec::new()).await?.body)
    }

    /// Posts a body; sending it twice does no harm.
    pub(super) async fn post(&self, path: &str, body: Option<Json>) -> Result<Json, CardError> {
        Ok(self.send("POST", path, Vec::new(), body, true).await?.body)
    }

    /// Deletes what is at a path.
    pub(super) async fn delete(&self, path: &str) -> Result<(), CardError> {
        let sent = self.send("DELETE", path, Vec::new(), None, true).await;
        sent.map(|_| ())
    }

    async fn get(&self, path: &str, query: Vec<(String, String)>) -> Result<Reply, CardError> {
        self.send("GET", path, query, None, true).await
    }

    async fn send(
        &self,
        method: &str,
        path: &str,
        query: Vec<(String, String)>,
        body: Option<Json>,
        repeatable: bool,
    ) -> Result<Reply, CardError> {
        let request = Request {
            method: method.to_owned(),
            path: path.to_owned(),
            query,
            headers: Vec::new(),
            body,
            repeatable,
        };
        let (server, id) = (Arc::clone(&self.server), self.connection.clone());
        // On its own: a renewal of the tokens that is under way must end also when nobody waits for it.
        let sent = tokio::spawn(async move { server.connections.send(&id, &request).await.result });
        sent.await.unwrap_or_else(|_| {
            Err(CardError {
                retry: RetryHint::Unavailable,
                ..CardError::new("org.broken", "The call to the org broke off. Try again.")
            })
        })
    }

    async fn path_of(&self, reply: &Reply) -> Option<String> {
        let link = reply.next_link()?;
        let row = store::connections::find(&self.server.store, &self.connection)
            .await
            .ok()??;
        Org::parse(&row.base_url).ok()?.path_of(link)
    }
}

/// The cursor that a path has in its query.
fn cursor_in(path: &str) -> Option<String> {
    let (_, query) = path.split_once('?')?;
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    let (_, after) = pairs.find(|(name, _)| name == "after")?;
    Some(after.into_owned())
}

/// The part of a path that stands for an id or a login.
pub(super) fn escaped(part: &str) -> String {
    url::form_urlencoded::byte_serialize(part.as_bytes())
        .collect::<String>()
        .replace('+', "%20")
}

fn profile(login: &str, values: &BTreeMap<String, Json>) -> Map<String, Json> {
    let mut profile: Map<String, Json> = values
        .iter()
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    profile.insert("login".to_owned(), Json::from(login));
    profile
}
