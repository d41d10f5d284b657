//! The card itself: title, note, connection, error handling; reading, stripping, filling in, and making one that was
//! never in a pack.

use flow::{CardKey, FlowId, Note, OnError, Retry, Step, StepId, Then};
use serde_json::{Value as Json, json};

use crate::raw::{self, object_at, put, take, text};

const POLICY: [&str; 4] = ["node", "model", "policy", "error"];
const COMMENTS: [&str; 3] = ["node", "model", "comments"];

/// Cards whose outputs are their inputs.
pub(crate) fn is_mirrored(card: &CardKey) -> bool {
    matches!(
        card.as_str(),
        "control:callable"
            | "control:return"
            | "control:let"
            | "control:throw"
            | "http:accept"
            | "http:delegated"
            | "control:returnRaw"
    )
}

/// Cards that call a helper flow for each item and say of every argument whether it changes per item.
pub(crate) fn is_proxied(card: &CardKey) -> bool {
    matches!(
        card.as_str(),
        "control:times"
            | "list:each"
            | "list:asyncEach"
            | "list:map"
            | "list:filter"
            | "list:reduce"
            | "object:map"
    )
}

/// Reads all of a card but its fields and bodies.
pub(crate) fn read(method: &Json, card: CardKey, id: StepId) -> Step {
    let model = &method["node"]["model"];
    let title = text(&method["node"]["data"], "name");
    Step {
        id,
        title: (!title.is_empty()).then(|| title.to_owned()),
        note: note(&model["comments"]),
        connection: model["config"].as_str().map(Into::into),
        inputs: Vec::new(),
        outputs: Vec::new(),
        lanes: Vec::new(),
        on_error: on_error(&model["policy"]["error"]),
        collapsed: false,
        card,
    }
}

fn note(comments: &Json) -> Option<Note> {
    match comments {
        Json::String(text) if !text.is_empty() => Some(Note {
            text: text.clone(),
            ..Note::default()
        }),
        Json::Object(_) => Some(Note {
            title: text(comments, "title").to_owned(),
            text: text(comments, "markdown").to_owned(),
            ..Note::default()
        }),
        _ => None,
    }
}

fn write_note(note: Option<&Note>, card: &CardKey) -> Json {
    match note {
        None => Json::Null,
        Some(note) if card.is("control", "comment") => {
            json!({"title": note.title, "markdown": note.text})
        }
        Some(note) if note.title.is_empty() => json!(note.text),
        Some(note) => json!(format!("{}\n\n{}", note.title, note.text)),
    }
}

fn on_error(policy: &Json) -> OnError {
    let times = policy["retry"].as_u64().unwrap_or(0);
    let delays_ms = match &policy["delay"] {
        Json::Array(delays) => delays.iter().filter_map(Json::as_u64).collect(),
        one => one.as_u64().into_iter().collect(),
    };
    let retry = (times > 0).then(|| Retry {
        times: u32::try_from(times).unwrap_or(u32::MAX),
        delays_ms,
        only_rate_limits: true,
    });
    let then = match (text(policy, "type"), policy["flo"].as_str()) {
        ("return", _) => Then::ReturnValues,
        ("flo", Some(flow)) => Then::RunFlow {
            flow: FlowId::from(flow),
        },
        _ => Then::Halt,
    };
    OnError {
        retry,
        then,
        is_own: false,
    }
}

fn write_policy(on_error: &OnError) -> Json {
    let mut policy = match &on_error.then {
        Then::Halt => json!({"type": "finish"}),
        Then::ReturnValues => json!({"type": "return"}),
        Then::RunFlow { flow } => json!({"type": "flo", "flo": flow}),
    };
    if let Some(retry) = &on_error.retry {
        put(&mut policy, &["retry"], retry.times);
        put(&mut policy, &["delay"], json!(retry.delays_ms));
        if retry.only_rate_limits {
            put(&mut policy, &["retryCondition"], "ratelimits");
        }
    }
    policy
}

/// Removes from a card what [`read`] took. What Okta writes in more than one way stays and is used again only while it
/// reads as what the document says.
pub(crate) fn strip(method: &mut Json, step: &Step) {
    put(method, &["node", "data", "name"], Json::Null);
    put(method, &["node", "model", "config"], Json::Null);
    if method["node"]["model"]["comments"] == write_note(step.note.as_ref(), &step.card) {
        take(method, &COMMENTS);
    }
    if method["node"]["model"]["policy"]["error"] == write_policy(&step.on_error) {
        take(method, &POLICY);
    }
    strip_wires(method);
}

/// Removes the wires and the branch heads of a card.
pub(crate) fn strip_wires(method: &mut Json) {
    put(method, &["pins"], json!({}));
    put(method, &["branches"], json!({}));
}

