//! The outputs of a card: rows that can be dragged onto fields, objects that unfold in place.

use flow::{OutputRef, StepId};
use leptos::prelude::*;
use web_sys::{KeyboardEvent, PointerEvent};

use super::field::AddField;
use super::types::type_name;
use super::value::{brief, pretty};
use crate::canvas::board::use_board;
use crate::canvas::rows::OutputRow;
use crate::canvas::wires::Which;
use crate::editor::{Air, Grip, use_editor};
use crate::i18n::texts::CanvasText;
use crate::i18n::{t, use_speech};
use crate::kit::Icon;

/// The outputs of a card, each where the layout says.
#[component]
pub(super) fn OutputRows(id: StepId) -> impl IntoView {
    let board = use_board();
    let place = board.place(&id);
    let rows = Memo::new(move |_| {
        place
            .with(|place| place.as_ref().map(|card| card.rows.outputs.clone()))
            .unwrap_or_default()
    });
    let divider =
        Memo::new(move |_| place.with(|place| place.as_ref().and_then(|card| card.rows.divider)));
    let more = Memo::new(move |_| {
        place.with(|place| place.as_ref().and_then(|card| card.rows.more_outputs))
    });
    let add = Memo::new(move |_| {
        place.with(|place| place.as_ref().and_then(|card| card.rows.add_output))
    });
    let of_more = id.clone();
    view! {
        {move || divider.get().map(|y| view! { <span class="card-divider" style:top=format!("{y}px")></span> })}
        <For each=move || rows.get() key=|row| row.source.clone() let(row)>
            <PlacedOutput rows row/>
        </For>
        {move || {
            let (y, n) = more.get()?;
            let id = of_more.clone();
            Some(
                view! {
                    <button
                        class="card-more card-more-right"
                        type="button"
                        tabindex="-1"
                        style:top=format!("{y}px")
                        on:click=move |_| board.unfolded.update(|unfolded| { unfolded.outputs.insert(id.clone()); })
                    >
                        {t(CanvasText::MoreOutputs { n })}
                    </button>
                },
            )
        }}
        {move || add.get().map(|y| view! { <AddField id=id.clone() y as_output=true/> })}
    }
}

#[component]
fn PlacedOutput(rows: Memo<Vec<OutputRow>>, row: OutputRow) -> impl IntoView {
    let source = row.source.clone();
    let found = Memo::new(move |_| {
        rows.with(|rows| rows.iter().find(|known| known.source == source).cloned())
    });
    let top = move || format!("{:.1}px", found.get().map_or(0.0, |row| row.bounds.y));
    let open = Signal::derive(move || found.get().and_then(|row| row.open));
    view! {
        <div class="output-row" style:top=top>
            <OutputView row open/>
        </div>
    }
}

