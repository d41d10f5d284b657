//! What the import assistant says.

use crate::i18n::messages;

messages! {
    /// What the import assistant says.
    pub enum ImportText {
        Title => "Import a pack", "パックの取り込み";
        StepFile => "File", "ファイル";
        StepContents => "Contents", "内容の確認";
        StepAssign => "Assign", "割り当て";
        StepImport => "Import", "取り込み";
        Steps => "Steps of the import", "取り込みの手順";
        StepDone => "done", "完了";
        DropHere => "Drop a pack here", "パックをここにドロップ";
        DropText => "Folders exported from Okta Workflows are files that end in .folder or .flopack.", "Okta Workflows から書き出したフォルダーのファイル（.folder、.flopack）です。";
        ChooseFile => "Choose a file", "ファイルを選択";
        OtherFile => "Choose another file", "別のファイルを選択";
        Reading => "Reading the pack", "パックを読み取り中";
        Unreadable => "The file is not text. Choose a pack that was exported from Okta Workflows.", "テキストファイルではありません。Okta Workflows から書き出したパックを選択してください。";
        TooLarge => "The file is larger than 32 MB. Export fewer flows at once.", "ファイルが 32 MB を超えています。フローを分けて書き出してください。";
        Format { version: String } => "Format {version}", "形式 {version}";
        Flows => "Flows", "フロー";
        Tables => "Tables", "テーブル";
        Connections => "Connections", "接続";
        Cards { n: usize } => ("{n} card" | "{n} cards"), "カード {n} 枚";
        KindAndNumber { kind: String, n: usize } => ("{kind} · {n} card" | "{kind} · {n} cards"), "{kind} ・ カード {n} 枚";
        Columns { n: usize } => ("{n} column" | "{n} columns"), "{n} 列";
        NoRows => "without rows", "行なし";
        NoCredentials => "without credentials", "資格情報なし";
        Coverage => "Cards that run here", "カードの対応状況";
        Same { n: usize } => ("{n} card runs here" | "{n} cards run here"), "実行できるカード {n} 枚";
        Unsupported { n: usize } => ("{n} card is kept but does not run here" | "{n} cards are kept but do not run here"), "保持されるが実行できないカード {n} 枚";
        AllRun => "All cards run here", "すべて実行可能";
        RunNot { n: usize } => ("{n} card does not run here" | "{n} cards do not run here"), "実行できないカード {n} 枚";
        Found => "What is in the pack", "パックの内容";
        FoundText { flows: usize, cards: usize } => "Flows: {flows}. Cards: {cards}. Nothing is written yet.", "フロー {flows} 件、カード {cards} 枚。まだ何も書き込まれていません。";
        Differences => "What differs here", "動作の違い";
        DifferencesText => "Places where the result may differ from Okta Workflows, or where something is missing.", "Okta Workflows と結果が変わる可能性がある箇所です。";
        NoDifferences => "Nothing was found wrong or different.", "問題や違いは見つかりませんでした。";
        ConnectionsText => "A pack holds no credentials. Choose a connection of this server for each.", "書き出しには資格情報が含まれません。このサーバーの接続を選びます。";
        Assigned { n: usize, all: usize } => "{n} of {all} assigned", "{n} / {all} 割り当て済み";
        UsedBy { n: usize } => ("used by {n} card" | "used by {n} cards"), "使用 {n} 枚";
        ConnectionFor { name: String } => "Connection for {name}", "{name} の接続";
        Later => "Assign later", "あとで割り当てる";
        NoCandidate => "There is no connection of this kind yet. You can assign one after the import.", "この種類の接続がまだありません。取り込み後に割り当てることもできます。";
        NewConnection => "New connection", "新規接続";
        TablesText => "Only the columns are imported; rows can be added afterwards.", "列の定義だけが取り込まれます。行はあとから追加できます。";
        TableFor { name: String } => "Table for {name}", "{name} のテーブル";
        NewTable => "Make a new table", "新しいテーブルを作成";
        NoConnectionsNeeded => "No card of this pack needs a connection.", "接続が必要なカードはありません。";
        FolderLabel => "Folder", "フォルダー";
        NewFolderNamed { name: String } => "New folder {name}", "新規フォルダー「{name}」";
        AsTheyWillBe => "The flows after the import", "取り込み後のフロー";
        AddedOff => "added off", "オフで追加";
        NotesToo { n: usize } => ("{n} note is imported too." | "{n} notes are imported too."), "メモ {n} 件も取り込まれます。";
        MoreCards { n: usize } => ("{n} more card" | "{n} more cards"), "ほか {n} 枚";
        Warnings { n: usize } => ("{n} note, the import can go on" | "{n} notes, the import can go on"), "注意 {n} 件 ・ 取り込みは可能";
        Back => "Back", "戻る";
        NextContents => "Next: contents", "次へ：内容の確認";
        NextAssign => "Next: assign", "次へ：割り当て";
        ImportNow => "Import", "取り込み";
        Importing => "Importing", "取り込み中";
        Done { n: usize } => ("{n} flow was imported" | "{n} flows were imported"), "フロー {n} 件を取り込みました";
        DoneText => "All of them are off. Look through each, then turn it on.", "すべてオフの状態です。内容を確認してからオンにします。";
        OpenFlow => "Open", "開く";
        OpenFlowNamed { name: String } => "Open {name}", "{name}を開く";
        Ready => "ready", "準備完了";
        ImportAnother => "Import another pack", "別のパックを取り込む";
        SeeFlows => "See flows", "フローを見る";
        TablesMade { names: String } => "Tables: {names}", "テーブル：{names}";
        InFlow { flow: String } => "In {flow}", "フロー「{flow}」";
        InCard { flow: String, card: String } => "In {flow}, card {card}", "フロー「{flow}」、カード「{card}」";
        DuplicateField { message: String } => "{message}", "同じフィールドが重複しています。最初のフィールドを使用します。（{message}）";
        NoJoin { message: String } => "{message}", "分岐の合流がありません。取り込み時に合流させます。（{message}）";
        DanglingWire { message: String } => "{message}", "リンク先またはリンク元がないため、そのリンクを省略します。（{message}）";
        TwoWires { message: String } => "{message}", "1 つのフィールドに複数のリンクがあります。最初のリンクを使用します。（{message}）";
        Converter { message: String } => "{message}", "未対応の変換です。値をそのまま渡します。（{message}）";
        NoBody { message: String } => "{message}", "パックにカードが含まれていません。（{message}）";
        FolderMissing { message: String } => "{message}", "フォルダーがパックに含まれていません。取り込み先のフォルダーに置きます。（{message}）";
        Ordering { message: String } => "{message}", "カードの順序指定を一部使用できません。（{message}）";
        ErrorFlow { message: String } => "{message}", "エラー時に実行するフローが指定されていません。フローは停止します。（{message}）";
        Damaged { message: String } => "{message}", "カードのデータに不備があります。読み取れた内容だけを取り込みます。（{message}）";
    }
}
