//! What the pages of imports and of people who wait say.

use crate::i18n::messages;

messages! {
    /// What the pages of imports and of people who wait say.
    pub enum PlanText {
        PlanImport => "Plan import", "インポートを計画";
        PlanFull => "Everything (full)", "すべて（フルインポート）";
        PlanFullText => "Reads every user; the only one that notices who is gone.", "全ユーザーを読み取ります。不在のユーザーを検出できるのはフルインポートだけです。";
        PlanChanges => "What changed (incremental)", "変更分（増分インポート）";
        PlanChangesText => "Reads who changed since the last import.", "前回のインポート以降に変更されたユーザーを読み取ります。";
        Empty => "No import yet. A plan shows whom it would create, update and deactivate, and by which rule, before anything is written.", "インポートはまだありません。計画では、作成・更新・非アクティブ化の対象と判断したルールを書き込み前に確認できます。";
        IsOpen => "Another import is not over yet. Let it go on or cancel it before the next one.", "前のインポートが終わっていません。次を始める前に、進めるかキャンセルしてください。";
        OpenIt => "Open it", "開く";
        Began => "Began", "開始日時";
        Kind => "Kind", "種類";
        Cause => "Cause", "きっかけ";
        Result => "Result", "結果";
        State => "State", "状態";
        Full => "Full", "フル";
        Changes => "Changes", "増分";
        CauseManual => "by hand", "手動";
        CauseSchedule => "by schedule", "スケジュール";
        CauseFlow => "by a flow", "フロー";
        Planning => "Reading", "読み取り中";
        Planned => "Waits for approval", "承認待ち";
        Roadblock => "Stopped by the safeguard", "セーフガードで停止";
        Running => "Importing", "インポート中";
        Completed => "Completed", "完了";
        CompletedWithFailures => "Completed with failures", "一部失敗して完了";
        Failed => "Failed", "失敗";
        Canceled => "Canceled", "キャンセル済み";
        SumShort { created: i64, updated: i64, removed: i64 } => "{created} new, {updated} updated, {removed} gone", "新規 {created}、更新 {updated}、不在 {removed}";

        Import => "Import", "インポート";
        ReadingNow => "Reading the directory and the org. Nothing is written.", "ディレクトリと org を読み取り中です。書き込みは行いません。";
        ReadSoFar { n: i64 } => ("{n} line so far" | "{n} lines so far"), "これまでに {n} 件";
        PlannedText => "Nothing was written yet. Look through the lines, then approve or cancel.", "まだ何も書き込んでいません。内容を確認し、承認またはキャンセルしてください。";
        NothingToDo => "Nothing would be sent to the org: everybody is as before.", "org に送信する変更はありません。";
        RoadblockTitle => "The safeguard stopped this import", "セーフガードがこのインポートを停止しました";
        RoadblockText { removed: i64, total: i64, percent: i64 } => "{removed} of {total} users would be taken away, more than the {percent}% that are allowed. Nothing was written. Check the selected units and the filter of the lines below before you let it go on.", "{total} ユーザー中 {removed} ユーザーが対象外になり、上限の {percent}% を超えます。まだ何も書き込んでいません。続行する前に、選択した OU と下の一覧を確認してください。";
        Approve => "Approve and import", "承認してインポート";
        ApproveRoadblock => "Let it go on anyway", "それでも続行";
        ApproveTitle => "Let the import go on?", "インポートを続行しますか？";
        ApproveGone { n: i64 } => ("{n} user would be taken away." | "{n} users would be taken away."), "{n} ユーザーが対象外になります。";
        Cancel => "Cancel import", "インポートをキャンセル";
        CancelTitle => "Cancel this import?", "このインポートをキャンセルしますか？";
        CancelText => "What was sent to the org stays there; the rest is not sent.", "送信済みの内容は org に残り、残りは送信しません。";
        CancelPlanText => "Nothing was written. The plan is thrown away.", "何も書き込まれていません。計画を破棄します。";
        Keep => "Keep it", "続ける";
        RunningText { done: i64, all: i64 } => "{done} of {all} lines are done", "{all} 件中 {done} 件が完了";
        CompletedText { n: i64 } => ("{n} line was carried out." | "{n} lines were carried out."), "{n} 件を実行しました。";
        FailedText { n: i64 } => ("The org refused {n} line; its words are in the list. The next import tries again." | "The org refused {n} lines; its words are in the list. The next import tries again."), "org が {n} 件を拒否しました。理由は一覧にあります。次回のインポートで再試行します。";
        ShowFailed => "Show failed lines", "失敗した行を表示";
        FailedTitle => "The import could not go on", "インポートを続行できません";
        CanceledText => "Somebody canceled it. What was sent stays.", "キャンセルされました。送信済みの内容は残ります。";
        PlanAgain => "Plan again", "もう一度計画";
        Took { took: String } => "took {took}", "所要時間 {took}";
        WhyFirst => "Everything was read: it is the first import.", "最初のインポートのため、すべて読み取りました。";
        WhyAsked => "Everything was read, as asked.", "指定どおり、すべて読み取りました。";
        WhyOtherController => "Everything was read: another controller answered, or its database was restored.", "別のコントローラーが応答したか、データベースが復元されたため、すべて読み取りました。";
        WhyNumbersWentBack => "Everything was read: the controller's change numbers went back.", "コントローラーの変更番号が戻ったため、すべて読み取りました。";
        WhyUnitsChanged => "Everything was read: other units are selected now.", "選択した OU が変わったため、すべて読み取りました。";
        WhyUnitVanished => "Everything was read: a selected unit is not there any more.", "選択した OU がなくなったため、すべて読み取りました。";
        WhyChanges => "Users who changed since the last import were read.", "前回のインポート以降に変更されたユーザーを読み取りました。";

        Seen => "Read", "読み取り";
        Created => "Create", "作成";
        Updated => "Update", "更新";
        Removed => "Take away", "対象外";
        Awaiting => "Wait for a person", "確認待ち";
        Left => "Left out", "無視・省略";
        Forgotten => "Forget", "記録を削除";
        Unchanged => "Unchanged", "変更なし";
        Counts => "What the plan would do", "計画の内訳";

        Lines => "Lines of the plan", "計画の行";
        All => "All", "すべて";
        FailedLines => "Failed", "失敗";
        Find => "Find a name", "名前で検索";
        Person => "Person", "ユーザー";
        Action => "What is done", "処理";
        Rule => "Rule", "ルール";
        NoLines => "The plan has no lines.", "計画に行がありません。";
        NoneFound => "No line matches. Choose another kind or text.", "一致する行がありません。種類または検索文字列を変更してください。";
        ClearFilter => "Show all lines", "すべての行を表示";
        Earlier => "Previous", "前へ";
        Later => "Next", "次へ";
        Range { from: i64, to: i64 } => "Lines {from} to {to} of this list", "一覧の {from}～{to} 行目";
        Export => "Export as CSV", "CSV で書き出し";
        Exporting { n: i64 } => ("{n} line written" | "{n} lines written"), "{n} 行を書き出し中";
        Exported { file: String } => "{file} was saved", "{file} を保存しました";
        StopExport => "Stop the export", "書き出しを中止";
        Details { name: String } => "Details of {name}", "{name} の詳細";
        DoCreate => "create", "作成";
        DoCreateActive => "create and activate", "作成してアクティブ化";
        DoLink => "link and update", "リンクして更新";
        DoUpdate => "update", "更新";
        DoReactivate => "wake and update", "再有効化して更新";
        DoAwait => "waits for a person", "確認待ち";
        DoDeactivate => "deactivate", "非アクティブ化";
        DoSuspend => "suspend", "一時停止";
        DoKeep => "gone, nothing is done", "不在（処理なし）";
        DoForget => "forget the record", "記録を削除";
        DoIgnore => "ignored", "無視";
        DoSkip => "skipped", "省略";
        LineDone => "done", "完了";
        LineFailed => "refused", "拒否";
        LineBegun => "being sent", "送信中";
        OrgSaid { error: String } => "The org said: {error}", "org の応答：{error}";
        Missing { names: String } => "Missing: {names}", "不足している属性：{names}";
        Login { login: String } => "User name {login}", "ユーザー名 {login}";
        Decided => "Rules applied", "適用したルール";
        Sent => "What is sent", "送信する値";
        Differences => "Differences", "差分";
        NoDifferences => "Nothing differs from the org now.", "現在の org との差分はありません。";
        DifferencesUnknown => "The directory or the org cannot be asked now. These values were planned:", "現在ディレクトリまたは org に問い合わせできません。計画時の値は次のとおりです。";
        Property => "Property", "プロパティー";
        Now => "In the org now", "現在の org の値";
        After => "After the import", "インポート後の値";
        Empty2 => "empty", "空";
        Looking => "Comparing with the org", "org と比較中";

        WaitingTitle => "People who wait", "確認待ちのユーザー";
        WaitingText => "New people, and people who may be somebody in the org already. What you say is carried out by the next import.", "新規ユーザーと、org に同じ人がいる可能性のあるユーザーです。決定は次回のインポートで反映します。";
        WaitingEmpty => "Nobody waits. Whoever the import rules do not confirm by themselves appears here after an import.", "確認待ちのユーザーはいません。インポートルールで自動確認されないユーザーが、インポート後にここに表示されます。";
        WaitingMost => "The first 500 are shown; decide on them, and the others follow.", "先頭の 500 件を表示しています。決定すると残りが表示されます。";
        FoundNew => "nobody like this in the org", "org に該当者なし";
        FoundExact => "exact match", "完全一致";
        FoundPartial => "same first and last name", "姓名が一致";
        FoundSeveral { n: usize } => ("{n} person may be meant" | "{n} people may be meant"), "候補 {n} 件";
        PickAll => "Select all", "すべて選択";
        Pick { name: String } => "Select {name}", "{name} を選択";
        Picked { n: usize } => ("{n} selected" | "{n} selected"), "{n} 件を選択中";
        CreateNew => "Create new", "新規作成";
        CreateNewFor { name: String } => "Create {name} as somebody new", "{name} を新規作成";
        Ignore => "Put aside", "対象外にする";
        IgnoreFor { name: String } => "Put {name} aside", "{name} を対象外にする";
        MatchWith => "Match", "照合";
        MatchFor { name: String } => "Match {name} with somebody", "{name} を照合";
        MatchTitle { name: String } => "Who is {name}?", "{name} は誰ですか？";
        Candidates => "Who it may be", "候補";
        FindInOrg => "Find somebody in the org", "org のユーザーを検索";
        NobodyFound => "Nobody in the org begins like this.", "該当する org のユーザーはいません。";
        Same => "This is the same person", "同一人物として照合";
        Decided2 { n: usize } => ("{n} decision was noted; the next import carries it out" | "{n} decisions were noted; the next import carries them out"), "{n} 件の決定を記録しました。次回のインポートで反映します。";
        PlanNow => "Plan the next import", "次のインポートを計画";
    }
}

