//! Okta's error object and the codes this org answers with.

use serde_json::{Value, json};

use super::call::Reply;
use crate::state::secret;

/// A refusal, as `errorCode`, `errorSummary` and causes.
#[derive(Clone, Debug)]
pub(crate) struct OktaError {
    pub(crate) status: u16,
    code: &'static str,
    summary: String,
    causes: Vec<String>,
    headers: Vec<(&'static str, String)>,
}

impl OktaError {
    pub(crate) fn new(status: u16, code: &'static str, summary: impl Into<String>) -> OktaError {
        OktaError {
            status,
            code,
            summary: summary.into(),
            causes: Vec::new(),
            headers: Vec::new(),
        }
    }

    pub(crate) fn because(mut self, cause: impl Into<String>) -> OktaError {
        self.causes.push(cause.into());
        self
    }

    pub(crate) fn with_header(mut self, name: &'static str, value: impl Into<String>) -> OktaError {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn not_found(id: &str, kind: &str) -> OktaError {
        OktaError::new(
            404,
            "E0000007",
            format!("Not found: Resource not found: {id} ({kind})"),
        )
    }

    /// Something about the request is not acceptable; `cause` says what, in full.
    pub(crate) fn validation(about: &str, cause: impl Into<String>) -> OktaError {
        OktaError::new(400, "E0000001", format!("Api validation failed: {about}")).because(cause)
    }

    /// A list of attributes with what is wrong with each.
    pub(crate) fn attributes(faults: &[(String, String)]) -> OktaError {
        let about = faults.first().map_or("request", |(name, _)| name);
        let mut error = OktaError::new(400, "E0000001", format!("Api validation failed: {about}"));
        error.causes = faults
            .iter()
            .map(|(name, fault)| format!("{name}: {fault}"))
            .collect();
        error
    }

    pub(crate) fn malformed() -> OktaError {
        OktaError::new(400, "E0000003", "The request body was not well-formed.")
    }

    pub(crate) fn too_large() -> OktaError {
        OktaError::new(413, "E0000003", "The request body is too large.")
    }

    pub(crate) fn media_type() -> OktaError {
        OktaError::new(
            415,
            "E0000021",
            "Bad request.  Accept and/or Content-Type headers likely do not match supported values.",
        )
    }

    pub(crate) fn no_session() -> OktaError {
        OktaError::new(401, "E0000005", "Invalid session")
    }

    pub(crate) fn invalid_token() -> OktaError {
        OktaError::new(401, "E0000011", "Invalid token provided")
    }

    pub(crate) fn forbidden() -> OktaError {
        OktaError::new(
            403,
            "E0000006",
            "You do not have permission to perform the requested action",
        )
    }

    pub(crate) fn wrong_status() -> OktaError {
        OktaError::new(
            403,
            "E0000038",
            "This operation is not allowed in the user's current status.",
        )
    }

    pub(crate) fn search(reason: impl Into<String>) -> OktaError {
        OktaError::new(400, "E0000031", "Invalid search criteria.").because(reason)
    }

    pub(crate) fn filter(source: &str, reason: &str) -> OktaError {
        OktaError::new(
            400,
            "E0000053",
            format!("Invalid filter '{source}': {reason}"),
        )
    }

    pub(crate) fn method_not_supported() -> OktaError {
        OktaError::new(
            405,
            "E0000022",
            "The endpoint does not support the provided HTTP method",
        )
    }

    pub(crate) fn unknown_path() -> OktaError {
        OktaError {
            status: 404,
            ..OktaError::method_not_supported()
        }
    }

    pub(crate) fn too_many_requests() -> OktaError {
        OktaError::new(
            429,
            "E0000047",
            "API call exceeded rate limit due to too many requests.",
        )
    }

    /// What an injected server fault looks like.
    pub(crate) fn of_status(status: u16) -> OktaError {
        match status {
            401 => OktaError::invalid_token(),
            403 => OktaError::forbidden(),
            404 => OktaError::new(404, "E0000007", "Not found: Resource not found"),
            429 => OktaError::too_many_requests(),
            500..=599 => OktaError::new(status, "E0000009", "Internal Server Error"),
            _ => OktaError::new(status, "E0000001", "Api validation failed: simulated fault"),
        }
    }

    pub(crate) fn into_reply(self) -> Reply {
        let causes: Vec<Value> = self
            .causes
            .iter()
            .map(|cause| json!({"errorSummary": cause}))
            .collect();
        let mut reply = Reply::json(
            self.status,
            json!({
                "errorCode": self.code,
                "errorSummary": self.summary,
                "errorLink": self.code,
                "errorId": format!("oae{}", secret(22)),
                "errorCauses": causes,
            }),
        );
        reply.headers.extend(self.headers);
        reply
    }
}
