//! Custom identity sources: import sessions, and the users that go into them.

use flow::{Args, CardError, FieldKey, Outputs, Value};
use serde_json::{Value as Json, json};

use super::declare::{
    Action, List, Take, To, action, count_of, grouped, keys, object_at, put, status, text_at,
};
use super::fields::{APPLICATION, APPLICATION_ID};
use super::guidance;
use super::send::path;
use crate::declare::{number, objects, pick_as, text, words};
use crate::read::{as_number, at, items};
use crate::web::{HttpRequest, Method};

/// Okta takes this many users or 200 KB in a request, and 50 requests in a session.
const MAX_PER_CALL: usize = 200;
const MAX_CALLS: usize = 50;
/// Bytes of the users of one request, with room for what stands around them.
const MAX_BYTES: usize = 200_000 - 100;

const SESSION: [Take; 4] = [
    text_at("id", "id").label("ID"),
    text_at("identitySourceId", "identitySourceId").label("Application ID"),
    text_at("status", "status").label("Status"),
    text_at("importType", "importType").label("Import Type"),
];

const MAPPED: [Take; 2] = [
    text_at("externalId", "externalId"),
    object_at("profile", "profile"),
];

pub(super) static ACTIONS: [Action; 7] = [
    action(
        "okta:createAnImportSession",
        words("Create Import Session", "インポートセッションの作成"),
        words(
            "Opens an import session for a custom identity source.",
            "Oktaで、インポートセッションを作成します。",
        ),
        Method::Post,
        "/api/v1/identity-sources/{appId}/sessions",
    )
    .notes(&[guidance::CREATE_SESSION])
    .scopes(&["okta.identitySources.manage"])
    .inputs(&[APPLICATION, APPLICATION_ID])
    .outputs(&grouped("Session", SESSION)),
    action(
        "okta:readImportSession",
        words("Read Import Session", "インポートセッションの参照"),
        words(
            "Reads an import session.",
            "Oktaでインポートセッションに関する情報を参照します。",
        ),
        Method::Get,
        "/api/v1/identity-sources/{appId}/sessions/{sessionId}",
    )
    .scopes(&["okta.identitySources.read"])
    .inputs(&[APPLICATION, APPLICATION_ID, put(text("sessionId").of("Application").label("Session ID").required(), To::Path("sessionId"))])
    .outputs(&grouped("Session", SESSION))
    .unconfirmed(),
    action(
        "okta:listImportSessions",
        words("List Import Sessions", "インポートセッションの一覧表示"),
        words(
            "Lists the import sessions of a custom identity source.",
            "IDソースのすべてのアクティブなインポートセッションを一覧表示します。",
        ),
        Method::Get,
        "/api/v1/identity-sources/{appId}/sessions",
    )
    .scopes(&["okta.identitySources.read"])
    .inputs(&[APPLICATION, APPLICATION_ID])
    .list(List::new("Result", "Sessions", &SESSION, &keys(SESSION)).page(0)),
    action(
        "okta:triggerImportSession",
        words("Trigger Import Session", "インポートセッションのトリガー"),
        words(
            "Starts the import of what a session has received.",
            "処理の準備ができているOktaのインポートセッションをトリガーします。",
        ),
        Method::Post,
        "/api/v1/identity-sources/{appId}/sessions/{sessionId}/start-import",
    )
    .notes(&[guidance::TRIGGER_SESSION])
    .scopes(&["okta.identitySources.manage"])
    .inputs(&[APPLICATION, APPLICATION_ID, put(text("sessionId").of("Application").label("Session ID").required(), To::Path("sessionId"))])
    .outputs(&grouped("Session", SESSION)),
    action(
        "okta:deleteImportSession",
        words("Delete Import Session", "インポートセッションの削除"),
        words(
            "Closes an import session without importing.",
            "Oktaでインポートセッションを削除します。",
        ),
        Method::Delete,
        "/api/v1/identity-sources/{appId}/sessions/{sessionId}",
    )
    .notes(&[guidance::DELETE_SESSION])
    .scopes(&["okta.identitySources.manage"])
    .inputs(&[APPLICATION, APPLICATION_ID, put(text("sessionId").of("Application").label("Session ID").required(), To::Path("sessionId"))])
    .outputs(&[status("Response", "statusCode", "Status Code")]),
    action(
        "okta:bulkUserImport",
        words("Bulk User Import", "一括ユーザーインポート"),
        words(
            "Sends users to an import session.",
            "Oktaでユーザーを作成または更新することにより、Oktaで進行中のインポートセッションを更新します。",
        ),
        Method::Post,
        "/api/v1/identity-sources/{appId}/sessions/{sessionId}/bulk-upsert",
    )
    .notes(&[guidance::BULK_IMPORT])
    .scopes(&["okta.identitySources.manage"])
    .inputs(&[APPLICATION, put(text("importOperation").label("Import Operation").option().choices(&[pick_as("upsert", "Create & Update"), pick_as("delete", "Deactivate & Delete")]).starts_as("\"upsert\""), To::Nowhere), APPLICATION_ID, put(text("sessionId").of("Application").label("Session ID").required(), To::Path("sessionId")), put(objects("Users").of("Data").required(), To::Nowhere), put(number("usersPerPage").of("Bulk Import").label("Users Per Page").more(), To::Nowhere)])
    .outputs(&[count_of("Response", "recordsImported", "Records Imported", ("Data", "Users"))])
    .several(bulk),
    action(
        "okta:mapProfileSourceAttributes",
        words("Map Profile Source Attributes", "プロファイルソース属性のマップ"),
        words(
            "Turns rows of another system into the users that Bulk User Import takes. It makes no call.",
            "Okta APIによって予期されるOktaユーザーの一覧を作成します。",
        ),
        Method::Post,
        "/api/v1/identity-sources/{appId}/sessions",
    )
    .notes(&[guidance::MAP_SOURCE])
    .scopes(&[])
    .inputs(&[APPLICATION, put(text("importOperation").label("Import Operation").option().choices(&[pick_as("UPSERT", "Create & Update"), pick_as("DELETE", "Deactivate & Delete")]).starts_as("\"UPSERT\""), To::Nowhere), APPLICATION_ID, put(text("externalIdKey").of("Import Data").label("External ID Key"), To::Nowhere), put(objects("users").of("Import Data").label("Users").required(), To::Nowhere)])
    .list(List::new("Result", "Users", &MAPPED, &keys(MAPPED)).page(0))
    .computes(map_users),
];

