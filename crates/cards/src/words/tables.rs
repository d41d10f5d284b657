//! Labels of table cards, and of cards that page.

pub(super) static LABELS: [(&str, &str); 17] = [
    ("Added Rows", "追加した行数"),
    ("Changed Rows", "変更した行数"),
    ("Columns", "列"),
    ("Cursor Parameter", "カーソルのパラメーター"),
    ("Delimiter", "区切り文字"),
    ("Errors", "エラー"),
    ("Is New", "新規かどうか"),
    ("Key Columns", "キーの列"),
    ("Mode", "モード"),
    ("Next Page Path", "次のページのパス"),
    ("Page Limit", "ページ数の上限"),
    ("Pages", "ページ数"),
    ("Refused Lines", "取り込まなかった行数"),
    ("Stream Matching Rows", "一致する行をストリーミング"),
    ("column", "列"),
    ("line", "行番号"),
    ("put", "put"),
];
