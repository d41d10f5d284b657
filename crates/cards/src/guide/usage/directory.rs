//! Active Directory.

use crate::declare::{Words, words};

/// Cards and their example.
pub(super) static USAGE: &[(&str, Words)] = &[
    (
        "active_directory:searchUsers",
        words(
            "Attribute: department, Value: Sales finds the sales people; Filter: (title=*{title}*) with Filter Values narrows it further.",
            "属性に「department」、値に「営業」を指定すると営業部の人が見つかります。フィルター「(title=*{title}*)」とフィルターの値でさらに絞り込めます。",
        ),
    ),
    (
        "active_directory:readUser",
        words(
            "Person: hanako@corp.example gives the account, whether it is enabled, and all attributes of the mapping.",
            "ユーザーに「hanako@corp.example」を指定すると、アカウントとその有効・無効、マッピングの全属性が得られます。",
        ),
    ),
    (
        "active_directory:fullImport",
        words(
            "A scheduled flow runs it every Sunday and writes Users Created and Users Removed into a table.",
            "毎週日曜のスケジュールフローで実行し、作成と削除の人数をテーブルに書き込みます。",
        ),
    ),
    (
        "active_directory:incrementalImport",
        words(
            "An API endpoint that the HR system calls imports the new people at once instead of at the next scheduled time.",
            "人事システムが呼び出すAPIエンドポイントで、次の予定時刻を待たずに新しい人をインポートします。",
        ),
    ),
    (
        "active_directory:signIn",
        words(
            "Username and Password from the body of an API endpoint: who signs in for the first time is created in the org.",
            "APIエンドポイントの本文からユーザー名とパスワードを渡すと、初めてサインインした人がorgに作成されます。",
        ),
    ),
    (
        "active_directory:mapAttributes",
        words(
            "Differences tells what an import would change for one person, before anything is written.",
            "差分を見ると、書き込みの前に、1人分のインポートで何が変わるかがわかります。",
        ),
    ),
    (
        "active_directory:updateUser",
        words(
            "Starts with User Profile Updated, reads the user and writes a new mobile phone back into the directory.",
            "「ユーザープロファイルの更新」で開始し、ユーザーを読み取って、新しい携帯電話番号をディレクトリに書き戻します。",
        ),
    ),
];
