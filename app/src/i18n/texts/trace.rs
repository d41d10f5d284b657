//! What the page of one run says.

use crate::i18n::messages;

messages! {
    /// What the page of one run says.
    pub enum TraceText {
        Way => "Way to this run", "この実行までの階層";
        Parent => "Parent run", "親フローの実行";
        FailedAt { number: usize } => "Failed at card {number}", "カード {number} で失敗";
        OpenFlow => "Open flow", "フローを開く";
        RunAgain => "Run again", "再実行";
        CancelRun => "Cancel run", "実行をキャンセル";
        CancelTitle => "Cancel this run?", "この実行をキャンセルしますか？";
        CancelText => "It ends here, with the runs that wait for it and the helper runs that it waits for. What it has done stays done; a call that is under way may still take effect.", "この実行と、これを待っている実行、呼び出し中のヘルパーの実行をここで終了します。すでに行った操作は取り消されません。進行中の呼び出しは反映されることがあります。";
        CancelDone => "The run was canceled", "実行をキャンセルしました";
        KeepRunning => "Let it run", "実行を続ける";
        Facts => "Facts of the run", "実行の概要";
        CallsToOrg => "Calls to the org", "orgの呼び出し";
        ReadOnly => "Read-only: values of this run", "読み取り専用：この実行の値";
        NotKept => "Read-only: this flow does not keep data", "読み取り専用：このフローはデータを保存しません";
        CardDetails => "What the card did", "カードの実行内容";
        ChooseCard => "Choose a card to see what it did.", "カードを選ぶと実行内容が表示されます。";
        CardState { number: usize, state: String } => "Card {number} · {state}", "カード {number}・{state}";
        Running => "Running", "進行中";
        Waiting => "Waiting", "待機中";
        Succeeded => "Succeeded", "成功";
        Failed => "Failed", "失敗";
        OutcomeUnknown => "Outcome unknown", "結果不明";
        NotReached => "Not reached", "未到達";
        NotReachedHint => "The run did not reach this card.", "この実行はこのカードに到達していません。";
        Input => "Input", "入力";
        Output => "Output", "出力";
        Calls { n: usize } => ("{n} call" | "{n} calls"), "呼び出し {n} 回";
        NoInputs => "The card took no values.", "このカードは値を受け取っていません。";
        NoOutputs => "The card gave no values.", "このカードは値を出していません。";
        NoCalls => "The card called no service.", "このカードは外部を呼び出していません。";
        Attempt => "Attempt", "試行";
        At => "At", "時刻";
        Took => "Took", "所要時間";
        Status => "Status", "ステータス";
        Answer => "Answer", "応答";
        RefusedWith { status: u32 } => "The service refused the call ({status})", "サービスが呼び出しを拒否しました（{status}）";
        ErrorCode => "Error code", "エラーコード";
        ErrorId => "Error id", "エラーID";
        AdviceRate => "The service asked for patience. Turn on retries in the card’s error handling.", "サービスが待機を求めました。カードのエラー処理で再試行を有効にできます。";
        AdviceUnavailable => "The service or the way to it failed. Trying again can help.", "サービスまたは経路の障害です。再実行で解決することがあります。";
        AdviceUnknown => "The call may or may not have taken effect. Look it up at the service before you run again.", "呼び出しが反映されたかどうか不明です。再実行の前にサービス側で確認してください。";
        SettleTitle => "What became of the call?", "この呼び出しはどうなりましたか？";
        SettleDone => "It took effect: go on", "反映されていた：次へ進む";
        SettleAgain => "It did not: make the call again", "反映されていない：もう一度呼び出す";
        SettleFailed => "Count it as failed", "失敗として扱う";
        Settled => "The run goes on", "実行を再開しました";
        HelperRuns { n: usize } => ("{n} helper run" | "{n} helper runs"), "ヘルパーの実行 {n} 件";
        HelperRun { number: usize } => "run {number}", "実行 {number}";
        Timeline => "Timeline", "タイムライン";
        Card => "Card", "カード";
        Duration => "Duration", "所要時間";
        Working => "Working", "実行中";
        WaitingToRetry => "Waiting to retry", "再試行待ち";
        FailedAttempt => "Failed attempt", "失敗した試行";
    }
}
