//! What a handler is given and what it gives back. Handlers are plain functions over the org's
//! state; everything about sockets stays in `serve`.

use std::sync::Arc;

use axum::body::Bytes;
use axum::http::HeaderMap;
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use url::form_urlencoded;

use super::errors::OktaError;
use crate::log::{By, Origin, Party};
use crate::state::Org;

/// Who calls.
#[derive(Clone, Debug, Default)]
pub(crate) struct Caller {
    pub(crate) user_id: String,
    /// Scopes of an access token; None for an API token, which may do what its owner may.
    pub(crate) scopes: Option<Vec<String>>,
    pub(crate) client_id: Option<String>,
    pub(crate) session: Option<String>,
}

/// One request.
pub(crate) struct Call {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) params: Vec<(&'static str, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) caller: Caller,
    pub(crate) at: DateTime<Utc>,
    pub(crate) request_id: String,
    pub(crate) ip: String,
    pub(crate) base: String,
}

impl Call {
    /// A part of the path, by the name it has in the route.
    pub(crate) fn param(&self, name: &str) -> &str {
        self.params
            .iter()
            .find(|(known, _)| *known == name)
            .map_or("", |(_, value)| value)
    }

    /// A query parameter that is there and not empty.
    pub(crate) fn asked(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// A query parameter that is true or false.
    pub(crate) fn flag(&self, name: &str, default: bool) -> Result<bool, OktaError> {
        match self.asked(name).map(str::to_ascii_lowercase).as_deref() {
            None => Ok(default),
            Some("true") => Ok(true),
            Some("false") => Ok(false),
            Some(_) => Err(OktaError::validation(
                name,
                format!("{name}: The value must be true or false"),
            )),
        }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The body as a JSON object.
    pub(crate) fn object(&self) -> Result<Map<String, Value>, OktaError> {
        let content_type = self.header("content-type").unwrap_or_default();
        if !content_type.is_empty() && !content_type.to_ascii_lowercase().contains("json") {
            return Err(OktaError::media_type());
        }
        match serde_json::from_slice(&self.body) {
            Ok(Value::Object(object)) => Ok(object),
            _ => Err(OktaError::malformed()),
        }
    }

    /// The body as a JSON object, or an empty one when there is no body.
    pub(crate) fn object_or_empty(&self) -> Result<Map<String, Value>, OktaError> {
        if self.body.is_empty() {
            return Ok(Map::new());
        }
        self.object()
    }

    /// The fields of a posted form.
    pub(crate) fn form(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(&self.body).into_owned().collect()
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        self.headers
            .get_all("cookie")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }

    /// The caller as the actor of what happens.
    pub(crate) fn by(&self, org: &Org) -> By {
        let client_id = self.caller.client_id.as_deref().unwrap_or_default();
        self.by_actor(org.caller_party(&self.caller.user_id, client_id))
    }

    /// Somebody else as the actor, such as a person who is just signing in.
    pub(crate) fn by_actor(&self, actor: Party) -> By {
        By {
            actor,
            origin: Arc::new(Origin {
                ip: self.ip.clone(),
                agent: self.header("user-agent").unwrap_or_default().to_owned(),
                place: 0,
                request_id: self.request_id.clone(),
                uri: self.path.clone(),
                session: self.caller.session.clone(),
                client_id: self.caller.client_id.clone(),
                transaction: "WEB",
            }),
            at: self.at,
        }
    }
}

/// What a reply carries.
#[derive(Clone, Debug)]
pub(crate) enum Body {
    Empty,
    Json(Value),
    Html(String),
}

/// Something that has to be asked of another server before the reply is known.
#[derive(Clone, Debug)]
pub(crate) enum After {
    Nothing,
    VerifyHook(String),
}

/// One answer.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Body,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) after: After,
}

impl Reply {
    pub(crate) fn json(status: u16, body: Value) -> Reply {
        Reply {
            status,
            body: Body::Json(body),
            headers: Vec::new(),
            after: After::Nothing,
        }
    }

    pub(crate) fn ok(body: Value) -> Reply {
        Reply::json(200, body)
    }

    pub(crate) fn empty(status: u16) -> Reply {
        Reply {
            body: Body::Empty,
            ..Reply::json(status, Value::Null)
        }
    }

    pub(crate) fn html(status: u16, page: String) -> Reply {
        Reply {
            body: Body::Html(page),
            ..Reply::json(status, Value::Null)
        }
    }

    pub(crate) fn redirect(to: String) -> Reply {
        Reply::empty(302).with_header("location", to)
    }

    pub(crate) fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Reply {
        self.headers.push((name, value.into()));
        self
    }
}

/// What every handler returns.
pub(crate) type Answer = Result<Reply, OktaError>;
