//! Wait For and Wait Until.

use crate::declare::{Card, Category, control, date, number, pick, text, words};

pub(super) static CARDS: [Card; 2] = [WAIT_FOR, WAIT_UNTIL];

const WAIT_FOR: Card = control(
    "control:wait",
    Category::FlowControl,
    words("Wait For", "一定時間待機"),
    words(
        "Pauses the flow for a while, from one second to 30 days. A paused flow survives a restart.",
        "1秒から30日までの間、フローを一時停止します。停止中に再起動しても、フローは失われません。",
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
