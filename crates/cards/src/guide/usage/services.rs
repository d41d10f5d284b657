//! Tables, HTTP, files, exports, and calls that the author writes.

use crate::declare::{Words, words};

/// Cards and their example.
pub(super) static USAGE: &[(&str, Words)] = &[
    (
        "httpfunctions:close",
        words(
            "Status Code: 202 at once, then ten minutes of work: the caller does not wait for it.",
            "すぐに「202」を返してから、10分かかる処理を続けます。呼び出し元は待ちません。",
        ),
    ),
    (
        "stash:searchRows2",
        words(
            "Table: Exceptions, filter: Login equals the login of the user. Row ID is empty when there is no such row: Continue If looks at it.",
            "テーブルに「Exceptions」、条件に「ログインがユーザーのログインと等しい」を指定します。該当する行がなければ行IDは空なので、「Continue If」で確かめます。",
        ),
    ),
    (
        "stash:createRow",
        words(
            "Table: Audit, User: Display Name of the event, When: Date and Time of the event.",
            "テーブルに「Audit」、列「User」にイベントの表示名、列「When」にイベントの日時を指定します。",
        ),
    ),
    (
        "stash:updateRow",
        words(
            "Row ID from Search Rows, State: done. The other columns stay as they are.",
            "「行の検索」の行IDと、列「State」に「done」を指定します。ほかの列はそのままです。",
        ),
    ),
    (
        "stash:upsertRow",
        words(
            "Key Columns: Mail. A second event of the same person changes the row instead of adding another one.",
            "キーの列に「Mail」を指定すると、同じ人の2回目のイベントでは行が追加されず、既存の行が変更されます。",
        ),
    ),
    (
        "stash:readRow",
        words(
            "Row ID from Create Row gives the columns of that row.",
            "「行の作成」の行IDを渡すと、その行の列の値が得られます。",
        ),
    ),
    (
        "stash:deleteRow",
        words(
            "Row ID from Search Rows: the row is gone, the others stay.",
            "「行の検索」の行IDを渡すと、その行だけが削除されます。",
        ),
    ),
    (
        "stash:clearTable",
        words(
            "Empty the table Report before it is filled again; Cleared Rows is 120.",
            "テーブル「Report」を作り直す前に空にします。消去された行は120になります。",
        ),
    ),
    (
        "stash:readTable",
        words(
            "Gives the columns Mail (text) and Count (number), for a message about what is kept.",
            "列「Mail」（テキスト）と「Count」（数値）などの情報が得られます。",
        ),
    ),
    (
        "stash:exportToCSV",
        words(
            "Table: Report, Filename: report.csv. The file goes to Upload.",
            "テーブルに「Report」、ファイル名に「report.csv」を指定し、ファイルを「アップロード」に渡します。",
        ),
    ),
    (
        "stash:importFromCSV",
        words(
            "A file whose first line is Mail,Department fills these two columns; Added Rows is the number of the other lines.",
            "先頭の行が「Mail,Department」のファイルでは、この2つの列に値が入り、追加された行の数が得られます。",
        ),
    ),
    (
        "httpfunctions:get",
        words(
            "URL: https://api.example.com/employees, Query: {\"id\": \"42\"}. Body is the answer as an object.",
            "URLに https://api.example.com/employees、クエリーに {\"id\": \"42\"} を指定します。本文には応答がオブジェクトとして入ります。",
        ),
    ),
    (
        "httpfunctions:post",
        words(
            "URL: the address of a chat webhook, Body: {\"text\": \"Ada was suspended\"}.",
            "URLにチャットのWebhookのアドレス、本文に {\"text\": \"Adaを一時停止しました\"} を指定します。",
        ),
    ),
    (
        "httpfunctions:put",
        words(
            "URL: https://api.example.com/employees/42, Body: the whole employee as an object from Construct.",
            "URLに https://api.example.com/employees/42、本文に「作成」で組み立てた社員全体のオブジェクトを指定します。",
        ),
    ),
    (
        "httpfunctions:patch",
        words(
            "URL: https://api.example.com/employees/42, Body: {\"active\": false}.",
            "URLに https://api.example.com/employees/42、本文に {\"active\": false} を指定します。",
        ),
    ),
    (
        "httpfunctions:delete",
        words(
            "URL: https://api.example.com/employees/42. Status Code is 204 when it was deleted.",
            "URLに https://api.example.com/employees/42 を指定します。削除されるとステータスコードは204になります。",
        ),
    ),
    (
        "httpfunctions:raw",
        words(
            "Method: POST, Headers: {\"Content-Type\": \"text/xml\"}, Body: a SOAP envelope from XML Build.",
            "メソッドに「POST」、ヘッダーに {\"Content-Type\": \"text/xml\"}、本文にXMLの「作成」で組み立てたSOAPメッセージを指定します。",
        ),
    ),
    (
        "httpfunctions:paginate",
        words(
            "URL: https://api.example.com/employees?limit=100, Next Page Path: paging.next, a helper flow that handles one page.",
            "URLに https://api.example.com/employees?limit=100、次のページのパスに「paging.next」、ヘルパーフローに1ページ分を処理するフローを指定します。",
        ),
    ),
    (
        "filefunctions:largeDownload",
        words(
            "URL: https://www.example.com/people.csv. The file goes to Import from CSV.",
            "URLに https://www.example.com/people.csv を指定し、ファイルを「CSVからのインポート」に渡します。",
        ),
    ),
    (
        "filefunctions:info",
        words(
            "Of report.csv: Filename report.csv, Extension csv, Size 1204.",
            "report.csvの場合、ファイル名は report.csv、拡張子は csv、サイズは1204です。",
        ),
    ),
    (
        "filefunctions:create",
        words(
            "Filename: hello.txt, Text: from Compose.",
            "ファイル名に「hello.txt」、テキストに「構成」の出力を指定します。",
        ),
    ),
    (
        "filefunctions:read",
        words(
            "Content of Download, Encoding: Text. The text goes to Split or to Parse.",
            "「ダウンロード」のコンテンツを渡すと、テキストが得られ、「分割」や「解析」に渡せます。",
        ),
    ),
    (
        "filefunctions:upload",
        words(
            "Content of Export to CSV, URL: a signed address of a file store, Method: PUT.",
            "「CSVへのエクスポート」のコンテンツ、URLにファイル保管先の署名付きアドレス、メソッドに「PUT」を指定します。",
        ),
    ),
    (
        "filefunctions:delete",
        words(
            "Content of Download, as soon as its rows are in the table.",
            "行をテーブルに取り込んだ後、「ダウンロード」のコンテンツを削除します。",
        ),
    ),
    (
        "utility:exportFlo",
        words(
            "Flow: Offboarding. The text goes to Create File and from there into a repository, every night.",
            "フローに「Offboarding」を指定します。毎晩、テキストを「ファイルの作成」に渡してリポジトリーに保存できます。",
        ),
    ),
    (
        "utility:exportFolder",
        words(
            "Folder: its id from the address of the flow list. Another server imports the file as it is.",
            "フォルダーに、フロー一覧のアドレスにあるIDを指定します。別のサーバーにそのまま取り込めます。",
        ),
    ),
    (
        "okta:hTTPRequest",
        words(
            "Request type: GET, Relative URL: /api/v1/users/me. For whatever Okta's API has and no card does.",
            "リクエストタイプに「GET」、相対URLに /api/v1/users/me を指定します。カードのないOkta APIの呼び出しに使います。",
        ),
    ),
];
