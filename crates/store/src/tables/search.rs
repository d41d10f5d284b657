//! Finding rows of a table: the database compares and sorts, so a big table is never read into memory.
//!
//! Rows that a sort leaves apart, because they have no value, come last either way: they are a second part, asked for when
//! the first one ends. So an index on the column serves both directions.

use flow::RowId;
use serde_json::Value as Json;

use super::cells::Place;
use super::condition::{Compare, Condition, Operator, bind_value, bound, narrow};
use super::keys::{self, TableKey};
use super::rows::{COLUMNS, DataRow, read};
use super::{ColumnType, DataTable};
use crate::dialect::Dialect;
use crate::row::Columns;
use crate::sql::{Sql, quoted};
use crate::{MAX_PAGE, Store, StoreError};

/// Which rows to find.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// What must hold; absent for all rows.
    pub condition: Option<Condition>,
    /// In which order; without it in the order in which they were made.
    pub sort: Option<Sort>,
    /// Only what comes after this row in that order; it need not exist any more.
    pub after: Option<After>,
    /// Only rows up to this one, in the order in which they were made.
    pub until: Option<RowId>,
    /// At most this many, [`MAX_PAGE`] at the most.
    pub limit: u32,
    /// Leave out this many first.
    pub offset: u64,
}

/// The order of the rows. Rows without a value come last either way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The name of the column.
    pub column: String,
    /// From the greatest to the least.
    pub is_descending: bool,
}

/// A row as a place in an order.
#[derive(Clone, Debug, PartialEq)]
pub struct After {
    /// What it has in the column that is sorted by; null where it has nothing or nothing is sorted.
    pub value: Json,
    /// Its id.
    pub row: RowId,
}

/// One part of the rows that are sought.
struct Part<'a> {
    dialect: Dialect,
    table: &'a DataTable,
    search: &'a Search,
    /// By what is sorted: the expression, its type, and which way.
    sort: Option<(String, ColumnType, bool)>,
    /// The index to use, of SQLite only: it has no statistics that would tell it.
    index: Option<String>,
}

/// Returns the rows of a table that a search finds.
pub async fn search(
    store: &Store,
    table: &DataTable,
    search: &Search,
) -> Result<Vec<DataRow>, StoreError> {
    bound(search.condition.as_ref())?;
    let dialect = store.dialect();
    let keys = keys::list_keys(store, &table.id).await?;
    let sort = match &search.sort {
        Some(sort) => {
            let place = Place::named(table, &sort.column)?;
            Some((place.value(dialect)?, place.ty(), sort.is_descending))
        }
        None => None,
    };
    let part = Part {
        dialect,
        table,
        search,
        sort,
        index: index(dialect, table, search, &keys),
    };
    let limit = search.limit.clamp(1, MAX_PAGE);
    if part.sort.is_none() {
        return part.rows(store, limit, search.offset, false).await;
    }
    let is_past = search
        .after
        .as_ref()
        .is_some_and(|after| after.value.is_null());
    let mut rows = match is_past {
        true => Vec::new(),
        false => part.rows(store, limit, search.offset, false).await?,
    };
    let found = u32::try_from(rows.len()).unwrap_or(limit);
    if found < limit {
        let before = match (is_past, rows.is_empty() && search.offset > 0) {
            (true, _) => 0,
            (false, true) => part.count(store).await?,
            (false, false) => search.offset + u64::from(found),
        };
        let offset = search.offset.saturating_sub(before);
        rows.extend(part.rows(store, limit - found, offset, true).await?);
    }
    Ok(rows)
}

/// Returns how many rows of a table meet a condition.
pub async fn count(
    store: &Store,
    table: &DataTable,
    condition: Option<&Condition>,
) -> Result<i64, StoreError> {
    bound(condition)?;
    let search = Search {
        condition: condition.cloned(),
        ..Search::default()
    };
    let index = match condition {
        Some(_) => {
            let keys = keys::list_keys(store, &table.id).await?;
            index(store.dialect(), table, &search, &keys)
        }
        None => None,
    };
    let part = Part {
        dialect: store.dialect(),
        table,
        search: &search,
        sort: None,
        index,
    };
    Ok(i64::try_from(part.count(store).await?).unwrap_or(i64::MAX))
}

/// Returns the id of the row that was made last.
pub async fn last_id(store: &Store, table: &DataTable) -> Result<Option<RowId>, StoreError> {
    let mut sql = Sql::new("select id from data_row where table_id = ");
    sql.bind(table.id.as_str())
        .push(" order by id desc limit 1");
    let row = sql.first(store.pool()).await?;
    row.map(|row| row.id("id")).transpose()
}

