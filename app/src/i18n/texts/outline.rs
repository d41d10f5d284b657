//! What the outline of a flow, the parts of the editor and the table of keys say.

use crate::i18n::messages;

messages! {
    /// What the outline of a flow, the parts of the editor and the table of keys say.
    pub enum OutlineText {
        Outline => "Outline", "アウトライン";
        OutlineOf { flow: String } => "Outline of {flow}", "「{flow}」のアウトライン";
        Show => "Show as outline", "アウトラインで表示";
        ShowCanvas => "Show on the canvas", "キャンバスで表示";
        Canvas => "Canvas", "キャンバス";
        Header => "Header of the page", "ページのヘッダー";
        ReadOnly => "This window is too narrow for editing. Here the flow can be read; from 768 pixels it can be changed.", "編集するには画面の幅が足りません。ここでは閲覧できます。幅が 768 ピクセル以上になると編集できます。";
        Tools { card: String } => "Actions for {card}", "「{card}」の操作";
        AddBefore => "Add before", "前に追加";
        AddAfter => "Add after", "後に追加";
        AddTo { lane: String } => "Add card to {lane}", "「{lane}」にカードを追加";
        AddAtEnd => "Add card at the end", "末尾にカードを追加";
        Earlier => "Earlier", "前へ";
        Later => "Later", "後ろへ";
        Inwards => "Into branch", "分岐の中へ";
        Outwards => "Out of branch", "分岐の外へ";
        UseIn { value: String } => "Use {value} in…", "「{value}」の割り当て先…";
        Uses => "Fields that can take it", "割り当てられるフィールド";
        NoUses => "No later field can take this value.", "この値を割り当てられるフィールドはありません。";
        FieldOf { number: usize, card: String, field: String } => "{number} {card} › {field}", "{number}　{card} › {field}";
        Nothing => "empty", "空";
        NoCards => "There are no cards yet.", "カードはまだありません。";
        NoCardsIn => "No cards in this branch.", "この分岐にカードはありません。";
        ConnectionIs { name: String } => "connection {name}", "接続 {name}";
        NoConnectionYet => "no connection", "接続なし";
        KeyOutline => "Outline or canvas", "アウトライン／キャンバス";
        KeyRegion => "Next, previous part of the page", "ページの次／前の部分";
        KeyRow => "First, last card of the row", "行の最初／最後のカード";
        KeyFields => "Next, previous field of the card", "カードの次／前のフィールド";
        SingleKeys => "Single letters are shortcuts", "1 文字のキーをショートカットとして使う";
        SingleKeysHint => "Switch this off when speech input or a neighbouring key sets them off by accident. All actions stay in the menus.", "音声入力や押し間違いで動作してしまう場合はオフにします。操作はすべてメニューからも行えます。";
    }
}
