use serde_json::json;

use super::*;
use crate::{CardKey, Step};

fn spec() -> CardSpec {
    serde_json::from_value(json!({
        "key": "okta:call", "kind": "action", "family": "okta", "icon": "x", "name": "Call", "name_en": "Call", "name_ja": "Call",
        "help": "Calls.", "category": "Okta", "inputs": [], "outputs": [], "extensible": "no", "listed": true,
        "connector": "okta", "scopes": ["okta.users.read"],
        "path_scopes": {
            "method": {"key": "how"}, "path": {"key": "where"},
            "resources": [["/api/v1/users", "users"], ["/api/v1/users/*/factors", "factors"], ["/api/v1/groups", "groups"]],
        },
    }))
    .unwrap()
}

#[track_caller]
fn check(
    how: impl Into<serde_json::Value>,
    path: impl Into<serde_json::Value>,
    expected: Option<&str>,
) {
    let (how, path): (serde_json::Value, serde_json::Value) = (how.into(), path.into());
    let input = |key: &str, binding: &serde_json::Value| json!({"field": {"key": key}, "key": {"key": key}, "label": key, "type": {"base": "text"}, "binding": binding});
    let step: Step = serde_json::from_value(json!({
        "id": "s1", "card": "okta:call", "inputs": [input("how", &how), input("where", &path)], "outputs": [],
    }))
    .unwrap();
    assert_eq!(step.card, CardKey::new("okta", "call"));
    assert_eq!(scope_by_path(&step, &spec()).as_deref(), expected, "{path}");
}

fn text(text: &str) -> serde_json::Value {
    json!({"kind": "constant", "value": text})
}

#[test]
fn the_path_names_the_scope() {
    let nothing = json!({"kind": "empty"});
    check(
        nothing.clone(),
        text("/api/v1/users?limit=2"),
        Some("okta.users.read"),
    );
    check(
        text("POST"),
        text("api/v1/groups"),
        Some("okta.groups.manage"),
    );
    check(
        text("GET(Streaming)"),
        text("/api/v1/groups"),
        Some("okta.groups.read"),
    );
    check(
        text("DELETE"),
        text("/api/v1/users/00u1/factors/x"),
        Some("okta.factors.manage"),
    );
    check(nothing.clone(), text("/api/v1/usersettings"), None);
    check(nothing.clone(), nothing.clone(), None);
    let from_card = json!({"kind": "output", "source": {"step": "s0", "field": {"key": "x"}}});
    check(nothing.clone(), from_card.clone(), None);
    check(from_card.clone(), text("/api/v1/users"), None);
    let template = json!({"kind": "template", "parts": [
        {"kind": "text", "text": "/api/v1/users/"},
        {"kind": "value", "name": "a", "binding": from_card},
        {"kind": "text", "text": "/factors"},
    ]});
    check(nothing, template, Some("okta.factors.read"));
}

#[test]
fn manage_includes_read_and_nothing_else_does() {
    let granted = ["okta.users.manage".to_owned(), "okta.logs.read".to_owned()];
    assert!(covers(&granted, "okta.users.read"));
    assert!(covers(&granted, "okta.users.manage"));
    assert!(covers(&granted, "okta.logs.read"));
    assert!(!covers(&granted, "okta.logs.manage"));
    assert!(!covers(&granted, "okta.groups.read"));
}
