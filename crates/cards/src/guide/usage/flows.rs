//! What starts a flow, decides, repeats, waits and calls.

use crate::declare::{Words, words};

/// Cards and their example.
pub(super) static USAGE: &[(&str, Words)] = &[
    (
        "control:callable",
        words(
            "Add the inputs Email and Department. Call Flow in another flow then shows these two fields, and whatever Return gives here becomes its outputs.",
            "入力「Email」と「Department」を追加すると、別のフローの「フローの呼び出し」にこの2つのフィールドが表示されます。このフローの「返す」に渡した値が、呼び出し元の出力になります。",
        ),
    ),
    (
        "control:scheduled",
        words(
            "Every weekday at 9:00 in Asia/Tokyo: search users who did not sign in for 90 days, and suspend each of them.",
            "毎週平日9:00（Asia/Tokyo）に、90日間サインインしていないユーザーを検索し、それぞれを一時停止します。",
        ),
    ),
    (
        "http:accept",
        words(
            "A call with the JSON body {\"email\": \"ada@example.com\"}: add the field email to the body, and drag it into Read User.",
            "JSONの本文 {\"email\": \"ada@example.com\"} で呼び出される場合は、本文にフィールド「email」を追加し、「ユーザーの読み取り」へドラッグします。",
        ),
    ),
    (
        "http:delegated",
        words(
            "Add the input Employee email. The help desk fills it in and runs the flow without any right to change it.",
            "入力「Employee email」を追加します。ヘルプデスクの担当者は、フローを変更する権限がなくても、値を入力して実行できます。",
        ),
    ),
    (
        "control:noop",
        words(
            "Press Run to try out a few cards, or to repair data once.",
            "カードをいくつか試すときや、データを一度だけ修正するときに「実行」を押します。",
        ),
    ),
    (
        "control:if",
        words(
            "value a: Status of Read User, comparison: equal to, value b: SUSPENDED. Run when TRUE holds Unsuspend User, Run when FALSE holds Compose.",
            "値aに「ユーザーの読み取り」のステータス、比較に「等しい」、値bに「SUSPENDED」を指定します。「TRUEなら実行」には「ユーザーの一時停止解除」、「FALSEなら実行」には「構成」を置きます。",
        ),
    ),
    (
        "control:branch",
        words(
            "If Department equals Sales: add the user to the group Sales. ElseIf it equals IT: add to IT. Else: send a message to the help desk.",
            "部署が「Sales」ならグループSalesに、「IT」ならグループITにユーザーを追加し、どちらでもなければヘルプデスクに連絡します。",
        ),
    ),
    (
        "control:continueIf",
        words(
            "value a: User type, comparison: equal to, value b: Contractor. For everybody else the flow ends here, as succeeded.",
            "値aに「ユーザータイプ」、比較に「等しい」、値bに「Contractor」を指定します。それ以外の人については、フローは成功としてここで終わります。",
        ),
    ),
    (
        "control:tryCatch",
        words(
            "Try holds Add User to Group. If Error holds Create Row, which writes the error's message into a table; the flow then goes on.",
            "Tryに「グループへのユーザーの追加」を、If Errorに「行の作成」を置き、エラーのメッセージをテーブルに記録します。フローはそのまま続きます。",
        ),
    ),
    (
        "control:throw",
        words(
            "Status Code: 404, message: No such employee. The run is failed, and a caller of the flow gets this error.",
            "ステータスコードに「404」、メッセージに「該当する社員がいません」を指定すると、実行は失敗になり、呼び出し元にこのエラーが返ります。",
        ),
    ),
    (
        "control:throwIf",
        words(
            "value a: Length of the list of users, comparison: greater than, value b: 1, message: More than one user found.",
            "値aにユーザーのリストの長さ、比較に「より大きい」、値bに「1」、メッセージに「複数のユーザーが見つかりました」を指定します。",
        ),
    ),
    (
        "control:spawn",
        words(
            "Flow: Get manager. Fill in its input User ID, add the output Manager Email, and drag that into the next card.",
            "フローに「Get manager」を選び、入力「User ID」に値を入れ、出力「Manager Email」を追加して次のカードへドラッグします。",
        ),
    ),
    (
        "control:run",
        words(
            "Flow: Write audit row. The user waits no longer for the answer, whatever becomes of the row.",
            "フローに「Write audit row」を選びます。行の書き込みを待たずに、すぐに応答を返せます。",
        ),
    ),
    (
        "control:return",
        words(
            "Add the input Manager Email and drag a value onto it. Call Flow in the calling flow has an output of this name.",
            "入力「Manager Email」を追加して値をドラッグします。呼び出し元の「フローの呼び出し」に同じ名前の出力ができます。",
        ),
    ),
    (
        "control:returnRaw",
        words(
            "Status Code: 202, Headers: {\"Content-Type\": \"application/json\"}, Body: {\"accepted\": true}.",
            "ステータスコードに「202」、ヘッダーに {\"Content-Type\": \"application/json\"}、本文に {\"accepted\": true} を指定します。",
        ),
    ),
    (
        "control:comment",
        words(
            "Why this flow exists: contractors must never join **prod-admins**, see SEC-412.",
            "このフローの目的：契約社員を **prod-admins** に入れないこと。SEC-412を参照。",
        ),
    ),
    (
        "control:wait",
        words(
            "delay: 5, unit: minutes, between creating a user and looking for the mailbox.",
            "ユーザーを作成してからメールボックスを確認するまでの間に、5分待ちます。",
        ),
    ),
    (
        "control:until",
        words(
            "date: Last day of work at 18:00, then Deactivate User.",
            "最終出社日の18:00まで待ち、その後「ユーザーの非アクティブ化」を実行します。",
        ),
    ),
    (
        "control:pause",
        words(
            "Send the Resume URL to the manager by mail. The flow goes on when the link is opened, with the output approved from its query.",
            "再開URLを上司にメールで送ります。リンクが開かれるとフローが再開し、クエリーの値が出力「approved」に入ります。",
        ),
    ),
    (
        "control:pauseRaw",
        words(
            "Body: an HTML page with a button that leads to the Resume URL.",
            "本文に、再開URLへのボタンがあるHTMLページを指定します。",
        ),
    ),
    (
        "control:times",
        words(
            "count: 12, a helper flow that makes the report of one month: its Index is 0 to 11.",
            "回数に「12」、ヘルパーフローに1か月分のレポートを作るフローを指定します。インデックスは0から11になります。",
        ),
    ),
    (
        "list:each",
        words(
            "list: the users of a group, a helper flow that suspends one user. With 3 users it runs 3 times, one after the other.",
            "リストにグループのユーザー、ヘルパーフローに1人を一時停止するフローを指定します。ユーザーが3人なら、順に3回実行されます。",
        ),
    ),
    (
        "list:asyncEach",
        words(
            "list: 500 users, concurrency: 10. When one of them fails, the other 499 are still handled.",
            "リストに500人のユーザー、同時実行数に「10」を指定します。1人で失敗しても、残りの499人は処理されます。",
        ),
    ),
    (
        "list:map",
        words(
            "list: [\"ada\", \"bob\"], a helper flow that returns the item with @example.com: new list is [\"ada@example.com\", \"bob@example.com\"].",
            "リスト [\"ada\", \"bob\"] と、項目に @example.com を付けて返すヘルパーフローから、新しいリスト [\"ada@example.com\", \"bob@example.com\"] ができます。",
        ),
    ),
    (
        "list:filter",
        words(
            "list: users, a helper flow that compares lastLogin with a date and returns true or false.",
            "リストにユーザー、ヘルパーフローにlastLoginを日付と比較して真偽を返すフローを指定します。",
        ),
    ),
    (
        "list:find",
        words(
            "list: groups, a helper flow that returns true for the first group whose name begins with VPN.",
            "リストにグループ、ヘルパーフローに、名前が「VPN」で始まるグループで真を返すフローを指定します。",
        ),
    ),
    (
        "list:reduce",
        words(
            "list: [3, 4, 5], memo: 0, a helper flow that returns memo + item: the result is 12.",
            "リスト [3, 4, 5]、メモ 0、メモ＋項目を返すヘルパーフローの結果は12です。",
        ),
    ),
    (
        "object:each",
        words(
            "object: {\"ada\": \"admin\", \"bob\": \"reader\"}: the helper flow runs for ada, then for bob.",
            "オブジェクト {\"ada\": \"admin\", \"bob\": \"reader\"} では、ヘルパーフローがadaとbobについて順に実行されます。",
        ),
    ),
    (
        "object:map",
        words(
            "object: {\"a\": 1, \"b\": 2}, a helper flow that returns the key: new list is [\"a\", \"b\"].",
            "オブジェクト {\"a\": 1, \"b\": 2} とキーを返すヘルパーフローから、新しいリスト [\"a\", \"b\"] ができます。",
        ),
    ),
    (
        "object:process",
        words(
            "object: {\"a\": 1}, a helper flow that returns key and ten times the value: output is {\"a\": 10}.",
            "オブジェクト {\"a\": 1} と、keyおよび10倍のvalueを返すヘルパーフローから、{\"a\": 10} ができます。",
        ),
    ),
    (
        "string:uniqueId",
        words(
            "Gives something like 0b9d4c5e-2f60-4a35-9d5b-7c1f0a4e8b21, as the number of a ticket.",
            "0b9d4c5e-2f60-4a35-9d5b-7c1f0a4e8b21 のような値になり、申請の番号などに使えます。",
        ),
    ),
];
