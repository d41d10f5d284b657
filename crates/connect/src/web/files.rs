//! Files over HTTP: a download that comes in pieces, and an upload. Every address is checked like that of any other call.

use std::time::Duration;

use flow::{CardError, RetryHint};
use url::Url;

use super::{REDIRECTS, Web, WebRequest, host_of, is_private, parse, unreachable_error};
use crate::okta::Attempt;
use crate::reply::Reply;

/// Large files take longer than calls.
const PATIENCE: Duration = Duration::from_secs(300);

/// A download under way.
pub struct Download {
    answer: reqwest::Response,
    left: u64,
    host: String,
    path: String,
}

/// A file to send.
pub struct Upload {
    /// PUT or POST.
    pub method: String,
    /// Absolute address.
    pub url: String,
    /// Headers.
    pub headers: Vec<(String, String)>,
    /// Media type of the content, unless a header says otherwise.
    pub media_type: String,
    /// The content.
    pub content: Vec<u8>,
}

impl Download {
    /// Returns a header of the answer. Names of files often come in UTF-8, whatever HTTP says.
    pub fn header(&self, name: &str) -> Option<String> {
        let value = self.answer.headers().get(name)?;
        Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
    }

    /// Returns the path of the address that gave the file in the end.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the next piece; nothing at the end.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, CardError> {
        let piece = self.answer.chunk().await.map_err(|error| CardError {
            retry: RetryHint::Unavailable,
            ..CardError::new(
                "http.answer",
                format!("The download from {} broke off: {error}.", self.host),
            )
        })?;
        let Some(piece) = piece else {
            return Ok(None);
        };
        self.left = self
            .left
            .checked_sub(piece.len() as u64)
            .ok_or_else(too_large)?;
        Ok(Some(piece.to_vec()))
    }
}

impl Web {
    /// Begins a download of at most `most` bytes and follows redirects. A status of 400 or more is an error.
    pub async fn open(
        &self,
        request: &WebRequest,
        most: u64,
    ) -> (Result<Download, CardError>, Vec<Attempt>) {
        let mut attempts = Vec::new();
        let result = self.find(request, most, &mut attempts).await;
        (result, attempts)
    }

    async fn find(
        &self,
        request: &WebRequest,
        most: u64,
        attempts: &mut Vec<Attempt>,
    ) -> Result<Download, CardError> {
        let first = parse(&request.url)?;
        let mut url = first.clone();
        if !request.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&request.query);
        }
        for _ in 0..=REDIRECTS {
            let clients = self.clients();
            let mut call = clients.for_url(&url)?.get(url.clone()).timeout(PATIENCE);
            for (name, value) in &request.headers {
                if first.origin() == url.origin() || !is_private(name) {
                    call = call.header(name, value);
                }
            }
            let at_ms = chrono::Utc::now().timestamp_millis();
            let answer = call.send().await;
            attempts.push(Attempt {
                at_ms,
                took_ms: chrono::Utc::now().timestamp_millis() - at_ms,
                status: answer.as_ref().ok().map(|answer| answer.status().as_u16()),
            });
            let answer = answer.map_err(|error| CardError {
                // Nothing was changed, whatever became of the call.
                retry: RetryHint::Unavailable,
                ..unreachable_error(&url, &error)
            })?;
            let target = answer
                .headers()
                .get("location")
                .filter(|_| matches!(answer.status().as_u16(), 301 | 302 | 303 | 307 | 308))
                .and_then(|location| url.join(location.to_str().ok()?).ok());
            match target {
                Some(target) => url = target,
                None => return begin(answer, &url, most).await,
            }
        }
        Err(CardError::new(
            "http.redirects",
            "The address leads on and on: more than 5 redirects.",
        ))
    }

    /// Sends a file. A redirect is an answer like any other: the content is not sent a second time.
    pub async fn upload(&self, file: Upload) -> (Result<Reply, CardError>, Vec<Attempt>) {
        let mut attempts = Vec::new();
        let result = self.send_file(file, &mut attempts).await;
        (result, attempts)
    }

    async fn send_file(
        &self,
        file: Upload,
        attempts: &mut Vec<Attempt>,
    ) -> Result<Reply, CardError> {
        let url = parse(&file.url)?;
        let clients = self.clients();
        let client = clients.for_url(&url)?;
        let mut call = match file.method.as_str() {
            "POST" => client.post(url.clone()),
            _ => client.put(url.clone()),
        }
        .timeout(PATIENCE);
        let is_typed = file
            .headers
            .iter()
            .any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        for (name, value) in &file.headers {
            call = call.header(name, value);
        }
        if !is_typed {
            call = call.header("content-type", &file.media_type);
        }
        let at_ms = chrono::Utc::now().timestamp_millis();
        let answer = call.body(file.content).send().await;
        attempts.push(Attempt {
            at_ms,
            took_ms: chrono::Utc::now().timestamp_millis() - at_ms,
            status: answer.as_ref().ok().map(|answer| answer.status().as_u16()),
        });
        let answer = answer.map_err(|error| unreachable_error(&url, &error))?;
        Reply::read(answer).await.map_err(|error| {
            CardError::new(
                "http.answer",
                format!(
                    "The answer of {} could not be read: {error}.",
                    host_of(&url)
                ),
            )
        })
    }
}

async fn begin(answer: reqwest::Response, url: &Url, most: u64) -> Result<Download, CardError> {
    let status = answer.status().as_u16();
    if status >= 400 {
        let retry = match status {
            429 => RetryHint::RateLimited { reset_at_ms: None },
            500..=599 => RetryHint::Unavailable,
            _ => RetryHint::No,
        };
        return Err(CardError {
            status: Some(status),
            retry,
            ..CardError::new(
                "http.refused",
                format!(
                    "The service answered {status} instead of a file. Check the URL and the headers."
                ),
            )
        });
    }
    if answer.content_length().is_some_and(|length| length > most) {
        return Err(too_large());
    }
    Ok(Download {
        answer,
        left: most,
        host: host_of(url),
        path: url.path().to_owned(),
    })
}

fn too_large() -> CardError {
    CardError::new(
        "file.too_large",
        "The file is larger than 100 MB. Take a smaller part of it.",
    )
}
