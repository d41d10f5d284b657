//! Labels of table cards, and of cards that page.

pub(super) static LABELS: [(&str, &str); 7] = [
    ("Cursor Parameter", "カーソルのパラメーター"),
    ("Is New", "新規かどうか"),
    ("Key Columns", "キーの列"),
    ("Next Page Path", "次のページのパス"),
    ("Page Limit", "ページ数の上限"),
    ("Pages", "ページ数"),
    ("Stream Matching Rows", "一致する行をストリーミング"),
];
