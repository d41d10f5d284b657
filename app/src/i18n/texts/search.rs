//! What the palette's search, finding in flows and the command palette say.

use crate::i18n::messages;

messages! {
    /// What the palette's search, finding in flows and the command palette say.
    pub enum SearchText {
        Suggested { card: String } => "Suggested after {card}", "「{card}」の後の候補";
        Found { n: usize } => ("{n} card found" | "{n} cards found"), "{n} 枚見つかりました";
        NothingIn { text: String, kind: String } => "No card for “{text}” in {kind}.", "「{text}」に合うカードは「{kind}」にありません。";
        Nothing { text: String } => "No card for “{text}”. Names, descriptions, Okta calls and event types were searched, in English and Japanese.", "「{text}」に合うカードはありません。名前、説明、Oktaの呼び出し、イベントタイプを英語と日本語で検索しました。";
        ClearSearch => "Clear the search", "検索をクリア";
        SearchAllKinds => "Search all kinds", "すべての種類を検索";
        EnterAdds { card: String } => "Enter adds {card}. Arrow keys choose, the right arrow shows its help.", "Enter で「{card}」を追加。矢印キーで選択、右矢印でヘルプを表示します。";
        Example => "Example", "例";
        Takes => "Takes", "入力";
        Gives => "Gives", "出力";
        AddsFields => "You add its fields.", "フィールドは自分で追加します。";
        MoreFields { n: usize } => ("{n} more" | "{n} more"), "ほか {n} 件";
        StartsWith => "Starts with", "開始するイベントタイプ";
        Calls => "Calls", "呼び出すAPI";
        FailsWith { code: String } => "Error {code}", "エラー {code}";

        FindInFlow => "Find in this flow", "このフローを検索";
        FindHint => "Cards, fields, values, notes, connections…", "カード、フィールド、値、メモ、接続など";
        FindCount { at: usize, n: usize } => "{at} of {n}", "{n} 件中 {at} 件目";
        FindNothing => "Nothing found", "見つかりません";
        FindNext => "Next match", "次の一致";
        FindPrevious => "Previous match", "前の一致";
        FindClose => "Close the search", "検索を閉じる";
        FindEverywhere => "Find in all flows", "すべてのフローを検索";
        ShowReplace => "Replace", "置換";
        ReplaceWith => "Replace with", "置換後の文字列";
        ReplaceOne => "Replace this", "これを置換";
        ReplaceAll => "Replace all", "すべて置換";
        Replaced { n: usize } => ("{n} place replaced. Undo with Control Z." | "{n} places replaced. Undo with Control Z."), "{n} か所を置換しました。Control Z で元に戻せます。";
        NotReplaceable => "This is no text of your own and stays as it is.", "入力したテキストではないため、置換できません。";

        OfFlowName => "Name of the flow", "フロー名";
        OfDescription => "Description", "説明";
        OfTitle => "Title", "タイトル";
        OfCard => "Card", "カード";
        OfField => "Field", "フィールド";
        OfValue => "Value", "値";
        OfNote => "Note", "メモ";
        OfConnection => "Connection", "接続";
        OfTable => "Table", "テーブル";
        OfHelper => "Calls flow", "呼び出すフロー";

        SearchPage => "Find in all flows", "すべてのフローを検索";
        SearchFor => "Search text", "検索する文字列";
        SearchButton => "Search", "検索";
        PageHint => "Card names, titles, fields, values, notes, connections, tables and called flows, in drafts and in versions that are on.", "カード名、タイトル、フィールド、値、メモ、接続、テーブル、呼び出すフローを、下書きと実行対象のバージョンから検索します。";
        PageEmpty => "Type what to look for, or choose a card, a connection, a table or a flow.", "検索する文字列を入力するか、カード、接続、テーブル、フローを選択します。";
        PageNothing => "No flow has this. Names, values, notes and references of all flows were searched.", "該当するフローはありません。すべてのフローの名前、値、メモ、参照を検索しました。";
        PageCount { n: usize } => ("{n} flow" | "{n} flows"), "フロー {n} 件";
        PageCountMore { n: usize } => "{n} flows and more", "フロー {n} 件以上";
        PageMore => "Show more flows", "さらにフローを表示";
        MorePlaces { n: usize } => ("{n} more place" | "{n} more places"), "ほか {n} か所";
        InVersion { n: i64 } => "in version {n}, which is on", "実行対象のバージョン {n}";
        FilterCard { name: String } => "Card: {name}", "カード：{name}";
        FilterConnection { name: String } => "Connection: {name}", "接続：{name}";
        FilterTable { name: String } => "Table: {name}", "テーブル：{name}";
        FilterHelper { name: String } => "Calls: {name}", "呼び出すフロー：{name}";
        RemoveFilter { name: String } => "Remove {name}", "{name} を外す";
        AddFilter => "Add filter", "条件を追加";
        ByCard => "Card", "カード";
        ByConnection => "Connection", "接続";
        ByTable => "Table", "テーブル";
        ByHelper => "Called flow", "呼び出すフロー";
        WhoUses => "Who uses this?", "使用箇所を検索";
        WhoUsesCard => "Other flows with this card", "このカードを使うフロー";

        Commands => "Command palette", "コマンドパレット";
        CommandsHint => "Search flows, cards, pages, actions…", "フロー、カード、ページ、操作などを検索";
        CommandsNothing { text: String } => "Nothing for “{text}”.", "「{text}」に合うものはありません。";
        CommandsKeys => "↑ ↓ choose · Enter opens · > actions · # runs · @ people", "↑ ↓ 選択・Enter 開く・> 操作・# 実行・@ 人";
        CommandsOffline => "The server cannot be reached: only what is known here is found.", "サーバーに接続できません。ここで分かるものだけを検索しています。";
        CommandsCount { n: usize } => ("{n} result" | "{n} results"), "{n} 件";
        GroupRecent => "Recent", "最近使用";
        GroupActions => "Actions", "操作";
        GroupPages => "Pages", "ページ";
        GroupCards => "Cards of this flow", "このフローのカード";
        GroupFlows => "Flows", "フロー";
        GroupRuns => "Runs", "実行";
        GroupPeople => "People", "人";
        GroupConnections => "Connections", "接続";
        GroupTables => "Tables", "テーブル";
        FlowOn => "On", "オン";
        FlowOff => "Off", "オフ";
        ActTurnOn => "Turn flow on", "フローをオンにする";
        ActTurnOff => "Turn flow off", "フローをオフにする";
        ActFindInFlow => "Find in this flow", "このフローを検索";
        ActSearchAll { text: String } => "Find “{text}” in all flows", "「{text}」をすべてのフローから検索";
        ActEnglish => "Language: English", "言語：英語";
        ActJapanese => "Language: Japanese", "言語：日本語";
        ActSystem => "Theme: as the system", "テーマ：システムに合わせる";
        ActLight => "Theme: light", "テーマ：ライト";
        ActDark => "Theme: dark", "テーマ：ダーク";
        ActNewConnection => "New connection", "新規接続";
        ActImport => "Import a pack", "パックの取り込み";
        ActAddCard => "Add card", "カードを追加";
        ActUndo => "Undo", "元に戻す";
        ActRedo => "Redo", "やり直し";
        ActFit => "Show the whole flow", "全体を表示";
        ActWires => "Show all wires", "すべての線を表示";
        ActShortcuts => "Keyboard shortcuts", "キーボード ショートカット";
        ActInspector => "Show or hide the inspector", "インスペクターを表示／非表示";
        ActPalette => "Show or hide the palette", "カードの一覧を表示／非表示";
        ActNote => "Add a note", "メモを追加";
        ActProblem => "Go to the next problem", "次の問題へ";
        KeyFind => "Find in this flow, in all flows", "このフローを検索、すべてのフローを検索";
        KeyCommands => "Command palette", "コマンドパレット";
    }
}
