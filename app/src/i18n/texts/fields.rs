//! What fields say: problems and their repairs, values on their way, and the editors of typed values.

use crate::i18n::messages;

messages! {
    /// What fields say.
    pub enum FieldText {
        // Problems
        UnknownConnection => "The connection is not here any more", "この接続はもうありません";
        SourceInLane => "The mapped value comes from a branch that this card is not on", "割り当てた値は、このカードを通らない分岐のものです";
        DoubleField { field: String } => "Two fields are called “{field}”", "「{field}」という名前のフィールドが 2 つあります";
        UnknownHelper => "The flow that is called here is not here any more", "呼び出すフローがもうありません";
        HelperChanged { flow: String } => "“{flow}” has other fields than this card by now", "「{flow}」のフィールドが変わり、このカードと一致していません";
        CallsItself { flow: String } => "This call of “{flow}” leads back to this flow each time, without end", "「{flow}」の呼び出しが毎回このフローに戻り、終わらなくなります";
        UnknownTable => "The table is not here any more", "テーブルがもうありません";
        UnknownColumn { column: String } => "The table has no column “{column}”", "テーブルに列「{column}」がありません";
        NoReturn => "No card gives the caller an answer", "呼び出し元に応答を返すカードがありません";
        Unreachable => "Never runs: what stands before it always ends here", "実行されません（手前で必ず終了します）";
        ReturnInside => "Ends only the row it stands in: the flow goes on behind the container", "この行だけを終了します。フローはコンテナーの後ろで続きます";
        LooksSecret => "This looks like a password or a key: whoever reads the flow can read it. Keep it in a connection", "パスワードやキーのようです。フローを読める人全員に見えるため、接続に保管してください";
        LeavesContainer => "Leaves the container only", "コンテナーだけを終了します";
        // Repairs
        RepairParse => "Read as JSON", "JSON として読み取る";
        RepairDate => "Read as a date", "日時として読み取る";
        RepairWrap => "Make it a list", "リストにする";
        RepairJson => "Write as JSON", "JSON にする";
        RepairText => "Write as text", "テキストにする";
        RepairNumber => "Read as a number", "数値として読み取る";
        FirstItem => "Take the first item", "最初の項目を使う";
        TakeKey { key: String } => "Take “{key}”", "「{key}」を使う";
        TakeFrom { number: usize, value: String } => "Use {number} {value}", "{number} の「{value}」を使う";
        DeclareOn { card: String } => "Hand it out as output of {card}", "「{card}」の出力として渡す";
        UpdateFields => "Update the fields", "フィールドを更新";
        RemoveField => "Remove the field", "フィールドを削除";
        RenameTo { name: String } => "Rename to “{name}”", "「{name}」に変更";
        MoveToEnd { card: String } => "Move {card} to the end", "「{card}」を最後に移動";
        MoveToFront => "Move to the front", "先頭に移動";
        RemoveCards { n: usize } => ("Remove {n} card" | "Remove {n} cards"), "カード {n} 枚を削除";
        AddReturn => "Add a Return", "「返す」を追加";
        PlanDaily => "Run daily at 9:00", "毎日 9:00 に実行";
        ChooseValue => "Choose a value", "値を選択";
        ChooseFlow => "Choose a flow", "フローを選択";
        ChooseTable => "Choose a table", "テーブルを選択";
        AddEvent => "Add event", "イベントを追加";
        Reauthorize => "Reauthorize", "再承認";
        RepairAll => "Repair all of this kind", "同じ種類をすべて修正";
        Repaired { n: usize } => ("Repaired. Undo with Control Z." | "{n} problems repaired. Undo with Control Z."), "{n} 件を修正しました。Control+Z で元に戻せます。";
        RepairedOne { left: usize } => "Repaired. {left} left. Undo with Control Z.", "修正しました。残り {left} 件です。Control+Z で元に戻せます。";
        MoreProblems { n: usize } => ("{n} more problem" | "{n} more problems"), "ほか {n} 件";
        // Values on their way
        DoNotMap => "Leave it", "割り当てない";
        RefusedWith { from: String, to: String } => "{from} does not go into {to} as it is", "{from}はそのままでは{to}に入りません";
        LastValue { value: String } => "Last value: {value}", "直近の値：{value}";
        MadeField { field: String } => "Field {field} added", "フィールド「{field}」を追加しました";
        PillSelected { value: String } => "{value} selected. Backspace removes it.", "「{value}」を選択しました。Backspace で外せます。";
        PillRemoved { value: String } => "{value} removed", "「{value}」を外しました";
        // Editors of typed values
        NotANumber => "This is not a number. Type digits, such as 12.5 or -3.", "数値ではありません。12.5 や -3 のように数字で入力してください。";
        NumberTooExact => "A number of this size would be rounded. Keep it in a text field.", "この桁数の数値は丸められます。テキストのフィールドを使ってください。";
        NotADate => "This is not a date. Type one such as 2026-11-21 14:00.", "日時ではありません。2026/11/21 14:00 のように入力してください。";
        NotJson { line: usize, column: usize } => "Not JSON: look at line {line}, column {column}.", "JSON ではありません（{line} 行 {column} 文字目）。";
        NotAnObject => "This is JSON, but not an object.", "JSON ですが、オブジェクトではありません。";
        NotAList => "This is JSON, but not a list.", "JSON ですが、リストではありません。";
        TooDeep { n: usize } => "Nested deeper than {n}.", "入れ子は {n} 段までです。";
        TooMany { n: usize } => "More than {n} entries: keep them in a table.", "項目は {n} 件までです。テーブルを使ってください。";
        ItemWrong { n: usize } => "Item {n} is not of this type.", "項目 {n} の型が合いません。";
        FileHint => "A file comes from an earlier card: drop one here.", "ファイルは前のカードの値です。ここにドロップしてください。";
        OpenPicker => "Choose date and time", "日時を選択";
        Now => "Now", "現在";
        TimeOfDay => "Time", "時刻";
        InZone { zone: String } => "On the clock of {zone}. Stored as UTC.", "{zone} の時刻です。UTC で保存されます。";
        PreviousMonth => "Previous month", "前の月";
        NextMonth => "Next month", "次の月";
        Done => "Done", "完了";
        ClearValue => "Clear", "クリア";
        EmptyList => "Empty list", "空のリスト";
        EmptyObject => "Empty object", "空のオブジェクト";
        EditValue { field: String } => "Edit {field}", "「{field}」を編集";
        AsRows => "Rows", "行で編集";
        AsTree => "Tree", "ツリー";
        AsJson => "JSON", "JSON 形式";
        AddItem => "Add item", "項目を追加";
        RemoveItem { n: usize } => "Remove item {n}", "項目 {n} を削除";
        MoveItemUp { n: usize } => "Move item {n} up", "項目 {n} を上へ移動";
        MoveItemDown { n: usize } => "Move item {n} down", "項目 {n} を下へ移動";
        ItemMoved { n: usize, of: usize } => "Now item {n} of {of}", "{of} 件中 {n} 番目に移動しました";
        ItemsPasted { n: usize } => ("{n} item pasted" | "{n} items pasted"), "項目 {n} 件を貼り付けました";
        ItemValue { n: usize } => "Item {n}", "項目 {n}";
        ListHint => "Paste lines or CSV to add many. Alt and arrow keys move an item.", "複数行や CSV を貼り付けると、まとめて追加できます。Alt+矢印キーで移動します。";
        KeyOf { path: String } => "Key {path}", "キー {path}";
        ValueOf { path: String } => "Value of {path}", "{path} の値";
        AddKey => "Add key", "キーを追加";
        RemoveKey { path: String } => "Remove {path}", "{path} を削除";
        TypeOf { path: String } => "Type of {path}", "{path} の型";
        SameKey { key: String } => "“{key}” is there twice.", "「{key}」が重複しています。";
        TypeNull => "Nothing", "なし";
        TypeList => "List", "リスト値";
        ShowAs => "Show as", "表示形式";
    }
}
