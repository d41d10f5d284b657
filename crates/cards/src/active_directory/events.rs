//! Events of imports: begun, over, stopped by the safeguard. They are ours; no org sends them.

use flow::{CardKey, CardKind, FieldKey, Outputs, Value};
use serde_json::Value as Json;

use super::MODULE;
use super::outputs::{self, IMPORT};
use crate::declare::{Card, Category, Field, Words, base, text, words};

/// The event of an import that begins.
pub const IMPORT_STARTED: &str = "directory.import.start";
/// The event of an import that is over, well or not.
pub const IMPORT_COMPLETED: &str = "directory.import.complete";
/// The event of an import that its safeguard stopped.
pub const IMPORT_ROADBLOCK: &str = "directory.import.roadblock";

static KEYS: [(&str, &[&str]); 3] = [
    ("active_directory:importStarted", &[IMPORT_STARTED]),
    ("active_directory:importCompleted", &[IMPORT_COMPLETED]),
    ("active_directory:importRoadblock", &[IMPORT_ROADBLOCK]),
];

static OUTPUTS: [Field; 18] = around();

const fn around() -> [Field; 18] {
    let mut fields = [text("Message").of("Output"); 18];
    fields[0] = text("Date and Time").of("Output");
    fields[2] = text("ID").of("Directory");
    fields[3] = text("Name").of("Directory");
    let mut at = 0;
    while at < IMPORT.len() {
        fields[at + 4] = IMPORT[at];
        at += 1;
    }
    fields[17] = text("execution_id")
        .of("context")
        .label("Execution ID")
        .more();
    fields
}

const fn event(key: &'static str, name: Words, help: Words, icon: &'static str) -> Card {
    let card = base(key, CardKind::Event, Category::ActiveDirectory, name, help)
        .family(flow::Family::Event)
        .icon(icon)
        .outputs(&OUTPUTS)
        .unconfirmed();
    Card {
        connector: Some(MODULE),
        ..card
    }
}

pub(super) fn cards() -> Vec<Card> {
    vec![
        event(
            KEYS[0].0,
            words("Import Started", "インポートの開始"),
            words(
                "Starts when an import of the directory begins, whoever or whatever began it. Nothing is written by then.",
                "ディレクトリのインポートが始まると、だれがどのように始めたかにかかわらず開始します。この時点では何も書き込まれていません。",
            ),
            "play",
        ),
        event(
            KEYS[1].0,
            words("Import Completed", "インポートの完了"),
            words(
                "Starts when an import of the directory is over: completed, failed or canceled, as Status says.",
                "ディレクトリのインポートが終わると開始します。完了、失敗、キャンセルのどれかはステータスで示されます。",
            ),
            "circle-check",
        ),
        event(
            KEYS[2].0,
            words("Import Roadblock", "インポートの停止"),
            words(
                "Starts when the safeguard stops an import because too many users would go. The import waits for a person; Roadblock says how many.",
                "いなくなるユーザーが多すぎるためにセーフガードがインポートを止めると開始します。インポートは人の判断を待ち、ロードブロックに人数が示されます。",
            ),
            "shield-alert",
        ),
    ]
}

/// Returns the events that start a flow with this card; none for other cards.
pub fn event_types(card: &CardKey) -> &'static [&'static str] {
    let known = KEYS.iter().find(|(key, _)| *key == card.as_str());
    known.map_or(&[], |(_, types)| types)
}

/// Returns the outputs of an event card for one event; none for other cards.
pub fn event_outputs(card: &CardKey, event: &Json) -> Outputs {
    if event_types(card).is_empty() {
        return Outputs::new();
    }
    let text = |json: &Json| json.as_str().map_or(Value::Null, Value::text);
    let mut given = vec![
        (
            FieldKey::in_group("Output", "Date and Time"),
            text(&event["published"]),
        ),
        (
            FieldKey::in_group("Output", "Message"),
            text(&event["displayMessage"]),
        ),
        (
            FieldKey::in_group("Directory", "ID"),
            text(&event["directory"]["id"]),
        ),
        (
            FieldKey::in_group("Directory", "Name"),
            text(&event["directory"]["name"]),
        ),
    ];
    given.extend(outputs::import(&event["import"]));
    given
}
