//! What is said where a run is looked at closely: passes, origins, masked values, several runs at once.

use crate::i18n::messages;

messages! {
    /// What is said where a run is looked at closely.
    pub enum InspectText {
        Passes => "Passes", "各回";
        PassOf { number: u64, count: u64 } => "Pass {number} of {count}", "{count} 回中 {number} 回目";
        NoPasses => "No card of this run goes round.", "この実行には繰り返すカードがありません。";
        ChooseLoop => "Choose the card whose passes you want to see.", "見たい繰り返しのカードを選んでください。";
        FirstPass => "First pass", "最初の回";
        PassBefore => "Pass before", "前の回";
        PassNumber => "Number of the pass", "回の番号";
        OfCount { count: u64 } => "of {count}", "／{count}";
        PassBehind => "Next pass", "次の回";
        LastPass => "Last pass", "最後の回";
        NextFailed => "Next failed pass", "次に失敗した回";
        FailedPasses { n: u64 } => ("{n} pass failed" | "{n} passes failed"), "失敗 {n} 回";
        NotBegun => "This pass did not begin, or is not kept any more.", "この回は始まっていないか、すでに保持されていません。";
        OpenPass => "Open this pass", "この回を開く";
        CardsOfPass => "Cards of this pass", "この回のカード";
        Origin => "Origin", "値の出どころ";
        WhereFrom => "Where does this come from?", "この値はどこから？";
        AskOrigin => "Alt-click a value on the canvas, or choose “Where does this come from?” beside it.", "キャンバスの値を Alt を押しながらクリックするか、値の横の「この値はどこから？」を選んでください。";
        EndStart => "the run started with it", "実行の開始時に渡された値";
        EndTyped => "typed into the card", "カードに入力された値";
        EndMade => "made by this card", "このカードが作った値";
        EndPinned => "pinned to the card", "カードに固定された値";
        EndEmpty => "nothing was given", "値なし";
        EndGone => "the run before is not kept any more", "元の実行は保持されていません";
        EndTooMany => "there is more, which is not followed", "これより先は省略";
        InOtherRun { flow: String } => "in {flow}", "「{flow}」の中";
        Went => "in", "入力";
        Came => "out", "出力";
        Show => "Show", "表示";
        ShowTitle { field: String } => "Show the masked value of {field}?", "「{field}」の隠された値を表示しますか？";
        ShowText => "The audit log keeps that you looked at it, not what it was.", "表示したことが監査ログに記録されます。値そのものは記録されません。";
        ShowDo => "Show the value", "値を表示する";
        CalledPass { number: u64 } => "Pass {number} of", "{number} 回目の呼び出し元：";
        CalledBy => "Called by", "呼び出し元";
        FromWhere => "Begin", "開始位置";
        FromStart => "From the start", "最初から";
        FromFailed => "From the card where each ended", "それぞれ終わったカードから";
        WhichVersion => "Version", "バージョン";
        VersionThen => "The version of then", "当時のバージョン";
        VersionNow => "The current version", "現在のバージョン";
        Results => "What became of each", "それぞれの結果";
        DoneAgain => "Started again", "再実行を開始";
        DoneCanceled => "Canceled", "キャンセル済み";
        NotDone { n: usize } => ("{n} run was not reached" | "{n} runs were not reached"), "未処理 {n} 件";
        OpenNew => "Open the new run", "新しい実行を開く";
        OnWithWarnings { name: String, n: usize } => ("{name} is on, with {n} warning" | "{name} is on, with {n} warnings"), "「{name}」をオンにしました。警告が {n} 件あります";
        WhyNot => "Solve these first", "先に次の問題を解決してください";
        WarningsToo { n: usize } => ("{n} warning does not keep it off" | "{n} warnings do not keep it off"), "警告 {n} 件（オンにできます）";
    }
}
