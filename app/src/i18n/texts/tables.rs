//! What the tables say.

use crate::i18n::messages;

messages! {
    /// What the tables say.
    pub enum TableText {
        Title => "Tables", "テーブル";
        New => "New table", "新規テーブル";
        Name => "Name", "名前";
        Columns => "Columns", "列";
        Rows => "Rows", "行";
        RowCount { n: i64 } => ("{n} row" | "{n} rows"), "{n} 行";
        Empty => "Tables belong here: lists that flows look things up in and write to.", "ここにテーブルが並びます。フローが参照し、書き込む一覧です。";
        EmptyRows => "This table has no rows yet.", "このテーブルにはまだ行がありません。";
        AddRow => "Add row", "行を追加";
        EditRow => "Edit row", "行を編集";
        DeleteRow => "Delete row", "行を削除";
        DeleteRowTitle => "Delete this row?", "この行を削除しますか？";
        DeleteRowText => "Flows no longer find it. This cannot be undone.", "フローから参照できなくなります。元に戻すことはできません。";
        RowAdded => "The row was added", "行を追加しました";
        RowSaved => "The row was saved", "行を保存しました";
        RowDeleted => "The row was deleted", "行を削除しました";
        Changed => "Changed", "更新日時";
        Actions => "Actions", "操作";
        NewTitle => "Make a table", "テーブルの作成";
        TableName => "Name of the table", "テーブル名";
        ColumnName => "Name of the column", "列名";
        ColumnType => "Type", "タイプ";
        AddColumn => "Add column", "列を追加";
        RemoveColumn => "Remove column", "列を削除";
        Create => "Create", "作成";
        TypeText => "Text", "テキスト";
        TypeNumber => "Number", "数値";
        TypeBoolean => "True/False", "真偽";
        TypeDate => "Date & Time", "日時";
        True => "True", "真";
        False => "False", "偽";
        NotSet => "not set", "未設定";
        DateHint => "ISO 8601, for instance 2026-11-21T14:02:11Z.", "ISO 8601 形式です（例：2026-11-21T14:02:11Z）。";
        NeedsNumber { column: String } => "{column} takes a number, for instance 12 or 3.5.", "「{column}」には数値を入力します（例：12、3.5）。";
        ShownOf { n: usize, all: i64 } => "The first {n} of {all} rows", "全 {all} 行中、先頭の {n} 行";
        More => "Show more rows", "さらに表示";
    }
}
