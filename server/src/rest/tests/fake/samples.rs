//! What the fake backend answers with.

use serde_json::{Value as Json, json};

use super::flow;

pub(super) fn row() -> Json {
    json!({ "id": "f1", "folder": "d1", "name": "Flow", "kind": "event", "is_on": true, "version": 3,
        "problems": 0, "cards": 4, "updated_at": 1_700_000_000_000_i64,
        "created_at": 1_700_000_000_000_i64, "author": "Ada", "connections": ["c1"],
        "last_run": { "id": "run1", "at": 1_700_000_000_000_i64, "status": "failed" } })
}

pub(super) fn picture() -> Json {
    json!({ "width": 300.5, "height": 90.0, "frames": [[0.0, 1.5, 2.0, 3.0, 1]],
        "lines": [[0.0, 1.5, 2.0, 3.0]],
        "plates": [{ "x": 1.5, "y": 1.0, "width": 256.0, "family": "okta", "icon": "user",
            "title": { "en": "A", "ja": "あ" }, "number": 1 }] })
}

pub(super) fn template_row() -> Json {
    let said = json!({ "en": "A", "ja": "あ" });
    json!({ "id": "unlock", "title": said, "summary": said, "tags": ["first"], "connectors": ["okta"],
        "kinds": ["event"], "tables": 1, "picture": picture() })
}

pub(super) fn contents() -> Json {
    json!({ "folders": 1, "flows": 2, "flows_on": 1, "tables": 1, "rows": 9, "tables_kept": 1, "callers": 1 })
}

pub(super) fn folder() -> Json {
    json!({ "id": "d1", "parent": null, "name": "Folder", "description": "", "flows": 1 })
}

pub(super) fn version() -> Json {
    json!({ "number": 3, "name": "v", "note": "n", "changes": 2, "author": "Ada", "created_at": 1, "is_active": true })
}

pub(super) fn kept() -> Json {
    json!({ "id": "k1", "reason": "restored", "author": "Ada", "created_at": 1 })
}

pub(super) fn budget() -> Json {
    let minute = json!({ "at": 0, "ours": 1, "others": 2, "limit": 600, "waiting": 3 });
    let bucket = json!({ "name": "/api/v1/users", "limit": 600, "ours": 1, "others": 2, "left": 597, "resets_at": 9,
        "blocked_until": 9, "under_way": 1, "waiting": 3, "minutes": [minute] });
    json!({ "at": 1, "leave_percent": 20, "under_way": 1, "places": 30, "waiting": 3, "paused_until": 9,
        "buckets": [bucket] })
}

pub(super) fn connection(id: &str, module: &str) -> Json {
    json!({ "id": id, "module": module, "name": "Acme", "domain": "acme.okta.com",
        "client_id": "0oa", "state": "authorized", "account": "ada@acme.com", "scopes": ["okta.users.read"],
        "owner": "Ada", "created_at": 1, "checked_at": 2, "last_error": null,
        "events": "hook", "hook_error": null,
        "flows": [{ "flow": "f1", "name": "Flow", "is_on": true }],
        "grant": "service_app", "is_bound": true })
}

pub(super) fn table() -> Json {
    json!({ "id": "t1", "folder": null, "name": "Table", "description": "", "rows": 1,
        "columns": [{ "name": "a", "type": "text", "default": "x" }] })
}

pub(super) fn table_row() -> Json {
    json!({ "id": "r1", "cells": { "a": "x" }, "created_at": 1, "updated_at": 2 })
}

pub(super) fn table_key() -> Json {
    json!({ "id": "k1", "columns": ["a"], "is_unique": true })
}

pub(super) fn run_row() -> Json {
    json!({ "id": "run1", "flow": "f1", "flow_name": "Flow", "version": 3, "status": "failed",
        "cause": "api", "parent": null, "started_at": 1, "duration_ms": 5, "error": "It failed.",
        "person": "Ada", "subject": "ada@example.com", "again_of": "run0", "trial": "until" })
}

pub(super) fn saved_test() -> Json {
    json!({ "id": "t1", "name": "Ada", "inputs": { "a": 1 }, "created_at": 1 })
}

pub(super) fn samples() -> Json {
    let sample = json!({ "run": "run1", "flow_name": "Flow", "at": 1, "person": "Ada",
        "values": { "a": 1 } });
    json!({ "events": [sample], "manual": [sample], "tests": [saved_test()] })
}

pub(super) fn again_plan() -> Json {
    json!({ "inputs": { "a": 1 }, "version": 3, "current": 4, "why_not": "No.",
        "from_card": { "step": "s2", "finished": 3, "kept": 2, "repeated": 1, "is_unsure": true,
            "is_open": true },
        "changed": { "how": "added", "step": "s3", "title": "New" } })
}

