//! Labels of table cards.

pub(super) static LABELS: [(&str, &str); 3] = [
    ("Is New", "新規かどうか"),
    ("Key Columns", "キーの列"),
    ("Stream Matching Rows", "一致する行をストリーミング"),
];
