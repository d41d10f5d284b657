//! Tables: cards that read and write the rows of a table. The store does the work; this is how they look. The columns
//! of the chosen table are fields of the group `Fields`.

use flow::{Base, CardKind, Extensible, Lookup};

use crate::declare::{
    Card, Category, Field, Key, Repeat, Run, base, boolean, date, file, flow_field, key, number,
    object, objects, objects_with, pick, pick_as, text, texts, words,
};

pub(crate) fn cards() -> Vec<Card> {
    vec![
        SEARCH_ROWS,
        CREATE_ROW,
        UPDATE_ROW,
        UPSERT_ROW,
        READ_ROW,
        DELETE_ROW,
        CLEAR_TABLE,
        READ_TABLE,
        EXPORT_CSV,
        IMPORT_CSV,
    ]
}

const TABLE: Field = text("stash")
    .label("Table")
    .option()
    .required()
    .lookup(Lookup::Tables);
const SAFE: Run = Run::Call {
    repeatable: Repeat::Safe,
};

const SCHEMA: [Key; 3] = [
    key("name", Base::Text),
    key("type", Base::Text),
    key("default", Base::Any),
];

const SEARCH_ROWS: Card = base(
    "stash:searchRows2",
    CardKind::Action,
    Category::Tables,
    words("Search Rows", "行の検索"),
    words(
        "Finds the rows of a table that match a filter: the first one as fields, all of them as a list of at most 3,500, or each of them handed to a helper flow, however many they are.",
        "フィルターに一致するテーブルの行を検索します。最初の1行をフィールドとして、すべての行を最大3,500行のリストとして返すか、件数にかかわらず1行ずつヘルパーフローに渡します。",
    ),
)
.runs(SAFE)
.icon("table")
.inputs(&[
    TABLE,
    text("resultSet")
        .label("Result Set")
        .option()
        .choices(&[
            pick_as("one", "First Matching Row"),
            pick_as("all-new", "All Matching Rows"),
            pick_as("stream", "Stream Matching Rows"),
        ])
        .starts_as("\"all-new\""),
    object("Where Expression").of("Filter").starts_as("{}"),
    text("Column").of("Sort").more(),
    text("Direction")
        .of("Sort")
        .choices(&[pick("asc"), pick("desc")])
        .more(),
    number("Limit").of("Sort").more(),
    number("Offset").of("Sort").more(),
    flow_field("Flow").of("Streaming").more(),
    number("Record Limit").of("Streaming").more(),
])
.outputs(&[
    objects("Rows").of("Result"),
    text("Row ID").of("Row").more(),
    date("Created").of("Row").more(),
    date("Updated").of("Row").more(),
    number("Records Streamed").of("Result").more(),
])
.extensible(Extensible::Outputs);

const CREATE_ROW: Card = base(
    "stash:createRow",
    CardKind::Action,
    Category::Tables,
    words("Create Row", "行の作成"),
    words(
        "Adds a row to a table and gives its Row ID.",
        "テーブルに行を追加し、その行IDを返します。",
    ),
)
.runs(Run::Call {
    repeatable: Repeat::Never,
})
.icon("rows-3")
.inputs(&[TABLE])
.outputs(&[text("Row ID").of("Output")])
.extensible(Extensible::Inputs);

const UPDATE_ROW: Card = base(
    "stash:updateRow",
    CardKind::Action,
    Category::Tables,
    words("Update Row", "行の更新"),
    words(
        "Changes columns of a row. Empty inputs leave their column as it is, unless you choose to clear it.",
        "行の列を変更します。空の入力に対応する列は、消去を選ばないかぎりそのまま残ります。",
    ),
)
.runs(SAFE)
.icon("rows-3")
.inputs(&[
    TABLE,
    text("updateEmptyInputs")
        .label("Update Empty Inputs")
        .option()
        .choices(&[pick("No"), pick("Yes")])
        .starts_as("\"No\""),
    text("Row ID").of("Update By").required(),
])
.extensible(Extensible::Inputs);

const UPSERT_ROW: Card = base(
    "stash:upsertRow",
    CardKind::Action,
    Category::Tables,
    words("Create or Update Row", "行の作成または更新"),
    words(
        "Changes the row that has the same values in the columns of a unique key, or adds it where there is none. Two runs that write the same values at once make one row. Name the columns of the key where the table has several; empty inputs leave their column as it is. Okta Workflows does not have this card.",
        "固有キーの列の値が同じ行を変更し、なければ追加します。2つの実行が同じ値を同時に書き込んでも、行は1つだけです。固有キーが複数ある場合は、使用するキーの列を指定します。空の入力に対応する列はそのまま残ります。このカードはOkta Workflowsにはありません。",
    ),
)
.runs(SAFE)
.icon("rows-3")
.unconfirmed()
.inputs(&[TABLE, texts("Key Columns").of("Update By")])
.outputs(&[
    text("Row ID").of("Output"),
    boolean("Created").label("Is New").of("Output"),
])
.extensible(Extensible::Inputs);

