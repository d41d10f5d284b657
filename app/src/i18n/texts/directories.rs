//! What the pages of directories say: the list, one directory, its connection.

use crate::i18n::messages;

messages! {
    /// What the pages of directories say.
    pub enum DirectoryText {
        Title => "Directory", "ディレクトリ";
        Crumb => "Directories", "ディレクトリ一覧";
        Add => "Add directory", "ディレクトリの追加";
        Empty => "Active Directory domains belong here: their users become users of an org, by rules that you see before anything is written.", "ここに Active Directory のドメインが並びます。ユーザーは、書き込み前に確認できるルールに従って org のユーザーになります。";
        EmptyNeeds => "You need a domain controller that this server reaches by LDAPS or StartTLS, an account that may read users, and a connection to an org.", "必要なもの：このサーバーから LDAPS または StartTLS で接続できるドメインコントローラー、ユーザーを読み取れるアカウント、org への接続。";
        Name => "Name", "名前";
        Controller => "Domain controller", "ドメインコントローラー";
        Org => "Org", "org";
        OrgHint => "The connection whose org takes the users.", "ユーザーの取り込み先となる org の接続です。";
        NoOrg => "No org chosen", "org 未選択";
        NoOrgYet => "None yet", "まだ選択しない";
        Users => "Users", "ユーザー";
        State => "State", "状態";
        NextImport => "Next import", "次回のインポート";
        NotPlanned => "not scheduled", "予定なし";
        NeverImported => "Never imported", "未インポート";
        InSync => "In sync", "同期済み";
        StatePlanning => "Reading", "読み取り中";
        StatePlanned => "Plan waits", "計画の承認待ち";
        StateRoadblock => "Stopped by the safeguard", "セーフガードで停止";
        StateRunning => "Importing", "インポート中";
        StateFailed => "Import failed", "インポート失敗";
        StateCanceled => "Import canceled", "インポートをキャンセル";
        Places => "Pages of this directory", "このディレクトリのページ";
        Overview => "Overview", "概要";
        Mapping => "Mapping", "マッピング";
        Rules => "Import rules", "インポートルール";
        Imports => "Imports", "インポート";
        Waiting => "Waiting people", "確認待ち";
        WaitingCount { n: i64 } => ("{n} person waits" | "{n} people wait"), "確認待ち {n} 件";
        ReadOnly => "You can look at this directory. An administrator can change it.", "このディレクトリは閲覧のみ可能です。変更は管理者が行えます。";

        NewTitle => "Add an Active Directory domain", "Active Directory ドメインの追加";
        NewText => "Nagare signs in to one domain controller and reads. Nothing is written to the org before you approve a plan.", "Nagare はドメインコントローラーにサインインして読み取ります。計画を承認するまで org には何も書き込みません。";
        NameHint => "What you call it, for instance the domain.", "表示名です（例：ドメイン名）。";
        Host => "Host", "ホスト";
        HostHint => "Host name or IP address as the controller's certificate has it, without ldaps://.", "コントローラーの証明書に記載されたホスト名または IP アドレスです（ldaps:// は不要）。";
        Security => "Security", "セキュリティ";
        Ldaps => "LDAPS: TLS from the beginning", "LDAPS：最初から TLS";
        StartTls => "StartTLS: TLS before anything else is said", "StartTLS：最初に TLS へ切り替え";
        Port => "Port", "ポート";
        PortHint { port: String } => "Empty means {port}.", "空欄の場合は {port} です。";
        PortWrong => "A port is a number from 1 to 65535.", "ポートは 1～65535 の数値です。";
        Authority => "Certificate of the authority (PEM)", "認証局の証明書（PEM）";
        AuthorityHint => "Only where this machine does not trust the controller's authority. In Windows: export the root certificate as Base-64 X.509.", "このサーバーがコントローラーの認証局を信頼していない場合に指定します。Windows ではルート証明書を Base-64 X.509 形式で書き出します。";
        AuthorityFile => "Choose a certificate file", "証明書ファイルを選択";
        AuthorityGiven => "Given", "指定あり";
        AuthoritySystem => "Trusted by this machine", "サーバーの信頼設定を使用";
        AuthorityLabel => "Authority", "認証局";
        Account => "Account", "アカウント";
        AccountHint => "A user principal name, DOMAIN\\name or distinguished name. It needs to read users and units only.", "ユーザープリンシパル名、DOMAIN\\name、識別名のいずれかです。ユーザーと OU の読み取り権限だけが必要です。";
        Password => "Password", "パスワード";
        PasswordHint => "Stored sealed; it is sent to this controller only.", "暗号化して保存し、このコントローラーにのみ送信します。";
        PasswordKept => "Empty keeps the stored password.", "空欄の場合は保存済みのパスワードを使用します。";
        PasswordAgain => "The place or the account changes, so the stored password does not go along. Type it again.", "接続先またはアカウントが変わるため、保存済みのパスワードは使用できません。もう一度入力してください。";
        AddAndTest => "Add and test", "追加してテスト";
        Edit => "Edit connection", "接続を編集";
        EditTitle { name: String } => "Edit {name}", "「{name}」の編集";
        Saved => "The directory was saved", "ディレクトリを保存しました";

        Connection => "Connection", "接続";
        SignedInAs => "Signs in as", "サインインアカウント";
        Test => "Test", "テスト";
        Testing => "Connecting and counting users", "接続してユーザーを数えています";
        TestWorks { ms: i64 } => "It answered in {ms} ms", "{ms} ms で応答しました";
        TestUsers { n: usize } => ("{n} user can be read in the selected units." | "{n} users can be read in the selected units."), "選択した OU で {n} 件のユーザーを読み取れます。";
        TestMore { n: usize } => "More than {n} users can be read in the selected units.", "選択した OU で {n} 件を超えるユーザーを読み取れます。";
        TestNobody => "It answers, but no user can be read. Select other units, or give the account the right to read users.", "応答はありますが、読み取れるユーザーがありません。別の OU を選択するか、アカウントに読み取り権限を付与してください。";
        TestDomain { domain: String } => "Domain {domain}", "ドメイン {domain}";
        TestFails => "The directory could not be read", "ディレクトリを読み取れません";

        NextSteps => "Next steps", "次の手順";
        StepUnits => "Choose whose users are imported", "取り込み対象の OU を選択";
        StepUnitsText => "Units, user name, matching and what happens to people who leave.", "OU、ユーザー名、照合、退職者の扱いを設定します。";
        StepMapping => "Look at the mapping with a person", "実在のユーザーでマッピングを確認";
        StepMappingText => "Both sides of somebody you know, row by row.", "知っているユーザーの両側の値を 1 行ずつ確認します。";
        StepPlan => "Plan the first import", "最初のインポートを計画";
        StepPlanText => "Everything is read, nothing is written until you approve.", "すべて読み取りますが、承認するまで書き込みません。";

        Known => "People from this directory", "このディレクトリのユーザー";
        KnownNobody => "Nobody yet. A first import shows who would come.", "まだいません。最初のインポートで対象者を確認できます。";
        KnownActive => "active in the org", "org でアクティブ";
        KnownStaged => "confirmed, not active yet", "確認済み（未アクティブ）";
        KnownUnconfirmed => "wait for a person to decide", "担当者の確認待ち";
        KnownIgnored => "put aside", "対象外";
        Newest => "Newest import", "直近のインポート";
        NewestNone => "There was none yet.", "まだ実行していません。";
        LookAt => "Open it", "開く";

        ScopeTitle => "The org will refuse imports", "org がインポートを拒否します";
        ScopeText { connection: String, scopes: String } => "The connection {connection} lacks {scopes}. Authorize it again to ask for them; for a service app, grant them at the org first.", "接続「{connection}」に {scopes} がありません。再承認して要求してください。サービスアプリの場合は先に org で付与します。";
        ScopeGo => "Open the connection", "接続を開く";
        OrgTitle => "No org takes the users yet", "ユーザーの取り込み先がありません";
        OrgText => "Choose a connection to an org, or make one.", "org への接続を選択するか、新しく作成してください。";
        OrgGone => "The connection to the org is gone. Choose another.", "org への接続がなくなりました。別の接続を選択してください。";
        OrgAgain { connection: String } => "The connection {connection} must be authorized again before the next import.", "次のインポートの前に、接続「{connection}」の再承認が必要です。";
        NewConnection => "New connection", "新規接続";

        Delete => "Delete directory", "ディレクトリを削除";
        DeleteTitle { name: String } => "Delete the directory {name}?", "ディレクトリ「{name}」を削除しますか？";
        DeleteUsers { n: i64 } => ("{n} person stays in the org as it is; Nagare forgets where it came from." | "{n} people stay in the org as they are; Nagare forgets where they came from."), "org のユーザー {n} 件はそのまま残ります。取り込み元の記録は失われます。";
        DeleteKeeps => "Mapping, rules, stored password and past imports are deleted. This cannot be undone.", "マッピング、ルール、保存済みパスワード、過去のインポートを削除します。元に戻すことはできません。";
        DeleteType { name: String } => "Type {name} to confirm", "確認のため「{name}」と入力";
        Deleted => "The directory was deleted", "ディレクトリを削除しました";
        DeleteText => "Users of the org stay as they are.", "org のユーザーはそのまま残ります。";
    }
}
