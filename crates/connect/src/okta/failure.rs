//! Why a call to an org brought no answer, and what that means for the card.

use flow::{CardError, RetryHint};

use super::Request;
use crate::error::ConnectError;
use crate::tokens::Tokens;

/// Why a try brought no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum SendError {
    #[error(transparent)]
    Http(#[from] reqwest::Error),
    #[error(transparent)]
    Read(#[from] crate::reply::ReadError),
    #[error(transparent)]
    Connect(#[from] ConnectError),
}

/// A call that never reached the org may always be sent again; one that may have arrived only if it is repeatable.
pub(super) fn retry_is_harmless(error: &SendError, request: &Request) -> bool {
    match error {
        SendError::Http(error) => error.is_connect() || request.repeatable,
        SendError::Read(crate::reply::ReadError::Http(_)) => request.repeatable,
        SendError::Read(crate::reply::ReadError::TooLarge) | SendError::Connect(_) => false,
    }
}

pub(super) fn unreachable_error(
    tokens: &Tokens,
    error: &SendError,
    request: &Request,
) -> CardError {
    let may_have_arrived = match error {
        SendError::Http(error) => !error.is_connect(),
        SendError::Read(_) => true,
        SendError::Connect(error) => return card_error(error),
    };
    let domain = &tokens.domain;
    if matches!(error, SendError::Read(crate::reply::ReadError::TooLarge)) {
        return CardError::new(
            "okta.too_large",
            "The org's answer is larger than 32 MB. Ask for less at once.",
        );
    }
    if may_have_arrived && !request.repeatable {
        return CardError {
            retry: RetryHint::OutcomeUnknown,
            ..CardError::new(
                "okta.no_answer",
                format!(
                    "{domain} did not answer, and the call may or may not have taken effect. Look it up in the org before you run it again."
                ),
            )
        };
    }
    CardError {
        retry: RetryHint::Unavailable,
        ..CardError::new(
            "okta.unreachable",
            format!("{domain} could not be reached. Nothing was changed by this card."),
        )
    }
}

pub(super) fn card_error(error: &ConnectError) -> CardError {
    let code = match error {
        ConnectError::InvalidGrant
        | ConnectError::InvalidClient
        | ConnectError::InvalidKey(_)
        | ConnectError::InvalidScope(_) => "connection.reauthorize",
        ConnectError::Gone => "connection.missing",
        ConnectError::Unreachable(_) => "okta.unreachable",
        ConnectError::Domain(_) => "okta.address",
        ConnectError::Sealed(_) | ConnectError::Vault | ConnectError::Key(_) => {
            "connection.secrets"
        }
        ConnectError::Refused(_) | ConnectError::Protocol(_) | ConnectError::GrantType => {
            "connection.refused"
        }
    };
    let retry = if matches!(error, ConnectError::Unreachable(_)) {
        RetryHint::Unavailable
    } else {
        RetryHint::No
    };
    CardError {
        retry,
        ..CardError::new(code, error.to_string())
    }
}
