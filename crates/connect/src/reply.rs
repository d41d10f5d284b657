//! The answer to a call, read up to a limit.

use serde_json::Value as Json;

/// Larger answers are refused: 32 MB.
pub(crate) const MAX_BODY: usize = 32 << 20;

/// The answer to a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Headers in order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body: parsed where it is JSON, else as text; null where empty.
    pub body: Json,
}

/// Why an answer could not be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadError {
    /// The way broke.
    #[error(transparent)]
    Http(#[from] reqwest::Error),
    /// Too large.
    #[error("the answer is larger than 32 MB")]
    TooLarge,
}

impl Reply {
    pub(crate) async fn read(mut answer: reqwest::Response) -> Result<Self, ReadError> {
        let status = answer.status().as_u16();
        let headers: Vec<(String, String)> = answer
            .headers()
            .iter()
            .map(|(name, value)| {
                (
                    name.as_str().to_owned(),
                    String::from_utf8_lossy(value.as_bytes()).into_owned(),
                )
            })
            .collect();
        let mut bytes = Vec::new();
        while let Some(chunk) = answer.chunk().await? {
            if bytes.len() + chunk.len() > MAX_BODY {
                return Err(ReadError::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        let mut reply = Self {
            status,
            headers,
            body: Json::Null,
        };
        reply.body = reply.parse(&bytes);
        Ok(reply)
    }

    /// Returns the header of this lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// Returns the body as JSON, also where the service forgot to say that it is.
    pub(crate) fn body_as_json(&self) -> Json {
        match &self.body {
            Json::String(text) => serde_json::from_str(text).unwrap_or(Json::Null),
            body => body.clone(),
        }
    }

    /// Returns the target of the `Link` header with `rel="next"` (RFC 8288).
    pub fn next_link(&self) -> Option<&str> {
        self.headers
            .iter()
            .filter(|(name, _)| name == "link")
            .flat_map(|(_, value)| value.split(","))
            .find_map(|link| {
                let (target, params) = link.split_once(';')?;
                params
                    .contains("rel=\"next\"")
                    .then(|| target.trim().trim_start_matches('<').trim_end_matches('>'))
            })
    }

    fn parse(&self, bytes: &[u8]) -> Json {
        if bytes.is_empty() {
            return Json::Null;
        }
        let is_json = self
            .header("content-type")
            .is_some_and(|kind| kind.contains("json"));
        match serde_json::from_slice(bytes) {
            Ok(json) if is_json => json,
            _ => Json::String(String::from_utf8_lossy(bytes).into_owned()),
        }
    }
}

/// A reply without a body, for tests.
#[cfg(test)]
pub(crate) fn bare(status: u16, headers: &[(&str, &str)]) -> Reply {
    let headers = headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    Reply {
        status,
        headers,
        body: serde_json::Value::Null,
    }
}
