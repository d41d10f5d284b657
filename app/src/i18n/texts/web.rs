//! What connections to other services than orgs say.

use crate::i18n::messages;

messages! {
    /// What connections to other services than orgs say.
    pub enum WebText {
        Org => "Okta org", "Okta の org";
        Service => "Other service", "その他のサービス";
        NewTitle => "Connect a service for HTTP cards", "HTTP カード用のサービスを接続";
        NewText => "HTTP cards that choose this connection send its proof with every call. It is stored encrypted and never shown again.", "この接続を選んだ HTTP カードは、呼び出しのたびに認証情報を送信します。認証情報は暗号化して保存し、再表示しません。";
        Name => "Name", "名前";
        Kind => "Authentication", "認証方式";
        KindNone => "None", "なし";
        KindBasic => "Basic: name and password", "Basic（ユーザー名とパスワード）";
        KindHeader => "Custom header", "カスタムヘッダー";
        KindClient => "OAuth 2.0 client credentials", "OAuth 2.0 クライアントクレデンシャル";
        User => "User name", "ユーザー名";
        Password => "Password", "パスワード";
        HeaderName => "Name of the header", "ヘッダー名";
        HeaderValue => "Value of the header", "ヘッダーの値";
        ClientId => "Client ID", "クライアント ID";
        ClientSecret => "Client secret", "クライアントシークレット";
        SecretHint => "Stored encrypted.", "暗号化して保存します。";
        SecretKept => "Leave empty to keep the one that is stored.", "空のままにすると、保存済みの値を使い続けます。";
        TokenUrl => "Token endpoint", "トークンエンドポイント";
        TokenUrlHint => "For instance https://auth.example.com/oauth/token.", "例：https://auth.example.com/oauth/token";
        Scopes => "Scopes", "スコープ";
        ScopesHint => "Apart by spaces; often none.", "空白で区切ります。不要な場合もあります。";
        Audience => "Audience", "オーディエンス";
        AudienceHint => "Only where the token endpoint asks for one.", "トークンエンドポイントが求める場合だけ入力します。";
        InForm => "Send ID and secret in the form instead of a header", "ID とシークレットをヘッダーではなくフォームで送信する";
        Hosts => "Hosts that get the secret", "認証情報を送信するホスト";
        HostsHint => "For instance api.example.com; what is under it belongs to it. Without one, any address that a card names gets it.", "例：api.example.com（サブドメインを含む）。空の場合、カードに指定したすべてのアドレスに送信します。";
        AnyHost => "any", "すべて";
        TestUrl => "Address for the test", "接続テスト用のアドレス";
        TestUrlHint => "A page that answers only who is known, for instance https://api.example.com/me.", "認証が必要なアドレスです（例：https://api.example.com/me）。";
        Create => "Connect", "接続を作成";
        Change => "Save changes", "変更を保存";
        ChangeTitle => "Change", "変更";
        Saved => "The connection was changed", "接続を変更しました";
        Works { message: String } => "It works. {message}", "接続できました。{message}";
        Secret => "Secret", "認証情報";
        SecretText => "With the connection its secret is deleted here. Delete or change it at the service as well.", "接続を削除すると、ここに保存した認証情報も削除します。サービス側でも削除または変更してください。";
        Allowed => "Addresses that HTTP cards may call", "HTTP カードで呼び出せるアドレス";
        AllowedText => "HTTP cards call public addresses only, so that nobody reads what stands behind the firewall with a flow. List here what they may call besides.", "HTTP カードで呼び出せるのは公開アドレスだけです。社内のサーバーなど、追加で許可するアドレスを指定します。";
        AllowedList => "Allowed besides public addresses", "追加で許可するアドレス";
        AllowedHint => "One a line: intranet.example, intranet.example:8080, *.corp.example, 10.0.0.0/8.", "1 行に 1 つ入力します（例：intranet.example、intranet.example:8080、*.corp.example、10.0.0.0/8）。";
        AllowedFixed { list: String } => "The command line allows besides: {list}", "起動時の設定で許可済み：{list}";
        AllowedSaved => "The list was saved", "アドレスの一覧を保存しました";
    }
}
