//! CSV files of tables as streams: rows leave and come in part by part, so that a table of any size passes through a few
//! hundred kilobytes of memory. Pages and `/api/v1` share it; both bind the caller before.

use std::sync::Arc;

use api::{ApiError, Backend, CsvQuery, CsvReport, CsvRows, CsvUpload, ErrorCode, Handle};
use axum::body::{Body, Bytes};
use axum::extract::{Extension, Path, Query};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use flow::TableId;
use futures::StreamExt as _;
use futures::stream;

use crate::csv::{Decoded, Lines, Record, delimiter};
use crate::tables::carry::Report as _;

/// Lines that are written together.
const LINES: usize = 1_000;
/// Largest file: 2 GB.
const MAX_FILE: u64 = 2 << 30;

/// Sends the rows of a table.
pub(crate) async fn download(
    Extension(Handle(backend)): Extension<Handle>,
    Path(id): Path<TableId>,
    Query(query): Query<CsvQuery>,
) -> Response {
    // The first part is made before the answer begins, so that a refusal has its status.
    let first = match backend.csv_part(id.clone(), query.clone(), None).await {
        Ok(part) => part,
        Err(error) => return refuse(error),
    };
    let rest = stream::unfold(first.next, move |next| {
        let (backend, id, query) = (Arc::clone(&backend), id.clone(), query.clone());
        async move {
            let next = next?;
            Some(match backend.csv_part(id, query, Some(next)).await {
                Ok(part) => (Ok(Bytes::from(part.text)), part.next),
                Err(error) => (Err(std::io::Error::other(error.message)), None),
            })
        }
    });
    let first = stream::once(async move { Ok::<Bytes, std::io::Error>(Bytes::from(first.text)) });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"table.csv\"",
        ),
        (header::CACHE_CONTROL, "no-store"),
    ];
    // Who compresses asks once more after the end.
    (headers, Body::from_stream(first.chain(rest).fuse())).into_response()
}

/// Takes the rows of a file into a table. Lines that are wrong are left out and reported.
pub(crate) async fn upload(
    Extension(Handle(backend)): Extension<Handle>,
    Path(id): Path<TableId>,
    Query(upload): Query<CsvUpload>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let is_form = headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/"));
    if is_form {
        return refuse(wrong("Send the file itself as the body, not a form."));
    }
    match take(&*backend, id, upload, body).await {
        Ok(report) => (StatusCode::OK, axum::Json(report)).into_response(),
        Err((error, so_far)) => refuse(said(error, &so_far)),
    }
}

/// Says what happened to the lines before the one at which it ended.
fn said(error: ApiError, report: &CsvReport) -> ApiError {
    if report.added + report.changed == 0 {
        return error;
    }
    ApiError {
        message: format!(
            "{} Before that, {} rows were added and {} changed.",
            error.message, report.added, report.changed
        ),
        ..error
    }
}

async fn take(
    backend: &dyn Backend,
    id: TableId,
    upload: CsvUpload,
    body: Body,
) -> Result<CsvReport, (ApiError, CsvReport)> {
    let mut taker = Taker {
        backend,
        id,
        header: None,
        records: Vec::new(),
        report: CsvReport::default(),
        upload,
    };
    match taker.run(body).await {
        Ok(()) => Ok(taker.report),
        Err(error) => Err((error, taker.report)),
    }
}

struct Taker<'b> {
    backend: &'b dyn Backend,
    id: TableId,
    upload: CsvUpload,
    header: Option<Vec<String>>,
    records: Vec<Record>,
    report: CsvReport,
}

impl Taker<'_> {
    async fn run(&mut self, body: Body) -> Result<(), ApiError> {
        let between = match self.upload.delimiter.as_deref() {
            None | Some("") => None,
            Some(text) => Some(delimiter(text).map_err(wrong)?),
        };
        let mut lines = Lines::new(between);
        let mut decoded = Decoded::new(self.upload.encoding.as_deref()).map_err(wrong)?;
        let mut body = body.into_data_stream();
        let mut size = 0_u64;
        while let Some(piece) = body.next().await {
            let piece = piece.map_err(|_| wrong("The file ended too early. Send it again."))?;
            size += piece.len() as u64;
            if size > MAX_FILE {
                return Err(ApiError::new(
                    ErrorCode::TooLarge,
                    "The file is larger than 2 GB. Send it in parts.",
                ));
            }
            // Small pieces, so that the lines of one piece are not much more than what is written together.
            for piece in piece.chunks(64 << 10) {
                let text = decoded.push(piece, false).map_err(wrong)?;
                let read = lines.push(&text, &mut self.records);
                self.write(false).await?;
                read.map_err(wrong)?;
            }
        }
        let text = decoded.push(&[], true).map_err(wrong)?;
        lines.push(&text, &mut self.records).map_err(wrong)?;
        let read = lines.finish(&mut self.records);
        self.write(true).await?;
        read.map_err(wrong)?;
        if self.header.is_none() {
            return Err(wrong(
                "The file is empty. Its first line must hold names of columns.",
            ));
        }
        Ok(())
    }

    /// Writes the lines that are there, if they are enough or the last ones.
    async fn write(&mut self, is_last: bool) -> Result<(), ApiError> {
        if self.header.is_none() && !self.records.is_empty() {
            let (_, names) = self.records.remove(0);
            let names = names.into_iter().map(Option::unwrap_or_default).collect();
            self.header = Some(names);
            // Refused before the first row where names are wrong.
            self.take_rows(Vec::new()).await?;
        }
        while self.records.len() >= LINES || (is_last && !self.records.is_empty()) {
            let rest = self.records.split_off(self.records.len().min(LINES));
            let rows = std::mem::replace(&mut self.records, rest);
            self.take_rows(rows).await?;
        }
        Ok(())
    }

    async fn take_rows(&mut self, rows: Vec<Record>) -> Result<(), ApiError> {
        let rows = CsvRows {
            upload: self.upload.clone(),
            header: self.header.clone().unwrap_or_default(),
            rows,
        };
        let report = self.backend.csv_rows(self.id.clone(), rows).await?;
        self.report.extend(report);
        Ok(())
    }
}

fn wrong(text: impl Into<String>) -> ApiError {
    ApiError::new(ErrorCode::Invalid, text)
}

fn refuse(error: ApiError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, axum::Json(error)).into_response()
}
