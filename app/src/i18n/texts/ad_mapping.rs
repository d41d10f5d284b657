//! What the mapping page says.

use crate::i18n::messages;

messages! {
    /// What the mapping page says.
    pub enum MappingText {
        Save => "Save mapping", "マッピングを保存";
        Saved => "The mapping was saved; the next import follows it", "マッピングを保存しました。次回のインポートから適用します。";
        Undo => "Undo", "元に戻す";
        More => "More about the whole mapping", "マッピング全体の操作";
        Add => "Add attribute", "属性を追加";
        ResetAll => "Put everything back as published", "すべて公開時の既定に戻す";
        Find => "Find an attribute", "属性を検索";
        Show => "Show", "表示";
        ShowAll { n: usize } => "All {n}", "すべて {n}";
        ShowRequired { n: usize } => "Required {n}", "必須 {n}";
        ShowChanged { n: usize } => "Changed {n}", "変更 {n}";
        ShowProblems { n: usize } => "Problems {n}", "問題 {n}";
        NoneShown => "No attribute matches. Choose another view or text.", "一致する属性がありません。表示または検索文字列を変更してください。";
        PreviewWith => "Preview with", "プレビュー対象";
        PersonFind => "Find a person in the directory", "ディレクトリのユーザーを検索";
        PersonNone => "Nobody begins like this in the selected units.", "選択した OU に該当するユーザーはいません。";
        PersonChoose => "Choose a person", "ユーザーを選択";
        PersonFirst => "Choose a person to see both sides of each row.", "ユーザーを選択すると、各行の両側の値を表示します。";
        PreviewFails => "The preview is not there", "プレビューを表示できません";
        Directory => "Active Directory", "Active Directory（AD）";
        Okta => "Okta profile", "Okta プロファイル";
        AfterNext => "after the next import", "次回インポート後";
        Attribute => "Attribute", "属性";
        Value => "Value", "値";
        Direction => "Direction", "方向";
        Target => "Attribute or expression", "属性または式";
        Required => "required", "必須";
        ToOkta { name: String } => "{name}: to Okta", "{name}：ADからOktaへ";
        ToAd { name: String } => "{name}: to Active Directory", "{name}：OktaからADへ";
        Empty => "empty", "空";
        Nothing => "nothing is sent", "送信なし";
        TagFallback => "fallback", "代替値";
        TagNew => "new", "新規";
        TagChanges => "changes", "変更";
        TagProblem => "problem", "問題";
        TagBack => "written back", "書き戻し";
        NoProperty { name: String } => "Okta has no attribute “{name}”", "Okta に属性「{name}」がありません";
        AlsoBy { name: String } => "Also written by “{name}”", "「{name}」も書き込みます";
        TooLong { is: i64, most: i64 } => "{is} characters. {most} are allowed.", "{is} 文字です。上限は {most} 文字です。";
        TooShort { is: i64, least: i64 } => "{is} characters. At least {least} are needed.", "{is} 文字です。{least} 文字以上必要です。";
        NotOneValue => "One value is needed; the first of the list is taken.", "値は 1 つ必要です。リストの先頭を使用します。";
        AtCharacter { position: usize, message: String } => "Character {position}: {message}", "{position} 文字目：{message}";
        WrongRoot { root: String } => "“{root}” is not there in this direction. Toward Okta use appuser, toward Active Directory use user.", "この方向では「{root}」を参照できません。Okta 方向では appuser、AD 方向では user を使用します。";
        Repeated { name: String } => "“{name}” is in the mapping twice.", "「{name}」が重複しています。";
        BaseMissing => "This attribute must be in the mapping.", "この属性はマッピングに必須です。";
        BadName { name: String } => "“{name}” is no name of an attribute.", "「{name}」は属性名として使用できません。";
        TooMany => "A mapping has 500 rows at most.", "マッピングは最大 500 行です。";

        WouldCreate => "Would come to the org", "org に取り込まれます";
        WouldUpdate => "Would update this person", "このユーザーを更新します";
        WouldIgnore => "Would be ignored", "無視されます";
        WouldSkip => "Would be skipped", "省略されます";
        WouldGo => "Would be deactivated", "非アクティブになります";
        WouldStay => "Nothing would happen", "変更はありません";
        SumChanges { n: usize } => ("{n} value changes" | "{n} values change"), "変更 {n} 件";
        SumNew { n: usize } => "{n} new", "新規 {n} 件";
        SumProblems { n: usize } => ("{n} problem" | "{n} problems"), "問題 {n} 件";
        SumBack { n: usize } => ("{n} value goes back to Active Directory" | "{n} values go back to Active Directory"), "AD への書き戻し {n} 件";
        RulesPassed { n: usize } => "Rules applied: {n} of 17", "適用したルール：17 件中 {n} 件";

        Details { name: String } => "Row {name}", "行「{name}」";
        ChooseRow => "Choose a row to change its direction and expressions.", "行を選択すると、方向と式を変更できます。";
        Close => "Close the row", "行を閉じる";
        SyntaxText => "text", "テキスト";
        SyntaxNumber => "number", "数値";
        SyntaxName => "distinguished name", "識別名";
        SyntaxSid => "security identifier", "セキュリティ識別子";
        SyntaxBytes => "bytes", "バイト列";
        SingleValue => "single value", "単一値";
        ManyValues => "several values", "複数値";
        AtMost { n: i64 } => "at most {n} characters", "最大 {n} 文字";
        UpTo { n: i64 } => "up to {n}", "最大 {n}";
        NeverWritten => "the directory sets it itself; it is never written", "ディレクトリが設定する値で、書き込みません";
        Renames => "writing it renames the entry", "書き込むとエントリー名が変わります";
        CustomRow => "added to the published table", "追加した属性";
        Both => "Both", "双方向";
        Off => "Off", "オフ";
        DirToOkta => "AD → Okta", "AD → Okta へ";
        DirToAd => "AD ← Okta", "AD ← Okta から";
        Expression => "Expression", "式";
        IntoOkta => "AD to Okta", "ADからOktaへ";
        IntoAd => "Okta to AD", "OktaからADへ";
        Variable => "Variable in the app user", "アプリユーザーの変数";
        Properties => "Okta attributes that take the value", "値を受け取る Okta 属性";
        PropertiesHint => "Names with commas between them; none where the value only goes back.", "カンマ区切り。AD への書き戻しのみの場合は空欄にします。";
        RequiredLabel => "Required: whoever has no value is deprovisioned at the next import", "必須：値がないユーザーは次回のインポートでデプロビジョニングします";
        RequiredPublished => "Required by the published table: whoever has no value is ignored.", "公開された表で必須です。値がないユーザーは無視します。";
        Result => "Result", "結果";
        Characters { is: usize } => ("{is} character" | "{is} characters"), "{is} 文字";
        CharactersOf { is: usize, most: i64 } => "{is} of {most} characters", "{is}／{most} 文字";
        Tried { n: usize } => ("Tried on {n} person" | "Tried on {n} people"), "{n} 人で試行";
        TriedNone => "With other people", "ほかのユーザーでの結果";
        TryPeople => "Try on five", "5 人で試す";
        Trying => "Trying", "試行中";
        Default => "Default", "既定";
        IsDefault => "This row equals the published one.", "この行は公開時の既定と同じです。";
        IsNotDefault => "This row differs from the published one.", "この行は公開時の既定と異なります。";
        ResetRow => "Put the row back", "行を既定に戻す";
        RemoveRow => "Remove the attribute", "属性を削除";
        RemoveHint => "Values that were imported stay in Okta.", "取り込み済みの値は Okta に残ります。";
        Functions => "Functions", "関数";

        AddTitle => "Add an attribute", "属性の追加";
        AddAd => "Attribute of Active Directory", "Active Directory の属性";
        AddAdHint => "As the schema has it (lDAPDisplayName), for instance extensionAttribute1.", "スキーマの lDAPDisplayName を入力します（例：extensionAttribute1）。";
        AddOkta => "Attribute of Okta", "Okta の属性";
        AddOktaHint => "The name of a property of the user profile. A custom one must exist there first.", "ユーザープロファイルのプロパティー名です。カスタム属性は先に Okta で作成します。";
        AddBad => "Letters, digits, - _ . and ; are allowed.", "使用できる文字は英数字と - _ . ; です。";
        AddThere => "This attribute is in the mapping already.", "この属性はすでにマッピングにあります。";
        ResetTitle => "Put the whole mapping back?", "マッピング全体を既定に戻しますか？";
        ResetText { n: usize } => ("{n} row differs from the published table, which takes its place. It is saved only when you save." | "{n} rows differ from the published table, which takes their place. It is saved only when you save."), "公開された表と異なる {n} 行を置き換えます。保存するまで反映しません。";
        ResetDo => "Put it back", "既定に戻す";
        Unread => "It cannot be saved while an expression cannot be read.", "読み取れない式があるため保存できません。";

        Conflict { n: usize } => ("Somebody else saved this mapping meanwhile and changed {n} row. Yours is still here." | "Somebody else saved this mapping meanwhile and changed {n} rows. Yours are still here."), "ほかのユーザーがこのマッピングを保存し、{n} 行を変更しました。自分の変更は残っています。";
        ConflictBoth { names: String } => "Both of you changed {names}; yours is kept there if you go on.", "{names} は双方が変更しました。続行すると自分の変更を優先します。";
        ConflictTheirs { names: String } => "They changed {names}.", "相手の変更：{names}";
        Merge => "Put both together", "両方の変更を統合";
        TakeTheirs => "Discard mine", "自分の変更を破棄";
    }
}
