//! Drafts, versions, what differs between them, and other people in the same flow.

use crate::i18n::messages;

messages! {
    /// Drafts, versions, what differs between them, and other people in the same flow.
    pub enum VersionText {
        Restored => "Changes that had not been saved are back.", "保存されていなかった変更を復元しました。";
        Merged => "Somebody else changed this flow meanwhile. Their changes and yours were put together.", "ほかの人もこのフローを変更しました。双方の変更をまとめました。";
        PutAside => "A draft that does not fit this one any more is in the list of versions.", "現在の下書きとまとめられない下書きがありました。バージョンの一覧に残しました。";
        SignedOut => "You are signed out. Your edits are kept here and will be saved once you sign in.", "サインアウトしています。編集内容はここに保持され、サインインすると保存されます。";
        SignIn => "Sign in", "サインイン";
        ReadOnly => "You can look at this flow and not change it. An administrator of this server can.", "このフローは表示のみです。変更できるのはこのサーバーの管理者です。";
        ReadOnlySaid => "Nothing was changed: you can only look at this flow.", "変更されていません。このフローは表示のみです。";
        Close => "Close", "閉じる";
        Undo => "Undo", "元に戻す";
        SeeChanges => "See changes", "変更を表示";
        CutOff => "The server cannot be reached", "サーバーに接続できません";

        ConflictTitle => "Somebody else changed the same places. Nothing is lost: choose for each.", "ほかの人が同じ箇所を変更しました。失われたものはありません。箇所ごとに選んでください。";
        Mine => "Mine", "自分";
        Theirs => "Theirs", "相手";
        AllMine => "All mine", "すべて自分";
        AllTheirs => "All theirs", "すべて相手";
        UseChosen => "Use what is chosen", "選択を適用";
        KeptInHistory => "What is not chosen stays in the list of versions.", "選ばなかったものはバージョンの一覧に残ります。";
        Gone => "removed", "削除";
        Nothing => "empty", "空";

        SaveTitle { flow: String } => "Save a version of {flow}?", "「{flow}」のバージョンを保存しますか";
        Name => "Name of the version", "バージョン名";
        NameHint => "May stay empty", "空でもかまいません";
        Note => "Note", "メモ";
        NoteHint => "Why it is saved", "保存する理由";
        KeepData => "Save all data that passes through the flow", "フローを通過するすべてのデータを保存";
        Since { version: String } => "Since {version}", "{version}以降";
        FirstVersion => "The first version", "最初のバージョン";
        Save => "Save version", "バージョンを保存";
        Cancel => "Cancel", "キャンセル";
        NothingChanged => "Nothing changed", "変更なし";
        Count { n: usize } => ("{n} change" | "{n} changes"), "変更 {n} 件";
        More { n: usize } => "and {n} more", "ほか {n} 件";

        List => "Versions of this flow", "このフローのバージョン";
        Draft => "Draft", "下書き";
        DraftNow => "As it is now", "現在の内容";
        Version { n: i64 } => "Version {n}", "バージョン {n}";
        LastLook => "When I last looked", "前回見たとき";
        KeptRestored => "Draft before a restore", "復元前の下書き";
        KeptConflict => "Draft from a conflict", "競合時の下書き";
        Others => "Drafts that gave way", "置き換えられた下書き";
        By { author: String } => "by {author}", "{author}";
        Compare => "Compare", "比較";
        From => "Before", "変更前";
        To => "After", "変更後";
        Alone => "nothing: show it as it is", "比較せずに表示";
        Rename => "Rename", "名前を変更";
        RenameTitle { n: i64 } => "Rename version {n}?", "バージョン {n} の名前を変更しますか";
        Restore => "Restore as draft", "下書きとして復元";
        WasRestored { what: String } => "{what} is the draft now. Undo with Control Z.", "{what}を下書きに復元しました。Control Z で元に戻せます。";
        BringBack => "Bring back this card", "このカードを戻す";
        WasBroughtBack { card: String } => "{card} is back in the draft. Undo with Control Z.", "「{card}」を下書きに戻しました。Control Z で元に戻せます。";
        Download => "Download as text", "テキストでダウンロード";
        Changes => "What changed", "変更内容";
        Next => "Next change", "次の変更";
        Previous => "Previous change", "前の変更";
        At { n: usize, of: usize } => "Change {n} of {of}", "変更 {n}／{of}";
        Loading => "Fetching versions", "バージョンを取得中";
        LookedAt => "Your last look at this flow", "このフローを前回見たとき";

        FlowName { old: String, new: String } => "Name of the flow: “{old}” → “{new}”", "フロー名：「{old}」→「{new}」";
        FlowDescription { old: String, new: String } => "Description: “{old}” → “{new}”", "説明：「{old}」→「{new}」";
        FlowSchedule { old: String, new: String } => "Schedule: {old} → {new}", "スケジュール：{old} → {new}";
        FlowAccess { old: String, new: String } => "Who may call: {old} → {new}", "呼び出しの許可：{old} → {new}";
        FlowErrors { old: String, new: String } => "Error handling of the flow: {old} → {new}", "フローのエラー処理：{old} → {new}";
        FlowData { old: String, new: String } => "Saved data: {old} → {new}", "データの保存：{old} → {new}";
        CardAdded { card: String } => "{card} added", "「{card}」を追加";
        CardRemoved { card: String } => "{card} removed", "「{card}」を削除";
        CardMoved { card: String } => "{card} moved", "「{card}」を移動";
        CardPinned { card: String } => "{card}, values for trying out changed", "「{card}」の試行用の値を変更";
        CardKind { card: String, old: String, new: String } => "{card} is another card: {old} → {new}", "「{card}」のカードの種類：{old} → {new}";
        CardTitle { old: String, new: String } => "“{old}” is called “{new}” now", "「{old}」の名前を「{new}」に変更";
        CardNote { card: String } => "Text of {card} changed", "「{card}」の文章を変更";
        CardConnection { card: String, old: String, new: String } => "{card}, connection: {old} → {new}", "「{card}」の接続：{old} → {new}";
        CardErrors { card: String, old: String, new: String } => "{card}, error handling: {old} → {new}", "「{card}」のエラー処理：{old} → {new}";
        CardFolded { card: String } => "{card} folded or unfolded", "「{card}」の折りたたみを変更";
        CardLanes { card: String } => "{card} has other branches", "「{card}」の分岐を変更";
        CardOrder { card: String } => "{card}, fields in another order", "「{card}」のフィールドの順序を変更";
        InputAdded { card: String, field: String, new: String } => "{card}, field {field} added: {new}", "「{card}」にフィールド「{field}」を追加：{new}";
        InputRemoved { card: String, field: String, old: String } => "{card}, field {field} removed: {old}", "「{card}」のフィールド「{field}」を削除：{old}";
        InputBound { card: String, field: String, old: String, new: String } => "{card}, {field}: {old} → {new}", "「{card}」の「{field}」：{old} → {new}";
        InputDefined { card: String, field: String } => "{card}, {field}: another type, name or choices", "「{card}」の「{field}」：型、名前または選択肢を変更";
        OutputAdded { card: String, field: String } => "{card}, output {field} added", "「{card}」に出力「{field}」を追加";
        OutputRemoved { card: String, field: String } => "{card}, output {field} removed", "「{card}」の出力「{field}」を削除";
        OutputDefined { card: String, field: String } => "{card}, output {field}: another type or name", "「{card}」の出力「{field}」：型または名前を変更";

        None => "none", "なし";
        Empty => "(empty)", "（空）";
        Quoted { text: String } => "“{text}”", "「{text}」";
        Item => "current item", "現在の項目";
        Halt => "stop the flow", "フローを停止";
        ReturnValues => "return values", "値を返す";
        RunFlow => "run a helper flow", "ヘルパーフローを実行";
        Retries { n: u32, then: String } => ("{n} retry, then {then}" | "{n} retries, then {then}"), "再試行 {n} 回、その後{then}";
        Public => "anyone with the address", "アドレスを知る全員";
        ClientToken => "holders of the client token", "クライアントトークンの保持者";
        OAuth => "holders of an access token of the org", "org のアクセストークンの保持者";
        Kept => "saved", "保存する";
        NotKept => "not saved", "保存しない";
        TheFlow => "The flow", "フロー";
        Plan { fields: String, zone: String } => "{fields}, {zone}", "{fields}（{zone}）";

        People => "Also here", "ほかに開いている人";
        PersonHere { name: String } => "{name} has this flow open", "{name} がこのフローを開いています";
        PersonHereAt { name: String, card: String } => "{name} has this flow open, at {card}", "{name} がこのフローを開いています：「{card}」";
        OwnTab => "You, in another tab", "自分（別のタブ）";
        Locked { name: String } => "{name} is editing this field.", "{name} がこのフィールドを編集中です。";
        TakeOver => "Edit it anyway", "それでも編集";
        GoThere => "Go there", "その場所を表示";
    }
}
