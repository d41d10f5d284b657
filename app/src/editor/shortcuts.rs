//! The table of keys.

use leptos::prelude::*;

use super::state::Editor;
use crate::i18n::t;
use crate::i18n::texts::{EditingText, EditorText, SearchText};
use crate::kit::Dialog;

/// The table of keys.
#[component]
pub fn ShortcutsDialog(editor: Editor) -> impl IntoView {
    let rows = [
        ("← →", EditorText::KeyWalk),
        ("↓ ↑", EditorText::KeyLanes),
        ("Enter, Esc", EditorText::KeyEnter),
        ("A, Shift A", EditorText::KeyAdd),
        ("/, P", EditorText::KeySearch),
        ("F1", EditorText::KeyHelp),
        ("F2", EditorText::KeyRename),
        ("Alt ← → ↑ ↓", EditorText::KeyMove),
        ("Ctrl C X V D", EditorText::KeyCopy),
        ("Delete", EditorText::KeyDelete),
        ("Ctrl Z, Ctrl Shift Z", EditorText::KeyUndo),
        ("M, {", EditorText::KeyMap),
        ("C, N, W, I", EditorText::KeyPanels),
        (". ,", EditorText::KeyProblems),
        ("Ctrl S, Ctrl Enter", EditorText::KeySave),
        ("+ − 0 1", EditorText::KeyZoom),
    ];
    let rows = rows.map(|(keys, text)| (keys, t(text)));
    let several = [
        ("Shift ← →, Ctrl A", EditingText::KeySelect),
        ("Ctrl, Shift", EditingText::KeyPick),
        ("G E, G I, G H, G U", EditingText::KeyWrap),
        ("Alt", EditingText::KeyCopyDrag),
    ];
    let several = several.map(|(keys, text)| (keys, t(text)));
    let rows: Vec<_> = rows.into_iter().chain(several).collect();
    let more = [
        ("Ctrl F, Ctrl Shift F", SearchText::KeyFind),
        ("Ctrl K", SearchText::KeyCommands),
    ];
    let rows = StoredValue::new(rows);
    let more = StoredValue::new(more);
    view! {
        <Dialog open=editor.shortcuts title=t(EditorText::Shortcuts) wide=true>
            <dl class="shortcuts">
                {rows
                    .get_value()
                    .into_iter()
                    .map(|(keys, text)| view! { <div><dt><kbd>{keys}</kbd></dt><dd>{text}</dd></div> })
                    .collect_view()}
                {more
                    .get_value()
                    .into_iter()
                    .map(|(keys, text)| view! { <div><dt><kbd>{keys}</kbd></dt><dd>{t(text)}</dd></div> })
                    .collect_view()}
            </dl>
        </Dialog>
    }
}
