//! Tells flows of imports: events in the same inbox as those of orgs, accepted with the change that they tell of.

use cards::active_directory::{IMPORT_COMPLETED, IMPORT_ROADBLOCK, IMPORT_STARTED};
use flow::{ConnectionId, iso};
use serde_json::{Value as Json, json};
use store::directories::imports::{ImportRow, ImportStatus};
use store::directories::{self, items};
use store::inbox::InboxEvent;
use store::{StoreError, Word as _};

use crate::clock;
use crate::state::Server;

/// The import begins.
pub(super) async fn begun(server: &Server, import: &ImportRow) -> Result<InboxEvent, StoreError> {
    told(
        server,
        import,
        IMPORT_STARTED,
        ("start", "The import began."),
    )
    .await
}

/// The safeguard stopped the import; `counts` and `roadblock` are JSON.
pub(super) async fn stopped(
    server: &Server,
    import: &ImportRow,
    counts: &str,
    roadblock: Option<&str>,
) -> Result<InboxEvent, StoreError> {
    let import = ImportRow {
        status: ImportStatus::Roadblock,
        counts: Some(counts.to_owned()),
        roadblock: roadblock.map(str::to_owned),
        ..import.clone()
    };
    let said = "The safeguard stopped the import, because too many users would go. Somebody must approve or cancel it.";
    told(server, &import, IMPORT_ROADBLOCK, ("roadblock", said)).await
}

/// The import is over.
pub(crate) async fn over(
    server: &Server,
    import: &ImportRow,
    status: ImportStatus,
) -> Result<InboxEvent, StoreError> {
    let said = match status {
        ImportStatus::Failed => "The import failed.",
        ImportStatus::Canceled => "The import was canceled.",
        _ => "The import is completed.",
    };
    let import = ImportRow {
        status,
        ..import.clone()
    };
    told(server, &import, IMPORT_COMPLETED, ("complete", said)).await
}

async fn told(
    server: &Server,
    import: &ImportRow,
    event_type: &str,
    (step, said): (&str, &str),
) -> Result<InboxEvent, StoreError> {
    let name = directories::find(&server.store, &import.directory)
        .await?
        .map(|row| row.name)
        .unwrap_or_default();
    let uuid = format!("{}-{step}", import.id);
    let payload = json!({
        "uuid": uuid,
        "eventType": event_type,
        "published": iso(clock::now()),
        "displayMessage": said,
        "directory": { "id": import.directory, "name": name },
        "import": shown(server, import).await?,
    });
    Ok(InboxEvent {
        id: clock::new_id(),
        connection: ConnectionId::new(import.directory.clone()),
        event_uuid: uuid,
        event_type: event_type.to_owned(),
        payload: payload.to_string(),
        envelope: None,
        received_at: clock::now_ms(),
    })
}

/// An import as flows see it: as REST shows it, without times.
pub(crate) async fn shown(server: &Server, import: &ImportRow) -> Result<Json, StoreError> {
    let parsed = |text: &Option<String>| -> Json {
        let text = text.as_deref();
        text.and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or_default()
    };
    let wish: Json = serde_json::from_str(&import.wish).unwrap_or_default();
    let reading = parsed(&import.reading);
    let is_full = match reading.get("why") {
        Some(_) => true,
        None => import.reading.is_none() && wish["read"] == "full",
    };
    let counted = items::count(&server.store, &import.id).await?;
    let lines: serde_json::Map<String, Json> = counted
        .into_iter()
        .map(|(state, count)| (state.word().to_owned(), Json::from(count)))
        .collect();
    Ok(json!({
        "id": import.id,
        "status": import.status.word(),
        "is_full": is_full,
        "cause": import.cause,
        "counts": parsed(&import.counts),
        "roadblock": parsed(&import.roadblock),
        "lines": lines,
    }))
}
