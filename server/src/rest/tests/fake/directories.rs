//! Samples of directories and their imports.

use serde_json::{Value as Json, json};

pub(super) fn directory() -> Json {
    json!({ "id": "ad1", "name": "AD", "host": "dc1.example.com", "port": 636, "security": "start_tls",
        "authorities": "-----BEGIN CERTIFICATE-----", "account": "reader@example.com", "connection": "c1",
        "settings": { "username": "sam_account_name", "naming_context": "example.com", "units": ["OU=A,DC=example,DC=com"],
            "is_just_in_time": true, "matching": { "exact": "email", "is_partial_allowed": false },
            "confirmation": { "exact": true, "partial": false, "new": true, "activates_new": true },
            "removal": "suspend", "reactivates_suspended": true, "reactivates_deactivated": true,
            "safeguard": { "app_percent": 20, "org_percent": null }, "road": { "sessions": "0oa1" } },
        "timetable": { "changes": null, "full": null },
        "next_at": 5, "users": { "active": 3 }, "newest": import(), "revision": 2 })
}

pub(super) fn test() -> Json {
    json!({ "is_ok": true, "message": "m", "controller": "dc1", "domain": "DC=example,DC=com", "users": 5,
        "has_more": true, "took_ms": 3 })
}

pub(super) fn unit() -> Json {
    json!({ "name": "OU=B,OU=A,DC=example,DC=com", "parent": "OU=A,DC=example,DC=com", "label": "B" })
}

pub(in crate::rest::tests) fn mapping_row() -> Json {
    let way = json!({ "is_on": true, "expression": "appuser.mail" });
    json!({ "ad": "mail", "app": "email", "okta": ["email"], "is_required": true, "to_okta": way,
        "to_ad": { "is_on": false, "expression": "user.email" }, "is_custom": false })
}

pub(super) fn mapping() -> Json {
    json!({ "rows": [mapping_row()], "is_published": true, "flaws": [{ "ad": "c" }], "revision": 2,
        "published": [mapping_row()], "attributes": [{ "ad": "mail", "syntax": "text", "is_single": true, "least": 0,
            "most": 256, "writing": "modify", "is_base": true }] })
}

pub(super) fn check() -> Json {
    json!({ "flaws": [{ "ad": "c" }], "properties": ["email"], "org_error": "e" })
}

pub(super) fn person() -> Json {
    json!({ "name": "CN=A,DC=example,DC=com", "display": "A", "principal": "a@example.com", "account": "a" })
}

pub(super) fn org_user() -> Json {
    json!({ "id": "00u1", "login": "a@example.com", "name": "A B", "email": "a@example.com", "status": "ACTIVE" })
}

pub(super) fn preview() -> Json {
    json!({ "name": "CN=A,DC=example,DC=com", "login": "a@example.com", "verdict": { "outcome": "import" },
        "okta_user": "00u1", "to_okta": [{ "okta": "email" }], "to_ad": [{ "ad": "mail" }] })
}

pub(super) fn trial() -> Json {
    json!({ "tried": 500, "wrong": [{ "name": "A", "value": "a", "troubles": [{ "kind": { "kind": "not_one_value" } }] }],
        "more_wrong": 3, "next": "cursor" })
}

pub(super) fn signed_in() -> Json {
    json!({ "is_signed_in": false, "reason": "disabled", "outcome": "removed", "okta_user": "00u1", "login": "a@example.com",
        "rules": ["AD-R10"], "missing": ["sn"] })
}

pub(super) fn written_back() -> Json {
    json!({ "is_all_written": false, "written": ["mail"], "failed": [{ "attribute": "manager", "error": "e" }] })
}

pub(super) fn import() -> Json {
    json!({ "id": "i1", "directory": "ad1", "status": "roadblock", "is_full": true, "cause": "manual",
        "reading": { "read": "full" }, "counts": { "seen": 3 }, "roadblock": { "removed": 2 }, "error": "e",
        "lines": { "planned": 3 }, "created_at": 1, "planned_at": 2, "begun_at": 3, "ended_at": 4 })
}

pub(super) fn lines() -> Json {
    json!({ "lines": [{ "number": 0, "guid": "g1", "name": "CN=A", "action": "create", "detail": { "rules": [] },
        "state": "failed", "okta_user": "00u1", "error": "e" }], "next": 1 })
}

pub(super) fn waiting() -> Json {
    json!({ "guid": "g1", "name": "CN=A", "login": "a@example.com", "found": { "match": "new" } })
}
