//! What went wrong, and what to do next.

use api::{ApiError, ErrorCode};

use crate::i18n::messages;
use crate::rpc::Refusal;

messages! {
    /// What went wrong, and what to do next.
    pub enum ErrorText {
        Unreachable => "The server cannot be reached. Check the network and try again.", "サーバーに接続できません。ネットワークを確認して、もう一度お試しください。";
        ErrorId { id: String } => "Error id {id}", "エラー ID {id}";
        SignInNeeded => "The session has ended. Sign in again.", "セッションが終了しました。もう一度サインインしてください。";
        WrongCredentials { message: String } => "{message}", "入力した内容が正しくありません。確認して入力し直してください。（{message}）";
        Forbidden { message: String } => "{message}", "この操作の権限がありません。管理者に依頼してください。（{message}）";
        NotFound { message: String } => "{message}", "対象が見つかりません。削除された可能性があります。（{message}）";
        Conflict { message: String } => "{message}", "ほかの変更と競合しました。最新の内容を確認してください。（{message}）";
        Invalid { message: String } => "{message}", "入力内容を確認してください。（{message}）";
        HasProblems { message: String } => "{message}", "フローに問題があるためオンにできません。問題を修正してください。（{message}）";
        BadPack { message: String } => "{message}", "パックを読み取れません。Okta Workflows から書き出したファイルか確認してください。（{message}）";
        Org { message: String } => "{message}", "org が要求を受け付けませんでした。接続の状態を確認してください。（{message}）";
        OrgUnreachable => "The org does not answer. Try again later, or type the ID.", "org が応答しません。しばらくしてから再試行するか、IDを直接入力してください。";
        Directory { message: String } => "{message}", "ディレクトリが要求を受け付けませんでした。ディレクトリの設定を確認してください。（{message}）";
        DirectoryUnreachable { message: String } => "{message}", "ドメインコントローラーに接続できません。ホスト名、ポート、ファイアウォールを確認してください。（{message}）";
        DirectoryUntrusted { message: String } => "{message}", "ドメインコントローラーとの TLS 接続を確立できません。証明書の発行元とホスト名を確認してください。（{message}）";
        DirectoryRefused { message: String } => "{message}", "ディレクトリがこのアカウントを拒否しました。アカウント名とパスワードを確認してください。（{message}）";
        DirectoryForbidden { message: String } => "{message}", "このアカウントにはディレクトリでの権限がありません。権限を付与してください。（{message}）";
        DirectoryAbsent { message: String } => "{message}", "ディレクトリに対象がありません。削除または移動された可能性があります。（{message}）";
        DirectoryLimit { message: String } => "{message}", "ディレクトリの上限により途中で打ち切られました。対象の OU を絞るか、上限を引き上げてください。（{message}）";
        MissingScope { scope: String } => "The connection does not have the scope {scope}. Reauthorize it, or type the ID.", "接続にスコープ {scope} がありません。接続を再承認するか、IDを直接入力してください。";
        TooLarge { message: String } => "{message}", "データが大きすぎます。分割して送信してください。（{message}）";
        TooMany { message: String } => "{message}", "試行回数が上限に達しました。しばらく待ってからお試しください。（{message}）";
        Internal { message: String } => "{message}", "サーバーでエラーが発生しました。もう一度お試しください。（{message}）";
    }
}

/// Returns the sentence for a refusal: the server's own in English, one of ours around it in Japanese.
pub fn refusal_message(refusal: Refusal) -> ErrorText {
    let Refusal::Answered(ApiError {
        code,
        message,
        about,
        ..
    }) = refusal
    else {
        return ErrorText::Unreachable;
    };
    match code {
        ErrorCode::SignInNeeded => ErrorText::SignInNeeded,
        ErrorCode::WrongCredentials => ErrorText::WrongCredentials { message },
        ErrorCode::Forbidden => ErrorText::Forbidden { message },
        ErrorCode::NotFound => ErrorText::NotFound { message },
        ErrorCode::Conflict => ErrorText::Conflict { message },
        ErrorCode::Invalid => ErrorText::Invalid { message },
        ErrorCode::HasProblems => ErrorText::HasProblems { message },
        ErrorCode::BadPack => ErrorText::BadPack { message },
        ErrorCode::Org => ErrorText::Org { message },
        ErrorCode::OrgUnreachable => ErrorText::OrgUnreachable,
        ErrorCode::Directory => match about.as_deref() {
            Some("unreachable" | "address") => ErrorText::DirectoryUnreachable { message },
            Some("tls" | "authorities") => ErrorText::DirectoryUntrusted { message },
            Some("refused") => ErrorText::DirectoryRefused { message },
            Some("forbidden") => ErrorText::DirectoryForbidden { message },
            Some("absent") => ErrorText::DirectoryAbsent { message },
            Some("limit") => ErrorText::DirectoryLimit { message },
            _ => ErrorText::Directory { message },
        },
        ErrorCode::MissingScope => ErrorText::MissingScope {
            scope: about.unwrap_or_default(),
        },
        ErrorCode::TooLarge => ErrorText::TooLarge { message },
        ErrorCode::TooMany => ErrorText::TooMany { message },
        ErrorCode::Internal => ErrorText::Internal { message },
    }
}
