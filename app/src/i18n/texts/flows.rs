//! What the list of flows says.

use crate::i18n::messages;

messages! {
    /// What the list of flows says.
    pub enum FlowText {
        Title => "Flows", "フロー";
        NewFlow => "New flow", "新規フロー";
        Import => "Import", "取り込み";
        Folders => "Folders", "フォルダー";
        AllFlows => "All flows", "すべてのフロー";
        NewFolder => "New folder", "新規フォルダー";
        FolderName => "Name of the folder", "フォルダー名";
        Create => "Create", "作成";
        Actions => "Actions", "操作";
        ImportPack => "Import a pack", "パックの取り込み";
        Search => "Search flows", "フローを検索";
        Name => "Name", "名前";
        Kind => "Started by", "開始方法";
        State => "State", "状態";
        Cards => "Cards", "カード";
        Changed => "Changed", "更新日時";
        On => "On", "オン";
        Off => "Off", "オフ";
        TurnOnNamed { name: String } => "Flow {name} is on", "フロー「{name}」をオンにする";
        Problems { n: usize } => ("{n} problem" | "{n} problems"), "問題 {n} 件";
        Draft => "Draft", "下書き";
        Version { n: i64 } => "Version {n}", "バージョン {n}";
        KindEvent => "Event", "イベント";
        KindScheduled => "Schedule", "スケジュール";
        KindApiEndpoint => "API endpoint", "APIエンドポイント";
        KindHelper => "Helper flow", "ヘルパーフロー";
        KindDelegated => "Delegated flow", "委任フロー";
        KindManual => "By hand", "手動";
        Empty => "Flows belong here: a row of cards that an event, the clock or a call starts.", "ここにフローが並びます。イベント、スケジュール、呼び出しなどで実行されるカードの列です。";
        EmptyFolder => "There are no flows in this folder.", "このフォルダーにフローはありません。";
        NoMatch { text: String } => "No flow is called “{text}”.", "「{text}」に一致するフローはありません。";
        ClearSearch => "Clear search", "検索をクリア";
        NewFlowTitle => "What is the new flow called?", "新規フローの名前";
        FlowName => "Name of the flow", "フロー名";
        InFolder => "Folder", "フォルダー";
        NoFolder => "No folder", "フォルダーなし";
        TurnedOn { name: String } => "{name} is on", "「{name}」をオンにしました";
        TurnedOff { name: String } => "{name} is off", "「{name}」をオフにしました";
        MenuOf { name: String } => "More about {name}", "「{name}」のメニュー";
        OpenRuns => "See runs", "実行履歴を見る";
        Delete => "Delete flow", "フローを削除";
        DeleteTitle { name: String } => "Delete the flow {name}?", "フロー「{name}」を削除しますか？";
        DeleteText => "It stops at once, and its draft and versions are deleted. Its runs stay in the history.", "フローはすぐに停止し、下書きとバージョンが削除されます。実行履歴は残ります。";
        Deleted { name: String } => "{name} was deleted", "「{name}」を削除しました";
    }
}