/// An output that can be dragged.
#[component]
pub(super) fn OutputView(row: OutputRow, open: Signal<Option<bool>>) -> impl IntoView {
    let (board, editor, speech) = (use_board(), use_editor(), use_speech());
    let source = row.source.clone();
    let label = {
        let source = source.clone();
        Memo::new(move |_| {
            board.names(|names| {
                if source.path.is_empty() {
                    names.source(&source)
                } else {
                    names.last(&source)
                }
            })
        })
    };
    let name = {
        let source = source.clone();
        move || {
            speech.say(&CanvasText::OutputName {
                label: board.names(|names| names.source(&source)),
            })
        }
    };
    let is_used = {
        let source = source.clone();
        Memo::new(move |_| board.known.used.with(|used| used.holds(&source)))
    };
    let is_lit = {
        let source = source.clone();
        move || board.is_lit(&source)
    };
    let is_in_air = {
        let source = source.clone();
        move || {
            editor.is_some_and(|editor| {
                editor.air.with(
                    |air| matches!(air, Some(Air::Value { source: taken, .. }) if *taken == source),
                )
            })
        }
    };
    let value = run_value(&source);
    let (pressed, taken, keyed) = (source.clone(), source.clone(), source.clone());
    let (shown, toggled, focused) = (source.clone(), source.clone(), source.clone());
    let asked = source.clone();
    let take = move |source: &OutputRef| {
        if let Some(editor) = editor {
            editor.take(source);
        }
    };
    let tab = {
        let id = source.step.clone();
        move || {
            if board.entered.read().as_ref() == Some(&id) {
                "0"
            } else {
                "-1"
            }
        }
    };
    view! {
        <div
            class="card-output"
            class:lit=is_lit
            class:taken=is_in_air
            class:used=move || is_used.get()
            style:--indent=row.indent.to_string()
            on:pointerdown=move |event: PointerEvent| {
                if let Some(editor) = editor {
                    editor.press(&event, Grip::Value(pressed.clone()));
                }
            }
            on:pointerenter=move |_| {
                if editor.is_none_or(|editor| editor.air.with_untracked(Option::is_none)) {
                    board.lit.set(Some(Which::From(shown.clone())));
                }
            }
            on:pointerleave=move |_| board.lit.set(None)
            on:click=move |event| {
                if event.alt_key() && board.trace(&asked.step, &asked.field, false, &asked.path) {
                    event.prevent_default();
                    event.stop_propagation();
                }
            }
            on:keydown=move |event: KeyboardEvent| {
                let takes = matches!(event.key().as_str(), "m" | "M" | "Enter" | " ");
                let is_free = editor.is_some_and(|editor| editor.air.with_untracked(Option::is_none));
                if takes && is_free && !event.ctrl_key() && !event.is_composing() && is_grip(&event) {
                    event.prevent_default();
                    event.stop_propagation();
                    take(&keyed);
                }
            }
        >
            {value}
            {move || {
                let is_open = open.get()?;
                let source = toggled.clone();
                let label = t(if is_open { CanvasText::FoldObject } else { CanvasText::UnfoldObject });
                Some(
                    view! {
                        <button
                            class="output-fold"
                            type="button"
                            tabindex="-1"
                            aria-label=label
                            title=label
                            aria-expanded=is_open.to_string()
                            on:click=move |_| board.toggle_object(&source)
                            on:pointerdown=|event| event.stop_propagation()
                        >
                            <Icon name=if is_open { "chevron-down" } else { "chevron-right" }/>
                        </button>
                    },
                )
            }}
            <span
                class="output-grip"
                role="button"
                tabindex=tab
                aria-label=name
                title=move || label.get()
                on:focus=move |_| board.lit_by_focus.set(Some(Which::From(focused.clone())))
                on:blur=move |_| board.lit_by_focus.set(None)
            >
                <span class="output-name ellipsis">{move || label.get()}</span>
                <span class="badge" data-badge=row.ty.badge() title={ let ty = row.ty.clone(); move || type_name(speech, &ty) }></span>
            </span>
            <span
                class="port"
                on:click=move |event| {
                    event.stop_propagation();
                    take(&taken);
                }
            ></span>
        </div>
    }
}

/// Tells whether a key was pressed on the output itself, not on the button that unfolds it.
fn is_grip(event: &KeyboardEvent) -> bool {
    use wasm_bindgen::JsCast;
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| target.class_list().contains("output-grip"))
}

/// The value that an output had in the run.
pub(crate) fn run_value(source: &OutputRef) -> impl IntoView + use<> {
    let board = use_board();
    let did = board.step_run(&source.step);
    let source = source.clone();
    let value = Memo::new(move |_| {
        did.with(|did| {
            let found = did
                .as_ref()?
                .outputs
                .iter()
                .find(|value| value.field == source.field)?;
            let mut here = &found.value;
            for key in &source.path {
                here = match here {
                    serde_json::Value::Array(items) => items.get(key.parse::<usize>().ok()?)?,
                    other => other.get(key)?,
                };
            }
            Some(here.clone())
        })
    });
    move || {
        value.get().map(|value| {
            view! { <span class="output-value ellipsis" title=pretty(&value)>{brief(&value)}</span> }
        })
    }
}
