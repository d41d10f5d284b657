//! The actions: reading users, imports, sign-in, mapping, writing back.

use crate::declare::{
    Card, Category, Field, Repeat, Run, Words, base, boolean, flow_field, number, object, objects,
    objects_with, pick, text, texts, words,
};
use flow::CardKind;

use super::MODULE;
use super::outputs::{DIFFERENCE_KEYS, FAILED_KEYS, IMPORT_FIELDS, USER_FIELDS, USER_KEYS};

pub(super) static CARDS: [Card; 7] = [
    SEARCH,
    READ,
    FULL_IMPORT,
    INCREMENTAL_IMPORT,
    SIGN_IN,
    MAP,
    UPDATE,
];

const fn action(key: &'static str, name: Words, help: Words, repeatable: Repeat) -> Card {
    let card = base(key, CardKind::Action, Category::ActiveDirectory, name, help)
        .runs(Run::Call { repeatable })
        .unconfirmed();
    Card {
        connector: Some(MODULE),
        ..card
    }
}

/// The person, however it is named.
const PERSON: Field = text("Person").of("User").required();
const MORE_ATTRIBUTES: Field = texts("Attributes").of("User").more();

static SEARCH: Card = action(
    "active_directory:searchUsers",
    words("Search Users", "ユーザーの検索"),
    words(
        "Finds users of the directory by an attribute, by a filter of RFC 4515, or by both. Values are escaped, so that no letter of them changes the search; put values into a filter by naming them in braces, such as (title=*{title}*). Without a base the selected units are searched.",
        "属性、RFC 4515のフィルター、またはその両方で、ディレクトリのユーザーを検索します。値はエスケープされるため、値の文字で検索の意味が変わることはありません。フィルターに値を入れるには、(title=*{title}*) のように波かっこで名前を書きます。ベースを省略すると、選択した組織単位を検索します。",
    ),
    Repeat::Safe,
)
.icon("user-search")
.inputs(&[
    text("resultSet")
        .label("Result Set")
        .option()
        .choices(&[
            pick("First Matching Record"),
            pick("First 200 Matching Records"),
            pick("Stream Matching Records"),
        ])
        .starts_as("\"First 200 Matching Records\""),
    text("Attribute").of("Inputs"),
    text("Value").of("Inputs"),
    text("Filter").of("Inputs"),
    object("Filter Values").of("Inputs").more(),
    text("Base").of("Inputs").more(),
    texts("Attributes").of("Inputs").more(),
    flow_field("Flow").of("Streaming").label("Flow").more(),
    number("Limit")
        .of("Search Criteria")
        .label("Record Limit")
        .more(),
])
.outputs(&[
    objects_with("Users", &USER_KEYS).of("Result"),
    crate::declare::shape("User", &USER_KEYS).of("Result").more(),
    number("Records Streamed").of("Result").more(),
]);

static READ: Card = action(
    "active_directory:readUser",
    words("Read User", "ユーザーの読み取り"),
    words(
        "Reads one user of the directory by user principal name, account name, mail address, distinguished name or objectGUID. It is an error when there is nobody, or more than one.",
        "ユーザープリンシパル名、アカウント名、メールアドレス、識別名、またはobjectGUIDで、ディレクトリのユーザー1人を読み取ります。該当者がいない場合や、2人以上いる場合はエラーになります。",
    ),
    Repeat::Safe,
)
.icon("user")
.inputs(&[PERSON, MORE_ATTRIBUTES])
.outputs(&USER_FIELDS);

const APPROVAL: Field = text("approval")
    .label("When the Plan Is Made")
    .option()
    .choices(&[pick("Go On"), pick("Wait for Approval")])
    .starts_as("\"Go On\"");

static FULL_IMPORT: Card = action(
    "active_directory:fullImport",
    words("Full Import", "フルインポート"),
    words(
        "Imports all users of the directory's selected units into its org, and takes away who is gone. The card waits until the import is over, waits for approval or stands at its safeguard; Status says which. Only one import of a directory runs at a time.",
        "ディレクトリで選択した組織単位の全ユーザーをorgにインポートし、いなくなったユーザーを取り除きます。インポートが終わるか、承認待ちになるか、セーフガードで止まるまで待ち、そのどれかをステータスで示します。1つのディレクトリで同時に実行できるインポートは1つだけです。",
    ),
    Repeat::Safe,
)
.icon("download")
.inputs(&[APPROVAL])
.outputs(&IMPORT_FIELDS);

