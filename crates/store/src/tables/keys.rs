//! Keys of tables: columns by which rows are found fast, and of which, where the key is unique, no two rows have the same
//! values. The database keeps them, by an index on expressions over the rows of the one table, so they hold whoever writes.
//!
//! A row that lacks one of the values is like no other row.

use flow::TableId;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::cells::{Place, cell};
use super::{Column, DataTable};
use crate::dialect::Dialect;
use crate::row::{Columns, to_json};
use crate::sql::{Sql, bind, quoted};
use crate::{Store, StoreError};

/// A key of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableKey {
    /// Its id.
    pub id: String,
    /// The table.
    pub table: TableId,
    /// The names of the cells, as [`Column::cell`] gives them, in order.
    pub cells: Vec<String>,
    /// No two rows have the same values.
    pub is_unique: bool,
    /// When it was made.
    pub created_at: i64,
}

/// Names of these indexes begin so.
pub(crate) const PREFIX: &str = "table_key_";

impl TableKey {
    /// Returns the name of its index.
    pub(super) fn index(&self) -> String {
        let safe: String = self
            .id
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        format!("{PREFIX}{}", safe.to_ascii_lowercase())
    }

    /// Returns the values that no two rows share, as a list of expressions.
    pub(super) fn values(&self, dialect: Dialect, table: &DataTable) -> Result<String, StoreError> {
        let values = self
            .cells
            .iter()
            .map(|name| {
                let column = table.columns.iter().find(|column| column.cell() == name);
                let column: &Column = column.ok_or(StoreError::not_found("column"))?;
                let value = cell(dialect, name, column.ty)?;
                // PostgreSQL finds the index of `on conflict` by a collation that stands outside of the expression.
                let inner = value
                    .strip_suffix(')')
                    .and_then(|text| text.strip_prefix('('));
                Ok(match inner {
                    Some(inner) if inner.ends_with("collate \"C\"") => inner.to_owned(),
                    _ => value,
                })
            })
            .collect::<Result<Vec<String>, StoreError>>()?;
        Ok(values.join(", "))
    }
}

/// Returns the keys of a table, oldest first.
pub async fn list_keys(store: &Store, table: &TableId) -> Result<Vec<TableKey>, StoreError> {
    let mut sql = Sql::new(
        "select id, table_id, cells, is_unique, created_at from data_key where table_id = ",
    );
    sql.bind(table.as_str()).push(" order by id");
    let rows = sql.all(store.pool()).await?;
    rows.iter()
        .map(|row| {
            Ok(TableKey {
                id: row.text("id")?,
                table: row.id("table_id")?,
                cells: row.json("cells")?,
                is_unique: row.flag("is_unique")?,
                created_at: row.number("created_at")?,
            })
        })
        .collect()
}

/// Adds a key. [`StoreError::Duplicate`] where it is unique and rows share values already.
pub async fn add_key(store: &Store, table: &DataTable, key: &TableKey) -> Result<(), StoreError> {
    let values = key.values(store.dialect(), table)?;
    let mut sql =
        Sql::new("insert into data_key (id, table_id, cells, is_unique, created_at) values (");
    bind!(
        sql,
        key.id.as_str(),
        key.table.as_str(),
        to_json(&key.cells)?,
        i64::from(key.is_unique),
        key.created_at,
    );
    sql.push(")");
    let (unique, last) = match key.is_unique {
        true => ("unique ", ""),
        false => ("", ", id"),
    };
    let index = format!(
        "create {unique}index {} on data_row ({values}{last}) where table_id = {}",
        key.index(),
        quoted(table.id.as_str()),
    );
    let mut change = store.change().await?;
    sql.run(&mut *change).await?;
    sqlx::query(AssertSqlSafe(index))
        .execute(&mut *change)
        .await?;
    change.commit().await
}

/// Removes a key.
pub async fn delete_key(store: &Store, key: &TableKey) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    let gone = sqlx::query("delete from data_key where id = $1 and table_id = $2")
        .bind(&key.id)
        .bind(key.table.as_str())
        .execute(&mut *change)
        .await?;
    if gone.rows_affected() == 0 {
        return Err(StoreError::not_found("key"));
    }
    drop_index(&mut change, key).await?;
    change.commit().await
}

/// Removes the indexes of all keys of a table, which is about to go.
pub(super) async fn drop_all(
    change: &mut AnyConnection,
    table: &TableId,
) -> Result<(), StoreError> {
    let rows = sqlx::query("select id from data_key where table_id = $1")
        .bind(table.as_str())
        .fetch_all(&mut *change)
        .await?;
    for row in &rows {
        let key = TableKey {
            id: row.text("id")?,
            table: table.clone(),
            cells: Vec::new(),
            is_unique: false,
            created_at: 0,
        };
        drop_index(change, &key).await?;
    }
    Ok(())
}

async fn drop_index(change: &mut AnyConnection, key: &TableKey) -> Result<(), StoreError> {
    let statement = format!("drop index if exists {}", key.index());
    sqlx::query(AssertSqlSafe(statement))
        .execute(change)
        .await?;
    Ok(())
}

/// Returns values that several rows share in these columns, a few of them, as texts in the order of the columns.
pub async fn duplicates(
    store: &Store,
    table: &DataTable,
    columns: &[String],
) -> Result<Vec<Vec<String>>, StoreError> {
    let dialect = store.dialect();
    let mut texts = Vec::new();
    let mut present = String::new();
    for name in columns {
        let place = Place::named(table, name)?;
        texts.push(place.text(dialect)?);
        present.push_str(&format!(" and {} is not null", place.value(dialect)?));
    }
    let list: Vec<String> = texts
        .iter()
        .enumerate()
        .map(|(number, text)| format!("{text} as v{number}"))
        .collect();
    let numbers: Vec<String> = (1..=texts.len()).map(|number| number.to_string()).collect();
    let sql = Sql::new(&format!(
        "select {} from data_row where table_id = {}{present} group by {} having count(*) > 1 limit 3",
        list.join(", "),
        quoted(table.id.as_str()),
        numbers.join(", "),
    ));
    let rows = sql.all(store.pool()).await?;
    rows.iter()
        .map(|row| {
            (0..texts.len())
                .map(|number| row.text(&format!("v{number}")))
                .collect()
        })
        .collect()
}
