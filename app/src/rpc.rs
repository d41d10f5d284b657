//! The calls of the server, one line each: what [`api::Backend`] can do, as server functions under `/rpc`.

use api::{ApiError, ErrorCode};
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

mod connections;
mod directories;
mod flows;
mod folders;
mod home;
mod kinds;
mod lookups;
mod people;
mod running;
mod runs;
mod search;
mod tables;
mod templates;
mod versions;

pub use connections::*;
pub use directories::*;
pub use flows::*;
pub use folders::*;
pub use home::*;
pub use kinds::*;
pub use lookups::*;
pub use people::*;
pub use running::*;
pub use runs::*;
pub use search::*;
pub use tables::*;
pub use templates::*;
pub use versions::*;

/// Why a call was refused, or that it did not get through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    /// The server answered with this error.
    #[error("{0}")]
    Answered(ApiError),
    /// The server could not be reached.
    #[error("the server cannot be reached")]
    Unreachable,
}

impl Refusal {
    /// Returns the server's code, if it answered.
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Answered(error) => Some(error.code),
            Self::Unreachable => None,
        }
    }
}

impl FromServerFnError for Refusal {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self::Unreachable,
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => unreadable(),
            // On the server it is the request that could not be read, in the browser the answer.
            #[cfg(feature = "ssr")]
            ServerFnErrorErr::Deserialization(_) => unreadable(),
            // The texts of the others describe internals.
            _ => Self::Answered(ApiError::new(
                ErrorCode::Internal,
                "The server gave an answer that cannot be read. Reload the page and try again.",
            )),
        }
    }
}

/// The caller's input is not what the function takes.
fn unreadable() -> Refusal {
    let error = ApiError::new(ErrorCode::Invalid, "The input cannot be read.");
    #[cfg(feature = "ssr")]
    return refused(error);
    #[cfg(not(feature = "ssr"))]
    Refusal::Answered(error)
}

#[cfg(feature = "ssr")]
mod caller {
    use std::sync::Arc;

    use api::{ApiError, Backend, ErrorCode, Handle};
    use axum::http::request::Parts;
    use axum::http::{StatusCode, header::ACCEPT};
    use leptos::prelude::use_context;
    use leptos_axum::ResponseOptions;

    use super::Refusal;

    /// Returns the backend of the caller of this request. To be called before the first await.
    pub(super) fn backend() -> Result<Arc<dyn Backend>, Refusal> {
        use_context::<Parts>()
            .and_then(|parts| parts.extensions.get::<Handle>().cloned())
            .map(|handle| handle.0)
            .ok_or_else(|| {
                refused(ApiError::new(
                    ErrorCode::Internal,
                    "The server is not ready. Try again in a moment.",
                ))
            })
    }

    /// Gives the reply the error's HTTP status. A form sent without script is sent back to its page instead.
    pub(super) fn refused(error: ApiError) -> Refusal {
        let is_form = use_context::<Parts>().is_some_and(|parts| {
            parts.method == axum::http::Method::POST
                && parts
                    .headers
                    .get(ACCEPT)
                    .and_then(|accept| accept.to_str().ok())
                    .is_some_and(|accept| accept.contains("text/html"))
        });
        if let (false, Some(reply), Ok(status)) = (
            is_form,
            use_context::<ResponseOptions>(),
            StatusCode::from_u16(error.status()),
        ) {
            reply.set_status(status);
        }
        Refusal::Answered(error)
    }
}

#[cfg(feature = "ssr")]
use caller::{backend, refused};
