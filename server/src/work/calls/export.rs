//! Export Flow and Export Folder: a pack as a file.

use std::sync::Arc;

use engine::{Answer, Call};
use flow::{Args, CardError, FieldKey, FlowId, FolderId, Value};
use serde::Serialize as _;
use serde_json::Value as Json;
use serde_json::ser::{PrettyFormatter, Serializer};

use crate::packing::{self, PackingError};
use crate::state::Server;
use crate::work::files::{NewFile, Owner};

pub(super) async fn call(
    server: &Arc<Server>,
    owner: &Owner,
    call: Call,
) -> Result<Answer, CardError> {
    let args = &call.args;
    let (name, pack, ending) = match call.card.method() {
        "exportFlo" => {
            let id = FlowId::new(args.get("", "flo").to_text());
            let (name, pack) = packing::flow(&server.store, &id).await.map_err(refused)?;
            (name, pack, "flow")
        }
        "exportFolder" => {
            let id = FolderId::new(args.get("", "folder").to_text());
            let (name, pack) = packing::folder(&server.store, &id).await.map_err(refused)?;
            (name, pack, "folder")
        }
        other => {
            return Err(CardError::new(
                "card.unavailable",
                format!("The card {other} is not available here."),
            ));
        }
    };
    let text = text(&pack, args)?;
    let name = format!("{}.{ending}", name.replace(['/', '\\'], "-"));
    let mut file = NewFile::begin(server, owner, &name, "application/json").await?;
    file.write(&text).await?;
    let file = file.finish().await?;
    let Value::File(about) = &file else {
        return Ok(Answer::default());
    };
    let size = i64::try_from(about.size).unwrap_or(i64::MAX);
    let name = Value::text(about.name.as_str());
    Ok(Answer {
        outputs: vec![
            (FieldKey::plain("output"), file),
            (FieldKey::plain("Filename"), name),
            (FieldKey::plain("Size"), Value::from(size)),
        ],
        ..Answer::default()
    })
}

/// One line, or lines with 1 to 8 blanks for each level.
fn text(pack: &Json, args: &Args) -> Result<Vec<u8>, CardError> {
    let is_pretty = args.get("", "pretty").as_bool().unwrap_or(false);
    let indent = args
        .get("", "indent")
        .as_number()
        .and_then(|indent| indent.as_i64())
        .map_or(2, |indent| usize::try_from(indent).unwrap_or(0).clamp(1, 8));
    let failed = |error: serde_json::Error| CardError::new("export.failed", format!("{error}."));
    if !is_pretty {
        return serde_json::to_vec(pack).map_err(failed);
    }
    let blanks = " ".repeat(indent);
    let mut text = Vec::new();
    let formatter = PrettyFormatter::with_indent(blanks.as_bytes());
    let mut serializer = Serializer::with_formatter(&mut text, formatter);
    pack.serialize(&mut serializer).map_err(failed)?;
    Ok(text)
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "stands where errors are mapped"
)]
fn refused(error: PackingError) -> CardError {
    if let PackingError::Store(error) = &error {
        tracing::error!(%error, "a pack could not be written");
    }
    CardError::new("export.failed", error.to_string())
}