messages! {
    /// What each rule means, and why a line is as it is.
    pub enum WhyText {
        R1 => "Whoever lacks a required attribute is ignored.", "必須属性がないユーザーは無視します。";
        R2 => "A missing mail address is no obstacle: the user principal name takes its place.", "メールアドレスがなくても取り込みます。代わりにユーザープリンシパル名を使用します。";
        R3 => "First and last name are needed of everybody in a directory.", "ディレクトリのユーザーには姓と名が必要です。";
        R4 => "The directory's own objects are never imported.", "ディレクトリのシステムオブジェクトは取り込みません。";
        R5 => "Whoever lacks a required custom attribute goes from the org.", "必須のカスタム属性がないユーザーは、org でデプロビジョニングします。";
        R6 => "The user name has 5 to 100 characters, and nobody else has it.", "ユーザー名は 5～100 文字で、重複できません。";
        R7 => "A manager named by user principal name is in the user's own domain.", "ユーザープリンシパル名で指定したマネージャーは、同じドメインに属します。";
        R8 => "A manager named by distinguished name may be in another domain.", "識別名で指定したマネージャーは、別のドメインでもかまいません。";
        R9 => "A wrong manager is not written; everything else is.", "誤ったマネージャーは書き込まず、ほかの属性は書き込みます。";
        R10 => "A disabled account counts as gone.", "無効なアカウントは不在とみなします。";
        R11 => "Who is not in the directory any more counts as gone.", "ディレクトリにいないユーザーは不在とみなします。";
        R12 => "Who is in none of the selected units counts as gone.", "選択した OU に属さないユーザーは不在とみなします。";
        R13 => "Where there is no user in the org, only what was remembered goes.", "org にユーザーがいない場合は、記録だけを削除します。";
        R14 => "A disabled account that was never imported is not imported.", "未インポートの無効なアカウントは取り込みません。";
        R15 => "An expired account is not a disabled one.", "期限切れのアカウントは無効とはみなしません。";
        R16 => "A known user who lost a required attribute is ignored, and counts as gone in a full import.", "必須属性を失った既知のユーザーは、増分では無視し、フルインポートでは不在とみなします。";
        R17 => "Values are copied in the directions that the mapping has.", "値はマッピングで有効な方向にのみコピーします。";
        Critical => "It is an object of the directory itself.", "ディレクトリのシステムオブジェクトです。";
        Disabled => "The account is disabled.", "アカウントが無効です。";
        NotThere => "It is not in the directory any more.", "ディレクトリに存在しません。";
        OutOfUnits => "It is in none of the selected units.", "選択した OU に属していません。";
        NeedsAttribute => "A required attribute is missing.", "必須属性がありません。";
        NeedsCustom => "A required custom attribute is missing.", "必須のカスタム属性がありません。";
        LostRequired => "It lost a required attribute and counts as absent from a full import.", "必須属性を失ったため、フルインポートでは不在とみなします。";
        WaitsForNext => "It waits for the next import.", "次回のインポートを待ちます。";
        AlreadyGone => "The user in the org is deactivated already.", "org のユーザーはすでに非アクティブです。";
        NoUsername => "There is no user name that the org takes.", "org で使用できるユーザー名がありません。";
        SameUsername => "Another user of this import has the same user name.", "このインポートの別のユーザーと重複しています。";
        PutAside => "An administrator put it aside.", "管理者が対象外にしました。";
    }
}
