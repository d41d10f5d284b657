//! What is said about several cards at once: selecting, copying, wrapping, extracting, deleting.

use crate::i18n::messages;

messages! {
    /// What is said about several cards at once.
    pub enum EditingText {
        Selected { n: usize } => ("{n} card selected" | "{n} cards selected"), "カード {n} 枚を選択中";
        SelectedOne => "One card selected", "カード 1 枚の選択に戻しました";
        SelectionBar => "Selected cards", "選択したカード";
        ClearSelection => "Clear selection", "選択を解除";
        Duplicate => "Duplicate", "複製";
        Copy => "Copy", "コピー";
        Cut => "Cut", "切り取り";
        PasteAfter => "Paste after it", "後ろに貼り付け";
        IfError => "If Error", "If Error で囲む";
        IfElse => "If/Else", "If/Else で囲む";
        HelperFlow => "Helper flow", "ヘルパーフロー化";
        SelectRow => "Select the row", "行のカードを選択";
        Fold => "Fold", "折りたたむ";
        Delete => "Delete", "削除";
        WrapInIfElse => "Wrap in If/Else", "If/Else で囲む";
        TakeOut => "Take out of the container", "コンテナーから出す";
        ExtractMenu => "Extract as helper flow…", "ヘルパーフローに切り出す…";
        AfterG => "E wraps in If Error, I in If/Else, H makes a helper flow, U takes out of the container", "続けて E：If Error で囲む、I：If/Else で囲む、H：ヘルパーフローに切り出す、U：コンテナーから出す";
        MovedTogether { n: usize } => ("Moved {n} card" | "Moved {n} cards"), "カード {n} 枚を移動しました";
        DeletedTogether { n: usize } => ("Deleted {n} card. Undo with Control Z." | "Deleted {n} cards. Undo with Control Z."), "カード {n} 枚を削除しました。Control Z で元に戻せます。";
        Copied { n: usize } => ("Copied {n} card" | "Copied {n} cards"), "カード {n} 枚をコピーしました";
        Pasted { n: usize } => ("Added {n} card. Undo with Control Z." | "Added {n} cards. Undo with Control Z."), "カード {n} 枚を追加しました。Control Z で元に戻せます。";
        PastedEmptied { n: usize } => ("{n} field is empty now: the card it read does not run before it here" | "{n} fields are empty now: the cards they read do not run before them here"), "{n} 件のフィールドを空にしました。参照元のカードがここより前に実行されません。";
        PastedUnknown { n: usize } => ("{n} connection, table or helper flow is not available here: choose another on the card" | "{n} connections, tables or helper flows are not available here: choose others on the cards"), "ここにはない接続、テーブル、ヘルパーフローが {n} 件あります。カードで選び直してください。";
        PastedNote => "The text was added as a note. Undo with Control Z.", "テキストをメモとして追加しました。Control Z で元に戻せます。";
        StartNotPasted => "A flow has one card that starts it: the copied one was left out", "フローを開始するカードは1枚だけです。コピーした開始カードは追加していません。";
        NothingToPaste => "The clipboard is empty: copy cards first", "クリップボードが空です。先にカードをコピーしてください。";
        PasteForeign => "The clipboard holds data of another program. Copy cards on a canvas of Nagare and paste again.", "クリップボードの内容は別のプログラムのデータです。Nagare のキャンバスでカードをコピーしてから貼り付けてください。";
        PasteNewer => "The cards were copied from a newer version of Nagare. Update this server, or build them again here.", "新しいバージョンの Nagare でコピーされたカードです。このサーバーを更新するか、ここで作り直してください。";
        PasteDamaged => "The copied cards are incomplete or were changed. Copy them again.", "コピーしたカードの内容が欠けているか変更されています。もう一度コピーしてください。";
        PasteTooLarge => "The text is too long to paste. Copy fewer cards at once.", "テキストが長すぎて貼り付けられません。一度にコピーするカードを減らしてください。";
        UseKeysToCopy => "The browser does not let this page copy. Press Ctrl C (⌘ C on macOS).", "ブラウザーがこのページでのコピーを許可していません。Ctrl C（macOS では ⌘ C）を押してください。";
        UseKeysToPaste => "The browser does not let this page read the clipboard. Press Ctrl V (⌘ V on macOS).", "ブラウザーがこのページでの貼り付けを許可していません。Ctrl V（macOS では ⌘ V）を押してください。";
        Wrapped { n: usize, container: String } => ("{n} card is in {container} now. Undo with Control Z." | "{n} cards are in {container} now. Undo with Control Z."), "カード {n} 枚を「{container}」に入れました。Control Z で元に戻せます。";
        EndsOnlyContainer => "Return and Continue If end only the branch of If Error they stand in", "「返す」と Continue If は、If Error の中ではその分岐だけを終了します";
        TakenOut { n: usize } => ("{n} card is out of the container. Undo with Control Z." | "{n} cards are out of the container. Undo with Control Z."), "カード {n} 枚をコンテナーから出しました。Control Z で元に戻せます。";
        LostValues { n: usize } => ("{n} field used a value that only the container had: map it again" | "{n} fields used values that only the container had: map them again"), "コンテナーだけが持つ値を使うフィールドが {n} 件あります。割り当て直してください。";
        SelectFirst => "Select cards first", "先にカードを選択してください";
        NotTogether => "Select cards that stand side by side in one row", "1つの行で隣り合うカードを選択してください";
        StartStays => "The card that starts the flow keeps its place", "フローを開始するカードの位置は変えられません";
        NoContainer => "The card is not in a container", "カードはコンテナーの中にありません";
        SeveralLanes => "Several branches of the container hold cards: leave cards in only one of them", "コンテナーの複数の分岐にカードがあります。カードを1つの分岐だけに残してください。";
        IntoItself => "A container cannot go into itself", "コンテナーをその中に入れることはできません";
        TooDeep { n: usize } => "Containers can be nested {n} deep: take some out first", "コンテナーの入れ子は {n} 段までです。先にいくつか外に出してください。";
        NotPossible => "The cards have changed meanwhile: select them again", "カードが変更されています。もう一度選択してください。";
        EndsFlow { card: String } => "{card} ends the flow, which a helper flow cannot do for it: leave it out", "「{card}」はフローを終了しますが、ヘルパーフローからは終了できません。選択から外してください。";
        AnswersCaller { card: String } => "{card} answers the caller of this flow, which a helper flow cannot do for it: leave it out", "「{card}」はこのフローの呼び出し元に応答しますが、ヘルパーフローからは応答できません。選択から外してください。";
        EndsOnError { card: String } => "{card} ends the flow when it fails, which a helper flow cannot do for it: change its error handling first", "「{card}」は失敗するとフローを終了しますが、ヘルパーフローからは終了できません。先にエラー処理を変更してください。";
        ExtractTitle => "Extract as helper flow?", "ヘルパーフローに切り出しますか";
        ExtractHint { n: usize } => ("{n} card moves into a new helper flow. One Call Flow takes its place; the values it uses and gives are handed over." | "{n} cards move into a new helper flow. One Call Flow takes their place; the values they use and give are handed over."), "カード {n} 枚を新しいヘルパーフローに移し、その場所に「フローの呼び出し」を 1 枚置きます。使う値と返す値は受け渡されます。";
        HelperName => "Name of the helper flow", "ヘルパーフローの名前";
        ExtractDo => "Make helper flow", "ヘルパーフローを作成";
        Extracted { n: usize, inputs: usize, outputs: usize } => ("{n} card is a helper flow now, inputs: {inputs}, outputs: {outputs}" | "{n} cards are a helper flow now, inputs: {inputs}, outputs: {outputs}"), "カード {n} 枚をヘルパーフローにしました。入力 {inputs}、出力 {outputs}";
        HelperMade { name: String } => "The helper flow {name} was made and is on. Undo here leaves it.", "ヘルパーフロー「{name}」を作成し、オンにしました。ここで元に戻しても残ります。";
        HelperOff { name: String } => "The helper flow {name} was made. It has problems and is off.", "ヘルパーフロー「{name}」を作成しました。問題があるためオフのままです。";
        OpenHelper => "Open", "開く";
        DeleteSeveral { n: usize } => ("Delete {n} card?" | "Delete {n} cards?"), "カード {n} 枚を削除しますか";
        DeleteUses { n: usize } => ("{n} field uses a value of what is deleted. Choose what becomes of it." | "{n} fields use values of what is deleted. Choose what becomes of each."), "削除するカードの値を使うフィールドが {n} 件あります。それぞれの扱いを選択してください。";
        DeleteCards { n: usize } => ("Delete {n} card" | "Delete {n} cards"), "カード {n} 枚を削除";
        DeleteCard => "Delete card", "カードを削除";
        RepairOf { field: String } => "What becomes of {field}", "「{field}」の扱い";
        LeaveField => "Leave it, as a problem to solve", "そのまま残す（問題として表示）";
        EmptyField => "Empty it", "空にする";
        TakeInstead { value: String } => "Take {value}", "{value} を使う";
        DropCopy { n: usize } => ("Drop to copy {n} card here" | "Drop to copy {n} cards here"), "ドロップするとカード {n} 枚をここにコピーします";
        KeySelect => "Select cards side by side, the row, the flow", "隣のカード、行、フロー全体を選択";
        KeyPick => "Select with the pointer: one more, a row, a frame", "マウスで追加選択、範囲選択、枠で選択";
        KeyWrap => "Wrap in If Error, in If/Else, make a helper flow, take out", "If Error／If/Else で囲む、ヘルパーフローに切り出す、コンテナーから出す";
        KeyCopyDrag => "Drop a copy", "コピーをドロップ";
    }
}
