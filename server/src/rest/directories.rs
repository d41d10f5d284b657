//! Directories, their mappings and their imports.

mod people;

use api::{
    ConfirmUser, DirectoryImport, DirectoryTest, DirectoryUnit, DirectoryUserQuery, DirectoryView,
    LinePage, LineQuery, MappingPreview, MappingTrial, MappingView, PreviewMapping, SaveDirectory,
    SaveMapping, SignInUser, SignedInUser, StartImport, TryMapping, WaitingUser, WriteBack,
    WrittenBack,
};
use axum::Json;
use axum::http::StatusCode;
use serde::Deserialize;

use super::answer::{Answer, Located, located};
use super::ask::{Asked, Caller, Named, Sent, SentOrNothing, page_up_to};
use super::route::Shape::{Many, One};
use super::route::{Route, delete, get, post, put};
use super::schema::{number_within, text, words};

const OK: StatusCode = StatusCode::OK;

/// Returns the routes about directories.
pub(super) fn routes() -> Vec<Route> {
    let mut all = vec![
        get(
            "/directories",
            "listDirectories",
            "Lists the directories.",
            list,
        )
        .answers(OK, Many("Directory")),
        post("/directories", "saveDirectory", SAVE, save)
            .takes("SaveDirectory")
            .answers(OK, One("Directory")),
        get(
            "/directories/{id}",
            "readDirectory",
            "Returns a directory.",
            open,
        )
        .answers(OK, One("Directory")),
        delete("/directories/{id}", "deleteDirectory", DELETE, remove),
        post("/directories/{id}/test", "testDirectory", TEST, test)
            .answers(OK, One("DirectoryTest")),
        get(
            "/directories/{id}/units",
            "listUnits",
            "Lists the organizational units of a directory.",
            units,
        )
        .answers(OK, Many("DirectoryUnit")),
        get(
            "/directories/{id}/mapping",
            "readMapping",
            "Returns how values are made for users of a directory, and what is wrong with it.",
            mapping,
        )
        .answers(OK, One("Mapping")),
        put(
            "/directories/{id}/mapping",
            "saveMapping",
            MAPPING,
            save_mapping,
        )
        .takes("SaveMapping")
        .answers(OK, One("Mapping")),
        post(
            "/directories/{id}/mapping/preview",
            "previewMapping",
            "Shows one person through a mapping, in both directions.",
            preview,
        )
        .takes("PreviewMapping")
        .answers(OK, One("MappingPreview")),
        post(
            "/directories/{id}/mapping/trial",
            "tryMapping",
            "Tries one row of the mapping on everybody, a page at a time, and names those whom it does not suit.",
            trial,
        )
        .takes("TryMapping")
        .answers(OK, One("MappingTrial")),
        get(
            "/directories/{id}/waiting",
            "listWaitingUsers",
            "Lists users of a directory who wait for a person, 500 at most.",
            waiting,
        )
        .answers(OK, Many("WaitingUser")),
        post(
            "/directories/{id}/waiting",
            "confirmUsers",
            CONFIRM,
            confirm,
        )
        .takes("ConfirmUsers")
        .answers(OK, Many("WaitingUser")),
    ];
    all.extend(people::routes());
    all.extend(person_routes());
    all.extend(import_routes());
    all
}

fn person_routes() -> [Route; 3] {
    [
        get("/directories/{id}/users", "listDirectoryUsers", USERS, users)
            .asks("attribute", text(""), "An attribute that has the value.")
            .asks("value", text(""), "The value; every letter of it stands for itself.")
            .asks("filter", text(""), "A filter of RFC 4515.")
            .asks(
                "base",
                text(""),
                "Where to search, as a distinguished name; in the selected units where absent.",
            )
            .asks(
                "limit",
                number_within(1, 200),
                "At most this many; 100 where absent.",
            )
            .answers(OK, Many("DirectoryUser")),
        post("/directories/{id}/sign-ins", "signInUser", SIGN_IN, sign_in)
            .takes("SignInUser")
            .answers(OK, One("SignedInUser")),
        post(
            "/directories/{id}/write-back",
            "writeBack",
            "Writes what the mapping makes of an Okta user into the directory, attribute by attribute.",
            write_back,
        )
        .takes("WriteBack")
        .answers(OK, One("WrittenBack")),
    ]
}

