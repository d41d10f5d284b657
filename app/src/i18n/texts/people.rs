//! What set-up and sign-in say.

use crate::i18n::messages;

messages! {
    /// What set-up and sign-in say.
    pub enum PeopleText {
        SetUpTitle => "Set up Nagare", "Nagare の初期設定";
        SetUpText => "This makes the first administrator of this server.", "このサーバーの最初の管理者を作成します。";
        Code => "Set-up code", "設定コード";
        CodeHint => "The server printed it when it started.", "サーバーの起動時に表示されたコードです。";
        Name => "Name", "名前";
        Login => "Login", "ログイン";
        LoginHint => "What you will sign in with, an e-mail address for instance.", "サインインに使う名前です（メールアドレスなど）。";
        Password => "Password", "パスワード";
        PasswordHint => "At least 12 characters.", "12 文字以上で入力します。";
        SetUpAction => "Make administrator", "管理者を作成";
        SignInTitle => "Sign in to Nagare", "Nagare にサインイン";
        SignInAction => "Sign in", "サインイン";
        Slogan => "Flows for your org, on your own server.", "org のフローを、自社のサーバーで。";
        SetUpDone => "This server is set up already.", "このサーバーは設定済みです。";
    }
}
