//! Tables and their rows.

use api::{RowChange, RowPage, RowQuery, TableColumn, TableRow, TableView};
use axum::Json;
use axum::http::StatusCode;
use flow::{FolderId, RowId, TableId};
use serde::Deserialize;

use super::answer::{Answer, Created, Located, created, located};
use super::ask::{Asked, Caller, Named, Sent, page_up_to};

/// Makes a table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewTable {
    name: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    folder: Option<FolderId>,
    columns: Vec<TableColumn>,
}

pub(super) async fn list(Caller(backend): Caller) -> Answer<Json<Vec<TableView>>> {
    Ok(Json(backend.list_tables().await?))
}

pub(super) async fn create(
    Caller(backend): Caller,
    Sent(new): Sent<NewTable>,
) -> Answer<Located<TableView>> {
    let wanted = TableView {
        id: TableId::new(""),
        folder: new.folder,
        name: new.name,
        description: new.description,
        columns: new.columns,
        rows: 0,
    };
    let made = backend.create_table(wanted).await?;
    Ok(located(
        StatusCode::CREATED,
        &format!("/tables/{}", made.id),
        made,
    ))
}

pub(super) async fn open(
    Caller(backend): Caller,
    Named(id): Named<TableId>,
) -> Answer<Json<TableView>> {
    let one = RowQuery {
        offset: 0,
        limit: Some(1),
    };
    Ok(Json(backend.list_rows(id, one).await?.table))
}

pub(super) async fn list_rows(
    Caller(backend): Caller,
    Named(id): Named<TableId>,
    Asked(query): Asked<RowQuery>,
) -> Answer<Json<RowPage>> {
    page_up_to(query.limit, 1_000)?;
    Ok(Json(backend.list_rows(id, query).await?))
}

pub(super) async fn insert_row(
    Caller(backend): Caller,
    Named(id): Named<TableId>,
    Sent(change): Sent<RowChange>,
) -> Answer<Created<TableRow>> {
    Ok(created(backend.insert_row(id, change).await?))
}

pub(super) async fn update_row(
    Caller(backend): Caller,
    Named((id, row)): Named<(TableId, RowId)>,
    Sent(change): Sent<RowChange>,
) -> Answer<Json<TableRow>> {
    Ok(Json(backend.update_row(id, row, change).await?))
}

pub(super) async fn delete_row(
    Caller(backend): Caller,
    Named((id, row)): Named<(TableId, RowId)>,
) -> Answer<StatusCode> {
    backend.delete_row(id, row).await?;
    Ok(StatusCode::NO_CONTENT)
}
