//! Wait For, Wait Until, Pause, Pause Raw.

use flow::Extensible;

use crate::declare::{Card, Category, control, date, number, object, pick, text, words};

pub(super) static CARDS: [Card; 4] = [WAIT_FOR, WAIT_UNTIL, PAUSE, PAUSE_RAW];

const WAIT_FOR: Card = control(
    "control:wait",
    Category::FlowControl,
    words("Wait For", "一定時間待機"),
    words(
        "Waits for a while, from one second to 30 days; a month counts 30 days and a year 365. A longer wait fails, a shorter one takes a second. A flow that waits survives a restart.",
        "1秒から30日までの間、待機します。1か月は30日、1年は365日として数えます。30日を超える待機は失敗し、1秒未満の待機は1秒になります。待機中に再起動しても、フローは失われません。",
    ),
)
.icon("hourglass")
.inputs(&[
    number("delay").label("delay").required().starts_as("1"),
    text("unit")
        .label("unit")
        .required()
        .choices(&[
            pick("second"),
            pick("minute"),
            pick("hour"),
            pick("day"),
            pick("week"),
            pick("month"),
            pick("year"),
        ])
        .starts_as("\"minute\""),
]);

const WAIT_UNTIL: Card = control(
    "control:until",
    Category::FlowControl,
    words("Wait Until", "指定日時まで待機"),
    words(
        "Pauses the flow until a date and time, at most 30 days ahead. A time in the past lets the flow go on at once.",
        "指定した日時まで、最長30日間フローを一時停止します。過去の日時を指定すると、すぐに先へ進みます。",
    ),
)
.icon("alarm-clock")
.inputs(&[date("date").label("date & time").required()]);

const PAUSE: Card = control(
    "control:pause",
    Category::FlowControl,
    words("Pause", "一時停止"),
    words(
        "Stops the flow here until somebody calls its resume address, at most 30 days; after that it fails. The caller of an API endpoint gets the inputs that you add, with execution_id and resume_url. Calling resume_url with GET or POST goes on; each output that you add takes the value of its name from the query or the JSON body of that call. The first card of a flow gives the same address as Resume URL, so that it can be sent out before. Not in delegated flows.",
        "だれかが再開アドレスを呼び出すまで、最長30日間ここで停止します。30日を過ぎると失敗します。APIエンドポイントの呼び出し元には、追加した入力とexecution_id、resume_urlが返されます。resume_urlをGETまたはPOSTで呼び出すと再開し、追加した出力には、その呼び出しのクエリーまたはJSON本文にある同じ名前の値が入ります。同じアドレスは最初のカードの「再開URL」からも得られるため、停止する前に送ることもできます。委任フローでは使用できません。",
    ),
)
.unconfirmed()
.icon("pause")
.extensible(Extensible::Both);

const PAUSE_RAW: Card = control(
    "control:pauseRaw",
    Category::FlowControl,
    words("Pause Raw", "Raw一時停止"),
    words(
        "Stops the flow like Pause, and gives the caller of an API endpoint this status code, these headers and this body. Put the Resume URL of the flow's first card into the body, so that the caller can go on.",
        "「一時停止」と同じように停止し、APIエンドポイントの呼び出し元に、指定したステータスコード、ヘッダー、本文を返します。呼び出し元が再開できるように、最初のカードの「再開URL」を本文に含めてください。",
    ),
)
.unconfirmed()
.icon("pause")
.inputs(&[
    number("statusCode")
        .label("Status Code")
        .required()
        .starts_as("202"),
    object("headers").label("Headers"),
    text("body").label("Body"),
])
.extensible(Extensible::Outputs);