fn import_routes() -> [Route; 6] {
    [
        post("/directories/{id}/imports", "startImport", START, start)
            .may_take("StartImport")
            .answers(StatusCode::ACCEPTED, One("DirectoryImport")),
        get(
            "/directories/{id}/imports",
            "listImports",
            "Lists the newest imports of a directory.",
            imports,
        )
        .answers(OK, Many("DirectoryImport")),
        get(
            "/imports/{id}",
            "readImport",
            "Returns an import with how far it is.",
            import,
        )
        .answers(OK, One("DirectoryImport")),
        get(
            "/imports/{id}/lines",
            "listImportLines",
            "Lists lines of an import's plan with what became of them.",
            lines,
        )
        .asks(
            "action",
            text(""),
            "Only lines that do this, or one of these with commas between them.",
        )
        .asks("state", words("", STATES), "Only lines that are so far.")
        .asks(
            "text",
            text(""),
            "Only users with these letters in their distinguished name.",
        )
        .asks(
            "after",
            number_within(0, i64::MAX),
            "Only lines after this one.",
        )
        .asks(
            "limit",
            number_within(1, 500),
            "At most this many; 100 where absent.",
        )
        .answers(OK, One("ImportLinePage")),
        post(
            "/imports/{id}/approve",
            "approveImport",
            "Lets a plan be carried out, also one that the safeguard stopped.",
            approve,
        )
        .answers(OK, One("DirectoryImport")),
        post(
            "/imports/{id}/cancel",
            "cancelImport",
            "Cancels an import. What was sent to the org stays.",
            cancel,
        )
        .answers(OK, One("DirectoryImport")),
    ]
}

/// How far a line is.
pub(super) const STATES: &[&str] = &["planned", "begun", "done", "failed"];
const SAVE: &str = "Makes a directory, or changes the one that id names.";
const DELETE: &str = "Forgets a directory with its imports. Users of the org stay.";
const TEST: &str = "Connects to a directory and counts the users that can be read.";
const MAPPING: &str = "Replaces how values are made; without rows the published table comes back.";
const USERS: &str = "Lists users of a directory, in no order.";
const SIGN_IN: &str = "Tries the password of a person at the directory, and imports or updates that person by the rules.";
const CONFIRM: &str = "Says who users are that wait; the next import acts on it.";
const START: &str =
    "Begins an import: it makes a plan, and waits for somebody to approve it unless told to go on.";

/// What a person says of users who wait.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConfirmUsers {
    users: Vec<ConfirmUser>,
}

async fn list(Caller(backend): Caller) -> Answer<Json<Vec<DirectoryView>>> {
    Ok(Json(backend.list_directories().await?))
}

async fn save(
    Caller(backend): Caller,
    Sent(request): Sent<SaveDirectory>,
) -> Answer<Json<DirectoryView>> {
    Ok(Json(backend.save_directory(request).await?))
}

async fn open(Caller(backend): Caller, Named(id): Named<String>) -> Answer<Json<DirectoryView>> {
    Ok(Json(backend.open_directory(id).await?))
}

