//! File cards: download, upload, make, read and delete files.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use connect::{Upload, WebRequest};
use engine::{Answer, Call, Event};
use flow::{Args, CardError, FieldKey, FileRef, Outputs, Value};

use super::traces;
use crate::state::Server;
use crate::work::files::{self, MAX_FILE, NewFile, Owner};

/// What Upload sends at most: it is whole in memory.
const MAX_UPLOAD: u64 = 25 << 20;
/// Text that a card gives.
const MAX_TEXT: u64 = 16 << 20;

pub(super) async fn call(
    server: &Arc<Server>,
    owner: &Owner,
    call: Call,
    record: &(dyn Fn(Event) + Send + Sync),
) -> Result<Answer, CardError> {
    let args = &call.args;
    let outputs = match call.card.method() {
        "largeDownload" => return download(server, owner, &call, record).await,
        "upload" => return upload(server, &call, record).await,
        "info" => info(server, args).await?,
        "create" => create(server, owner, args).await?,
        "read" => read(server, args).await?,
        "delete" => {
            let file = file_of(args)?;
            store::files::delete(&server.store, &file.key)
                .await
                .map_err(|error| files::failed(&error))?;
            Outputs::new()
        }
        other => {
            return Err(CardError::new(
                "card.unavailable",
                format!("The file card {other} is not available here."),
            ));
        }
    };
    Ok(Answer {
        outputs,
        ..Answer::default()
    })
}

fn file_of(args: &Args) -> Result<Arc<FileRef>, CardError> {
    match args.get("File", "File Content") {
        Value::File(file) => Ok(Arc::clone(file)),
        other => Err(CardError::new(
            "file.missing",
            format!(
                "The field “File Content” needs a file, but {} came. Connect the output of a card that makes a file.",
                other.type_name()
            ),
        )),
    }
}

/// What every card that makes a file gives.
fn about(file: Value) -> Outputs {
    let Value::File(known) = &file else {
        return Outputs::new();
    };
    let name = Value::text(known.name.as_str());
    let size = Value::from(i64::try_from(known.size).unwrap_or(i64::MAX));
    vec![
        (FieldKey::in_group("File", "File Content"), file),
        (FieldKey::in_group("File", "Filename"), name),
        (FieldKey::in_group("File", "Size"), size),
    ]
}

async fn download(
    server: &Arc<Server>,
    owner: &Owner,
    call: &Call,
    record: &(dyn Fn(Event) + Send + Sync),
) -> Result<Answer, CardError> {
    let args = &call.args;
    let request = WebRequest {
        method: "GET".to_owned(),
        url: args.get("Location", "URL").to_text(),
        query: pairs(args, "Query"),
        headers: pairs(args, "Headers"),
        body: None,
        media_type: None,
    };
    let (result, attempts) = server.web.open(&request, MAX_FILE).await;
    let path = path_of(&request.url);
    let trace = traces("GET", &path, &attempts, call.attempt);
    let kept = async {
        let mut from = result?;
        let media_type = from
            .header("content-type")
            .unwrap_or_else(|| "application/octet-stream".to_owned());
        let name = name_of(from.header("content-disposition").as_deref(), from.path());
        let mut file = NewFile::begin(server, owner, &name, &media_type).await?;
        while let Some(bytes) = from.next().await? {
            file.write(&bytes).await?;
        }
        file.finish().await
    };
    match kept.await {
        Ok(file) => Ok(Answer {
            outputs: about(file),
            page: None,
            trace,
        }),
        Err(error) => {
            trace.into_iter().for_each(|call| record(Event::Call(call)));
            Err(error)
        }
    }
}

/// What the user added: inputs of this group, and the keys of the object of this name.
fn pairs(args: &Args, group: &str) -> Vec<(String, String)> {
    let whole = args.get("Location", group);
    let whole = whole.as_object().into_iter().flatten();
    whole
        .map(|(name, value)| (name.to_string(), value.to_text()))
        .chain(
            args.group(group)
                .into_iter()
                .map(|(name, value)| (name.to_string(), value.to_text())),
        )
        .collect()
}

fn path_of(url: &str) -> String {
    url::Url::parse(url)
        .map(|url| url.path().to_owned())
        .unwrap_or_default()
}

/// The name that the service gives (RFC 6266), else the end of the path.
fn name_of(disposition: Option<&str>, path: &str) -> String {
    let decoded = |text: &str| {
        url::form_urlencoded::parse(format!("n={}", text.replace('+', "%2B")).as_bytes())
            .next()
            .map(|(_, name)| name.into_owned())
            .unwrap_or_default()
    };
    let given = disposition.and_then(|text| {
        let part = |name: &str| {
            text.split(';').find_map(|part| {
                let (key, value) = part.trim().split_once('=')?;
                key.eq_ignore_ascii_case(name)
                    .then(|| value.trim().trim_matches('"').to_owned())
            })
        };
        part("filename*")
            .and_then(|value| {
                let (charset, rest) = value.split_once('\'')?;
                let (_, encoded) = rest.split_once('\'')?;
                charset
                    .eq_ignore_ascii_case("utf-8")
                    .then(|| decoded(encoded))
            })
            .or_else(|| part("filename"))
    });
    match given {
        Some(name) if !name.is_empty() => name,
        _ => match path.rsplit('/').next() {
            Some(end) if !end.is_empty() => decoded(end),
            _ => "download".to_owned(),
        },
    }
}

