//! The table of keys.

use leptos::prelude::*;

use super::state::Editor;
use crate::i18n::t;
use crate::i18n::texts::{EditingText, EditorText, OutlineText, RunningText, SearchText};
use crate::kit::Dialog;
use crate::shell::keys::{has_command_key, use_set_single_keys, written};

/// The table of keys.
#[component]
pub fn ShortcutsDialog(editor: Editor) -> impl IntoView {
    let rows = [
        ("← →", t(EditorText::KeyWalk)),
        ("Home, End", t(OutlineText::KeyRow)),
        ("↓ ↑", t(EditorText::KeyLanes)),
        ("Enter, Esc", t(EditorText::KeyEnter)),
        ("Tab, Shift Tab", t(OutlineText::KeyFields)),
        ("A, Shift A", t(EditorText::KeyAdd)),
        ("/, P", t(EditorText::KeySearch)),
        ("F1", t(EditorText::KeyHelp)),
        ("F2", t(EditorText::KeyRename)),
        ("Alt ← → ↑ ↓", t(EditorText::KeyMove)),
        ("Ctrl C X V D", t(EditorText::KeyCopy)),
        ("Delete", t(EditorText::KeyDelete)),
        ("Ctrl Z, Ctrl Shift Z", t(EditorText::KeyUndo)),
        ("M, {", t(EditorText::KeyMap)),
        ("C, N, W, I", t(EditorText::KeyPanels)),
        ("Shift C", t(EditorText::KeyFoldAll)),
        (". ,", t(EditorText::KeyProblems)),
        ("Ctrl S, Ctrl Enter", t(EditorText::KeySave)),
        ("+ − 0 1 2", t(EditorText::KeyZoom)),
        ("Space", t(EditorText::KeyHand)),
        ("O", t(OutlineText::KeyOutline)),
        ("F6, Shift F6", t(OutlineText::KeyRegion)),
    ];
    let several = [
        ("Shift ← →, Ctrl A", EditingText::KeySelect),
        ("Ctrl, Shift", EditingText::KeyPick),
        ("G E, G I, G H, G U", EditingText::KeyWrap),
        ("Alt", EditingText::KeyCopyDrag),
    ];
    let more = [
        ("Ctrl F, Ctrl Shift F", SearchText::KeyFind),
        ("Ctrl K", SearchText::KeyCommands),
    ];
    let several = several.map(|(keys, text)| (keys, t(text)));
    let more = more.map(|(keys, text)| (keys, t(text)));
    let run = ("Ctrl Enter, Ctrl Shift Enter, R", t(RunningText::KeyRun));
    let rows: Vec<_> = rows
        .into_iter()
        .chain(several)
        .chain(more)
        .chain([run])
        .collect();
    let rows = StoredValue::new(rows);
    let set_single_keys = use_set_single_keys();
    view! {
        <Dialog open=editor.shortcuts title=t(EditorText::Shortcuts) wide=true>
            {
                // Drawn in the browser only: the dialog is closed at first.
                let has_command = has_command_key();
                view! {
                    <dl class="shortcuts">
                        {rows
                            .get_value()
                            .into_iter()
                            .map(|(keys, text)| {
                                let keys = keys.split(", ").map(|key| view! { <kbd>{written(key, has_command)}</kbd> });
                                view! { <div><dt>{keys.collect_view()}</dt><dd>{text}</dd></div> }
                            })
                            .collect_view()}
                    </dl>
                }
            }
            <label class="single-keys">
                <input
                    type="checkbox"
                    prop:checked=move || editor.board.single_keys.get()
                    on:change=move |event| set_single_keys(event_target_checked(&event))
                />
                <span>{t(OutlineText::SingleKeys)}</span>
                <span class="hint">{t(OutlineText::SingleKeysHint)}</span>
            </label>
        </Dialog>
    }
}
