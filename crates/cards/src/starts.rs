//! Cards that start a flow and belong to no connector: helper and scheduled flows, API endpoints, delegated flows,
//! flows that are only run by hand.

use flow::{CardKind, Extensible};

use crate::declare::{Card, Category, Field, Key, base, key, number, object, shape, text, words};
use crate::declare::{any, keys_of};
use flow::Base;

pub(crate) fn cards() -> Vec<Card> {
    vec![HELPER, SCHEDULED, ENDPOINT, DELEGATED, BY_HAND]
}

const CALLER: [Key; 7] = [
    key("id", Base::Text),
    key("method", Base::Text),
    key("name", Base::Text),
    key("execution_id", Base::Text),
    key("wf_id", Base::Text),
    key("root_execution_id", Base::Text),
    key("root_wf_id", Base::Text),
];

pub(crate) const ERROR: [Key; 5] = [
    key("message", Base::Text),
    keys_of("method", &[key("id", Base::Text), key("name", Base::Text)]),
    keys_of("flo", &[key("id", Base::Text), key("name", Base::Text)]),
    key("execution", Base::Text),
    key("body", Base::Any),
];

/// The address that resumes the run at its Pause cards.
const RESUME_URL: Field = text("resume_url").of("context").label("Resume URL").more();

static HELPER: Card = base(
    "control:callable",
    CardKind::Event,
    Category::Start,
    words("Helper Flow", "ヘルパーフロー"),
    words(
        "Starts when another flow calls this one. The inputs that you add are what the caller hands over.",
        "別のフローから呼び出されたときに開始します。追加した入力が、呼び出し元から受け取る値になります。",
    ),
)
.icon("corner-down-right")
.extensible(Extensible::Mirrored)
.outputs(&[
    number("index").of("context").label("Index").more(),
    shape("parent", &CALLER).of("context").label("Caller").more(),
    shape("error", &ERROR).of("context").label("Error").more(),
    text("execution_id")
        .of("context")
        .label("Execution ID")
        .more(),
    text("execution_time")
        .of("context")
        .label("Current Time")
        .more(),
    RESUME_URL,
]);

/// Packs have no card of its own for it: in a flow it is the one above, and the flow has a schedule.
static SCHEDULED: Card = base(
    "control:scheduled",
    CardKind::Event,
    Category::Start,
    words("Scheduled Flow", "スケジュールフロー"),
    words(
        "Starts at the times that its schedule names: every so many minutes, hours, days, weeks or months, in the time zone that you choose. Current Time is the time that was planned.",
        "スケジュールで決めた時刻に開始します。選択したタイムゾーンで、何分、何時間、何日、何週間、何か月ごとに実行するかを指定できます。Current Timeは予定された時刻です。",
    ),
)
.icon("clock")
.outputs(&[
    text("execution_time").of("context").label("Current Time"),
    text("execution_id")
        .of("context")
        .label("Execution ID")
        .more(),
]);

static ENDPOINT: Card = base(
    "http:accept",
    CardKind::Event,
    Category::Start,
    words("API Endpoint", "APIエンドポイント"),
    words(
        "Starts when the address of this flow is called over HTTP. Add fields to pick named values out of the headers, the query or the body.",
        "このフローのアドレスがHTTPで呼び出されたときに開始します。フィールドを追加すると、ヘッダー、クエリー、本文から名前の付いた値を取り出せます。",
    ),
)
.icon("plug-zap")
.extensible(Extensible::Mirrored)
.outputs(&[
    object("headers").of("raw").label("Headers"),
    any("body").of("raw").label("Body"),
    any("query").of("raw").label("Query"),
    text("execution_id")
        .of("context")
        .label("Execution ID")
        .more(),
    RESUME_URL,
]);

static DELEGATED: Card = base(
    "http:delegated",
    CardKind::Event,
    Category::Start,
    words("Delegated Flow", "委任フロー"),
    words(
        "Starts when an administrator runs it from the list of delegated flows. Add an input for each value the administrator fills in.",
        "管理者が委任フローの一覧から実行したときに開始します。管理者に入力してもらう値ごとに入力を追加します。",
    ),
)
.icon("user-check")
.extensible(Extensible::Mirrored)
.outputs(&[
    text("okta-user-id")
        .of("user context")
        .label("Okta User ID"),
    text("execution_id")
        .of("context")
        .label("Execution ID")
        .more(),
]);

static BY_HAND: Card = base(
    "control:noop",
    CardKind::Event,
    Category::Start,
    words("Run by Hand", "手動実行"),
    words(
        "Starts only when someone runs the flow by hand. Add an input for each value to be filled in then.",
        "だれかが手動で実行したときにだけ開始します。そのとき入力してもらう値ごとに入力を追加します。",
    ),
)
.icon("mouse-pointer")
.outputs(&[RESUME_URL])
.extensible(Extensible::Mirrored);
