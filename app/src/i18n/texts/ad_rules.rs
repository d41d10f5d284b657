//! What the page of import rules says.

use crate::i18n::messages;

messages! {
    /// What the page of import rules says.
    pub enum RuleText {
        Save => "Save rules", "ルールを保存";
        Saved => "The rules were saved; the next import follows them", "ルールを保存しました。次回のインポートから適用します。";
        Units => "Units", "組織単位（OU）";
        UnitsText => "Users of the selected units and of everything below them are imported. Who is in none of them counts as gone at the next full import.", "選択した OU とその配下のユーザーを取り込みます。どれにも属さないユーザーは、次回のフルインポートで不在とみなします。";
        AllUnits => "The whole domain", "ドメイン全体";
        UnitsLoading => "Reading the units", "OU を読み取り中";
        UnitsNone => "The directory has no units that this account may see. The whole domain is imported.", "このアカウントが参照できる OU はありません。ドメイン全体を取り込みます。";
        UnitsFind => "Find a unit", "OU を検索";
        UnitsFound { n: usize } => ("{n} unit found" | "{n} units found"), "{n} 件の OU";
        UnitsChosen { n: usize } => ("{n} unit selected" | "{n} units selected"), "{n} 件の OU を選択中";
        UnitsAllChosen => "Everything is selected, also what will be added later.", "すべて選択中です。今後追加される OU も含みます。";
        UnitsEmpty => "Nothing is selected: nobody would be imported. Select a unit or the whole domain.", "何も選択していないため、誰も取り込まれません。OU またはドメイン全体を選択してください。";
        UnitsSplit { name: String } => "{name} is no longer selected as a whole: the units beside it stay, people directly in {name} are left out.", "{name} 全体の選択を解除しました。ほかの OU は選択したままで、{name} 直下のユーザーは対象外になります。";
        UnitsSplitDomain => "The domain is no longer selected as a whole: people outside of any unit (for instance in CN=Users) are left out.", "ドメイン全体の選択を解除しました。OU の外（CN=Users など）のユーザーは対象外になります。";
        UnitsGone => "These units are selected and not there any more:", "選択した次の OU は存在しません：";
        Forget { name: String } => "Forget {name}", "{name} を選択から外す";
        Username => "User name in the org", "org のユーザー名";
        UsernameUpn => "User principal name", "ユーザープリンシパル名";
        UsernameEmail => "Mail address; without one, the user principal name", "メールアドレス（ない場合はユーザープリンシパル名）";
        UsernameSam => "sAMAccountName@domain", "sAMAccountName@ドメイン";
        UsernameCustom => "An expression", "式";
        UsernameExpression => "Expression of the user name", "ユーザー名の式";
        UsernameHint => "It reads appuser, for instance String.toLowerCase(appuser.email). The result has 5 to 100 characters.", "appuser を参照します（例：String.toLowerCase(appuser.email)）。結果は 5～100 文字です。";
        Domain => "Domain name", "ドメイン名";
        DomainHint => "Empty means that of each user's own name.", "空欄の場合は各ユーザーの識別名から求めます。";
        Matching => "When somebody is in the org already", "org に同じ人がいる場合の照合";
        MatchingText => "An exact match is the same person. A partial match has the same first and last name and nothing else in common.", "完全一致は同一人物とみなします。部分一致は姓名のみが一致する場合です。";
        ExactUsername => "Exact: same user name", "完全一致：ユーザー名";
        ExactEmail => "Exact: same email", "完全一致：メールアドレス";
        ExactProperties => "Exact: all of these properties", "完全一致：次のプロパティーすべて";
        Properties => "Properties, with commas between them", "プロパティー（カンマ区切り）";
        PartialAllowed => "Look for partial matches", "部分一致も探す";
        Confirmation => "Without asking a person", "担当者の確認を省略";
        ConfirmationText => "Whoever is not confirmed here waits on the page Waiting people.", "ここで選択しない場合は「確認待ち」ページで待機します。";
        ConfirmExact => "Link exact matches", "完全一致をリンク";
        ConfirmPartial => "Link partial matches", "部分一致をリンク";
        ConfirmNew => "Create new users", "新規ユーザーを作成";
        ActivateNew => "Activate new users at once", "新規ユーザーをすぐにアクティブ化";
        Removal => "When somebody is gone from the directory or disabled", "ディレクトリから削除または無効化された場合";
        RemovalDeactivate => "Deactivate the user in the org", "org のユーザーを非アクティブ化";
        RemovalSuspend => "Suspend the user in the org", "org のユーザーを一時停止";
        RemovalKeep => "Do nothing", "何もしない";
        WakeSuspended => "Wake suspended users when their account is enabled again", "アカウントが再び有効になったら一時停止を解除";
        WakeDeactivated => "Activate deactivated users when their account is enabled again", "アカウントが再び有効になったら再アクティブ化";
        Safeguard => "Safeguard", "セーフガード";
        SafeguardText => "A plan that takes away more than this share of the users stands still until somebody looks. It counts from 100 users on.", "計画で失われるユーザーの割合がこの値を超えると、担当者が確認するまで停止します。対象は 100 ユーザーからです。";
        SafeguardApp => "Most users of this directory, in percent", "このディレクトリのユーザーの上限（%）";
        SafeguardOrg => "Most assignments of the org, in percent", "org の割り当ての上限（%）";
        SafeguardHint => "0 to 100; empty switches it off.", "0～100。空欄で無効になります。";
        SafeguardWrong => "A share is a whole number from 0 to 100.", "割合は 0～100 の整数です。";
        SafeguardOff => "Without the safeguard a wrong filter can deactivate everybody.", "セーフガードがないと、設定の誤りで全員が非アクティブになるおそれがあります。";
        Timetable => "Timetable", "スケジュール";
        TimetableText => "Imports that begin by themselves also go on by themselves, unless the safeguard stops them.", "自動で始まるインポートは承認なしで進みます（セーフガードによる停止を除く）。";
        PlanChanges => "Import what changed", "変更分をインポート（増分）";
        PlanFull => "Import everything", "すべてをインポート（フル）";
        FullNeeded => "Only a full import notices who was deleted or moved out of the selected units.", "削除されたユーザーや対象外の OU に移動したユーザーは、フルインポートでのみ検出します。";
        Road => "How users get into the org", "org への取り込み方法";
        RoadText => "Single calls work with every org. Sessions send up to 200 users in a call; the org works through them afterwards.", "個別の呼び出しはすべての org で使用できます。セッションでは 1 回の呼び出しで最大 200 人を送信し、org 側で順次処理されます。";
        RoadUsers => "A call for each user", "ユーザーごとに呼び出す";
        RoadSessions => "Sessions of a custom identity source", "カスタム ID ソースのセッション";
        RoadSource => "Identity source", "ID ソース";
        RoadSourceHint => "The id of the application in the org, for instance 0oa1k5d68qR2954hb0g4.", "org のアプリケーション ID です（例：0oa1k5d68qR2954hb0g4）。";
        RoadSourcesLoading => "Asking the org for its identity sources", "org の ID ソースを読み取り中";
        RoadSourceMissing => "Choose an identity source, or import with single calls.", "ID ソースを選択するか、個別の呼び出しを使用してください。";
        JustInTime => "Read users again when they sign in", "サインイン時にユーザーを読み取り直す";
        JustInTimeHint => "The card Just-in-Time Sign-in then imports the person who signs in. Without this it skips everybody.", "カード「ジャストインタイムサインイン」が、サインインした人を取り込みます。選択しない場合は取り込みません。";
        Unsaved => "Unsaved changes", "未保存の変更";
        Conflict => "Somebody else saved this directory meanwhile. Your changes are still here.", "ほかのユーザーがこのディレクトリを保存しました。入力した変更は残っています。";
        LoadTheirs => "Discard mine and reload", "自分の変更を破棄して再読み込み";
        SaveMine => "Save mine over it", "自分の変更で上書き保存";
        LeaveTitle => "Leave without saving?", "保存せずに移動しますか？";
        LeaveText => "What you changed on this page is not saved yet.", "このページの変更はまだ保存されていません。";
        Stay => "Stay here", "このページに残る";
        Leave => "Leave without saving", "保存せずに移動";
    }
}
