//! The one place where inner errors become what callers see, and where our own faults are logged.

use api::{ApiError, ErrorCode};
use connect::ConnectError;
use store::StoreError;

/// Turns an error of the store into what a caller may see.
pub(crate) fn from_store(error: StoreError) -> ApiError {
    match error {
        StoreError::NotFound { what } => ApiError::new(
            ErrorCode::NotFound,
            format!("There is no such {what}. It may have been deleted."),
        ),
        StoreError::Conflict { current } => ApiError::new(
            ErrorCode::Conflict,
            format!(
                "Somebody else saved meanwhile (revision {current}). Reload to see the changes."
            ),
        ),
        StoreError::Taken { what } => ApiError::new(
            ErrorCode::Conflict,
            format!("This {what} is taken. Choose another."),
        ),
        error @ StoreError::Duplicate => ApiError::new(
            ErrorCode::Conflict,
            format!("Not stored: {error}. Change that row, or use other values."),
        ),
        error @ StoreError::KeyTooLong => invalid(format!("Not stored: {error}.")),
        StoreError::TooDeep { most } => ApiError::new(
            ErrorCode::Conflict,
            format!("Folders nest {most} levels deep at most. Choose a folder further up."),
        ),
        StoreError::Circle => ApiError::new(
            ErrorCode::Conflict,
            "A folder cannot be moved into itself or into a folder below it. Choose another.",
        ),
        StoreError::InUse => ApiError::new(
            ErrorCode::Conflict,
            "It is still in use. Remove what uses it first.",
        ),
        error => internal(&error),
    }
}

/// Turns an error of an authorization or a call to an org into what a caller may see.
pub(crate) fn from_connect(error: &ConnectError) -> ApiError {
    match error {
        ConnectError::Domain(text) | ConnectError::Key(text) => {
            ApiError::new(ErrorCode::Invalid, text.clone())
        }
        ConnectError::Sealed(_) | ConnectError::Vault => internal(error),
        error => ApiError::new(ErrorCode::Org, error.to_string()),
    }
}

/// Logs a fault of ours under an id and returns an error that names only the id.
pub(crate) fn internal(error: &(dyn std::error::Error + 'static)) -> ApiError {
    let error_id = ulid::Ulid::new().to_string();
    let mut causes = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        causes = format!("{causes}: {inner}");
        source = inner.source();
    }
    tracing::error!(error.id = %error_id, error.causes = %causes, "a request failed by a fault of the server");
    ApiError {
        error_id: Some(error_id),
        ..ApiError::new(
            ErrorCode::Internal,
            "The server could not do this. Try again; the log has the cause under this id.",
        )
    }
}

/// Returns the error for a request that is wrong in itself.
pub(crate) fn invalid(text: impl Into<String>) -> ApiError {
    ApiError::new(ErrorCode::Invalid, text)
}
