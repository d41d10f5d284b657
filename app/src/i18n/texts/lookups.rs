//! What lists and fields say that come from an org.

use crate::i18n::messages;

messages! {
    /// What lists and fields say that come from an org.
    pub enum LookupText {
        Hint => "Choose or type", "選択または入力";
        ChoicesFor { field: String } => "Choices for {field}", "「{field}」の選択肢";
        Open { field: String } => "Show choices for {field}", "「{field}」の選択肢を表示";
        Loading => "Asking the org…", "org に問い合わせています…";
        NoChoices => "The org has none.", "org にありません。";
        NothingFound { text: String } => "Nothing is called “{text}”.", "「{text}」に一致するものはありません。";
        Count { n: usize } => ("{n} choice" | "{n} choices"), "選択肢 {n} 件";
        CountAndMore { n: usize } => "{n} choices and more", "選択肢 {n} 件以上";
        More => "Show more", "さらに表示";
        AsTyped { text: String } => "Use “{text}” as it is", "「{text}」をそのまま使う";
        AtRunTime { field: String } => "Given at run time: {field}", "実行時に指定：{field}";
        Clear => "Nothing chosen", "選択なし";
        NoConnection => "Choose a connection for this card first.", "先にこのカードの接続を選択してください。";
        NoParent => "Choose the application first.", "先にアプリケーションを選択してください。";
        Refresh => "Ask the org again", "org に問い合わせ直す";
        AskedAt { time: String } => "As of {time}", "{time} 時点";
        EarlierValues => "Earlier values", "前のカードの値";
        Chosen { name: String } => "{name} chosen", "「{name}」を選択しました";
        FromOrg { name: String } => "From {name}", "{name} の属性";
        AttributesLoading => "Reading the attributes of the org…", "org の属性を読み込んでいます…";
        ChooseApp => "Choose an application to see its attributes.", "アプリケーションを選択すると、その属性が表示されます。";
        NoneOfOrg => "The org has no attributes of its own here.", "org 独自の属性はありません。";
        Gone => "The org no longer has this attribute", "この属性は org にありません";
        ReadAgain => "Read the attributes again", "属性を読み込み直す";
        Scopes => "Needed scopes", "必要なスコープ";
        NameInOkta => "Name in Okta Workflows", "Okta Workflows での名称";
        OktaHelp => "Help of Okta Workflows", "Okta Workflows のヘルプ";
        ChoicesOf { names: String } => "One of: {names}", "次のいずれか：{names}";
        Options => "Options", "オプション";
        Result => "Result", "結果";
        Inputs => "Inputs", "入力";
        Outputs => "Outputs", "出力";
    }
}
