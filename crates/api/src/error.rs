//! The one error that callers of the server see: a stable code and a text that is safe to show.

use serde::{Deserialize, Serialize};

/// An error with a stable code and a sentence that says what to do next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct ApiError {
    /// Stable code; decides the HTTP status and the sentence shown in the reader's language.
    pub code: ErrorCode,
    /// What happened and what to do, in English, without internals.
    pub message: String,
    /// Id under which the server logged the cause, for errors that are the server's fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_id: Option<String>,
    /// What the error is about, where its sentence names it: the scope that is missing, the
    /// way in which a directory failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
}

/// Stable codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// Nobody is signed in, or the token is unknown. HTTP 401.
    SignInNeeded,
    /// Login or password, or the set-up code, is wrong. HTTP 401.
    WrongCredentials,
    /// The caller may not do this. HTTP 403.
    Forbidden,
    /// It does not exist (any more). HTTP 404.
    NotFound,
    /// Somebody changed it meanwhile. HTTP 409.
    Conflict,
    /// The input is wrong. HTTP 422.
    Invalid,
    /// The flow has problems and cannot be turned on. HTTP 422.
    HasProblems,
    /// The pack cannot be read. HTTP 422.
    BadPack,
    /// The org refused or could not be reached. HTTP 502.
    Org,
    /// The org did not answer. HTTP 502.
    OrgUnreachable,
    /// The directory refused or could not be reached; `about` says in which way. HTTP 502.
    Directory,
    /// The connection does not have the scope that the error is about. HTTP 403.
    MissingScope,
    /// Too large. HTTP 413.
    TooLarge,
    /// Too many tries or calls. HTTP 429.
    TooMany,
    /// The server's fault. HTTP 500.
    Internal,
}

impl ApiError {
    /// Returns an error with this code and sentence.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            error_id: None,
            about: None,
        }
    }

    /// Returns the HTTP status that belongs to the code (RFC 9110).
    pub fn status(&self) -> u16 {
        match self.code {
            ErrorCode::SignInNeeded | ErrorCode::WrongCredentials => 401,
            ErrorCode::Forbidden | ErrorCode::MissingScope => 403,
            ErrorCode::NotFound => 404,
            ErrorCode::Conflict => 409,
            ErrorCode::TooLarge => 413,
            ErrorCode::Invalid | ErrorCode::HasProblems | ErrorCode::BadPack => 422,
            ErrorCode::TooMany => 429,
            ErrorCode::Internal => 500,
            ErrorCode::Org | ErrorCode::OrgUnreachable | ErrorCode::Directory => 502,
        }
    }
}
