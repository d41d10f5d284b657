//! Error handling: If Error, Return Error, Return Error If.

use flow::Extensible;

use super::{LEFT, OPERATOR, RIGHT};
use crate::declare::{Card, Category, LaneRow, control, number, shape, text, words};
use crate::starts::ERROR;

pub(super) static CARDS: [Card; 3] = [IF_ERROR, RETURN_ERROR, RETURN_ERROR_IF];

const IF_ERROR: Card = control(
    "control:tryCatch",
    Category::ErrorHandling,
    words("If Error", "If Error"),
    words(
        "Runs the cards of Try. When one of them fails, the cards of If Error run instead of stopping the flow, and can use what is known about the error.",
        "Tryのカードを実行します。途中で失敗しても、フローは停止せずにIf Errorのカードを実行し、そこでエラーの内容を利用できます。",
    ),
)
.outputs(&[shape("error", &ERROR).of("context").label("Error")])
.extensible(Extensible::Outputs)
.lanes(&[
    LaneRow {
        id: "try",
        label: words("Try", "Try"),
        inputs: &[],
    },
    LaneRow {
        id: "error",
        label: words("If Error", "If Error"),
        inputs: &[],
    },
]);

const RETURN_ERROR: Card = control(
    "control:throw",
    Category::ErrorHandling,
    words("Return Error", "エラーを返す"),
    words(
        "Stops the flow with an error that has a status code and a message.",
        "ステータスコードとメッセージを付けたエラーでフローを停止します。",
    ),
)
.icon("octagon-x")
.inputs(&[
    number("statusCode")
        .label("Status Code")
        .required()
        .starts_as("500"),
    text("message").label("message").required(),
])
.outputs(&[
    number("statusCode").label("Status Code").more(),
    text("message").label("message").more(),
]);

const RETURN_ERROR_IF: Card = control(
    "control:throwIf",
    Category::ErrorHandling,
    words("Return Error If", "条件付きでエラーを返す"),
    words(
        "Stops the flow with an error when the comparison is true, and goes on otherwise.",
        "比較の結果が真のときはエラーでフローを停止し、偽のときは先へ進みます。",
    ),
)
.icon("octagon-x")
.inputs(&[
    LEFT,
    OPERATOR,
    RIGHT,
    text("message").label("message"),
    number("statusCode").label("Status Code").starts_as("500"),
])
.extensible(Extensible::Inputs);
