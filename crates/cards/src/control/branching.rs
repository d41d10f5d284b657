//! Branching: If/Else, If/ElseIf, Continue If.

use flow::Extensible;

use super::{CONDITION, LEFT, OPERATOR, RIGHT};
use crate::declare::{Card, Category, LaneRow, boolean, control, text, words};

pub(super) static CARDS: [Card; 3] = [IF_ELSE, IF_ELSE_IF, CONTINUE_IF];

const IF_ELSE: Card = control(
    "control:if",
    Category::Branching,
    words("If/Else", "If/Else"),
    words(
        "Compares two values and runs one of two rows of cards. Each row can give values to the outputs that you add.",
        "2つの値を比較し、2つの行のどちらか一方のカードを実行します。追加した出力には、実行された行から値を渡せます。",
    ),
)
.inputs(&CONDITION)
.outputs(&[boolean("result").label("result").more()])
.extensible(Extensible::Outputs)
.lanes(&[
    LaneRow {
        id: "true",
        label: words("Run when TRUE", "TRUEなら実行"),
        inputs: &[],
    },
    LaneRow {
        id: "false",
        label: words("Run when FALSE", "FALSEなら実行"),
        inputs: &[],
    },
]);

const IF_ELSE_IF: Card = control(
    "control:branch",
    Category::Branching,
    words("If/ElseIf", "If/ElseIf"),
    words(
        "Tests conditions one after the other and runs the first row whose condition is true, or the last row when none is.",
        "条件を順に調べ、最初に真になった行を実行します。どの条件も真でなければ最後の行を実行します。",
    ),
)
.extensible(Extensible::Outputs)
.lanes(&[
    LaneRow {
        id: "if",
        label: words("If", "If"),
        inputs: &CONDITION,
    },
    LaneRow {
        id: "else",
        label: words("Else", "Else"),
        inputs: &[],
    },
]);

const CONTINUE_IF: Card = control(
    "control:continueIf",
    Category::Branching,
    words("Continue If", "Continue If（条件付き続行）"),
    words(
        "Goes on only when the comparison is true. Otherwise the flow, or the row this card stands in, ends here without an error.",
        "比較の結果が真のときだけ先へ進みます。偽のときは、フロー、またはこのカードがある行がエラーなしでここで終わります。",
    ),
)
.icon("circle-check")
.inputs(&[LEFT, OPERATOR, RIGHT, text("message").of("otherwise").label("message")])
.outputs(&[text("message").label("message").more()]);
