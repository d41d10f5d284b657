//! What the audit log says.

use crate::i18n::messages;

messages! {
    /// What the audit log says.
    pub enum AuditText {
        Title => "Audit log", "監査ログ";
        Lead => "What people changed on this server, newest first. Entries are kept for good and never changed.", "このサーバーで行われた変更を新しい順に表示します。記録は期限なく保持され、書き換えられません。";
        Open => "Open the audit log", "監査ログを開く";
        When => "When", "日時";
        Who => "Who", "ユーザー";
        What => "What", "操作";
        Thing => "Thing", "対象";
        Server => "This server", "このサーバー";
        Gone => "Deleted person", "削除されたユーザー";
        Details => "Before and after", "変更の前後";
        DetailsOf { what: String } => "Before and after: {what}", "変更の前後：{what}";
        Before => "Before", "変更前";
        After => "After", "変更後";
        NoDetails => "Nothing more was noted.", "これ以上の記録はありません。";
        AnyKind => "All things", "すべての対象";
        ByKind => "By thing", "対象で絞り込む";
        AnyPerson => "All people", "すべてのユーザー";
        ByPerson => "By person", "ユーザーで絞り込む";
        AnyTime => "Any time", "すべての期間";
        ByTime => "By time", "期間で絞り込む";
        LastDay => "Last 24 hours", "過去 24 時間";
        LastWeek => "Last 7 days", "過去 7 日間";
        LastMonth => "Last 30 days", "過去 30 日間";
        OnlyThis => "Only this thing", "この対象だけ";
        ClearAll => "Clear all", "すべてクリア";
        Older => "Older entries", "以前の記録";
        Empty => "Nothing was changed yet. Whatever people change here is noted with the time, the person, and what it was before and after.", "変更はまだありません。変更すると、日時、ユーザー、変更の前後がここに記録されます。";
        NoneFound => "No entry fits these filters.", "条件に合う記録はありません。";
        KindFlow => "Flow", "フロー";
        KindFolder => "Folder", "フォルダー";
        KindRun => "Run", "実行";
        KindConnection => "Connection", "接続";
        KindTable => "Table", "テーブル";
        KindDirectory => "Directory", "ディレクトリー";
        KindImport => "Import of users", "ユーザーのインポート";
        KindPerson => "Person", "ユーザー";
        KindSetting => "Setting", "設定";
        KindAttention => "Hint on Home", "ホームの通知";
        Activate => "Turned on", "オンにした";
        Again => "Ran again", "再実行した";
        Approve => "Approved", "承認した";
        Cancel => "Canceled", "キャンセルした";
        Change => "Changed", "変更した";
        Clear => "Cleared data", "データを消去した";
        Confirm => "Decided about a person", "ユーザーの照合を決定した";
        Create => "Created", "作成した";
        Deactivate => "Turned off", "オフにした";
        Delegate => "Changed who may run it", "実行できるユーザーを変更した";
        Delete => "Deleted", "削除した";
        Dismiss => "Dismissed", "非表示にした";
        Duplicate => "Duplicated", "複製した";
        Export => "Exported", "エクスポートした";
        HttpAllowed => "Changed allowed addresses", "許可するアドレスを変更した";
        Import => "Imported", "インポートした";
        Install => "Installed a template", "テンプレートを追加した";
        Key => "Made a key", "キーを作成した";
        KeyDelete => "Deleted a key", "キーを削除した";
        Mapping => "Changed the mapping", "マッピングを変更した";
        Move => "Moved", "移動した";
        Reauthorize => "Reauthorized", "再承認した";
        Rename => "Renamed", "名前を変更した";
        Restore => "Restored", "復元した";
        Revoke => "Revoked tokens", "トークンを取り消した";
        Run => "Started a run", "実行を開始した";
        Save => "Saved", "保存した";
        SetUp => "Set up this server", "サーバーを初期設定した";
        Settle => "Settled an unknown outcome", "不明な結果を確定した";
        Share => "Changed its share of the rate limit", "レート制限の配分を変更した";
        SignIn => "Tried a sign-in", "サインインを試した";
        WriteBack => "Wrote into the directory", "ディレクトリーに書き込んだ";
        Show => "Showed a masked value", "マスクされた値を表示した";
        Try => "Tried the draft", "下書きを試した";
    }
}

/// Returns the words for what was done: the last word of an action.
pub fn audit_verb(verb: &str) -> Option<AuditText> {
    Some(match verb {
        "activate" => AuditText::Activate,
        "again" => AuditText::Again,
        "approve" => AuditText::Approve,
        "cancel" => AuditText::Cancel,
        "change" => AuditText::Change,
        "clear" => AuditText::Clear,
        "confirm" => AuditText::Confirm,
        "create" => AuditText::Create,
        "deactivate" => AuditText::Deactivate,
        "delegate" => AuditText::Delegate,
        "delete" => AuditText::Delete,
        "dismiss" => AuditText::Dismiss,
        "duplicate" => AuditText::Duplicate,
        "export" => AuditText::Export,
        "http_allowed" => AuditText::HttpAllowed,
        "import" => AuditText::Import,
        "install" => AuditText::Install,
        "key" => AuditText::Key,
        "key_delete" => AuditText::KeyDelete,
        "mapping" => AuditText::Mapping,
        "move" => AuditText::Move,
        "reauthorize" => AuditText::Reauthorize,
        "rename" => AuditText::Rename,
        "restore" => AuditText::Restore,
        "revoke" => AuditText::Revoke,
        "run" => AuditText::Run,
        "save" => AuditText::Save,
        "set_up" => AuditText::SetUp,
        "settle" => AuditText::Settle,
        "share" => AuditText::Share,
        "show_value" => AuditText::Show,
        "sign_in" => AuditText::SignIn,
        "try" => AuditText::Try,
        "write_back" => AuditText::WriteBack,
        _ => return None,
    })
}

/// Returns the word for a kind of thing.
pub fn audit_kind(kind: &str) -> Option<AuditText> {
    Some(match kind {
        "flow" => AuditText::KindFlow,
        "folder" => AuditText::KindFolder,
        "run" => AuditText::KindRun,
        "connection" => AuditText::KindConnection,
        "table" => AuditText::KindTable,
        "directory" => AuditText::KindDirectory,
        "import" => AuditText::KindImport,
        "person" => AuditText::KindPerson,
        "setting" => AuditText::KindSetting,
        "attention" => AuditText::KindAttention,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_noted_has_words() {
        for verb in api::AUDIT_VERBS {
            assert!(audit_verb(verb).is_some(), "{verb}");
        }
        for kind in api::AUDIT_KINDS {
            assert!(audit_kind(kind).is_some(), "{kind}");
        }
    }
}
