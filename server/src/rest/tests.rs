//! The document against the routes, and the routes against a fake backend.

mod fake;
mod shape;

use std::collections::BTreeSet;
use std::sync::Arc;

use api::Handle;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use axum::{Extension, Router};
use serde_json::{Value as Json, json};
use tower::ServiceExt as _;

use super::openapi::document;
use super::route::{Guard, Route};
use super::{public_router, router, routes};
use fake::Fake;

/// A request for each route, by its id in the document: the path and the body.
fn examples() -> Vec<(&'static str, &'static str, Json)> {
    let table = json!({ "name": "T", "folder": "d1", "description": "",
        "columns": [{ "name": "a", "type": "text", "default": null }] });
    let cells = json!({ "cells": { "a": "x" } });
    let none = Json::Null;
    vec![
        ("readDocument", "/openapi.json", none.clone()),
        ("listFolders", "/folders", none.clone()),
        (
            "createFolder",
            "/folders",
            json!({ "name": "New", "parent": "d1", "description": "For tests" }),
        ),
        ("changeFolder", "/folders/d1", json!({ "name": "Newer" })),
        ("moveFolder", "/folders/d1/place", json!({ "folder": "d2" })),
        ("countFolder", "/folders/d1/contents", none.clone()),
        ("deleteFolder", "/folders/d1?name=Folder", none.clone()),
        (
            "duplicateFolder",
            "/folders/d1/copies",
            json!({ "name": "Copy" }),
        ),
        ("moveFlow", "/flows/f1/place", json!({ "folder": null })),
        (
            "duplicateFlow",
            "/flows/f1/copies",
            json!({ "name": "Copy" }),
        ),
        ("moveTable", "/tables/t1/place", json!({ "folder": "d1" })),
        ("readServer", "/settings/server", none.clone()),
        ("testAddress", "/settings/public-address/test", none.clone()),
        ("listTemplates", "/templates", none.clone()),
        ("readTemplate", "/templates/unlock", none.clone()),
        (
            "installTemplate",
            "/templates/unlock/install",
            json!({ "language": "ja", "folder": "d1", "connections": { "okta": "c1" }, "answers": { "group": "00g" } }),
        ),
        (
            "listFlows",
            "/flows?folder=d1&text=a%20b&kind=api_endpoint",
            none.clone(),
        ),
        (
            "createFlow",
            "/flows",
            json!({ "name": "New", "folder": null }),
        ),
        ("readFlow", "/flows/f1", none.clone()),
        ("deleteFlow", "/flows/f1", none.clone()),
        ("turnFlowOn", "/flows/f1/on", none.clone()),
        ("turnFlowOff", "/flows/f1/off", none.clone()),
        (
            "saveDraft",
            "/flows/f1/draft",
            json!({ "revision": 7, "draft": fake::flow() }),
        ),
        ("listVersions", "/flows/f1/versions", none.clone()),
        (
            "saveVersion",
            "/flows/f1/versions",
            json!({ "name": "v", "note": "n" }),
        ),
        ("readVersion", "/flows/f1/versions/3", none.clone()),
        (
            "renameVersion",
            "/flows/f1/versions/3",
            json!({ "name": "v", "note": "n" }),
        ),
        (
            "restoreVersion",
            "/flows/f1/versions/3/restore",
            json!({ "revision": 7 }),
        ),
        ("readDraft", "/flows/f1/draft", none.clone()),
        ("listKeptDrafts", "/flows/f1/kept-drafts", none.clone()),
        (
            "keepDraft",
            "/flows/f1/kept-drafts",
            json!({ "reason": "conflict", "draft": fake::flow() }),
        ),
        ("readKeptDraft", "/flows/f1/kept-drafts/k1", none.clone()),
        ("readLook", "/flows/f1/look", none.clone()),
        ("saveLook", "/flows/f1/look", none.clone()),
        (
            "startRun",
            "/flows/f1/runs",
            json!({ "inputs": { "a": 1 } }),
        ),
        (
            "listRuns",
            "/runs?flow=f1&status=outcome_unknown&with_helpers=true&limit=10",
            none.clone(),
        ),
        ("readRun", "/runs/run1", none.clone()),
        ("cancelRun", "/runs/run1/cancel", none.clone()),
        (
            "settleRun",
            "/runs/run1/decision",
            json!({ "decision": "done", "outputs": { "ID": "00u1" } }),
        ),
        ("listProblems", "/flows/f1/problems", none.clone()),
        ("readHome", "/home?span=week&connection=c1", none.clone()),
        (
            "dismissAttention",
            "/attention/dismissed",
            json!({ "key": "failed:f1", "mark": "r1", "reason": "Known" }),
        ),
        (
            "restoreAttention",
            "/attention/dismissed/failed:f1",
            none.clone(),
        ),
        (
            "readPass",
            "/runs/run1/passes?step=s1&number=3",
            none.clone(),
        ),
        (
            "traceValue",
            "/runs/run1/origins",
            json!({ "step": "s1", "field": { "key": "k" }, "is_input": true, "path": ["a", "0"] }),
        ),
        (
            "showValue",
            "/runs/run1/values",
            json!({ "step": "s1", "field": { "key": "k" }, "is_input": false, "path": [] }),
        ),
        (
            "tryFlow",
            "/flows/f1/trials",
            json!({ "revision": 3, "inputs": { "a": 1 }, "inputs_of": "run0", "until": "s2", "only": null,
                "given": [{ "field": { "key": "k" }, "value": 1 }], "values_of": "run1",
                "ignore_pins": true }),
        ),
        ("listSamples", "/flows/f1/samples", none.clone()),
        (
            "saveTest",
            "/flows/f1/tests",
            json!({ "name": "Ada", "inputs": { "a": 1 } }),
        ),
        (
            "renameTest",
            "/flows/f1/tests/t1",
            json!({ "name": "Grace" }),
        ),
        ("deleteTest", "/flows/f1/tests/t1", none.clone()),
        (
            "clearRuns",
            "/flows/f1/runs/clear",
            json!({ "stop_saving": true }),
        ),
        ("planAgain", "/runs/run1/again", none.clone()),
        (
            "runAgain",
            "/runs/run1/again",
            json!({ "from": "card", "version": "current", "inputs": null, "repeat_unsure": true }),
        ),
        (
            "listUsualDurations",
            "/runs/usual?flows=f1,f2",
            none.clone(),
        ),
        ("listRunViews", "/runs/views", none.clone()),
        (
            "saveRunView",
            "/runs/views",
            json!({ "name": "Failed", "query": "statuses=failed" }),
        ),
        ("deleteRunView", "/runs/views/v1", none.clone()),
        ("importPack", "/packs", json!({ "type": "flopack" })),
        ("listDelegated", "/delegated", none.clone()),
        (
            "runDelegated",
            "/delegated/f1/runs",
            json!({ "inputs": { "who": "a" } }),
        ),
        ("readDelegatedRun", "/delegated/runs/run1", none.clone()),
        ("listDelegates", "/flows/f1/delegates", none.clone()),
        (
            "saveDelegates",
            "/flows/f1/delegates",
            json!({ "people": ["p1"] }),
        ),
        ("exportFlow", "/flows/f1/pack", none.clone()),
        ("exportFolder", "/folders/d1/pack", none.clone()),
        ("lookAtPack", "/packs/look", json!({ "type": "flopack" })),
        ("listTables", "/tables", none.clone()),
        ("createTable", "/tables", table),
        ("readTable", "/tables/t1", none.clone()),
        (
            "listRows",
            "/tables/t1/rows?offset=0&limit=2&sort=a&descending=true",
            none.clone(),
        ),
        ("insertRow", "/tables/t1/rows", cells.clone()),
        ("updateRow", "/tables/t1/rows/r1", cells),
        (
            "putRow",
            "/tables/t1/rows/put",
            json!({ "key": ["a"], "cells": { "a": "x" } }),
        ),
        (
            "deleteRows",
            "/tables/t1/rows/delete",
            json!({ "rows": ["r1"] }),
        ),
        ("clearTable", "/tables/t1/rows", none.clone()),
        (
            "changeTable",
            "/tables/t1",
            json!({ "name": "New", "description": null }),
        ),
        ("deleteTable", "/tables/t1", none.clone()),
        ("listTableUses", "/tables/t1/uses", none.clone()),
        (
            "addColumn",
            "/tables/t1/columns",
            json!({ "name": "b", "type": "number", "default": "1" }),
        ),
        (
            "changeColumn",
            "/tables/t1/columns/a%20b",
            json!({ "name": "c", "default": null }),
        ),
        ("deleteColumn", "/tables/t1/columns/a", none.clone()),
        (
            "addTableKey",
            "/tables/t1/keys",
            json!({ "columns": ["a"], "is_unique": true }),
        ),
        ("deleteTableKey", "/tables/t1/keys/k1", none.clone()),
        (
            "downloadRows",
            "/tables/t1/rows.csv?delimiter=tab&bom=true&system=false&text=x",
            none.clone(),
        ),
        (
            "uploadRows",
            "/tables/t1/rows.csv?mode=put&key=a",
            json!("a"),
        ),
        ("deleteRow", "/tables/t1/rows/r1", none.clone()),
        ("listConnections", "/connections", none.clone()),
        (
            "createConnection",
            "/connections",
            json!({ "name": "Acme", "domain": "acme.okta.com", "client_id": "0oa", "key": { "made": "k1" },
                "scopes": ["okta.users.read"] }),
        ),
        ("makeKey", "/connections/keys", none.clone()),
        (
            "saveWebConnection",
            "/connections/web",
            json!({ "name": "Service", "hosts": ["api.example.com"], "test_url": "https://api.example.com/me",
                "auth": { "kind": "basic", "user": "u", "password": "p" } }),
        ),
        (
            "readAllowedAddresses",
            "/settings/allowed-addresses",
            none.clone(),
        ),
        (
            "saveAllowedAddresses",
            "/settings/allowed-addresses",
            json!({ "addresses": ["10.0.0.0/8"] }),
        ),
        (
            "reauthorizeConnection",
            "/connections/c1/reauthorize",
            none.clone(),
        ),
        ("readConnection", "/connections/c1", none.clone()),
        ("listPeople", "/people", none.clone()),
        ("deletePerson", "/people/p1", none.clone()),
        ("testConnection", "/connections/c1/test", none.clone()),
        ("deleteConnection", "/connections/c1", none.clone()),
        ("readBudget", "/connections/c1/budget", none.clone()),
        (
            "listChoices",
            "/connections/c1/choices?what=app_instances&search=a&parent=slack&id=1&id=2&after=c&fresh=true",
            none.clone(),
        ),
        (
            "searchFlows",
            "/search/flows?text=a&card=okta:readUser&connection=c1&table=t1&helper=f2&in_japanese=true&after=f1%20a&limit=5",
            none.clone(),
        ),
        ("findThings", "/search?text=a&only=flow", none.clone()),
        (
            "listAudit",
            "/audit?kind=flow&object=f1&person=p1&since=1&until=2&within_ms=3&after=a1&limit=5",
            none.clone(),
        ),
        (
            "listAttributes",
            "/connections/c1/attributes?schema=app_user&app=0oa1&fresh=true",
            none.clone(),
        ),
        ("listDirectories", "/directories", none.clone()),
        (
            "saveDirectory",
            "/directories",
            json!({ "name": "AD", "host": "dc1.example.com", "port": 636, "security": "ldaps", "account": "reader@example.com",
                "password": "p", "settings": { "username": { "custom": "appuser.mail" }, "units": ["OU=A,DC=example,DC=com"],
                "matching": { "exact": { "properties": ["email"] } }, "safeguard": { "app_percent": null } },
                "timetable": { "full": null } }),
        ),
        ("readDirectory", "/directories/ad1", none.clone()),
        ("deleteDirectory", "/directories/ad1", none.clone()),
        ("testDirectory", "/directories/ad1/test", none.clone()),
        ("listUnits", "/directories/ad1/units", none.clone()),
        ("readMapping", "/directories/ad1/mapping", none.clone()),
        (
            "saveMapping",
            "/directories/ad1/mapping",
            json!({ "revision": 2, "rows": [fake::mapping_row()] }),
        ),
        (
            "previewMapping",
            "/directories/ad1/mapping/preview",
            json!({ "person": "a@example.com", "rows": [fake::mapping_row()] }),
        ),
        (
            "tryMapping",
            "/directories/ad1/mapping/trial",
            json!({ "ad": "mail", "rows": [fake::mapping_row()], "after": "cursor" }),
        ),
        (
            "checkMapping",
            "/directories/ad1/mapping/check",
            json!({ "rows": [fake::mapping_row()], "asks_org": true }),
        ),
        (
            "findPeople",
            "/directories/ad1/people?text=an",
            none.clone(),
        ),
        (
            "findOrgUsers",
            "/directories/ad1/org-users?ids=00u1,00u2&text=an",
            none.clone(),
        ),
        (
            "listDirectoryUsers",
            "/directories/ad1/users?attribute=mail&value=a&filter=(sn%3Da)&base=OU%3DA&limit=5",
            none.clone(),
        ),
        (
            "signInUser",
            "/directories/ad1/sign-ins",
            json!({ "username": "a@example.com", "password": "p" }),
        ),
        (
            "writeBack",
            "/directories/ad1/write-back",
            json!({ "person": "a@example.com", "profile": { "email": "b@example.com" }, "only": ["mail"] }),
        ),
        ("listWaitingUsers", "/directories/ad1/waiting", none.clone()),
        (
            "confirmUsers",
            "/directories/ad1/waiting",
            json!({ "users": [{ "guid": "g1", "decision": { "link": "00u1" } }, { "guid": "g2", "decision": "confirm" }] }),
        ),
        (
            "startImport",
            "/directories/ad1/imports",
            json!({ "is_full": true, "goes_on": false }),
        ),
        ("listImports", "/directories/ad1/imports", none.clone()),
        ("readImport", "/imports/i1", none.clone()),
        (
            "listImportLines",
            "/imports/i1/lines?action=create&state=failed&text=a&after=3&limit=10",
            none.clone(),
        ),
        ("approveImport", "/imports/i1/approve", none.clone()),
        ("cancelImport", "/imports/i1/cancel", none),
        (
            "saveShare",
            "/connections/c1/budget",
            json!({ "leave_percent": 30 }),
        ),
    ]
}