const READ_ROW: Card = base(
    "stash:readRow",
    CardKind::Action,
    Category::Tables,
    words("Read Row", "行の読み取り"),
    words(
        "Reads a row of a table by its Row ID.",
        "行IDを指定して、テーブルの行を読み取ります。",
    ),
)
.runs(SAFE)
.icon("table")
.inputs(&[TABLE, text("Row ID").of("Read By").required()])
.outputs(&[date("Created").of("Row"), date("Updated").of("Row")])
.extensible(Extensible::Outputs);

const DELETE_ROW: Card = base(
    "stash:deleteRow",
    CardKind::Action,
    Category::Tables,
    words("Delete Row", "行の削除"),
    words(
        "Deletes a row of a table by its Row ID.",
        "行IDを指定して、テーブルの行を削除します。",
    ),
)
.runs(SAFE)
.icon("trash-2")
.inputs(&[TABLE, text("Row ID").of("Delete By").required()]);

const CLEAR_TABLE: Card = base(
    "stash:clearTable",
    CardKind::Action,
    Category::Tables,
    words("Clear Table", "テーブルの消去"),
    words(
        "Deletes all rows of a table and gives their number.",
        "テーブルのすべての行を削除し、削除した行数を返します。",
    ),
)
.runs(SAFE)
.icon("trash-2")
.inputs(&[TABLE])
.outputs(&[number("Cleared Rows").of("Table")]);

const READ_TABLE: Card = base(
    "stash:readTable",
    CardKind::Action,
    Category::Tables,
    words("Read Table", "テーブルの読み取り"),
    words(
        "Gives the columns of a table with their names, types and defaults.",
        "テーブルの列の名前、型、既定値を返します。",
    ),
)
.runs(SAFE)
.icon("table")
.inputs(&[TABLE])
.outputs(&[objects_with("Column Schema", &SCHEMA).of("Output")]);

const EXPORT_CSV: Card = base(
    "stash:exportToCSV",
    CardKind::Action,
    Category::Tables,
    words("Export to CSV", "CSVへのエクスポート"),
    words(
        "Writes the rows of a table, or those that match a filter, into a CSV file of up to 100 MB: a line of column names, then a line for each row, oldest first. Without columns all of them are written. The filename is taken as it is, so end it with .csv.",
        "テーブルの行（またはフィルターに一致する行）を最大100 MBのCSVファイルに書き出します。1行目は列名で、以降に1行ずつ作成順に並びます。列を指定しない場合は、すべての列を書き出します。ファイル名はそのまま使われるため、末尾に.csvを付けます。",
    ),
)
.runs(SAFE)
.icon("download")
.inputs(&[
    TABLE,
    text("Filename").of("File").required(),
    text("Delimiter").of("Options").required().starts_as("\",\""),
    object("Where Expression").of("Filter").starts_as("{}"),
    number("Limit").of("Options").more(),
    number("Offset").of("Options").more(),
    texts("Columns").of("Options").more(),
])
.outputs(&[file("File Content").of("CSV")]);

const ROW_ERRORS: [Key; 3] = [
    key("line", Base::Number),
    key("column", Base::Text),
    key("message", Base::Text),
];

const IMPORT_CSV: Card = base(
    "stash:importFromCSV",
    CardKind::Action,
    Category::Tables,
    words("Import from CSV", "CSVからのインポート"),
    words(
        "Takes the rows of a CSV file into a table. The first line holds names of columns; values are converted to the types of the columns. A line that is wrong is left out and listed under Errors, the first 100 of them. With the mode put, the row that has the same values in the columns of a unique key is changed. What the fields are called in Okta Workflows is not known.",
        "CSVファイルの行をテーブルに取り込みます。1行目は列名で、値は列の型に変換されます。誤りのある行は取り込まず、最初の100件を「エラー」に返します。モードがputの場合は、固有キーの列の値が同じ行を変更します。Okta Workflowsでのフィールド名は公開されていません。",
    ),
)
.runs(Run::Call {
    repeatable: Repeat::Never,
})
.icon("upload")
.unconfirmed()
.inputs(&[
    TABLE,
    file("File Content").of("CSV").required(),
    text("Delimiter").of("Options").more(),
    text("Encoding").of("Options").more(),
    text("Mode")
        .of("Options")
        .choices(&[pick("add"), pick("put")])
        .starts_as("\"add\""),
    texts("Key Columns").of("Options").more(),
])
.outputs(&[
    number("Added Rows").of("Table"),
    number("Changed Rows").of("Table"),
    number("Refused Lines").of("Table"),
    objects_with("Errors", &ROW_ERRORS).of("Table"),
]);