pub(super) fn run() -> Json {
    let error = json!({ "code": "okta.refused", "message": "No.", "status": 429,
        "detail": { "errorCode": "E0000047" },
        "retry": { "kind": "rate_limited", "reset_at_ms": 7 } });
    let value =
        json!({ "field": { "group": "g", "key": "k" }, "value": { "a": [1] }, "masked": true });
    json!({
        "row": run_row(), "flow": flow(), "returned": { "ok": false }, "failed_step": "s1",
        "error": error, "is_private": false, "calls": 1,
        "steps": [{ "step": "s1", "path": "s1", "state": "failed", "started_at": 1, "took_us": 900,
            "inputs": [value], "outputs": [value], "error": error, "lane": "true",
            "calls": [{ "method": "GET", "path": "/api/v1/users", "status": 429, "at": 1,
                "took_ms": 4, "attempt": 1 }],
            "children": [{ "run": "run2", "flow": "f2", "index": 0 }], "helpers": 1,
            "is_pinned": true, "is_last": true, "is_carried": true }],
        "newer": "run3", "older": "run0", "again": [run_row()],
        "called_by": { "run": "run4", "step": "s3", "number": 3 },
    })
}

pub(super) fn home() -> Json {
    let figures = json!({ "runs": 9, "succeeded": 8, "failed": 1, "median_ms": 3, "p95_ms": 9,
        "waited_ms": 4, "lost": 1 });
    let attention = |what: Json| {
        json!({ "key": "failed:f1", "mark": "r1", "what": what,
            "dismissed": { "person": "Ada", "reason": "Known", "at": 5 } })
    };
    json!({
        "flows_on": 2, "flows": 3, "connections": [["c1", "acme"]], "figures": figures, "before": figures,
        "part_ms": 60_000,
        "parts": [{ "at": 1, "succeeded": 2, "waited": 1, "failed": 1, "waited_ms": 3, "median_ms": 4 }],
        "attention": [
            attention(json!({ "kind": "failed", "run": "run1", "flow": "f1", "flow_name": "Flow", "error": "No.",
                "code": "okta.refused", "count": 2, "since": 3 })),
            attention(json!({ "kind": "outcome_unknown", "run": "run1", "flow": "f1", "flow_name": "Flow",
                "count": 1 })),
            attention(json!({ "kind": "reauthorize", "connection": "c1", "name": "acme", "flows": 2 })),
            attention(json!({ "kind": "limit", "connection": "c1", "name": "acme", "bucket": "users", "left": 1,
                "limit": 600, "waiting": 2 })),
            attention(json!({ "kind": "overdue", "flow": "f1", "flow_name": "Flow", "at": 3 })),
            attention(json!({ "kind": "draft", "flow": "f1", "flow_name": "Flow", "problems": 2 })),
        ],
        "busiest": [{ "flow": "f1", "name": "Flow", "flow_kind": "helper", "runs": 4, "failed": 1,
            "last_run": { "id": "run1", "at": 1, "status": "failed" } }],
        "budgets": [{ "connection": "c1", "name": "acme", "bucket": "users", "used": 5, "limit": 600,
            "forecast": 20 }],
    })
}

pub(super) fn delegated_run() -> Json {
    json!({ "id": "run1", "flow": "f1", "flow_name": "Flow", "status": "succeeded", "started_at": 1,
        "returned": { "ok": true }, "error": null })
}

pub(super) fn delegate() -> Json {
    json!({ "person": "p1", "name": "Ada", "login": "ada", "is_granted": true, "is_always": false })
}

pub(super) fn todo() -> Json {
    json!({ "flow": "f1", "flow_name": "Flow", "step": "s1", "card": "slack:send", "title": "Send", "kind": "replace",
        "field": null, "about": "Slack" })
}

pub(super) fn pack() -> Json {
    json!({
        "name": "Pack", "version": "1.5.0", "created": "2026-01-02T03:04:05.000Z", "cards": 2, "supported": 1,
        "flows": [{ "id": "f1", "name": "Flow", "kind": "helper", "notes": 1, "unsupported": 1,
            "cards": [["okta:readUser", "Read User"]] }],
        "connections": [
            { "id": "p1", "name": "Okta", "module": "okta", "cards": 1, "candidates": [connection("c1", "okta")], "chosen": "c1" },
            { "id": "p2", "name": "Okta 2", "module": "okta", "cards": 1, "candidates": [] },
            { "id": "p3", "name": "Slack", "module": "slack", "cards": 1, "candidates": [] }],
        "tables": [{ "id": "pt1", "name": "Table", "columns": table()["columns"],
            "candidates": [["t1", "Table"]], "chosen": "t1" }],
        "todos": [todo()],
        "problems": [{ "flow": "Flow", "card": "Read User", "code": "no_connection", "message": "Assign one." }],
    })
}