struct World {
    fake: Arc<Fake>,
    router: Router,
}

struct Got {
    status: StatusCode,
    headers: HeaderMap,
    body: Json,
}

impl World {
    fn new() -> Self {
        let fake = Arc::new(Fake::default());
        let handle = Handle(Arc::clone(&fake) as Arc<dyn api::Backend>);
        let router = router().layer(Extension(handle));
        Self { fake, router }
    }

    async fn call(&self, method: &str, path: &str, body: impl Into<Body>) -> Got {
        call(self.router.clone(), method, path, body).await
    }
}

async fn call(router: Router, method: &str, path: &str, body: impl Into<Body>) -> Got {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .body(body.into())
        .unwrap();
    let response = router.oneshot(request).await.unwrap();
    let (head, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let is_csv = head
        .headers
        .get("content-type")
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/csv"));
    Got {
        status: head.status,
        headers: head.headers,
        body: if body.is_empty() {
            Json::Null
        } else if is_csv {
            Json::from(String::from_utf8(body.into()).unwrap())
        } else {
            serde_json::from_slice(&body).unwrap()
        },
    }
}

/// Checks an error: its status, its code, and that it is described.
#[track_caller]
fn check_error(got: &Got, status: u16, code: &str) {
    assert_eq!(got.status.as_u16(), status, "{}", got.body);
    assert_eq!(got.body["code"], code);
    let document = document(&routes::all());
    let schema = &document["components"]["schemas"]["Error"];
    assert_eq!(
        shape::differences(&document, schema, &got.body),
        Vec::<String>::new()
    );
}

fn good_schema<'a>(document: &'a Json, route: &Route) -> &'a Json {
    let operation = &document["paths"][route.path][route.method.as_str().to_lowercase()];
    let content = &operation["responses"][route.status.as_str()]["content"];
    let kinds = content.as_object().into_iter().flatten();
    kinds
        .map(|(_, kind)| &kind["schema"])
        .next()
        .unwrap_or(&Json::Null)
}