async fn upload(
    server: &Arc<Server>,
    call: &Call,
    record: &(dyn Fn(Event) + Send + Sync),
) -> Result<Answer, CardError> {
    let args = &call.args;
    let reference = file_of(args)?;
    let file = files::get(server, &reference.key).await?;
    let content = files::content(server, &file, MAX_UPLOAD).await?;
    let method = match args.get("Location", "Method").to_text().as_str() {
        "POST" => "POST",
        _ => "PUT",
    };
    let sent = Upload {
        method: method.to_owned(),
        url: args.get("Location", "URL").to_text(),
        headers: pairs(args, "Headers"),
        media_type: file.media_type.clone(),
        content,
    };
    let (result, attempts) = server.web.upload(sent).await;
    let path = path_of(&args.get("Location", "URL").to_text());
    let trace = traces(method, &path, &attempts, call.attempt);
    let answered = result.and_then(|reply| {
        let reply = cards::HttpReply {
            status: reply.status,
            headers: reply.headers,
            body: reply.body,
        };
        cards::http::outputs(&flow::CardKey::new("httpfunctions", "raw"), args, &reply)
    });
    match answered {
        Ok(outputs) => Ok(Answer {
            outputs,
            page: None,
            trace,
        }),
        Err(error) => {
            trace.into_iter().for_each(|call| record(Event::Call(call)));
            Err(error)
        }
    }
}

async fn info(server: &Server, args: &Args) -> Result<Outputs, CardError> {
    let file = files::get(server, &file_of(args)?.key).await?;
    let ending = file.name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let date =
        |ms: i64| DateTime::<Utc>::from_timestamp_millis(ms).map_or(Value::Null, Value::Date);
    let of = |key: &str| FieldKey::in_group("File", key);
    Ok(vec![
        (of("Filename"), Value::text(file.name.as_str())),
        (of("Extension"), Value::text(ending)),
        (of("Size"), Value::from(file.size)),
        (of("Media Type"), Value::text(file.media_type.as_str())),
        (of("Created"), date(file.created_at)),
        (of("Updated"), date(file.updated_at)),
    ])
}

async fn create(server: &Arc<Server>, owner: &Owner, args: &Args) -> Result<Outputs, CardError> {
    let text = args.get("File", "Text").to_text();
    let is_base64 = args.get("File", "Encoding").to_text() == "base64";
    let bytes = if is_base64 {
        let compact: String = text.split_whitespace().collect();
        STANDARD.decode(compact).map_err(|error| {
            CardError::new(
                "not_base64",
                format!(
                    "The text is not Base64: {error}. Choose the encoding “text” for other texts."
                ),
            )
        })?
    } else {
        text.into_bytes()
    };
    let name = args.get("File", "Filename").to_text();
    let media_type = match args.get("File", "Media Type").to_text() {
        given if !given.trim().is_empty() => given,
        _ => media_type_of(&name).to_owned(),
    };
    let mut file = NewFile::begin(server, owner, &name, &media_type).await?;
    file.write(&bytes).await?;
    Ok(about(file.finish().await?))
}

/// What the ending of a name says.
fn media_type_of(name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending.to_ascii_lowercase().as_str() {
        "csv" => "text/csv",
        "json" | "flow" | "folder" | "flopack" => "application/json",
        "xml" => "application/xml",
        "html" | "htm" => "text/html",
        "pdf" => "application/pdf",
        "txt" | "log" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

async fn read(server: &Server, args: &Args) -> Result<Outputs, CardError> {
    let file = files::get(server, &file_of(args)?.key).await?;
    let bytes = files::content(server, &file, MAX_TEXT).await?;
    let text = if args.get("File", "Encoding").to_text() == "base64" {
        STANDARD.encode(bytes)
    } else {
        let text = String::from_utf8(bytes).map_err(|_| {
            CardError::new(
                "not_text",
                "The file is not UTF-8 text. Choose the encoding “base64”.",
            )
        })?;
        // The mark at the beginning of files that other programs write.
        text.strip_prefix('\u{feff}')
            .map(str::to_owned)
            .unwrap_or(text)
    };
    Ok(vec![(
        FieldKey::in_group("File", "Text"),
        Value::from(text),
    )])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_download_is_named_by_the_service_or_by_its_path() {
        for (disposition, path, name) in [
            (Some("attachment; filename=\"a b.csv\""), "/x", "a b.csv"),
            (
                Some("attachment; filename=plain.txt; filename*=UTF-8''%E6%B5%81%20a+b.txt"),
                "/x",
                "流 a+b.txt",
            ),
            (Some("inline"), "/files/report%201.pdf", "report 1.pdf"),
            (None, "/", "download"),
        ] {
            assert_eq!(name_of(disposition, path), name);
        }
    }
}