impl Part<'_> {
    /// Reads rows; with `without`, those that have nothing to sort by, in the order in which they were made.
    async fn rows(
        &self,
        store: &Store,
        limit: u32,
        offset: u64,
        without: bool,
    ) -> Result<Vec<DataRow>, StoreError> {
        let mut sql = self.begun(COLUMNS)?;
        if let Some((value, ..)) = &self.sort {
            sql.push(" and ").push(value);
            sql.push(if without { " is null" } else { " is not null" });
        }
        if let Some(after) = &self.search.after {
            self.push_after(&mut sql, after, without);
        }
        sql.push(" order by ");
        if let Some((value, _, is_descending)) = self.sort.as_ref().filter(|_| !without) {
            sql.push(value);
            sql.push(if *is_descending { " desc, " } else { ", " });
        }
        sql.push("id limit ").bind(i64::from(limit));
        sql.push(" offset ")
            .bind(i64::try_from(offset).unwrap_or(i64::MAX));
        sql.all(store.pool()).await?.iter().map(read).collect()
    }

    fn push_after(&self, sql: &mut Sql, after: &After, without: bool) {
        let sort = self.sort.as_ref().filter(|_| !without);
        let Some((value, ty, is_descending)) = sort else {
            // The second part begins anew for a row of the first one.
            if self.sort.is_none() || after.value.is_null() {
                sql.push(" and id > ").bind(after.row.as_str());
            }
            return;
        };
        let (past, same) = if *is_descending {
            (" < ", " <= ")
        } else {
            (" > ", " >= ")
        };
        sql.push(" and ").push(value).push(same);
        if !bind_value(sql, *ty, &after.value) {
            sql.push("null");
        }
        sql.push(" and (").push(value).push(past);
        if !bind_value(sql, *ty, &after.value) {
            sql.push("null");
        }
        sql.push(" or id > ").bind(after.row.as_str()).push(")");
    }

    /// Counts the rows, only those that have something to sort by where there is a sort.
    async fn count(&self, store: &Store) -> Result<u64, StoreError> {
        let mut sql = self.begun("count(*) as found")?;
        if let Some((value, ..)) = &self.sort {
            sql.push(" and ").push(value).push(" is not null");
        }
        let row = sql
            .first(store.pool())
            .await?
            .ok_or(StoreError::not_found("table"))?;
        Ok(u64::try_from(row.number("found")?).unwrap_or(0))
    }

    /// Begins the statement, with the rows of the table that meet the condition.
    fn begun(&self, what: &str) -> Result<Sql, StoreError> {
        let mut sql = Sql::new(&format!("select {what} from data_row"));
        if let Some(index) = &self.index {
            sql.push(" indexed by ").push(index);
        }
        sql.push(" where table_id = ")
            .push(&quoted(self.table.id.as_str()));
        if let Some(until) = &self.search.until {
            sql.push(" and id <= ").bind(until.as_str());
        }
        narrow(
            &mut sql,
            self.dialect,
            self.table,
            self.search.condition.as_ref(),
        )?;
        Ok(sql)
    }
}

/// Returns the index by which SQLite should find the rows: one whose first column must equal something, else the one
/// that has the order.
fn index(
    dialect: Dialect,
    table: &DataTable,
    search: &Search,
    keys: &[TableKey],
) -> Option<String> {
    if dialect == Dialect::Postgres || keys.is_empty() {
        return None;
    }
    let cell_of = |name: &str| {
        let column = table.columns.iter().find(|column| column.name == name);
        column.map(super::Column::cell)
    };
    let equal: Vec<&str> = equals(search.condition.as_ref())
        .into_iter()
        .filter_map(cell_of)
        .collect();
    let fits = |key: &&TableKey| {
        key.cells
            .first()
            .is_some_and(|cell| equal.contains(&cell.as_str()))
    };
    let covers = |key: &&TableKey| {
        let known = key
            .cells
            .iter()
            .filter(|cell| equal.contains(&cell.as_str()));
        known.count()
    };
    let by_value = keys.iter().filter(fits).max_by_key(covers);
    let by_order = || {
        let cell = cell_of(&search.sort.as_ref()?.column)?;
        keys.iter()
            .find(|key| key.cells.first().is_some_and(|first| first == cell))
    };
    by_value.or_else(by_order).map(TableKey::index)
}

/// Returns the columns that must equal something.
fn equals(condition: Option<&Condition>) -> Vec<&str> {
    match condition {
        Some(Condition::Compare(Compare {
            column,
            operator: Operator::Equal,
            value,
        })) if !value.is_null() && value.as_str() != Some("") => vec![column],
        Some(Condition::All(parts)) => parts.iter().flat_map(|part| equals(Some(part))).collect(),
        _ => Vec::new(),
    }
}
