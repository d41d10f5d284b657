//! Rows as CSV, part by part: out of a table, and into one.

use api::{CsvMode, CsvProblem, CsvReport, CsvRows, CsvUpload};
use flow::{RowId, Value};
use serde_json::{Map, Value as Json};
use store::tables::{self, After, Column, Condition, DataRow, DataTable, Search};
use store::{MAX_PAGE, Store, StoreError};

use super::keys::{self, NotPut};
use super::{cells_for, value_of};
use crate::clock;
use crate::csv::{Record, write_line};

/// Problems that a report names.
pub(crate) const PROBLEMS: usize = 100;
const SYSTEM: [&str; 3] = ["Row ID", "Created", "Updated"];

/// What leaves.
pub(crate) struct Export<'t> {
    pub(crate) table: &'t DataTable,
    /// The columns, in order.
    pub(crate) columns: Vec<&'t Column>,
    pub(crate) condition: Option<Condition>,
    pub(crate) delimiter: u8,
    /// With `Row ID`, `Created` and `Updated`.
    pub(crate) with_system: bool,
    /// Leave out this many rows first.
    pub(crate) offset: u64,
    /// At most this many rows.
    pub(crate) limit: Option<u64>,
}

/// How far an export is.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    after: RowId,
    /// The last row of when it began: what is added meanwhile does not come, so an export ends.
    until: RowId,
    /// Rows that went out.
    count: u64,
}

impl Place {
    /// Reads what [`Place::text`] wrote.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, ' ');
        Some(Self {
            count: parts.next()?.parse().ok()?,
            after: RowId::new(parts.next()?),
            until: RowId::new(parts.next()?),
        })
    }

    /// Writes it for a caller to hand back.
    pub(crate) fn text(&self) -> String {
        format!("{} {} {}", self.count, self.after, self.until)
    }
}

/// Appends the next lines of an export, with the line of names at the beginning. Returns where it goes on.
pub(crate) async fn export_part(
    store: &Store,
    export: &Export<'_>,
    place: Option<Place>,
    into: &mut String,
) -> Result<Option<Place>, StoreError> {
    let is_first = place.is_none();
    if is_first {
        let system = SYSTEM.into_iter().filter(|_| export.with_system);
        let names = export.columns.iter().map(|column| column.name.as_str());
        write_line(into, export.delimiter, system.chain(names).map(Some));
    }
    let (after, until, count) = match place {
        Some(place) => (Some(place.after), place.until, place.count),
        None => match tables::last_id(store, export.table).await? {
            Some(last) => (None, last, 0),
            None => return Ok(None),
        },
    };
    let left = export
        .limit
        .map_or(u64::MAX, |limit| limit.saturating_sub(count));
    let limit = u32::try_from(left).unwrap_or(MAX_PAGE).min(MAX_PAGE);
    if limit == 0 {
        return Ok(None);
    }
    let search = Search {
        condition: export.condition.clone(),
        after: after.map(|row| After {
            value: Json::Null,
            row,
        }),
        until: Some(until.clone()),
        limit,
        offset: if is_first { export.offset } else { 0 },
        ..Search::default()
    };
    let rows = tables::search(store, export.table, &search).await?;
    for row in &rows {
        export.write(row, into);
    }
    let is_last = rows.len() < limit as usize;
    let count = count + rows.len() as u64;
    Ok(rows.last().filter(|_| !is_last).map(|row| Place {
        after: row.id.clone(),
        until,
        count,
    }))
}

impl Export<'_> {
    fn write(&self, row: &DataRow, into: &mut String) {
        let mut fields: Vec<Option<String>> = Vec::with_capacity(self.columns.len() + 3);
        if self.with_system {
            let time = |ms| {
                let date = chrono::DateTime::from_timestamp_millis(ms).map(Value::Date);
                date.map(|date| date.to_text())
            };
            fields.push(Some(row.id.to_string()));
            fields.push(time(row.created_at));
            fields.push(time(row.updated_at));
        }
        fields.extend(self.columns.iter().map(|column| {
            let value = value_of(column, row);
            (!value.is_null()).then(|| value.to_text())
        }));
        write_line(into, self.delimiter, fields.iter().map(Option::as_deref));
    }
}

/// Why lines could not be taken.
pub(crate) enum NotTaken {
    /// The file as a whole is wrong; the sentence says how.
    File(String),
    /// The store could not.
    Store(StoreError),
}

impl From<NotPut> for NotTaken {
    fn from(error: NotPut) -> Self {
        match error {
            NotPut::Given(text) => Self::File(text),
            NotPut::Store(error) => Self::Store(error),
        }
    }
}

