//! Files: cards that download, make, read and send them, and those that export flows as files. The host keeps the
//! content; a value of the type File refers to it.

use flow::{CardKind, Extensible};

use crate::declare::{
    Card, Category, Field, Repeat, Run, base, boolean, date, file, flow_field, number, object,
    pick, text, words,
};

pub(crate) fn cards() -> Vec<Card> {
    vec![
        DOWNLOAD,
        INFO,
        CREATE,
        READ,
        UPLOAD,
        DELETE,
        EXPORT_FLOW,
        EXPORT_FOLDER,
    ]
}

const SAFE: Run = Run::Call {
    repeatable: Repeat::Safe,
};
const CONTENT: Field = file("File Content").of("File");
const FILENAME: Field = text("Filename").of("File");
const SIZE: Field = number("Size").of("File");
const URL: Field = text("URL").of("Location").required();
const HEADERS: Field = object("Headers").of("Location").more();
const ENCODING: Field = text("Encoding")
    .of("File")
    .choices(&[pick("text"), pick("base64")])
    .starts_as("\"text\"");

const DOWNLOAD: Card = base(
    "filefunctions:largeDownload",
    CardKind::Action,
    Category::File,
    words("Download", "ダウンロード"),
    words(
        "Downloads a file of up to 100 MB from a web address. The address must be public, unless an administrator allows it, and a status of 400 or more is an error. Files are kept for 30 days, and no longer than the history of their run.",
        "Webアドレスから最大100 MBのファイルをダウンロードします。管理者が許可した場合を除き、公開されたアドレスだけを使用できます。400以上のステータスはエラーになります。ファイルは30日間、または実行履歴が残っている間だけ保存されます。",
    ),
)
.runs(SAFE)
.icon("download")
.inputs(&[URL, object("Query").of("Location").more(), HEADERS])
.outputs(&[CONTENT, FILENAME, SIZE])
.extensible(Extensible::Inputs);

const INFO: Card = base(
    "filefunctions:info",
    CardKind::Action,
    Category::File,
    words("Info", "情報"),
    words(
        "Tells what is known about a file. The extension comes without its dot.",
        "ファイルについてわかっている情報を返します。拡張子にはドットが含まれません。",
    ),
)
.runs(SAFE)
.icon("file-text")
.inputs(&[CONTENT.required()])
.outputs(&[
    FILENAME,
    text("Extension").of("File"),
    SIZE,
    date("Created").of("File"),
    date("Updated").of("File"),
    text("Media Type").of("File").more(),
]);

const CREATE: Card = base(
    "filefunctions:create",
    CardKind::Action,
    Category::File,
    words("Create File", "ファイルの作成"),
    words(
        "Makes a file from a text, or from the bytes that a Base64 text encodes. Okta's help names no such card; this one is ours.",
        "テキスト、またはBase64テキストが表すバイト列からファイルを作ります。Oktaのヘルプにはない、独自のカードです。",
    ),
)
.unconfirmed()
.runs(SAFE)
.icon("file-input")
.inputs(&[
    FILENAME.required(),
    text("Text").of("File"),
    ENCODING,
    text("Media Type").of("File").more(),
])
.outputs(&[CONTENT, FILENAME, SIZE]);

const READ: Card = base(
    "filefunctions:read",
    CardKind::Action,
    Category::File,
    words("Read File", "ファイルの読み取り"),
    words(
        "Gives the content of a file of up to 16 MB as text, or as Base64 where it is not UTF-8 text. Okta's help names no such card; this one is ours.",
        "最大16 MBのファイルの内容をテキストとして返します。UTF-8テキストでない場合はBase64を選びます。Oktaのヘルプにはない、独自のカードです。",
    ),
)
.unconfirmed()
.runs(SAFE)
.icon("file-text")
.inputs(&[CONTENT.required(), ENCODING])
.outputs(&[text("Text").of("File")]);

const UPLOAD: Card = base(
    "filefunctions:upload",
    CardKind::Action,
    Category::File,
    words("Upload", "アップロード"),
    words(
        "Sends a file of up to 25 MB to a web address as the body of a PUT or POST. The address must be public, unless an administrator allows it. Okta's help names no such card; this one is ours.",
        "最大25 MBのファイルを、PUTまたはPOSTの本文としてWebアドレスに送信します。管理者が許可した場合を除き、公開されたアドレスだけを使用できます。Oktaのヘルプにはない、独自のカードです。",
    ),
)
.unconfirmed()
.runs(Run::Call {
    repeatable: Repeat::Never,
})
.icon("upload")
.inputs(&[
    URL,
    text("Method")
        .of("Location")
        .choices(&[pick("PUT"), pick("POST")])
        .starts_as("\"PUT\""),
    HEADERS,
    CONTENT.required(),
])
.outputs(&[
    number("Status Code").of("Response"),
    object("Headers").of("Response"),
    text("Body").of("Response"),
]);

const DELETE: Card = base(
    "filefunctions:delete",
    CardKind::Action,
    Category::File,
    words("Delete File", "ファイルの削除"),
    words(
        "Deletes a file before its time. Okta's help names no such card; this one is ours.",
        "保存期間が終わる前にファイルを削除します。Oktaのヘルプにはない、独自のカードです。",
    ),
)
.unconfirmed()
.runs(SAFE)
.icon("trash-2")
.inputs(&[CONTENT.required()]);

const PRETTY: Field = boolean("pretty")
    .label("JSON Pretty Print?")
    .required()
    .starts_as("true");
const INDENT: Field = number("indent")
    .label("Number of Indented Spaces")
    .starts_as("2");
/// The file, and what the help of Okta names beside it.
static EXPORTED: [Field; 3] = [
    file("output"),
    text("Filename").more(),
    number("Size").more(),
];

const EXPORT_FLOW: Card = base(
    "utility:exportFlo",
    CardKind::Action,
    Category::Flows,
    words("Export Flow", "フローのエクスポート"),
    words(
        "Writes a flow as a JSON file that can be imported again: on one line, or pretty with 1 to 8 blanks for each level. It is the draft that is exported; connections are named without secrets.",
        "フローを、再びインポートできるJSONファイルに書き出します。1行にするか、1～8個の空白で字下げした読みやすい形にするかを選べます。書き出されるのは下書きです。接続は名前だけで、秘密情報は含まれません。",
    ),
)
.runs(SAFE)
.icon("file-json")
.inputs(&[
    flow_field("flo").label("Flow").required(),
    PRETTY,
    INDENT,
])
.outputs(&EXPORTED);

const EXPORT_FOLDER: Card = base(
    "utility:exportFolder",
    CardKind::Action,
    Category::Folders,
    words("Export Folder", "フォルダーのエクスポート"),
    words(
        "Writes a folder with its flows, subfolders and tables as a JSON file that can be imported again, at most 400 flows. Rows and secrets are never exported. Okta's help does not name the inputs; the folder is given by its id.",
        "フォルダーと、その中のフロー、サブフォルダー、テーブルを、再びインポートできるJSONファイルに書き出します（フロー400件まで）。行や秘密情報は含まれません。入力はOktaのヘルプに記載がないため、フォルダーはIDで指定します。",
    ),
)
.unconfirmed()
.runs(SAFE)
.icon("folder")
.inputs(&[
    text("folder").label("Folder").required(),
    PRETTY,
    INDENT,
])
.outputs(&EXPORTED);
