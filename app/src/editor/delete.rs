//! The question before deleting a card that others depend on.

use leptos::prelude::*;

use super::state::Editor;
use crate::canvas::mapping::dependants;
use crate::i18n::t;
use crate::i18n::texts::{EditorText, KitText};
use crate::kit::{Button, ButtonKind, Dialog};

/// The question before deleting a card that others depend on.
#[component]
pub fn DeleteDialog(editor: Editor) -> impl IntoView {
    let board = editor.board;
    let open = RwSignal::new(false);
    Effect::new(move || open.set(editor.deleting.read().is_some()));
    Effect::new(move || {
        if !open.get() && editor.deleting.with_untracked(Option::is_some) {
            editor.deleting.set(None);
        }
    });
    let title = Signal::derive(move || {
        let card = editor
            .deleting
            .get()
            .map(|id| board.title(&id))
            .unwrap_or_default();
        editor.speech.say(&EditorText::DeleteQuestion { card })
    });
    let uses = move || {
        let Some(id) = editor.deleting.get() else {
            return Vec::new();
        };
        board.flow.with(|flow| dependants(flow, &id))
    };
    view! {
        <Dialog open title>
            <p>{move || t(EditorText::DeleteUses { n: uses().len() })}</p>
            <ul class="delete-uses">
                {move || {
                    uses()
                        .into_iter()
                        .map(|at| {
                            let field = board.names(|names| names.input_at(&at));
                            let number = board.number(&at.step);
                            view! {
                                <li>
                                    <span class="card-number number">{number}</span>
                                    {format!("{} › {field}", board.title(&at.step))}
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ul>
            <div class="dialog-foot">
                <Button on_press=move || editor.deleting.set(None)>{t(KitText::Cancel)}</Button>
                <Button
                    kind=ButtonKind::Danger
                    on_press=move || {
                        if let Some(id) = editor.deleting.get_untracked() {
                            editor.deleting.set(None);
                            editor.delete(&id);
                        }
                    }
                >
                    {t(EditorText::DeleteCard)}
                </Button>
            </div>
        </Dialog>
    }
}
