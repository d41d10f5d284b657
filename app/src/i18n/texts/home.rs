//! What the home page says.

use crate::i18n::messages;

messages! {
    /// What the home page says.
    pub enum HomeText {
        Title => "Home", "ホーム";
        Last24Hours => "Last 24 hours", "直近 24 時間";
        Runs => "Runs", "実行";
        Succeeded => "Succeeded", "成功";
        Failed => "Failed", "失敗";
        FailedRuns { n: i64 } => "{n} failed", "失敗 {n} 件";
        FlowsOn => "Flows that are on", "オンのフロー";
        OfFlows { n: usize } => "of {n} in all", "全 {n} 件中";
        Connections => "Connections", "接続";
        RunsByHour => "Runs by hour", "1 時間ごとの実行数";
        ChartSummary { runs: i64, failed: i64 } => ("{runs} run in the last 24 hours, {failed} failed." | "{runs} runs in the last 24 hours, {failed} failed."), "直近 24 時間の実行は {runs} 件、うち失敗は {failed} 件です。";
        Hour => "Hour", "時間帯";
        NeedsAttention => "Needs attention", "対応が必要";
        NothingNeeded => "Nothing needs you right now.", "対応が必要な項目はありません。";
        FailedTimes { n: i64, error: String } => ("Failed once: {error}" | "Failed {n} times: {error}"), "失敗 {n} 回：{error}";
        Reauthorize => "The org no longer accepts its tokens.", "トークンが無効になっています。";
        LimitScarce { bucket: String, left: i64, limit: i64, waiting: i64 } => "Rate limit of {bucket}: {left} of {limit} left, {waiting} waiting. Runs get slower.", "{bucket} のレート制限：残り {left} / {limit}、待機中 {waiting} 件。実行に時間がかかります。";
        Open => "Open", "開く";
        OpenNamed { name: String } => "Open {name}", "{name}を開く";
        BusiestFlows => "Busiest flows", "実行の多いフロー";
        NoRunsYet => "No flow ran in the last 24 hours.", "直近 24 時間に実行されたフローはありません。";
        AllFlows => "All flows", "すべてのフロー";
        Flow => "Flow", "フロー";
        Share => "Share of runs", "実行の割合";
        NewFlow => "New flow", "新規フロー";
        FirstTitle => "Make your first flow", "最初のフローを作成";
        FirstText => "Three steps, and an event of your org starts a flow on this server.", "3 つの手順で、org のイベントからこのサーバーのフローを実行できます。";
        StepConnect => "Connect an org", "org を接続";
        StepConnectText => "Cards read and change users, groups and apps through a connection.", "カードは接続を通じてユーザー、グループ、アプリケーションを操作します。";
        StepConnectAction => "New connection", "新規接続";
        StepFlow => "Make a flow", "フローを作成";
        StepFlowText => "Drag an event and actions into a row, or import a pack from Okta Workflows.", "イベントとアクションを並べます。Okta Workflows のパックも取り込めます。";
        StepImportAction => "Import a pack", "パックの取り込み";
        StepOn => "Turn it on", "フローをオンにする";
        StepOnText => "Every run shows each value on its way, card by card.", "実行ごとに、カードを通る値をすべて確認できます。";
        StepOnAction => "See flows", "フローを見る";
        Done => "Done", "完了";
    }
}
