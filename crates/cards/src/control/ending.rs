//! Return, Return Raw, Close and Comment: cards about the end of a flow, and the one that does nothing.

use flow::{CardKind, Extensible, Family};

use crate::declare::{Card, Category, base, control, number, object, text, words};

pub(super) static CARDS: [Card; 4] = [RETURN, RETURN_RAW, CLOSE, COMMENT];

const RETURN: Card = control(
    "control:return",
    Category::FlowControl,
    words("Return", "返す"),
    words(
        "Ends the flow and gives the named values to its caller. Inside If/ElseIf or If Error it ends only the row it stands in.",
        "フローを終了し、名前の付いた値を呼び出し元に返します。If/ElseIfまたはIf Errorの中では、このカードがある行だけを終了します。",
    ),
)
.icon("corner-down-left")
.extensible(Extensible::Mirrored);

const RETURN_RAW: Card = control(
    "control:returnRaw",
    Category::FlowControl,
    words("Return Raw", "Rawで返す"),
    words(
        "Ends an API endpoint flow and sends this status code, these headers and this body as the HTTP response.",
        "APIエンドポイントのフローを終了し、指定したステータスコード、ヘッダー、本文をHTTPレスポンスとして送ります。",
    ),
)
.icon("corner-down-left")
.inputs(&[
    number("statusCode")
        .label("Status Code")
        .required()
        .starts_as("200"),
    object("headers").label("Headers"),
    text("body").label("Body"),
])
.outputs(&[
    number("statusCode").label("Status Code").more(),
    object("headers").label("Headers").more(),
    text("body").label("Body").more(),
]);

const CLOSE: Card = control(
    "httpfunctions:close",
    Category::ApiConnector,
    words("Close", "クローズ"),
    words(
        "Sends the HTTP response of an API endpoint flow now and lets the flow go on.",
        "APIエンドポイントのフローのHTTPレスポンスをこの時点で送り、フローはそのまま続けます。",
    ),
)
.icon("reply")
.inputs(&[
    number("statusCode")
        .of("Response")
        .label("Status Code")
        .starts_as("200"),
    object("headers").of("Response").label("Headers"),
    object("body").of("Response").label("Body"),
]);

const COMMENT: Card = base(
    "control:comment",
    CardKind::Control,
    Category::FlowControl,
    words("Note", "メモ"),
    words(
        "A text for whoever reads the flow. It does nothing when the flow runs.",
        "フローを読む人のためのテキストです。フローの実行には影響しません。",
    ),
)
.icon("sticky-note")
.family(Family::Note)
.extensible(Extensible::No);