#[tokio::test]
async fn every_route_answers_as_described() {
    let document = document(&routes::all());
    let examples = examples();
    let mut found = Vec::new();
    for route in routes::all() {
        let Some((id, path, body)) = examples.iter().find(|(id, ..)| *id == route.id) else {
            found.push(format!("{} has no example", route.id));
            continue;
        };
        let world = World::new();
        let sent = if body.is_null() {
            Body::empty()
        } else {
            Body::from(body.to_string())
        };
        let got = match route.guard {
            Guard::Token => world.call(route.method.as_str(), path, sent).await,
            Guard::Open => call(public_router(), route.method.as_str(), path, sent).await,
        };
        if got.status != route.status {
            found.push(format!("{id}: {} {}", got.status, got.body));
            continue;
        }
        let schema = good_schema(&document, &route);
        match (route.status, schema) {
            (StatusCode::NO_CONTENT, Json::Null) => {}
            (_, Json::Null) => found.push(format!("{id} has no schema for its answer")),
            (_, schema) => found.extend(
                shape::differences(&document, schema, &got.body)
                    .into_iter()
                    .map(|it| format!("{id}: {it}")),
            ),
        }
        if let Some(taken) = route.body {
            let schema = &document["components"]["schemas"][taken.schema];
            assert!(!schema.is_null(), "{id} takes {}", taken.schema);
            found.extend(
                shape::differences(&document, schema, body)
                    .into_iter()
                    .map(|it| format!("{id} takes {it}")),
            );
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(
        examples.len(),
        routes::all().len(),
        "an example without a route"
    );
}

#[test]
fn the_document_is_whole() {
    let document = document(&routes::all());
    assert_eq!(document["openapi"], "3.1.0");
    let mut ids = BTreeSet::new();
    for route in routes::all() {
        assert!(ids.insert(route.id), "{} is there twice", route.id);
        assert!(route.summary.ends_with('.'), "{}", route.summary);
        let operation = &document["paths"][route.path][route.method.as_str().to_lowercase()];
        assert_eq!(operation["operationId"], route.id);
        assert!(operation["responses"]["default"]["$ref"].is_string());
        let names: Vec<&str> = route.ids().collect();
        assert_eq!(names.len(), route.path.matches('{').count());
    }
    let (mut references, mut kept) = (BTreeSet::new(), BTreeSet::new());
    collect_references(&document, &mut references);
    for reference in &references {
        assert!(
            document
                .pointer(reference.trim_start_matches('#'))
                .is_some(),
            "{reference} leads nowhere"
        );
    }
    for name in document["components"]["schemas"]
        .as_object()
        .unwrap()
        .keys()
    {
        kept.insert(format!("#/components/schemas/{name}"));
    }
    let unused: Vec<&String> = kept.difference(&references).collect();
    assert!(unused.is_empty(), "nobody uses {unused:?}");
}

fn collect_references(json: &Json, into: &mut BTreeSet<String>) {
    match json {
        Json::Object(fields) => {
            if let Some(reference) = fields.get("$ref").and_then(Json::as_str) {
                into.insert(reference.to_owned());
            }
            fields
                .values()
                .for_each(|field| collect_references(field, into));
        }
        Json::Array(items) => items.iter().for_each(|item| collect_references(item, into)),
        _ => {}
    }
}

#[test]
fn every_error_code_is_described() {
    use api::ErrorCode::*;
    let document = document(&routes::all());
    let words = &document["components"]["schemas"]["Error"]["properties"]["code"]["enum"];
    let all = [
        SignInNeeded,
        WrongCredentials,
        Forbidden,
        NotFound,
        Conflict,
        Invalid,
        HasProblems,
        BadPack,
        Org,
        OrgUnreachable,
        Directory,
        MissingScope,
        TooLarge,
        TooMany,
        Internal,
    ];
    let expected: Vec<Json> = all
        .iter()
        .map(|code| serde_json::to_value(code).unwrap())
        .collect();
    assert_eq!(words, &Json::Array(expected));
}

#[tokio::test]
async fn what_was_asked_reaches_the_backend() {
    let world = World::new();
    world
        .call(
            "GET",
            "/flows?folder=d1&text=a%20b&kind=helper",
            Body::empty(),
        )
        .await;
    world
        .call("GET", "/runs?parent=run1&after=x&limit=3", Body::empty())
        .await;
    world.call("POST", "/flows/f%201/runs", "").await;
    let asked = world.fake.asked();
    assert!(asked[0].contains("d1") && asked[0].contains("\"a b\"") && asked[0].contains("Helper"));
    assert!(asked[1].contains("run1") && asked[1].contains("limit: Some(3)"));
    assert!(asked[2].contains("\"f 1\""), "{}", asked[2]);
}

#[tokio::test]
async fn what_was_made_can_be_found() {
    let world = World::new();
    for (path, body, location) in [
        ("/flows", json!({ "name": "New" }), "/api/v1/flows/f1"),
        (
            "/flows/f1/runs",
            json!({ "inputs": {} }),
            "/api/v1/runs/run1",
        ),
        (
            "/tables",
            json!({ "name": "T", "columns": [] }),
            "/api/v1/tables/t1",
        ),
    ] {
        let got = world.call("POST", path, body.to_string()).await;
        assert_eq!(got.headers["location"], location);
    }
}

#[tokio::test]
async fn a_connection_is_assigned_to_its_module() {
    let world = World::new();
    let path = "/packs?connection=c1&connection=c3&assign=p2%3Dc2&assign=module%3Ax%3Dc9&table=pt1%3Dt1&folder=d1";
    let got = world.call("POST", path, "{}").await;
    assert_eq!(got.status, StatusCode::CREATED, "{}", got.body);
    let asked = world.fake.asked();
    let last = asked.last().unwrap();
    for part in [
        "\"module:x\": ConnectionId(\"c9\")",
        "\"p1\": ConnectionId(\"c1\")",
        "\"p2\": ConnectionId(\"c2\")",
        "\"p3\": ConnectionId(\"c3\")",
        "\"pt1\": TableId(\"t1\")",
        "FolderId(\"d1\")",
    ] {
        assert!(last.contains(part), "{part} is not in {last}");
    }
}

#[tokio::test]
async fn choices_for_a_pack_that_mean_nothing_are_refused() {
    let world = World::new();
    for question in [
        "connection=c8",
        "connection=c1&connection=c2",
        "assign=p1",
        "table=%3Dt1",
        "folders=d1",
    ] {
        let got = world
            .call("POST", &format!("/packs?{question}"), "{}")
            .await;
        check_error(&got, 422, "invalid");
    }
}

#[tokio::test]
async fn wrong_requests_are_refused_in_one_form() {
    let world = World::new();
    let big = " ".repeat(2 * 1024 * 1024 + 1);
    for (method, path, body, status, code) in [
        ("GET", "/nothing", "", 404, "not_found"),
        ("GET", "/", "", 404, "not_found"),
        ("GET", "/flows/gone", "", 404, "not_found"),
        ("GET", "/flows/%ff", "", 404, "not_found"),
        ("DELETE", "/tables/t1/rows/gone", "", 404, "not_found"),
        ("PATCH", "/flows", "", 405, "invalid"),
        ("POST", "/flows", "", 422, "invalid"),
        ("POST", "/flows", "{", 422, "invalid"),
        ("POST", "/flows", "{\"name\":1}", 422, "invalid"),
        (
            "POST",
            "/folders",
            "{\"name\":\"a\",\"nam\":\"b\"}",
            422,
            "invalid",
        ),
        ("GET", "/runs?limit=many", "", 422, "invalid"),
        ("GET", "/runs?limit=201", "", 422, "invalid"),
        ("GET", "/tables/t1/rows?limit=1001", "", 422, "invalid"),
        ("GET", "/runs?status=lost", "", 422, "invalid"),
        ("GET", "/runs?stauts=failed", "", 422, "invalid"),
        ("POST", "/packs/look", "\u{0}", 200, ""),
        ("POST", "/flows", &big, 413, "too_large"),
    ] {
        let got = world.call(method, path, body.to_owned()).await;
        if status != 200 {
            check_error(&got, status, code);
        }
        assert_eq!(got.status.as_u16(), status, "{method} {path}");
    }
    let got = world.call("PATCH", "/flows", "").await;
    let allowed: BTreeSet<&str> = got.headers["allow"].to_str().unwrap().split(',').collect();
    assert!(
        allowed.contains("GET") && allowed.contains("POST"),
        "{allowed:?}"
    );
    assert_eq!(
        world.call("POST", "/packs/look", big).await.status,
        StatusCode::OK,
        "packs may be larger"
    );
    check_error(
        &world.call("POST", "/packs/look", vec![0xff]).await,
        422,
        "invalid",
    );
}

#[tokio::test]
async fn a_draft_of_another_flow_is_refused() {
    let world = World::new();
    let body = json!({ "revision": 1, "draft": { "id": "f2", "name": "Other" } });
    let got = world.call("PUT", "/flows/f1/draft", body.to_string()).await;
    check_error(&got, 422, "invalid");
    assert!(world.fake.asked().is_empty());
}

#[tokio::test]
async fn without_a_caller_nothing_is_answered() {
    check_error(
        &call(router(), "GET", "/flows", "").await,
        401,
        "sign_in_needed",
    );
}
