//! Tables and their rows.

use api::{
    ColumnChange, NewKeyOfTable, PutReply, PutRow, RowChange, RowIds, RowPage, RowQuery,
    TableChange, TableColumn, TableKey, TableRow, TableUse, TableView,
};
use axum::Json;
use axum::http::StatusCode;
use flow::{FolderId, RowId, TableId};
use serde::{Deserialize, Serialize};

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
        limit: Some(1),
        ..RowQuery::default()
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

/// How many.
#[derive(Serialize)]
pub(super) struct Count {
    count: i64,
}

pub(super) async fn put_row(
    Caller(backend): Caller,
    Named(id): Named<TableId>,
    Sent(put): Sent<PutRow>,
) -> Answer<Json<PutReply>> {
    Ok(Json(backend.put_row(id, put).await?))
}

pub(super) async fn delete_rows(
    Caller(backend): Caller,
    Named(id): Named<TableId>,
    Sent(rows): Sent<RowIds>,
) -> Answer<Json<Count>> {
    let count = backend.delete_rows(id, rows).await?;
    Ok(Json(Count { count }))
}

pub(super) async fn clear(
    Caller(backend): Caller,
    Named(id): Named<TableId>,
) -> Answer<Json<Count>> {
    let count = backend.clear_table(id).await?;
    Ok(Json(Count { count }))
}

pub(super) async fn change(
    Caller(backend): Caller,
    Named(id): Named<TableId>,
    Sent(change): Sent<TableChange>,
) -> Answer<Json<TableView>> {
    Ok(Json(backend.change_table(id, change).await?))
}

pub(super) async fn delete(
    Caller(backend): Caller,
    Named(id): Named<TableId>,
) -> Answer<StatusCode> {
    backend.delete_table(id).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn uses(
    Caller(backend): Caller,
    Named(id): Named<TableId>,
) -> Answer<Json<Vec<TableUse>>> {
    Ok(Json(backend.table_uses(id).await?))
}

pub(super) async fn add_column(
    Caller(backend): Caller,
    Named(id): Named<TableId>,
    Sent(column): Sent<TableColumn>,
) -> Answer<Created<TableView>> {
    Ok(created(backend.add_column(id, column).await?))
}

pub(super) async fn change_column(
    Caller(backend): Caller,
    Named((id, name)): Named<(TableId, String)>,
    Sent(change): Sent<ColumnChange>,
) -> Answer<Json<TableView>> {
    Ok(Json(backend.change_column(id, name, change).await?))
}

pub(super) async fn delete_column(
    Caller(backend): Caller,
    Named((id, name)): Named<(TableId, String)>,
) -> Answer<Json<TableView>> {
    Ok(Json(backend.delete_column(id, name).await?))
}

pub(super) async fn add_key(
    Caller(backend): Caller,
    Named(id): Named<TableId>,
    Sent(key): Sent<NewKeyOfTable>,
) -> Answer<Created<TableKey>> {
    Ok(created(backend.add_table_key(id, key).await?))
}

pub(super) async fn delete_key(
    Caller(backend): Caller,
    Named((id, key)): Named<(TableId, String)>,
) -> Answer<StatusCode> {
    backend.delete_table_key(id, key).await?;
    Ok(StatusCode::NO_CONTENT)
}
