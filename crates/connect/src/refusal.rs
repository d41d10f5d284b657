//! Okta's error object (`errorCode`, `errorSummary`, `errorId`, `errorCauses`) as a card's error.

use flow::{CardError, RetryHint, Value};
use serde_json::Value as Json;

use crate::reply::Reply;

/// Returns the error of a card whose call the org answered with a status of 400 or above.
pub(crate) fn refusal(reply: &Reply) -> CardError {
    let text = |key: &str| {
        reply
            .body
            .get(key)
            .and_then(Json::as_str)
            .unwrap_or_default()
    };
    let summary = match (text("errorSummary"), text("error_description")) {
        ("", "") => "it gave no reason",
        ("", description) => description,
        (summary, _) => summary,
    };
    let causes: Vec<&str> = reply
        .body
        .get("errorCauses")
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
        .filter_map(|cause| cause.get("errorSummary").and_then(Json::as_str))
        .collect();
    let causes = if causes.is_empty() {
        String::new()
    } else {
        format!(" — {}", causes.join("; "))
    };
    let lacking = missing_scope(reply).map_or_else(String::new, |scope| {
        format!(
            ". The connection lacks the scope {scope}: grant it to the app in the org, then reauthorize the connection"
        )
    });
    let code = match text("errorCode") {
        "" => format!("okta.http_{}", reply.status),
        code => format!("okta.{code}"),
    };
    CardError {
        code,
        message: format!(
            "Okta refused the call ({}): {summary}{causes}{lacking}",
            reply.status
        ),
        status: Some(reply.status),
        detail: Value::from_json(&reply.body).unwrap_or_default(),
        retry: match reply.status {
            429 => RetryHint::RateLimited { reset_at_ms: None },
            408 | 500..=599 => RetryHint::Unavailable,
            _ => RetryHint::No,
        },
    }
}

/// The scope that a refused call needs, where the org says so: `insufficient_scope` in `WWW-Authenticate` (RFC 6750,
/// section 3.1).
fn missing_scope(reply: &Reply) -> Option<&str> {
    let challenge = reply.header("www-authenticate")?;
    if reply.status != 403 || !challenge.contains("error=\"insufficient_scope\"") {
        return None;
    }
    let (_, rest) = challenge.split_once("scope=\"")?;
    let (scope, _) = rest.split_once('"')?;
    (!scope.is_empty()).then_some(scope)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_orgs_own_words_reach_the_author() {
        let body = serde_json::json!({"errorCode": "E0000001", "errorSummary": "Api validation failed: suspendUser",
            "errorId": "oae1", "errorCauses": [{"errorSummary": "Cannot suspend a user that is not active"}]});
        let error = refusal(&Reply {
            status: 400,
            headers: vec![],
            body,
        });
        assert_eq!(error.code, "okta.E0000001");
        assert_eq!(
            error.message,
            "Okta refused the call (400): Api validation failed: suspendUser — Cannot suspend a user that is not active"
        );
        assert_eq!(error.detail.at(&["errorId"]), Value::from("oae1"));
    }

    #[test]
    fn a_missing_scope_is_named() {
        let body = serde_json::json!({"errorCode": "E0000006",
            "errorSummary": "You do not have permission to perform the requested action"});
        let challenge = "Bearer realm=\"https://x\", scope=\"okta.groups.manage\", error=\"insufficient_scope\"";
        let error = refusal(&Reply {
            status: 403,
            headers: vec![("www-authenticate".to_owned(), challenge.to_owned())],
            body,
        });
        assert_eq!(error.code, "okta.E0000006");
        assert!(
            error.message.contains("lacks the scope okta.groups.manage"),
            "{}",
            error.message
        );
    }
}
