//! Writing into a cell: Enter and Tab keep what is typed and move on, Escape forgets it.

use flow::Base;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::state::Grid;
use crate::i18n::texts::TableText;
use crate::i18n::use_speech;

/// The field over the active cell.
#[component]
pub fn Typing(
    /// The rows.
    grid: Grid,
    /// Name of the column.
    label: String,
    /// What the column holds.
    base: Base,
    /// Gives the focus back to the rows.
    refocus: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let speech = use_speech();
    let text = RwSignal::new(grid.typed.get_untracked().unwrap_or_default());
    let field = NodeRef::<html::Input>::new();
    let choice = NodeRef::<html::Select>::new();
    Effect::new(move || {
        let focused = match (field.get(), choice.get()) {
            (Some(field), _) => field.focus(),
            (None, Some(choice)) => choice.focus(),
            (None, None) => return,
        };
        if focused.is_err() {
            leptos::logging::warn!("the cell cannot be focused");
        }
    });
    let finish = move |event: KeyboardEvent| {
        let (row, column) = grid.active.get_untracked();
        let next = match event.key().as_str() {
            // Enter that ends a conversion of Japanese is not meant for the cell.
            "Enter" if event.is_composing() => return,
            "Enter" if event.shift_key() => (row.saturating_sub(1), column),
            "Enter" => (row + 1, column),
            "Tab" if event.shift_key() => (row, column.saturating_sub(1)),
            "Tab" => (row, column + 1),
            "Escape" => {
                event.prevent_default();
                event.stop_propagation();
                grid.typed.set(None);
                refocus();
                return;
            }
            _ => {
                event.stop_propagation();
                return;
            }
        };
        event.prevent_default();
        event.stop_propagation();
        grid.write(&text.get_untracked());
        grid.go(next.0, next.1);
        refocus();
    };
    let leave = move |_| {
        if grid.typed.with_untracked(Option::is_some) {
            grid.write(&text.get_untracked());
        }
    };
    if base == Base::Boolean {
        let options = [
            ("", TableText::NotSet),
            ("true", TableText::True),
            ("false", TableText::False),
        ];
        let options = options.map(|(value, label)| {
            view! {
                <option value=value selected=move || text.get() == value>
                    {speech.say(&label)}
                </option>
            }
        });
        return view! {
            <select
                class="grid-input"
                aria-label=label
                node_ref=choice
                on:change=move |event| text.set(event_target_value(&event))
                on:keydown=finish
                on:blur=leave
            >
                {options}
            </select>
        }
        .into_any();
    }
    view! {
        <input
            class="grid-input"
            aria-label=label
            autocomplete="off"
            inputmode=if base == Base::Number { "decimal" } else { "text" }
            node_ref=field
            bind:value=text
            on:keydown=finish
            on:blur=leave
        />
    }
    .into_any()
}
