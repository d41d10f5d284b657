//! What the navigation says.

use crate::i18n::messages;

messages! {
    /// What the navigation says.
    pub enum ShellText {
        Name => "Nagare", "Nagare";
        SkipToContent => "Skip to content", "本文へ移動";
        Navigation => "Main navigation", "メインナビゲーション";
        Jump => "Search or jump to", "検索・移動";
        Home => "Home", "ホーム";
        Flows => "Flows", "フロー";
        Runs => "Runs", "実行履歴";
        Connections => "Connections", "接続";
        Tables => "Tables", "テーブル";
        Settings => "Settings", "設定";
        PersonMenu => "Person, language and theme", "ユーザー、言語、テーマ";
        Language => "Language", "言語";
        Theme => "Theme", "テーマ";
        ThemeSystem => "As the system", "システムに合わせる";
        ThemeLight => "Light", "ライト";
        ThemeDark => "Dark", "ダーク";
        SignOut => "Sign out", "サインアウト";
        SettingsPerson => "Signed in as", "サインイン中のユーザー";
        SettingsName => "Name", "名前";
        SettingsLogin => "Login", "ログイン";
        SettingsKept => "Language and theme are kept in this browser and apply at once.", "言語とテーマはこのブラウザーに保存され、すぐに反映されます。";
        Offline => "Offline. What you see may be out of date; the server cannot be reached from here.", "オフラインです。サーバーに接続できないため、表示が最新でない場合があります。";
        NotFoundTitle => "There is no page here", "ページが見つかりません";
        NotFoundText => "The address may be old, or what it named was deleted.", "アドレスが古いか、対象が削除された可能性があります。";
        GoHome => "Go to home", "ホームへ";
    }
}
