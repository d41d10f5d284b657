//! What the chart of an org's rate limits says.

use crate::i18n::messages;

messages! {
    /// What the chart of an org's rate limits says.
    pub enum BudgetText {
        Title => "Rate limits", "レート制限の消費";
        Lead => "Requests a minute. Near the limit, calls are spread and wait for the reset; runs get slower and do not fail.", "1 分あたりのリクエスト数。上限に近づくと呼び出しの間隔を自動で空け、リセットを待ちます。";
        Buckets => "Families of endpoints", "エンドポイントの種類";
        Ours => "This server", "このサーバー";
        Others => "Everybody else", "ほかのクライアント";
        Limit => "Limit", "上限";
        LimitOf { n: i64 } => "Limit {n} a minute", "上限 {n} / 分";
        LeftToOthers { n: i64, percent: i64 } => "Calls wait from {n} ({percent}%)", "待機開始 {n}（{percent}%）";
        Summary { name: String, ours: i64, others: i64, left: i64, limit: i64 } => "{name}: of {limit} requests a minute, this server used {ours} and everybody else {others}; {left} are left.", "{name}：1 分あたり {limit} 件のうち、このサーバーが {ours} 件、ほかのクライアントが {others} 件を使用し、残りは {left} 件です。";
        Standing { used: i64, limit: i64 } => "{used} / {limit}", "{used} / {limit}";
        ResetsIn { n: i64 } => ("Resets in {n} second" | "Resets in {n} seconds"), "リセットまで {n} 秒";
        NoWindow => "No call in this minute", "この 1 分の呼び出しなし";
        Left => "Left", "残り";
        UnderWay => "Under way at once", "同時実行中";
        Waiting => "Waiting", "待機中";
        Blocked => "The org refused a call with 429. Calls wait for the reset.", "org が 429 を返しました。リセットまで待機します。";
        Paused => "The org refused a call because too many were under way at once. Fewer are sent for a while.", "同時実行数の上限に達しました。しばらく同時に送る数を減らします。";
        Now => "Now", "現在";
        Minute => "Minute", "時刻";
        Unused => "The org was not called since this server started. The chart begins with the first call.", "サーバーの起動後、この org への呼び出しはまだありません。最初の呼び出しから表示します。";
        Share => "Leave to others", "ほかのクライアントに残す割合";
        ShareText => "This part of every limit stays free for other apps and administrators of the org.", "各上限のうち、org のほかのアプリケーションと管理者のために空けておく割合です。";
        SharePercent { n: i64 } => "{n}%", "{n}%";
        ShareSaved { n: i64 } => "{n}% of every limit is left to others.", "各上限の {n}% をほかのクライアントに残します。";
    }
}
