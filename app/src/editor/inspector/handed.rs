//! The values that a failed card returns, or hands to another flow: inputs of the card that it does not use itself.

use flow::{Base, FieldKey, FlowEdit, Input, InputRef, StepId, Type};
use leptos::prelude::*;

use crate::card::Field;
use crate::editor::state::Editor;
use crate::i18n::t;
use crate::i18n::texts::KindText;
use crate::kit::{Button, Icon};

/// The values, and a field for another one.
#[component]
pub(super) fn HandedValues(
    editor: Editor,
    id: StepId,
    title: KindText,
    note: Option<KindText>,
) -> impl IntoView {
    let board = editor.board;
    let step = board.step(&id);
    let name = RwSignal::new(String::new());
    let values = {
        let id = id.clone();
        Memo::new(move |_| {
            step.with(|step| {
                let inputs = step.iter().flat_map(|step| &step.inputs);
                inputs
                    .filter(|input| is_handed(input))
                    .map(|input| InputRef::of(id.clone(), input.key.clone()))
                    .collect::<Vec<_>>()
            })
        })
    };
    let add = move || {
        let wanted = name.get_untracked().trim().to_owned();
        let at = InputRef::of(id.clone(), FieldKey::plain(wanted.as_str()));
        if wanted.is_empty() || board.flow.with_untracked(|flow| flow.input(&at).is_some()) {
            return;
        }
        let input = Input {
            custom: true,
            ..Input::new(at.field.clone(), Type::one(Base::Text))
        };
        let added = editor.edit(FlowEdit::AddInput {
            at,
            input: Box::new(input),
            index: usize::MAX,
        });
        if added {
            name.set(String::new());
        }
    };
    let on_enter = {
        let add = add.clone();
        move |event: web_sys::KeyboardEvent| {
            if event.key() == "Enter" && !event.is_composing() {
                event.prevent_default();
                add();
            }
        }
    };
    view! {
        <section class="inspector-part">
            <h3>{t(title)}</h3>
            {note.map(|note| view! { <p class="hint">{t(note)}</p> })}
            <For each=move || values.get() key=Clone::clone let(at)>
                <div class="inspector-field"><Field at/></div>
            </For>
            <div class="handed-add">
                <input
                    class="input"
                    aria-label=t(KindText::ValueName)
                    placeholder=t(KindText::ValueName)
                    maxlength="100"
                    bind:value=name
                    on:keydown=on_enter
                />
                <Button on_press=move || add()><Icon name="plus"/>{t(KindText::AddValue)}</Button>
            </div>
        </section>
    }
}

/// As the engine tells them apart: made by the user, in no group, and no argument for a helper flow.
fn is_handed(input: &Input) -> bool {
    input.key.group.is_none()
        && !input.arg
        && !input.hidden
        && (input.custom || input.key.key == "message")
}
