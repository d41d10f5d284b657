//! What the canvas and the cards on it say.

use crate::i18n::messages;

messages! {
    /// What the canvas and the cards on it say.
    pub enum CanvasText {
        Canvas => "Cards of the flow", "フローのカード";
        CardName { number: usize, count: usize, card: String, inputs: String, outputs: String, problems: String } =>
            "Card {number} of {count}, {card}, {inputs}, {outputs}, {problems}.",
            "カード {number}／{count}、{card}。{inputs}、{outputs}、{problems}。";
        CardNameConnected { number: usize, count: usize, card: String, connection: String, inputs: String, outputs: String, problems: String } =>
            "Card {number} of {count}, {card}, connection {connection}, {inputs}, {outputs}, {problems}.",
            "カード {number}／{count}、{card}。接続 {connection}、{inputs}、{outputs}、{problems}。";
        InputCount { n: usize } => ("{n} input" | "{n} inputs"), "入力 {n}";
        OutputCount { n: usize } => ("{n} output" | "{n} outputs"), "出力 {n}";
        ProblemCount { n: usize } => ("{n} problem" | "{n} problems"), "問題 {n} 件";
        NoProblems => "no problems", "問題なし";
        NoteName { title: String } => "Note: {title}", "メモ：{title}";
        AddAfter { card: String } => "Add card after {card}", "「{card}」の後にカードを追加";
        AddHere => "Add card here", "ここにカードを追加";
        AddCard => "Add card", "カードを追加";
        AddEvent => "Add event", "イベントの追加";
        AddEventHint => "What starts the flow", "フローを開始するきっかけ";
        AddAction => "Add app action", "アプリアクションの追加";
        AddActionHint => "A call to a connected app", "接続したアプリの呼び出し";
        AddFunction => "Add function", "関数の追加";
        AddFunctionHint => "Text, lists, branches and more", "テキスト、リスト、分岐など";
        AddNote => "Add note", "メモを追加";
        AddField => "Add field", "フィールドを追加";
        AddOutput => "Add output", "出力を追加";
        AddThisField => "Add this field", "このフィールドを追加";
        FieldGroup => "Taken from", "取得元";
        FieldName => "Field name", "フィールド名";
        RemoveField { field: String } => "Remove field {field}", "フィールド「{field}」を削除";
        Item => "Current item", "現在の項目";
        RemoveValue => "Remove value", "値を外す";
        MoreFields { n: usize } => ("{n} more field" | "{n} more fields"), "ほか {n} 件のフィールド";
        MoreOutputs { n: usize } => ("{n} more output" | "{n} more outputs"), "ほか {n} 件の出力";
        OutputName { label: String } => "Output {label}", "出力 {label}";
        OutputsOf { shown: usize, all: usize } => "{shown} of {all} outputs", "出力 {shown}／{all}";
        FoldObject => "Fold keys", "キーを折りたたむ";
        UnfoldObject => "Show keys", "キーを表示";
        Connection => "Connection", "接続";
        ChooseConnection => "Choose a connection", "接続を選択";
        NoConnection => "No connection", "接続なし";
        NewConnection => "New connection…", "新規接続…";
        Choose => "Choose…", "選択…";
        True => "True", "真";
        False => "False", "偽";
        HintText => "Drop a value or type", "値をドロップまたは入力";
        HintValue => "Drop a value or type", "値をドロップまたは入力";
        HintNumber => "Drop or type a number", "数値をドロップまたは入力";
        HintDate => "Drop or type, 2026-11-21T14:00Z", "ドロップまたは入力（2026-11-21T14:00Z）";
        HintObject => "Drop an object or type JSON", "オブジェクトをドロップ、または JSON を入力";
        HintList => "Drop a list or type JSON", "リストをドロップ、または JSON を入力";
        RefusedTypes { from: String, to: String } => "{from} does not go into {to}: choose a key of it, or convert it with a card first", "{from}は{to}に入りません。中のキーを選ぶか、先にカードで変換してください";
        RefusedLater => "That card does not run before this one", "そのカードはこのカードより前に実行されません";
        RefusedOption => "Options are chosen while designing", "オプションは設計時に選択します";
        Type => "Type", "型";
        TypeText => "Text", "テキスト";
        TypeNumber => "Number", "数値";
        TypeBoolean => "True/False", "真偽";
        TypeDate => "Date & Time", "日時";
        TypeObject => "Object", "オブジェクト";
        TypeFile => "File", "ファイル";
        TypeFlow => "Flow", "フロー";
        TypeAny => "Any value", "任意の値";
        ListOf { name: String } => "List of {name}", "{name}のリスト";
        Title => "Title of the card", "カードのタイトル";
        CardMenu => "Card menu", "カードのメニュー";
        Rename => "Rename", "名前を変更";
        Duplicate => "Duplicate", "複製";
        Fold => "Fold or unfold", "折りたたむ／開く";
        WrapInIfError => "Wrap in If Error", "If Error で囲む";
        Delete => "Delete", "削除";
        Unavailable => "Not available here", "ここでは使えません";
        Help => "Help", "ヘルプ";
        ChooseFields => "Choose fields", "フィールドの選択";
        ErrorHandling => "Error handling", "エラー処理";
        Note => "Note", "メモ";
        EditNote => "Edit note", "メモを編集";
        NoteTitle => "Title of the note", "メモのタイトル";
        NoteText => "Text of the note", "メモの本文";
        NoteHint => "What the reader should know. **Bold**, `code` and lists work.", "読む人に伝えたいこと。**太字**、`コード`、リストが使えます。";
        Cards { n: usize } => ("{n} card" | "{n} cards"), "カード {n} 枚";
        Taken => "taken", "実行されました";
        NotTaken { n: usize } => ("not taken · {n} card" | "not taken · {n} cards"), "実行されていません・カード {n} 枚";
        AddCase => "Add case", "条件を追加";
        RemoveCase => "Remove case", "条件を削除";
        Minimap => "Overview: arrow keys move the part that is shown", "全体図：矢印キーで表示位置を移動";
        ViewPath => "Where you are in the flow", "フロー内の現在位置";
        OpenLane => "Open as a view of its own", "このレーンだけを表示";
        FoldAll => "Fold or unfold all cards", "すべてのカードを折りたたむ／開く";
        ZoomToCard => "Show the selected card", "選択中のカードを表示";
        NoteHeight => "Height of the note", "メモの高さ";
        NoteWide => "Wide note", "幅の広いメモ";
        NotHere => "Drop it between two cards", "カードとカードの間にドロップしてください";
        NotIntoItself => "A container does not go into itself", "コンテナーを自身の中には入れられません";
        View => "View", "表示";
        ZoomIn => "Zoom in", "拡大";
        ZoomOut => "Zoom out", "縮小";
        FullSize => "Actual size", "実寸";
        Fit => "Show everything", "全体を表示";
        Wires => "Show all wires", "すべての線を表示";
        Shortcuts => "Keyboard shortcuts", "キーボード ショートカット";
        NotReached => "Not reached", "未到達";
        StateRunning => "Running", "進行中";
        StateWaiting => "Waiting", "待機中";
        Helpers { n: usize } => ("{n} helper run" | "{n} helper runs"), "ヘルパーの実行 {n} 件";
        HelperRun => "run", "実行";
        Calls { n: usize } => ("{n} call" | "{n} calls"), "呼び出し {n} 回";
        Attempts { n: usize } => ("{n} attempt" | "{n} attempts"), "試行 {n} 回";
        EarlierPass => "Earlier pass", "前の回";
        LaterPass => "Later pass", "次の回";
    }
}
