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
        People => "People", "ユーザー";
        PeopleText => "Who can sign in here. The command nagare user adds people.", "サインインできるユーザーです。追加は nagare user コマンドで行います。";
        You => "(you)", "（自分）";
        Administrator => "Administrator", "管理者";
        Auditor => "Auditor", "監査者";
        ConnectionManager => "Connection manager", "接続マネージャー";
        Member => "Member", "メンバー";
        LastAdministrator => "The only administrator cannot be deleted.", "唯一の管理者のため削除できません。";
        Delete => "Delete", "削除";
        DeletePerson { name: String } => "Delete {name}", "{name} を削除";
        DeleteQuestion { name: String } => "Delete {name}?", "{name} を削除しますか？";
        DeleteEnds => "Sessions and API tokens of this person end at once. Their flows stay.", "このユーザーのセッションと API トークンは直ちに無効になります。フローは残ります。";
        DeleteRevokes { n: usize } => ("{n} connection is deleted with them, and its tokens are revoked at the org:" | "{n} connections are deleted with them, and their tokens are revoked at the orgs:"), "次の接続 {n} 件も削除され、org のトークンが取り消されます：";
        Deleted { n: usize } => ("Deleted. {n} token was revoked." | "Deleted. {n} tokens were revoked."), "削除しました。トークン {n} 件を取り消しました。";
        DeletedPending { n: usize } => ("Deleted. {n} token is still to be revoked; the server goes on trying." | "Deleted. {n} tokens are still to be revoked; the server goes on trying."), "削除しました。未取り消しのトークンが {n} 件あり、取り消しを続けます。";
        SetUpDone => "This server is set up already.", "このサーバーは設定済みです。";
    }
}
