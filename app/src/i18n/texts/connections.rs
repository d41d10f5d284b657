//! What the connections say.

use crate::i18n::messages;

messages! {
    /// What the connections say.
    pub enum ConnectionText {
        Title => "Connections", "接続";
        New => "New connection", "新規接続";
        NewShort => "New", "新規接続";
        Search => "Search connections", "接続を検索";
        List => "All connections", "すべての接続";
        Authorized => "Authorized", "承認済み";
        NeedsReauthorization => "Sign-in expired", "再承認が必要";
        Revoking => "Revoking", "取り消し中";
        Empty => "Connections belong here: each is an org that flows may work with.", "ここに接続が並びます。フローが操作する org ごとに 1 つ作成します。";
        ChooseOne => "Choose a connection on the left.", "左の一覧から接続を選択します。";
        NewTitle => "Connect an org", "org を接続";
        NewText => "You sign in at the org and grant access there. Nagare never sees your password.", "org のサインイン画面でアクセスを承認します。Nagare がパスワードを扱うことはありません。";
        Name => "Name", "名前";
        NameHint => "How cards call it, for instance acme-prod.", "カードに表示される名前です（例：acme-prod）。";
        Domain => "Domain of the org", "org のドメイン";
        DomainHint => "Without -admin, for instance acme.okta.com.", "-admin を除いたドメインです（例：acme.okta.com）。";
        ClientId => "Client ID", "クライアント ID";
        ClientSecret => "Client secret", "クライアントシークレット";
        ClientSecretHint => "Leave empty for a public client with PKCE.", "PKCE のみのパブリッククライアントでは空のままにします。";
        RedirectHint { address: String } => "Allow this sign-in redirect address in the app of the org: {address}", "org のアプリケーションで、次のサインインリダイレクト URI を許可します：{address}";
        Authorize => "Authorize", "承認";
        Account => "Authorized by", "承認したアカウント";
        Owner => "Made by", "作成者";
        Created => "Made", "作成日時";
        Checked => "Last worked", "最終確認";
        Never => "not yet", "未確認";
        UsedByFlows => "Flows that use it", "使用中のフロー";
        FlowCount { n: usize, on: usize } => ("{n} flow, {on} on" | "{n} flows, {on} on"), "{n} 件（オン {on} 件）";
        NoFlows => "No flow uses it.", "使用中のフローはありません。";
        Scopes => "Scopes", "スコープ";
        ScopesText => "What the org granted to this connection.", "org がこの接続に付与した範囲です。";
        Scope => "Scope", "スコープ";
        State => "State", "状態";
        FlowOn => "On", "オン";
        FlowOff => "Off", "オフ";
        Granted => "Granted", "付与済み";
        NoScopes => "The org granted no scopes.", "付与されたスコープはありません。";
        Test => "Test connection", "接続をテスト";
        Testing => "Testing", "テスト中";
        Works { ms: u64 } => "The org answered in {ms} ms.", "org が {ms} ms で応答しました。";
        WorksNot { message: String } => "The org refused the call: {message}", "org が要求を拒否しました：{message}";
        Reauthorize => "Reauthorize", "再承認";
        ReauthorizeText => "The org no longer accepts the tokens of this connection. Reauthorize it; flows that use it fail until then.", "この接続のトークンは無効になっています。再承認するまで、使用中のフローは失敗します。";
        RevokingText => "The connection was deleted. The org could not be reached yet to revoke its tokens; the server goes on trying.", "接続は削除されました。org に接続でき次第、トークンを取り消します。";
        LastError { error: String } => "Last error: {error}", "直近のエラー：{error}";
        Events => "Events", "イベント";
        EventsUnused => "no flow starts on them", "開始するフローなし";
        EventsLog => "read from the System Log", "システムログから取得";
        EventsHook => "delivered at once", "イベントフックで受信";
        HookError { error: String } => "The org does not deliver events to this server yet: {error} They are read from the System Log meanwhile.", "org からイベントを受信できません：{error} その間はシステムログから取得します。";
        Tokens => "Tokens", "トークン";
        TokensText => "Deleting the connection revokes them at the org.", "削除すると Okta 側でも取り消されます。";
        Delete => "Delete connection", "接続を削除";
        DeleteTitle { name: String } => "Delete the connection {name}?", "接続「{name}」を削除しますか？";
        DeleteStops { n: usize } => ("Its tokens are revoked at the org. {n} flow that is on stops working:" | "Its tokens are revoked at the org. {n} flows that are on stop working:"), "org のトークンが取り消されます。オンのフロー {n} 件が動作しなくなります：";
        DeleteStopsNone => "Its tokens are revoked at the org. No flow that is on uses it.", "org のトークンが取り消されます。この接続を使用するオンのフローはありません。";
        DeletedRevoked { n: usize } => ("Deleted. The org confirmed that {n} token was revoked." | "Deleted. The org confirmed that {n} tokens were revoked."), "削除しました。org でトークン {n} 件の取り消しを確認しました。";
        DeletedPending { n: usize } => ("Deleted. {n} token is still to be revoked; the server goes on trying." | "Deleted. {n} tokens are still to be revoked; the server goes on trying."), "削除しました。未取り消しのトークンが {n} 件あり、取り消しを続けます。";
        Facts => "About this connection", "接続の情報";
        AccessDenied => "Access was not granted at the org. Start again and choose Allow there.", "org でアクセスが許可されませんでした。もう一度開始し、許可を選択してください。";
        InvalidClient => "The org does not know this client ID and secret. Compare both with the app in the org.", "org がクライアント ID またはシークレットを受け付けませんでした。org のアプリケーションの値を確認してください。";
        InvalidScope => "The org does not allow a scope that flows need. Grant it to the app in the org, then start again.", "必要なスコープが許可されていません。org のアプリケーションに付与してから、もう一度開始してください。";
        OrgUnreachable => "The org could not be reached. Check the domain and the network of the server.", "org に接続できませんでした。ドメインとサーバーのネットワークを確認してください。";
        StateLost => "The answer of the org did not fit this browser session. Start again in one window.", "org の応答がこのセッションと一致しませんでした。同じウィンドウでもう一度開始してください。";
        Expired => "The sign-in took too long, and the org no longer accepts its code. Start again.", "承認に時間がかかり、org のコードの有効期限が切れました。もう一度開始してください。";
        Refused => "The org refused to connect. Look at the grant types and scopes of the app in the org, then start again.", "org が接続を拒否しました。org のアプリケーションの付与タイプとスコープを確認し、もう一度開始してください。";
        Internal => "The server could not keep the connection. Start again; if it stays, look at the server's log.", "サーバーが接続を保存できませんでした。もう一度開始し、解決しない場合はサーバーのログを確認してください。";
        OtherReturn { code: String } => "The org answered with “{code}”. Start again; if it stays, look at the app in the org.", "org が「{code}」を返しました。もう一度開始し、解決しない場合は org のアプリケーションを確認してください。";
        Connected => "The org is connected.", "org を接続しました。";
    }
}