fn operation(args: &Args) -> String {
    args.get("parameters", "importOperation")
        .to_text()
        .to_lowercase()
}

/// Returns a call for each page of users.
fn bulk(action: &Action, args: &Args) -> Result<Vec<HttpRequest>, CardError> {
    let size = as_number(args.get("Bulk Import", "usersPerPage"), "Users Per Page")?
        .and_then(flow::Number::as_i64)
        .and_then(|size| usize::try_from(size).ok())
        .filter(|size| *size > 0)
        .unwrap_or(MAX_PER_CALL)
        .min(MAX_PER_CALL);
    let users = items(args.get("Data", "Users"));
    if users.is_empty() {
        return Err(CardError::new(
            "missing_input",
            "There are no users to import. Check the card that should give them, or test for an empty list first.",
        ));
    }
    let pages = pages(users, size)?;
    if pages.len() > MAX_CALLS {
        return Err(CardError::new(
            "out_of_range",
            format!(
                "One session takes {MAX_CALLS} calls of at most {size} users and 200 KB, but the {} users need {}. Split them over several sessions.",
                users.len(),
                pages.len()
            ),
        ));
    }
    let path = path(action, args)?;
    let path = match operation(args).as_str() {
        "delete" => path.replace("/bulk-upsert", "/bulk-delete"),
        _ => path,
    };
    Ok(pages
        .into_iter()
        .map(|profiles| HttpRequest {
            method: Method::Post,
            path: path.clone(),
            query: Vec::new(),
            headers: Vec::new(),
            body: Some(json!({"entityType": "USERS", "profiles": profiles})),
        })
        .collect())
}

/// Splits the users into pages of at most `size` users and [`MAX_BYTES`] bytes.
fn pages(users: &[Value], size: usize) -> Result<Vec<Vec<Json>>, CardError> {
    let mut pages: Vec<Vec<Json>> = Vec::new();
    let mut bytes = MAX_BYTES;
    for user in users {
        let user = user.to_json();
        let more = user.to_string().len() + 1;
        if more > MAX_BYTES {
            return Err(CardError::new(
                "out_of_range",
                format!(
                    "The user {} has {more} bytes, and one call takes 200 KB. Leave attributes out.",
                    user.get("externalId").unwrap_or(&Json::Null)
                ),
            ));
        }
        match pages.last_mut() {
            Some(page) if page.len() < size && bytes + more <= MAX_BYTES => {
                page.push(user);
                bytes += more;
            }
            _ => {
                pages.push(vec![user]);
                bytes = more;
            }
        }
    }
    Ok(pages)
}

/// Each row becomes an external id and a profile; for a deletion the external id is enough.
fn map_users(args: &Args) -> Result<Outputs, CardError> {
    let key = args.get("Import Data", "externalIdKey").to_text();
    let key = if key.is_empty() { "externalId" } else { &key };
    let deletes = operation(args) == "delete";
    let users = items(args.get("Import Data", "users"))
        .iter()
        .map(|row| {
            let id = Value::from(at(row, key).to_text());
            if deletes {
                Value::from_pairs([("externalId", id)])
            } else {
                Value::from_pairs([("externalId", id), ("profile", profile(row, key))])
            }
        })
        .collect();
    Ok(vec![(
        FieldKey::in_group("Result", "Users"),
        Value::list(users),
    )])
}

/// Okta takes texts only. What has a text is sent as one; objects, lists and what is empty are left out.
fn profile(row: &Value, key: &str) -> Value {
    let given = row.as_object().and_then(|fields| fields.get("profile"));
    let fields = match given.and_then(Value::as_object) {
        Some(profile) => profile.clone(),
        None => {
            let mut fields = row.as_object().cloned().unwrap_or_default();
            fields.shift_remove(key);
            fields
        }
    };
    let is_text = |value: &Value| {
        !value.is_null() && value.as_object().is_none() && value.as_list().is_none()
    };
    Value::object(
        fields
            .into_iter()
            .filter(|(_, value)| is_text(value))
            .map(|(key, value)| (key, Value::from(value.to_text())))
            .collect(),
    )
}
