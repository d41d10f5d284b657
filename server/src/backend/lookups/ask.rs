//! One question to an org: with the account of the connection, within the time that a person waits.

use std::sync::Arc;
use std::time::Duration;

use api::{ApiError, ErrorCode};
use connect::{Org, Reply, Request};
use flow::{CardError, RetryHint};
use serde_json::Value as Json;
use store::connections::ConnectionRow;
use url::Url;

use super::cache::{Answer, Known};
use crate::clock;
use crate::state::Server;

/// A person does not wait longer than this.
const PATIENCE: Duration = Duration::from_secs(10);

/// Asks an org through a connection.
pub(super) struct Asker<'a> {
    pub(super) server: &'a Arc<Server>,
    pub(super) row: &'a ConnectionRow,
    pub(super) fresh: bool,
}

impl Asker<'_> {
    /// Returns the answer to a question that is still known, or asks.
    pub(super) async fn known(
        &self,
        question: &str,
        ask: impl AsyncFnOnce() -> Result<Answer, ApiError>,
    ) -> Result<Known, ApiError> {
        let (lookups, id) = (&self.server.lookups, &self.row.id);
        if !self.fresh
            && let Some(known) = lookups.find(id, question, clock::now_ms())
        {
            return Ok(known);
        }
        let known = Known {
            answer: ask().await?,
            asked_at: clock::now_ms(),
        };
        lookups.keep(id, question, known.clone());
        Ok(known)
    }

    /// Reads from the org. `scope` is what the call needs.
    pub(super) async fn get(
        &self,
        scope: &str,
        path: &str,
        query: Vec<(String, String)>,
    ) -> Result<Reply, ApiError> {
        if !has(&self.row.scopes, scope) {
            return Err(missing(scope));
        }
        let request = Request {
            method: "GET".to_owned(),
            path: path.to_owned(),
            query,
            headers: Vec::new(),
            body: None,
            repeatable: true,
        };
        let (server, id) = (Arc::clone(self.server), self.row.id.clone());
        // On its own: a renewal of the tokens that is under way must end also when nobody waits for it.
        let asked = tokio::spawn(async move {
            let _place = server.lookups.places.acquire().await;
            server.connections.send(&id, &request).await.result
        });
        match tokio::time::timeout(PATIENCE, asked).await {
            Ok(Ok(answer)) => answer.map_err(|error| refused(&error, scope)),
            Ok(Err(_)) | Err(_) => Err(unreachable()),
        }
    }

    /// Returns the items of a list, at most `pages` pages of it, and the cursor of what follows.
    pub(super) async fn list(
        &self,
        scope: &str,
        path: &str,
        query: &[(&str, &str)],
        pages: usize,
    ) -> Result<(Vec<Json>, Option<String>), ApiError> {
        let asked: Vec<(String, String)> = query
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let mut items = Vec::new();
        let mut after = None;
        for _ in 0..pages {
            let mut question = asked.clone();
            question.extend(after.map(|after| ("after".to_owned(), after)));
            let mut reply = self.get(scope, path, question).await?;
            after = self.cursor(&reply);
            match reply.body.as_array_mut() {
                Some(page) if !page.is_empty() => items.append(page),
                _ => after = None,
            }
            if after.is_none() {
                break;
            }
        }
        Ok((items, after))
    }

    /// The cursor alone: the rest of the address is ours, so that nobody can make us call another one.
    fn cursor(&self, reply: &Reply) -> Option<String> {
        let org = Org::parse(&self.row.base_url).ok()?;
        let path = org.path_of(reply.next_link()?)?;
        let url: Url = org.at(&path).ok()?;
        url.query_pairs()
            .find(|(name, _)| name == "after")
            .map(|(_, value)| value.into_owned())
    }
}

/// Who may manage may read.
fn has(scopes: &[String], scope: &str) -> bool {
    let manage = scope.replace(".read", ".manage");
    scopes.iter().any(|had| had == scope || *had == manage)
}

fn missing(scope: &str) -> ApiError {
    ApiError {
        about: Some(scope.to_owned()),
        ..ApiError::new(
            ErrorCode::MissingScope,
            format!(
                "The connection does not have the scope {scope}. Reauthorize it, or type the id."
            ),
        )
    }
}

fn unreachable() -> ApiError {
    ApiError::new(
        ErrorCode::OrgUnreachable,
        "The org does not answer. Try again later, or type the id.",
    )
}

fn refused(error: &CardError, scope: &str) -> ApiError {
    match (error.status, &error.retry) {
        (Some(401 | 403), _) if error.message.to_lowercase().contains("scope") => missing(scope),
        (Some(403), _) => ApiError::new(
            ErrorCode::Org,
            format!(
                "The account of the connection may not read this in the org ({scope}). Authorize with an account that may, or type the id."
            ),
        ),
        (_, RetryHint::Unavailable) => unreachable(),
        _ => ApiError::new(ErrorCode::Org, error.message.clone()),
    }
}
