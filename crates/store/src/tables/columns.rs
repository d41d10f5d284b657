//! Columns that are gone: what rows still hold of them.

use flow::TableId;

use super::cells::path;
use crate::dialect::Dialect;
use crate::row::Columns;
use crate::sql::{Sql, quoted};
use crate::{Store, StoreError};

/// Rows that are changed in one transaction, so that others can write in between.
const ROWS: i64 = 10_000;

/// Takes the cells of a column out of all rows of a table, some thousand at a time. The definition has forgotten the column
/// before; so what an interrupted call leaves behind is seen by nobody.
pub async fn forget_cells(store: &Store, table: &TableId, cell: &str) -> Result<(), StoreError> {
    let without = match store.dialect() {
        Dialect::Sqlite => format!("json_remove(cells, {})", path(cell)?),
        Dialect::Postgres => format!("(cells::jsonb - {})::text", quoted(cell)),
    };
    let mut after = String::new();
    loop {
        let mut last =
            Sql::new("select max(id) as last from (select id from data_row where table_id = ");
        last.bind(table.as_str()).push(" and id > ");
        last.bind(after.as_str()).push(" order by id limit ");
        last.bind(ROWS).push(") part");
        let row = last.first(store.pool()).await?;
        let Some(last) = row.map(|row| row.maybe_text("last")).transpose()?.flatten() else {
            return Ok(());
        };
        let mut sql = Sql::new(&format!(
            "update data_row set cells = {without} where table_id = "
        ));
        sql.bind(table.as_str()).push(" and id > ").bind(after);
        sql.push(" and id <= ").bind(last.as_str());
        let mut change = store.change().await?;
        sql.run(&mut *change).await?;
        change.commit().await?;
        after = last;
    }
}