/// Returns which column each field of a line is for; nothing where it is to be passed over.
pub(crate) fn fields_of(
    table: &DataTable,
    header: &[String],
) -> Result<Vec<Option<String>>, String> {
    let mut seen = Vec::new();
    header
        .iter()
        .map(|name| {
            let name = name.trim();
            if seen.contains(&name) {
                return Err(format!("The first line names the column «{name}» twice."));
            }
            seen.push(name);
            let known = table.columns.iter().find(|column| column.name == name);
            match known {
                Some(column) => Ok(Some(column.name.clone())),
                None if SYSTEM.contains(&name) => Ok(None),
                None => Err(format!(
                    "The table «{}» has no column «{name}». The first line must hold names of its columns.",
                    table.name
                )),
            }
        })
        .collect()
}

/// Takes lines of a file, all in one transaction; lines that are wrong are left out and reported.
pub(crate) async fn import_lines(
    store: &Store,
    table: &DataTable,
    lines: &CsvRows,
) -> Result<CsvReport, NotTaken> {
    let fields = fields_of(table, &lines.header).map_err(NotTaken::File)?;
    let mut report = CsvReport::default();
    let mut given = Vec::with_capacity(lines.rows.len());
    for record in &lines.rows {
        match cells_of(&fields, record) {
            Ok(cells) => given.push((record.0, cells)),
            Err(message) => report.refuse(record.0, message),
        }
    }
    match lines.upload.mode {
        CsvMode::Add => add(store, table, &given, &mut report).await?,
        CsvMode::Put => put(store, table, &lines.upload, &given, &mut report).await?,
    }
    report.problems.sort_by_key(|problem| problem.line);
    Ok(report)
}

type Given = (u64, Map<String, Json>);

fn cells_of(fields: &[Option<String>], record: &Record) -> Result<Map<String, Json>, String> {
    let values = &record.1;
    if values.len() != fields.len() {
        return Err(format!(
            "The line has {} fields, but the first line has {}.",
            values.len(),
            fields.len()
        ));
    }
    let pairs = fields.iter().zip(values).filter_map(|(name, value)| {
        let value = value.as_deref().map_or(Json::Null, Json::from);
        Some((name.clone()?, value))
    });
    Ok(pairs.collect())
}

async fn add(
    store: &Store,
    table: &DataTable,
    given: &[Given],
    report: &mut CsvReport,
) -> Result<(), NotTaken> {
    let mut rows = Vec::with_capacity(given.len());
    let mut numbers = Vec::with_capacity(given.len());
    for (line, cells) in given {
        match cells_for(table, cells, true) {
            Ok(cells) => {
                let now = clock::now_ms();
                numbers.push(*line);
                rows.push(DataRow {
                    id: RowId::new(clock::row_id()),
                    table: table.id.clone(),
                    cells,
                    created_at: now,
                    updated_at: now,
                });
            }
            Err(message) => report.refuse(*line, message),
        }
    }
    let added = tables::insert_new(store, &rows)
        .await
        .map_err(NotTaken::Store)?;
    report.added += added.len() as u64;
    for (row, line) in rows.iter().zip(numbers) {
        if !added.contains(&row.id) {
            report.refuse(line, StoreError::Duplicate.to_string());
        }
    }
    Ok(())
}

async fn put(
    store: &Store,
    table: &DataTable,
    upload: &CsvUpload,
    given: &[Given],
    report: &mut CsvReport,
) -> Result<(), NotTaken> {
    let named = upload.key.as_deref().unwrap_or_default();
    let columns: Vec<String> = named
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect();
    let key = keys::choose(store, table, &columns).await?;
    let mut puts = Vec::with_capacity(given.len());
    let mut numbers = Vec::with_capacity(given.len());
    for (line, cells) in given {
        match keys::row_to_put(table, &key, cells) {
            Ok(put) => {
                puts.push(put);
                numbers.push(*line);
            }
            Err(message) => report.refuse(*line, message),
        }
    }
    let written = tables::upsert_each(store, table, &key, &puts)
        .await
        .map_err(NotTaken::Store)?;
    for (written, line) in written.into_iter().zip(numbers) {
        match written {
            Ok(written) if written.is_new => report.added += 1,
            Ok(_) => report.changed += 1,
            Err(error) => report.refuse(line, error.to_string()),
        }
    }
    Ok(())
}

/// Notes on a report.
pub(crate) trait Report {
    /// Notes a line that is left out.
    fn refuse(&mut self, line: u64, message: String);
    /// Adds what came of further lines.
    fn extend(&mut self, more: CsvReport);
}

impl Report for CsvReport {
    fn refuse(&mut self, line: u64, message: String) {
        self.refused += 1;
        if self.problems.len() >= PROBLEMS {
            return;
        }
        let column = message
            .strip_prefix("Column «")
            .and_then(|rest| rest.split_once('»'))
            .map(|(name, _)| name.to_owned());
        self.problems.push(CsvProblem {
            line,
            column,
            message,
        });
    }

    fn extend(&mut self, more: CsvReport) {
        self.added += more.added;
        self.changed += more.changed;
        self.refused += more.refused;
        let free = PROBLEMS.saturating_sub(self.problems.len());
        self.problems.extend(more.problems.into_iter().take(free));
    }
}
