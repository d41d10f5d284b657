//! What the gallery of templates says.

use crate::i18n::messages;

messages! {
    /// What the gallery of templates says.
    pub enum TemplateText {
        Title => "Templates", "テンプレート";
        Intro => "Finished flows that you install, connect and change as you like. They are off until you turn them on.", "インストールし、接続を選んで自由に変更できるフローです。オンにするまで動きません。";
        Search => "Search templates", "テンプレートを検索";
        AllTags => "All", "すべて";
        ByTag => "What it is good for", "用途";
        TagLifecycle => "Lifecycle", "ライフサイクル";
        TagFirst => "To begin with", "はじめに";
        TagGroups => "Groups", "グループ";
        TagTables => "Tables", "テーブル";
        TagDelegated => "Delegated", "委任";
        TagSchedule => "Scheduled", "スケジュール";
        TagReports => "Reports", "レポート";
        TagSecurity => "Security", "セキュリティ";
        TagChat => "Chat", "チャット";
        TagPatterns => "Patterns", "パターン";
        TagApi => "API", "API連携";
        TagErrors => "Errors", "エラー処理";
        Flows { n: usize } => ("{n} flow" | "{n} flows"), "フロー {n} 件";
        TableCount { n: usize } => ("{n} table" | "{n} tables"), "テーブル {n} 件";
        NoMatch { text: String } => "No template is about “{text}”.", "「{text}」に一致するテンプレートはありません。";
        ShowAll => "Show all templates", "すべてのテンプレートを表示";
        NoConnector => "No connection", "接続不要";
        Overview => "Overview", "概要";
        Needs => "What you need", "必要なもの";
        Steps => "Afterwards", "インストール後の手順";
        Scopes => "Scopes of the connection", "接続に必要なスコープ";
        Tables => "Tables", "テーブル";
        FlowsOf => "Flows", "フロー";
        Install => "Install", "インストール";
        InstallTitle => "Install this template", "このテンプレートをインストール";
        Connection { module: String } => "Connection ({module})", "接続（{module}）";
        ChooseLater => "Choose later, on the cards", "あとでカードごとに選ぶ";
        NewConnection => "New connection", "新規接続";
        Folder => "Folder", "フォルダー";
        TopFolder => "None: at the top", "なし（最上位）";
        LeaveEmpty { example: String } => "For instance {example}. May stay empty for now.", "例：{example}。あとで入力することもできます。";
        Installed { name: String } => "{name} was installed. Its flows are off.", "「{name}」をインストールしました。フローはオフです。";
        OpensFlow => "Makes a folder with its flows and tables, then opens the first flow.", "フローとテーブルを含むフォルダーを作成し、最初のフローを開きます。";
        PictureOf { name: String, cards: usize } => "Picture of the flow {name}: {cards} cards", "フロー「{name}」の図：カード {cards} 枚";
        CoachTitle => "Your first flow", "最初のフロー";
        CoachText => "This card starts the flow. Choose its connection, look at the other cards, then turn the flow on at the top right.", "このカードがフローを開始します。接続を選び、ほかのカードを確認してから、右上でフローをオンにします。";
        CoachDone => "Got it", "閉じる";
    }
}
