//! What whoever starts a flow fills in: which of it must be.

use flow::{FlowEdit, Input, InputRef};
use leptos::prelude::*;

use crate::editor::state::Editor;
use crate::i18n::t;
use crate::i18n::texts::KindText;

/// The fields of the starting card that the user made, each with a check mark.
#[component]
pub(super) fn StartInputs(editor: Editor) -> impl IntoView {
    let inputs = Memo::new(move |_| {
        editor.board.flow.with(|flow| {
            let first = flow.steps.first();
            let own = first
                .into_iter()
                .flat_map(|first| first.inputs.iter().enumerate());
            own.filter(|(_, input)| input.custom && !input.hidden)
                .map(|(index, input)| (index, input.clone()))
                .collect::<Vec<_>>()
        })
    });
    let set = move |index: usize, input: &Input, required: bool| {
        let id = editor
            .board
            .flow
            .with_untracked(|flow| flow.steps.first().map(|first| first.id.clone()));
        let Some(id) = id else { return };
        let at = InputRef::of(id, input.key.clone());
        let changed = Input {
            required,
            ..input.clone()
        };
        editor.edit(FlowEdit::Batch {
            edits: vec![
                FlowEdit::RemoveInput { input: at.clone() },
                FlowEdit::AddInput {
                    at,
                    input: Box::new(changed),
                    index,
                },
            ],
        });
    };
    move || {
        let all = inputs.get();
        (!all.is_empty()).then(|| {
            let rows = all.into_iter().map(|(index, input)| {
                let (label, required) = (input.label.clone(), input.required);
                view! {
                    <label class="choose-row">
                        <input
                            type="checkbox"
                            prop:checked=required
                            on:change=move |event| set(index, &input, event_target_checked(&event))
                        />
                        <span>{label}</span>
                    </label>
                }
            });
            view! {
                <section class="inspector-part">
                    <h3>{t(KindText::MustBeFilled)}</h3>
                    {rows.collect_view()}
                </section>
            }
        })
    }
}
