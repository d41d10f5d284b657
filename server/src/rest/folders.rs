//! Folders, and where flows and tables lie in them.

use api::{
    DeleteFolder, FlowQuery, FlowRow, Folder, FolderChange, FolderContents, MoveInto, NewCopy,
    NewFolder, TableView,
};
use axum::Json;
use axum::http::StatusCode;
use flow::{FlowId, FolderId, TableId};

use super::answer::{Answer, Created, Located, created, located};
use super::ask::{Asked, Caller, Named, Sent, SentOrNothing};
use super::route::Shape::{Many, One};
use super::route::{Route, delete as deletes, get, patch, post, put};
use super::schema::text;

const OK: StatusCode = StatusCode::OK;
const CREATED: StatusCode = StatusCode::CREATED;

/// Returns the routes about folders.
pub(super) fn routes() -> [Route; 10] {
    [
        get("/folders", "listFolders", "Lists all folders.", list).answers(OK, Many("Folder")),
        post("/folders", "createFolder", CREATE, create)
            .takes("NewFolder")
            .answers(CREATED, One("Folder")),
        patch(
            "/folders/{id}",
            "changeFolder",
            "Changes name or description of a folder.",
            change,
        )
        .takes("FolderChange")
        .answers(OK, One("Folder")),
        put("/folders/{id}/place", "moveFolder", MOVE, relocate)
            .takes("MoveInto")
            .answers(OK, One("Folder")),
        get(
            "/folders/{id}/contents",
            "countFolder",
            "Counts what is in a folder and below it, and what stops when it is deleted.",
            contents,
        )
        .answers(OK, One("FolderContents")),
        deletes("/folders/{id}", "deleteFolder", DELETE, delete)
            .asks(
                "name",
                text(""),
                "The name of the folder; needed where flows are in it.",
            )
            .answers(OK, One("FolderContents")),
        post("/folders/{id}/copies", "duplicateFolder", COPY, duplicate)
            .may_take("NewCopy")
            .answers(CREATED, One("Folder")),
        put(
            "/flows/{id}/place",
            "moveFlow",
            "Moves a flow into another folder.",
            move_flow,
        )
        .takes("MoveInto")
        .answers(OK, One("FlowRow")),
        post(
            "/flows/{id}/copies",
            "duplicateFlow",
            "Copies the draft of a flow into a new flow, which is off.",
            duplicate_flow,
        )
        .may_take("NewCopy")
        .answers(CREATED, One("FlowRow")),
        put(
            "/tables/{id}/place",
            "moveTable",
            "Moves a table into another folder.",
            move_table,
        )
        .takes("MoveInto")
        .answers(OK, One("Table")),
    ]
}

const CREATE: &str = "Makes a folder. Folders nest 5 levels deep at most.";
const MOVE: &str = "Moves a folder with everything below it. A conflict where it would be inside itself or too deep.";
const DELETE: &str = "Deletes a folder with its subfolders, flows and tables. Tables that flows elsewhere use move up.";
const COPY: &str = "Copies a folder beside itself: subfolders, flows (off) and tables without rows. What refers to \
    something inside refers to its copy.";

async fn list(Caller(backend): Caller) -> Answer<Json<Vec<Folder>>> {
    let list = backend.list_flows(FlowQuery::default()).await?;
    Ok(Json(list.folders))
}

async fn create(Caller(backend): Caller, Sent(new): Sent<NewFolder>) -> Answer<Created<Folder>> {
    Ok(created(backend.create_folder(new).await?))
}

async fn change(
    Caller(backend): Caller,
    Named(id): Named<FolderId>,
    Sent(change): Sent<FolderChange>,
) -> Answer<Json<Folder>> {
    Ok(Json(backend.change_folder(id, change).await?))
}

async fn relocate(
    Caller(backend): Caller,
    Named(id): Named<FolderId>,
    Sent(to): Sent<MoveInto>,
) -> Answer<Json<Folder>> {
    Ok(Json(backend.move_folder(id, to).await?))
}

async fn contents(
    Caller(backend): Caller,
    Named(id): Named<FolderId>,
) -> Answer<Json<FolderContents>> {
    Ok(Json(backend.folder_contents(id).await?))
}

async fn delete(
    Caller(backend): Caller,
    Named(id): Named<FolderId>,
    Asked(request): Asked<DeleteFolder>,
) -> Answer<Json<FolderContents>> {
    Ok(Json(backend.delete_folder(id, request).await?))
}

async fn duplicate(
    Caller(backend): Caller,
    Named(id): Named<FolderId>,
    SentOrNothing(copy): SentOrNothing<NewCopy>,
) -> Answer<Created<Folder>> {
    Ok(created(backend.duplicate_folder(id, copy).await?))
}

async fn move_flow(
    Caller(backend): Caller,
    Named(id): Named<FlowId>,
    Sent(to): Sent<MoveInto>,
) -> Answer<Json<FlowRow>> {
    Ok(Json(backend.move_flow(id, to).await?))
}

async fn duplicate_flow(
    Caller(backend): Caller,
    Named(id): Named<FlowId>,
    SentOrNothing(copy): SentOrNothing<NewCopy>,
) -> Answer<Located<FlowRow>> {
    let row = backend.duplicate_flow(id, copy).await?;
    Ok(located(CREATED, &format!("/flows/{}", row.id), row))
}

async fn move_table(
    Caller(backend): Caller,
    Named(id): Named<TableId>,
    Sent(to): Sent<MoveInto>,
) -> Answer<Json<TableView>> {
    Ok(Json(backend.move_table(id, to).await?))
}