/// Writes all of a card but its fields and bodies.
pub(crate) fn fill(method: &mut Json, step: &Step) {
    let own_name = text(&method["node"]["model"]["metadata"], "name").to_owned();
    let title = step.title.clone().unwrap_or(own_name);
    put(method, &["node", "data", "name"], title.as_str());
    put(method, &["node", "model", "metadata", "name"], title);
    let config = step.connection.as_ref().map(flow::ConnectionId::as_str);
    put(method, &["node", "model", "config"], json!(config));
    let model = &method["node"]["model"];
    let kept_note = model.get("comments").is_some() && note(&model["comments"]) == step.note;
    let policy = &model["policy"]["error"];
    let said = OnError {
        is_own: false,
        ..step.on_error.clone()
    };
    let kept_policy = policy.is_object() && on_error(policy) == said;
    if !kept_note {
        match write_note(step.note.as_ref(), &step.card) {
            Json::Null => drop(take(method, &COMMENTS)),
            comments => put(method, &COMMENTS, comments),
        }
    }
    if !kept_policy {
        put(method, &POLICY, write_policy(&step.on_error));
    }
}

/// Where a connector's cards are found in packs: its version, and what `parents` says.
pub(crate) type Parents = Json;

/// Returns `parents` of a built-in function's module, or of a connector whose version no card of the pack tells.
pub(crate) fn parents(card: &CardKey) -> Parents {
    let module = card.module();
    let (channel, version) = match connector_version(module) {
        None => (format!("root:kernel:{module}"), "0.0.1"),
        Some(version) => (format!("root:channels:http:{module}"), version),
    };
    json!({
        "version": {"address": format!("{channel}:{version}"), "key": version, "data": {"name": version}},
        "channel": {"address": channel, "key": module, "data": {"name": module}},
    })
}

/// Returns the version to write for a connector; nothing for a module of built-in functions.
fn connector_version(module: &str) -> Option<&'static str> {
    match module {
        "boolean" | "control" | "crypto" | "date" | "http" | "json" | "jwt" | "list" | "math"
        | "object" | "string" | "url" | "utility" => None,
        "okta" => Some("1.0.712"),
        "stash" => Some("0.7.148"),
        "httpfunctions" => Some("1.0.24"),
        "filefunctions" => Some("1.0.37"),
        _ => Some("1.0.0"),
    }
}

/// Returns a card that was never in a pack, without fields.
pub(crate) fn fresh(card: &CardKey, uuid: &str, parents: &Parents) -> Json {
    let version = text(&parents["version"], "address");
    let connector = !raw::is_kernel(version);
    let waits = connector || calls_flows(card) || card.is("control", "wait");
    let timeout = match card.as_str() {
        "control:callable" | "control:run" | "object:expand" => 30_000,
        _ if calls_flows(card) => 300_000,
        _ if connector => 30_000,
        _ => 90_000,
    };
    json!({
        "joins": {}, "address": format!("{version}:{}", card.method()), "parents": parents,
        "uuid": uuid, "branches": {},
        "node": {"key": card.method(), "data": {"name": null}, "model": {
            "type": "method", "_v": 2, "key": card.method(), "executable": connector,
            "displayed": true, "async": waits, "cooperative": is_proxied(card),
            "mirrored": is_mirrored(card), "inlined": false, "dependencies": [],
            "timeout": timeout, "idempotent": false, "monitor": false, "webhook": false,
            "webhookList": false, "webhookConditions": false, "mobile": false, "hooks": {},
            "policy": {"error": {"type": "finish"}},
            "metadata": {"id": null, "name": own_name(card), "description": ""},
            "meta": {}, "config": null, "partnerChannelKeys": null,
            "inputs": {"extensible": false, "data": {}},
            "outputs": {"extensible": false, "data": {}},
            "runtime": {},
        }},
        "pins": {},
    })
}

fn calls_flows(card: &CardKey) -> bool {
    is_proxied(card)
        || matches!(
            card.as_str(),
            "control:spawn" | "control:branch" | "control:tryCatch"
        )
}

/// Returns the name of the cards that an export makes by itself; for others their method.
fn own_name(card: &CardKey) -> &str {
    match card.as_str() {
        "control:callable" => "Helper Flow",
        "control:return" => "Return",
        "control:noop" => "Noop",
        "control:join" => "Join",
        "control:let" => "Assign",
        "control:if" => "If/Else",
        "control:branch" => "If/ElseIf",
        "control:tryCatch" => "If Error",
        "control:comment" => "Comment",
        "string:compose" => "Compose",
        "list:asyncEach" => "For Each - Ignore Errors",
        _ => card.method(),
    }
}

/// Returns the pins of a side of a card, to be changed.
pub(crate) fn pins_mut<'a>(
    method: &'a mut Json,
    side: &str,
) -> &'a mut serde_json::Map<String, Json> {
    object_at(method, &["node", "model", side, "data"])
}
