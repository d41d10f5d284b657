//! What the list of runs says.

use crate::i18n::messages;

messages! {
    /// What the list of runs says.
    pub enum RunText {
        Title => "Runs", "実行履歴";
        Runs { n: i64 } => ("{n} run" | "{n} runs"), "実行 {n} 件";
        Status => "Status", "ステータス";
        Flow => "Flow", "フロー";
        Cause => "Started by", "開始方法";
        Started => "Started", "開始時刻";
        Duration => "Duration", "所要時間";
        Version => "Version", "バージョン";
        Queued => "Queued", "待ち行列";
        Running => "In progress", "進行中";
        WaitsForDecision => "Waits for a decision", "判断待ち";
        Waiting => "Waiting", "待機中";
        Succeeded => "Succeeded", "成功";
        Stopped => "Ended early", "途中で終了";
        Failed => "Failed", "失敗";
        OutcomeUnknown => "Outcome unknown", "結果不明";
        Canceled => "Canceled", "キャンセル済み";
        CauseEvent => "Event", "イベント";
        CauseSchedule => "Schedule", "スケジュール";
        CauseManual => "By hand", "手動";
        CauseApi => "API", "API 呼び出し";
        CauseEndpoint => "API endpoint", "APIエンドポイント";
        CauseHelper => "Helper call", "フローからの呼び出し";
        Filters => "Filters", "絞り込み";
        AddFilter => "Add filter", "絞り込みを追加";
        AllRuns => "All statuses", "すべてのステータス";
        FilterStatus { status: String } => "Status: {status}", "ステータス：{status}";
        FilterFlow { flow: String } => "Flow: {flow}", "フロー：{flow}";
        WithHelpers => "With helper runs", "ヘルパーの実行も表示";
        RemoveFilter { name: String } => "Remove filter {name}", "絞り込み「{name}」を解除";
        ClearAll => "Clear all", "すべて解除";
        Empty => "Runs belong here: each start of a flow, with every value on its way.", "ここに実行が並びます。フローの開始ごとに、通過した値をすべて確認できます。";
        NoMatch => "No run matches these filters.", "条件に一致する実行はありません。";
        SeeFlows => "See flows", "フローを見る";
        Older => "Show older runs", "以前の実行を表示";
        OpenRun { flow: String } => "Open this run of {flow}", "{flow} のこの実行を開く";
        Live => "Live", "自動更新";
        ByFlow => "By flow", "フローで絞り込む";
        ByStatus => "By status", "ステータスで絞り込む";
        AllFlows => "All flows", "すべてのフロー";
    }
}
