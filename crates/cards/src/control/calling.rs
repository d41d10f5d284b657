//! Calling other flows: Call Flow and Call Flow Async.

use flow::Extensible;

use crate::declare::{Card, Category, control, flow_field, words};

pub(super) static CARDS: [Card; 2] = [CALL, CALL_ASYNC];

const CALL: Card = control(
    "control:spawn",
    Category::FlowControl,
    words("Call Flow", "フローの呼び出し"),
    words(
        "Runs a helper flow and waits for it. Add an output for each value that the helper flow returns, with the same name and type.",
        "ヘルパーフローを実行し、終わるまで待ちます。ヘルパーフローが返す値ごとに、同じ名前と型の出力を追加します。",
    ),
)
.icon("corner-down-right")
.inputs(&[flow_field("flo").required()])
.extensible(Extensible::Outputs);

const CALL_ASYNC: Card = control(
    "control:run",
    Category::FlowControl,
    words("Call Flow Async", "フローの非同期呼び出し"),
    words(
        "Starts another flow and goes on at once. Errors of the other flow do not reach this one.",
        "別のフローを開始し、終わりを待たずに先へ進みます。開始したフローのエラーはこのフローに影響しません。",
    ),
)
.icon("corner-down-right")
.inputs(&[flow_field("flo").required()]);