async fn remove(Caller(backend): Caller, Named(id): Named<String>) -> Answer<StatusCode> {
    backend.delete_directory(id).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn test(Caller(backend): Caller, Named(id): Named<String>) -> Answer<Json<DirectoryTest>> {
    Ok(Json(backend.test_directory(id).await?))
}

async fn units(
    Caller(backend): Caller,
    Named(id): Named<String>,
) -> Answer<Json<Vec<DirectoryUnit>>> {
    Ok(Json(backend.list_units(id).await?))
}

async fn mapping(Caller(backend): Caller, Named(id): Named<String>) -> Answer<Json<MappingView>> {
    Ok(Json(backend.read_mapping(id).await?))
}

async fn save_mapping(
    Caller(backend): Caller,
    Named(id): Named<String>,
    Sent(request): Sent<SaveMapping>,
) -> Answer<Json<MappingView>> {
    Ok(Json(backend.save_mapping(id, request).await?))
}

async fn preview(
    Caller(backend): Caller,
    Named(id): Named<String>,
    Sent(request): Sent<PreviewMapping>,
) -> Answer<Json<MappingPreview>> {
    Ok(Json(backend.preview_mapping(id, request).await?))
}

async fn trial(
    Caller(backend): Caller,
    Named(id): Named<String>,
    Sent(request): Sent<TryMapping>,
) -> Answer<Json<MappingTrial>> {
    Ok(Json(backend.try_mapping(id, request).await?))
}

async fn users(
    Caller(backend): Caller,
    Named(id): Named<String>,
    Asked(query): Asked<DirectoryUserQuery>,
) -> Answer<Json<Vec<serde_json::Value>>> {
    let limit = query.limit.and_then(|limit| i64::try_from(limit).ok());
    page_up_to(limit, 200)?;
    Ok(Json(backend.list_directory_users(id, query).await?))
}

async fn sign_in(
    Caller(backend): Caller,
    Named(id): Named<String>,
    Sent(request): Sent<SignInUser>,
) -> Answer<Json<SignedInUser>> {
    Ok(Json(backend.sign_in_user(id, request).await?))
}

async fn write_back(
    Caller(backend): Caller,
    Named(id): Named<String>,
    Sent(request): Sent<WriteBack>,
) -> Answer<Json<WrittenBack>> {
    Ok(Json(backend.write_back(id, request).await?))
}

async fn waiting(
    Caller(backend): Caller,
    Named(id): Named<String>,
) -> Answer<Json<Vec<WaitingUser>>> {
    Ok(Json(backend.list_waiting_users(id).await?))
}

async fn confirm(
    Caller(backend): Caller,
    Named(id): Named<String>,
    Sent(request): Sent<ConfirmUsers>,
) -> Answer<Json<Vec<WaitingUser>>> {
    Ok(Json(backend.confirm_users(id, request.users).await?))
}

async fn start(
    Caller(backend): Caller,
    Named(id): Named<String>,
    SentOrNothing(request): SentOrNothing<StartImport>,
) -> Answer<Located<DirectoryImport>> {
    let import = backend.start_import(id, request).await?;
    let path = format!("/imports/{}", import.id);
    Ok(located(StatusCode::ACCEPTED, &path, import))
}

async fn imports(
    Caller(backend): Caller,
    Named(id): Named<String>,
) -> Answer<Json<Vec<DirectoryImport>>> {
    Ok(Json(backend.list_imports(id).await?))
}

async fn import(
    Caller(backend): Caller,
    Named(id): Named<String>,
) -> Answer<Json<DirectoryImport>> {
    Ok(Json(backend.open_import(id).await?))
}

async fn lines(
    Caller(backend): Caller,
    Named(id): Named<String>,
    Asked(query): Asked<LineQuery>,
) -> Answer<Json<LinePage>> {
    page_up_to(query.limit, 500)?;
    Ok(Json(backend.list_import_lines(id, query).await?))
}

async fn approve(
    Caller(backend): Caller,
    Named(id): Named<String>,
) -> Answer<Json<DirectoryImport>> {
    Ok(Json(backend.approve_import(id).await?))
}

async fn cancel(
    Caller(backend): Caller,
    Named(id): Named<String>,
) -> Answer<Json<DirectoryImport>> {
    Ok(Json(backend.cancel_import(id).await?))
}
