//! Cards that call a helper flow many times: Repeat, For Each, Map, Filter Custom, Find Custom, Reduce, Map to
//! List.

use crate::declare::{
    Card, Category, Field, any, anys, control, flow_field, number, object, words,
};

pub(super) static CARDS: [Card; 10] = [
    REPEAT,
    EACH,
    ASYNC_EACH,
    MAP,
    FILTER,
    FIND,
    REDUCE,
    OBJECT_EACH,
    OBJECT_MAP,
    OBJECT_PROCESS,
];

/// How many calls may run at once.
const CONCURRENCY: Field = number("concurrency")
    .label("concurrency")
    .required()
    .starts_as("1");
const LIST: Field = anys("list").label("list").required();
const FLOW: Field = flow_field("flo").required();

const REPEAT: Card = control(
    "control:times",
    Category::FlowControl,
    words("Repeat", "繰り返し"),
    words(
        "Runs a helper flow a number of times, at most 10,000. The Index of the helper flow counts from 0.",
        "ヘルパーフローを指定した回数（最大10,000回）実行します。ヘルパーフローのインデックスは0から始まります。",
    ),
)
.icon("repeat")
.inputs(&[number("count").label("count").required(), FLOW, CONCURRENCY]);

const EACH: Card = control(
    "list:each",
    Category::List,
    words("For Each", "項目ごとに実行"),
    words(
        "Calls a helper flow once for each item of a list and stops at the first error.",
        "リストの項目ごとにヘルパーフローを1回ずつ呼び出します。エラーが起きるとそこで停止します。",
    ),
)
.icon("list-ordered")
.inputs(&[LIST, FLOW, CONCURRENCY]);

const ASYNC_EACH: Card = control(
    "list:asyncEach",
    Category::List,
    words(
        "For Each - Ignore Errors",
        "項目ごとに実行（エラーを無視）",
    ),
    words(
        "Calls a helper flow once for each item of a list and goes on after errors. Failed calls can be run again from the history.",
        "リストの項目ごとにヘルパーフローを1回ずつ呼び出し、エラーが起きても続けます。失敗した呼び出しは実行履歴から再実行できます。",
    ),
)
.icon("list-ordered")
.inputs(&[LIST, FLOW, CONCURRENCY]);

const MAP: Card = control(
    "list:map",
    Category::List,
    words("Map", "マップ"),
    words(
        "Calls a helper flow for each item and makes a new list of what it returns, in the same order.",
        "項目ごとにヘルパーフローを呼び出し、返された値から同じ順序の新しいリストを作ります。",
    ),
)
.icon("refresh-cw")
.inputs(&[LIST, FLOW, CONCURRENCY])
.outputs(&[anys("new list").label("new list")]);

const FILTER: Card = control(
    "list:filter",
    Category::List,
    words("Filter Custom", "カスタムフィルター"),
    words(
        "Keeps the items for which a helper flow returns true.",
        "ヘルパーフローが真を返した項目だけを残します。",
    ),
)
.icon("list-filter")
.inputs(&[LIST, FLOW, CONCURRENCY])
.outputs(&[anys("list").label("list")]);

const FIND: Card = control(
    "list:find",
    Category::List,
    words("Find Custom", "カスタム検索"),
    words(
        "Gives the first item for which a helper flow returns true, and its position. When there is none the position is -1.",
        "ヘルパーフローが最初に真を返した項目と、その位置を返します。該当する項目がなければ位置は-1です。",
    ),
)
.unconfirmed()
.icon("search")
.inputs(&[LIST, FLOW])
.outputs(&[any("item").label("item"), number("index").label("index")]);

const REDUCE: Card = control(
    "list:reduce",
    Category::List,
    words("Reduce", "リデュース"),
    words(
        "Calls a helper flow for each item with the item and the memo. What it returns is the next memo, and the last memo is the result.",
        "項目とメモを渡してヘルパーフローを順に呼び出します。返された値が次のメモになり、最後のメモが結果になります。",
    ),
)
.icon("list-minus")
.inputs(&[LIST, any("memo").label("memo"), FLOW])
.outputs(&[any("item").label("item")]);

const OBJECT_EACH: Card = control(
    "object:each",
    Category::Object,
    words("For Each", "キーごとに実行"),
    words(
        "Calls a helper flow once for each key of an object and stops at the first error.",
        "オブジェクトのキーごとにヘルパーフローを1回ずつ呼び出します。エラーが起きるとそこで停止します。",
    ),
)
.unconfirmed()
.icon("list-ordered")
.inputs(&[
    object("object").label("object").required(),
    FLOW,
    CONCURRENCY,
]);

const OBJECT_MAP: Card = control(
    "object:map",
    Category::Object,
    words("Map to List", "リストにマップ"),
    words(
        "Calls a helper flow for each key of an object and makes a list of what it returns.",
        "オブジェクトのキーごとにヘルパーフローを呼び出し、返された値からリストを作ります。",
    ),
)
.icon("columns-3")
.inputs(&[
    object("object").label("object").required(),
    FLOW,
    CONCURRENCY,
])
.outputs(&[anys("new list").label("new list")]);

const OBJECT_PROCESS: Card = control(
    "object:process",
    Category::Object,
    words("Map", "マップ"),
    words(
        "Calls a helper flow for each key of an object and makes a new object of what it returns: a key named key and a value named value. A helper run that returns no key, because of a Continue If for instance, adds nothing; when two return the same key, the later one stays.",
        "オブジェクトのキーごとにヘルパーフローを呼び出し、返されたkeyとvalueから新しいオブジェクトを作ります。Continue Ifなどによりkeyを返さなかった呼び出しは、何も追加しません。同じkeyが返された場合は、後の値が残ります。",
    ),
)
.unconfirmed()
.icon("refresh-cw")
.inputs(&[
    object("object").label("object").required(),
    FLOW,
    CONCURRENCY,
])
.outputs(&[object("output")]);
