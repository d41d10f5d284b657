//! What the common parts say.

use crate::i18n::messages;

messages! {
    /// What the common parts say.
    pub enum KitText {
        Loading => "Loading", "読み込み中";
        TryAgain => "Try again", "再試行";
        Close => "Close", "閉じる";
        Cancel => "Cancel", "キャンセル";
        Save => "Save", "保存";
        Delete => "Delete", "削除";
        Crumbs => "You are here", "現在の位置";
        Undo => "Undo", "元に戻す";
        More => "More", "その他";
        ShowAsTable => "Show as table", "表で表示";
        SomethingIsWrong => "This could not be shown", "表示できませんでした";
    }
}
