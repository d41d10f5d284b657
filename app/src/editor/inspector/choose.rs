//! Choosing which of the catalogue's fields a card shows.

use flow::{FieldKey, FieldSpec, StepId, Type};
use leptos::prelude::*;

use crate::canvas::wires::{Which, links};
use crate::editor::state::Editor;
use crate::i18n::texts::EditorText;
use crate::i18n::{t, use_speech};
use crate::kit::Icon;

/// What is chosen: inputs or outputs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Inputs,
    Outputs,
}

#[derive(Clone, PartialEq)]
struct Choosable {
    key: FieldKey,
    label: String,
    ty: Type,
    required: bool,
}

/// The fields that the catalogue knows, with check marks for those on the card.
#[component]
pub(super) fn ChooseFields(editor: Editor, id: StepId) -> impl IntoView {
    view! {
        <Chooser editor id=id.clone() side=Side::Inputs/>
        <Chooser editor id side=Side::Outputs/>
    }
}

#[component]
fn Chooser(editor: Editor, id: StepId, side: Side) -> impl IntoView {
    let (board, speech) = (editor.board, use_speech());
    let step = board.step(&id);
    let search = RwSignal::new(String::new());
    let all = Memo::new(move |_| {
        step.with(|step| {
            let spec = step.as_ref().and_then(|step| board.spec(step))?;
            Some(match side {
                Side::Inputs => spec
                    .inputs
                    .iter()
                    .filter(|field| !field.option)
                    .map(|field| choosable(field, &spec.inputs))
                    .collect::<Vec<_>>(),
                Side::Outputs => spec
                    .outputs
                    .iter()
                    .map(|field| choosable(field, &spec.outputs))
                    .collect(),
            })
        })
        .unwrap_or_default()
    });
    let is_shown = move |key: &FieldKey| {
        step.with(|step| {
            step.as_ref().is_some_and(|step| match side {
                Side::Inputs => step
                    .inputs
                    .iter()
                    .any(|input| input.key == *key && !input.hidden),
                Side::Outputs => step
                    .outputs
                    .iter()
                    .any(|output| output.key == *key && !output.hidden),
            })
        })
    };
    let count = move || all.with(|all| all.iter().filter(|field| is_shown(&field.key)).count());
    let offers = Memo::new(move |_| {
        let fixed = side == Side::Inputs && all.with(|all| all.iter().all(|field| field.required));
        all.with(|all| !all.is_empty()) && !fixed
    });
    let found = move || {
        let text = search.get().trim().to_lowercase();
        let all = all.get();
        all.into_iter()
            .filter(|field| {
                format!("{} {}", field.key, field.label)
                    .to_lowercase()
                    .contains(&text)
            })
            .collect::<Vec<_>>()
    };
    let heading = match side {
        Side::Inputs => EditorText::ChooseInputs,
        Side::Outputs => EditorText::ChooseOutputs,
    };
    let id = StoredValue::new(id);
    let row = move |field: Choosable| {
        let key = field.key.clone();
        let uses = {
            let key = key.clone();
            move || {
                let source = flow::OutputRef {
                    step: id.get_value(),
                    field: key.clone(),
                    path: Vec::new(),
                };
                board
                    .flow
                    .with(|flow| links(flow, &Which::From(source)).len())
            }
        };
        let (shown, toggled) = (key.clone(), key);
        let badge = field.ty.badge();
        view! {
            <li>
                <label class="choose-row">
                    <input
                        type="checkbox"
                        prop:checked=move || is_shown(&shown)
                        disabled=field.required
                        on:change=move |event| {
                            let on = event_target_checked(&event);
                            match side {
                                Side::Inputs => editor.show_input(&id.get_value(), &toggled, on),
                                Side::Outputs => editor.show_output(&id.get_value(), &toggled, on),
                            }
                        }
                    />
                    <span class="ellipsis" title=field.key.to_string()>{field.label.clone()}</span>
                    {move || {
                        let n = uses();
                        (side == Side::Outputs && n > 0).then(|| view! { <span class="choose-uses">{speech.say(&EditorText::UsedIn { n })}</span> })
                    }}
                    <span class="badge" data-badge=badge></span>
                </label>
            </li>
        }
    };
    move || {
        offers.get().then(|| {
            view! {
                <section class="inspector-part">
                    <h3>
                        {t(heading.clone())}
                        <span class="muted number">{move || format!("{} / {}", count(), all.with(Vec::len))}</span>
                    </h3>
                    {move || (all.with(Vec::len) > 8).then(|| view! {
                        <div class="palette-search">
                            <Icon name="search"/>
                            <input class="input" type="search" aria-label=t(EditorText::SearchFields) placeholder=t(EditorText::SearchFields) bind:value=search/>
                        </div>
                    })}
                    <ul class="choose-list">{move || found().into_iter().map(row).collect_view()}</ul>
                </section>
            }
        })
    }
}

/// The group is said only where it tells fields of one label apart.
fn choosable(field: &FieldSpec, all: &[FieldSpec]) -> Choosable {
    let is_double = all
        .iter()
        .filter(|other| other.label == field.label)
        .count()
        > 1;
    let label = match &field.key.group {
        Some(group) if is_double => format!("{group} › {}", field.label),
        _ => field.label.clone(),
    };
    Choosable {
        key: field.key.clone(),
        label,
        ty: field.ty.clone(),
        required: field.required,
    }
}