static INCREMENTAL_IMPORT: Card = action(
    "active_directory:incrementalImport",
    words("Incremental Import", "増分インポート"),
    words(
        "Imports users who changed since the last import. The first one, and one after the controller or the units changed, reads everybody; Full says so. Users who were deleted or moved away are noticed only by a full import.",
        "前回のインポート以降に変更されたユーザーをインポートします。初回や、ドメインコントローラーまたは組織単位が変わった後は全員を読み取り、フルの値でそれを示します。削除または移動されたユーザーは、フルインポートでだけ検出されます。",
    ),
    Repeat::Safe,
)
.icon("refresh-cw")
.inputs(&[APPROVAL])
.outputs(&IMPORT_FIELDS);

static SIGN_IN: Card = action(
    "active_directory:signIn",
    words("Just-in-Time Sign-in", "ジャストインタイムサインイン"),
    words(
        "Tries the password of one person at the directory over TLS, then imports or updates that person by the rules. A refusal is no error: Signed In says no, and Reason why. The password is never logged or stored by the card; turn saving of data off for the flow when the password is in its input. Just-in-time import must be on in the settings of the directory.",
        "1人のパスワードをTLS経由でディレクトリで確かめ、ルールに従ってその人をインポートまたは更新します。拒否はエラーではなく、サインイン済みが偽になり、理由が示されます。パスワードはカードによって記録も保存もされません。フローの入力にパスワードが含まれる場合は、データの保存をオフにしてください。ディレクトリの設定でジャストインタイムインポートをオンにしておく必要があります。",
    ),
    Repeat::Never,
)
.icon("log-in")
.inputs(&[
    text("Username").of("Sign-in").required(),
    text("Password").of("Sign-in").required(),
])
.outputs(&[
    boolean("Signed In").of("Result"),
    text("Reason").of("Result"),
    text("Outcome").of("Result"),
    text("Okta User ID").of("Result"),
    text("Login").of("Result"),
    texts("Rules").of("Result").more(),
    texts("Missing Attributes").of("Result").more(),
]);

static MAP: Card = action(
    "active_directory:mapAttributes",
    words("Map Attributes", "属性のマップ"),
    words(
        "Computes the mapping of the directory for one person in both directions and writes nothing. Without Okta User the user of the org with the person's user name is read.",
        "1人分のディレクトリのマッピングを両方向で計算します。書き込みは行いません。Oktaユーザーを省略すると、その人のユーザー名を持つorgのユーザーを読み取ります。",
    ),
    Repeat::Safe,
)
.icon("arrow-left-right")
.inputs(&[PERSON, object("Okta User").of("User").more()])
.outputs(&[
    text("Login").of("Result"),
    object("To Okta").of("Result"),
    object("To Active Directory").of("Result"),
    objects_with("Differences", &DIFFERENCE_KEYS).of("Result").more(),
    objects("Problems").of("Result").more(),
    text("Outcome").of("Result").more(),
]);

static UPDATE: Card = action(
    "active_directory:updateUser",
    words("Update User", "ユーザーの更新"),
    words(
        "Writes into the directory what the mapping makes of the Okta user: only rows that go from Okta to Active Directory and whose value differs. Each attribute is written by itself; Failed names those that were refused, and the others stay written. A manager is set by the manager rules. The account of the directory must be allowed to write.",
        "マッピングがOktaユーザーから作る値をディレクトリに書き込みます。対象は、OktaからActive Directoryへ送る行のうち、値が異なるものだけです。属性は1つずつ書き込まれ、拒否されたものは失敗に示され、ほかの属性は書き込まれたまま残ります。マネージャーはマネージャーのルールに従って設定されます。ディレクトリのアカウントに書き込みの権限が必要です。",
    ),
    Repeat::Safe,
)
.icon("user-pen")
.inputs(&[
    PERSON,
    object("Okta User").of("User"),
    texts("Only Attributes").of("User").more(),
])
.outputs(&[
    boolean("All Written").of("Result"),
    texts("Written").of("Result"),
    objects_with("Failed", &FAILED_KEYS).of("Result"),
]);
