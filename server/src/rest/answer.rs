//! What leaves: replies, and the one form of errors.

use api::{ApiError, ErrorCode};
use axum::Json;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::PREFIX;

/// What a handler gives.
pub(super) type Answer<T> = Result<T, Refusal>;

/// A reply of 201 Created.
pub(super) type Created<T> = (StatusCode, Json<T>);

/// A reply that names where to look further.
pub(super) type Located<T> = (StatusCode, [(HeaderName, String); 1], Json<T>);

/// An error on its way to the caller: the error as JSON under its status.
#[derive(Debug)]
pub(super) struct Refusal {
    error: ApiError,
    status: Option<StatusCode>,
}

impl Refusal {
    /// Returns the refusal of a request that is wrong in itself.
    pub(super) fn invalid(message: impl Into<String>) -> Self {
        ApiError::new(ErrorCode::Invalid, message).into()
    }

    /// Returns the refusal of a body that is too large.
    pub(super) fn too_large() -> Self {
        let message = "The body is too large for this path. Send less at once.";
        ApiError::new(ErrorCode::TooLarge, message).into()
    }

    /// Returns the refusal of a request for something that is not there.
    pub(super) fn not_found(message: impl Into<String>) -> Self {
        ApiError::new(ErrorCode::NotFound, message).into()
    }

    /// Returns it under another status than its code has.
    pub(super) fn with_status(self, status: StatusCode) -> Self {
        Self {
            status: Some(status),
            ..self
        }
    }
}

impl From<ApiError> for Refusal {
    fn from(error: ApiError) -> Self {
        Self {
            error,
            status: None,
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let by_code = StatusCode::from_u16(self.error.status());
        let status = self
            .status
            .or(by_code.ok())
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, Json(self.error)).into_response()
    }
}

/// Returns the reply for something that was made.
pub(super) fn created<T>(made: T) -> Created<T> {
    (StatusCode::CREATED, Json(made))
}

/// Returns a reply that names where to look further, by its path below the prefix.
pub(super) fn located<T>(status: StatusCode, path: &str, body: T) -> Located<T> {
    let location = format!("{PREFIX}{path}");
    (status, [(header::LOCATION, location)], Json(body))
}
