//! The cards that write a table into a CSV file and take one in, part by part.

use std::sync::Arc;

use api::{CsvMode, CsvReport, CsvRows, CsvUpload};
use flow::{Args, CardError, FieldKey, Outputs, Value};
use serde_json::Value as Json;
use store::tables::{Column, DataTable};

use super::{failed, names};
use crate::csv::{Decoded, Lines, Record, delimiter};
use crate::state::Server;
use crate::tables::carry::{Export, NotTaken, Report as _, export_part, import_lines};
use crate::tables::filter;
use crate::work::files::{self, NewFile, Owner};

/// Lines that are written together.
const LINES: usize = 500;

pub(super) async fn export(
    server: &Arc<Server>,
    owner: &Owner,
    table: &DataTable,
    args: &Args,
) -> Result<Outputs, CardError> {
    let wrong = |text: String| CardError::new("table.export", text);
    let whole = |key: &str| {
        let number = args.get("Options", key).as_number()?;
        u64::try_from(number.as_i64()?).ok()
    };
    let chosen = names(args.get("Options", "Columns"));
    let columns: Vec<&Column> = match chosen.is_empty() {
        true => table.columns.iter().collect(),
        false => chosen
            .iter()
            .map(|name| {
                let known = table.columns.iter().find(|column| column.name == *name);
                known.ok_or_else(|| {
                    wrong(format!(
                        "The table «{}» has no column «{name}».",
                        table.name
                    ))
                })
            })
            .collect::<Result<_, _>>()?,
    };
    let given = args.get("Filter", "Where Expression").to_json();
    let condition = filter::condition(table, &given, &|key| args.get("_expr", key).to_json());
    let between = match args.get("Options", "Delimiter").to_text() {
        text if text.is_empty() => ",".to_owned(),
        text => text,
    };
    let export = Export {
        table,
        columns,
        condition: condition.map_err(wrong)?,
        delimiter: delimiter(&between).map_err(wrong)?,
        with_system: false,
        offset: whole("Offset").unwrap_or(0),
        limit: whole("Limit").filter(|limit| *limit > 0),
    };
    let name = args.get("File", "Filename").to_text();
    let mut file = NewFile::begin(server, owner, &name, "text/csv").await?;
    let mut place = None;
    loop {
        let mut text = String::new();
        place = export_part(&server.store, &export, place, &mut text)
            .await
            .map_err(failed)?;
        file.write(text.as_bytes()).await?;
        if place.is_none() {
            break;
        }
    }
    Ok(vec![(
        FieldKey::in_group("CSV", "File Content"),
        file.finish().await?,
    )])
}

pub(super) async fn import(
    server: &Server,
    table: &DataTable,
    args: &Args,
) -> Result<Outputs, CardError> {
    let wrong = |text: String| CardError::new("table.import", text);
    let Value::File(given) = args.get("CSV", "File Content") else {
        return Err(wrong(
            "The field “File Content” needs a file. Connect the output of a card that makes a file.".to_owned(),
        ));
    };
    let option = |key: &str| {
        let text = args.get("Options", key).to_text();
        (!text.is_empty()).then_some(text)
    };
    let upload = CsvUpload {
        mode: match option("Mode").as_deref() {
            Some("put") => CsvMode::Put,
            _ => CsvMode::Add,
        },
        key: Some(names(args.get("Options", "Key Columns")).join(",")),
        delimiter: option("Delimiter"),
        encoding: option("Encoding"),
    };
    let between = match upload.delimiter.as_deref() {
        Some(text) => Some(delimiter(text).map_err(wrong)?),
        None => None,
    };
    let mut decoded = Decoded::new(upload.encoding.as_deref()).map_err(wrong)?;
    let mut taker = Taker {
        server,
        table,
        lines: CsvRows {
            upload,
            header: Vec::new(),
            rows: Vec::new(),
        },
        report: CsvReport::default(),
    };
    let file = files::get(server, &given.key).await?;
    let mut lines = Lines::new(between);
    let mut seq = 0;
    while let Some(part) = store::files::part(&server.store, &file.id, seq)
        .await
        .map_err(failed)?
    {
        for piece in part.chunks(64 << 10) {
            let text = decoded.push(piece, false).map_err(wrong)?;
            lines.push(&text, &mut taker.lines.rows).map_err(wrong)?;
            taker.take(false).await?;
        }
        seq += 1;
    }
    let text = decoded.push(&[], true).map_err(wrong)?;
    lines.push(&text, &mut taker.lines.rows).map_err(wrong)?;
    lines.finish(&mut taker.lines.rows).map_err(wrong)?;
    taker.take(true).await?;
    if taker.lines.header.is_empty() {
        return Err(wrong(
            "The file is empty. Its first line must hold names of columns.".to_owned(),
        ));
    }
    Ok(outputs(&taker.report))
}

struct Taker<'a> {
    server: &'a Server,
    table: &'a DataTable,
    lines: CsvRows,
    report: CsvReport,
}

impl Taker<'_> {
    /// Takes the lines that are there, if they are enough or the last ones.
    async fn take(&mut self, is_last: bool) -> Result<(), CardError> {
        if self.lines.header.is_empty() && !self.lines.rows.is_empty() {
            let (_, names) = self.lines.rows.remove(0);
            self.lines.header = names.into_iter().map(Option::unwrap_or_default).collect();
        }
        while self.lines.rows.len() >= LINES || (is_last && !self.lines.rows.is_empty()) {
            let rest: Vec<Record> = self.lines.rows.split_off(self.lines.rows.len().min(LINES));
            let report = import_lines(&self.server.store, self.table, &self.lines)
                .await
                .map_err(|error| match error {
                    NotTaken::File(text) => CardError::new("table.import", text),
                    NotTaken::Store(error) => failed(error),
                })?;
            self.report.extend(report);
            self.lines.rows = rest;
        }
        Ok(())
    }
}

fn outputs(report: &CsvReport) -> Outputs {
    let count = |count: u64| Value::from(i64::try_from(count).unwrap_or(i64::MAX));
    let errors = report.problems.iter().map(|problem| {
        let column = problem.column.as_deref().map_or(Json::Null, Json::from);
        Value::from_pairs([
            ("line", count(problem.line)),
            ("column", Value::from_json(&column).unwrap_or_default()),
            ("message", Value::text(problem.message.as_str())),
        ])
    });
    let key = |key: &str| FieldKey::in_group("Table", key);
    vec![
        (key("Added Rows"), count(report.added)),
        (key("Changed Rows"), count(report.changed)),
        (key("Refused Lines"), count(report.refused)),
        (key("Errors"), Value::list(errors.collect())),
    ]
}
