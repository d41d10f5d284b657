//! Rows as CSV: parts that leave, and lines that come in.

use api::{ApiError, CsvPart, CsvQuery, CsvReport, CsvRows};
use flow::TableId;

use super::super::{Caller, Right};
use super::{condition, found};
use crate::csv::delimiter;
use crate::error::{from_store, invalid};
use crate::tables::carry::{Export, NotTaken, Place, export_part, import_lines};

/// Text of one part, about.
const PART: usize = 256 << 10;

pub(in super::super) async fn csv_part(
    caller: &Caller,
    id: TableId,
    query: CsvQuery,
    next: Option<String>,
) -> Result<CsvPart, ApiError> {
    caller.need(Right::Read)?;
    let table = found(caller, &id).await?;
    let mut text = String::new();
    let mut place = match next {
        Some(next) => Some(
            Place::parse(&next).ok_or_else(|| invalid("The place in the table cannot be read."))?,
        ),
        None => None,
    };
    if place.is_none() && query.bom {
        text.push('\u{feff}');
    }
    let export = Export {
        columns: table.columns.iter().collect(),
        condition: condition(&table, query.filter.as_deref(), query.text.as_deref())?,
        delimiter: delimiter(query.delimiter.as_deref().unwrap_or(",")).map_err(invalid)?,
        with_system: query.system,
        offset: 0,
        limit: None,
        table: &table,
    };
    loop {
        place = export_part(&caller.server.store, &export, place, &mut text)
            .await
            .map_err(from_store)?;
        if place.is_none() || text.len() >= PART {
            break;
        }
    }
    Ok(CsvPart {
        text,
        next: place.map(|place| place.text()),
    })
}

pub(in super::super) async fn csv_rows(
    caller: &Caller,
    id: TableId,
    rows: CsvRows,
) -> Result<CsvReport, ApiError> {
    caller.need(Right::Edit)?;
    let table = found(caller, &id).await?;
    import_lines(&caller.server.store, &table, &rows)
        .await
        .map_err(|error| match error {
            NotTaken::File(text) => invalid(text),
            NotTaken::Store(error) => from_store(error),
        })
}
