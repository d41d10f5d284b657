//! The connection of a card: a dot for its state, its name, and a list to choose from.

use api::ConnectionState;
use flow::{ConnectionId, FieldKey, InputRef, StepId};
use leptos::prelude::*;

use super::field::tab_stop;
use crate::canvas::board::use_board;
use crate::editor::use_editor;
use crate::i18n::t;
use crate::i18n::texts::CanvasText;

/// The connection of a card.
#[component]
pub fn ConnectionChip(
    /// The card.
    id: StepId,
) -> impl IntoView {
    let board = use_board();
    let step = board.step(&id);
    let connector = Memo::new(move |_| {
        step.with(|step| {
            let step = step.as_ref()?;
            let spec = board.spec(step);
            let of_card = spec.and_then(|spec| spec.connector);
            of_card.or_else(|| {
                step.connection
                    .as_ref()
                    .map(|_| step.card.module().to_owned())
            })
        })
    });
    let goes_without = Memo::new(move |_| {
        step.with(|step| {
            let spec = step.as_ref().and_then(|step| board.spec(step));
            spec.is_some_and(|spec| spec.goes_without)
        })
    });
    move || {
        let connector = connector.get()?;
        let goes_without = goes_without.get();
        Some(view! { <Chip id=id.clone() connector goes_without/> })
    }
}

#[component]
fn Chip(id: StepId, connector: String, goes_without: bool) -> impl IntoView {
    let (board, editor) = (use_board(), use_editor());
    let step = board.step(&id);
    let chosen = Memo::new(move |_| {
        step.with(|step| step.as_ref().and_then(|step| step.connection.clone()))
    });
    let state = Memo::new(move |_| {
        let chosen = chosen.get();
        board.connections.with(|all| {
            let found = all.iter().find(|known| Some(&known.id) == chosen.as_ref());
            match found.map(|found| found.state) {
                Some(ConnectionState::Authorized) => "ok",
                Some(ConnectionState::NeedsReauthorization) => "warn",
                Some(ConnectionState::Revoking) => "bad",
                None if chosen.is_some() && board.is_run() => "ok",
                None if chosen.is_none() && goes_without => "plain",
                None => "none",
            }
        })
    });
    if board.is_run() {
        let name = move || {
            let chosen = chosen.get();
            board
                .connections
                .with(|all| {
                    let found = all.iter().find(|known| Some(&known.id) == chosen.as_ref());
                    found.map(|found| found.name.clone())
                })
                .or_else(|| chosen.map(|id| id.to_string()))
        };
        return view! {
            <div class="card-chip" data-dot=move || state.get()>
                <span class="ellipsis">{name}</span>
            </div>
        }
        .into_any();
    }
    let tab = tab_stop(board, &InputRef::of(id.clone(), FieldKey::plain("")));
    let choose = move |event: web_sys::Event| {
        let value = event_target_value(&event);
        if let Some(editor) = editor {
            if value == NEW {
                editor.new_connection(goes_without);
            } else {
                let connection = (!value.is_empty()).then(|| ConnectionId::from(value));
                editor.connect(&id, connection);
            }
        }
    };
    let options = move || {
        let chosen = chosen.get();
        board.connections.with(|all| {
            let of_module = all.iter().filter(|known| known.module == connector);
            of_module
                .map(|known| {
                    let is_chosen = Some(&known.id) == chosen.as_ref();
                    view! {
                        <option value=known.id.to_string() selected=is_chosen prop:selected=is_chosen>
                            {known.name.clone()}
                        </option>
                    }
                })
                .collect_view()
        })
    };
    view! {
        <div class="card-chip" data-dot=move || state.get()>
            <select
                tabindex=move || tab.get()
                aria-label=t(CanvasText::Connection)
                prop:value=move || chosen.get().map(|id| id.to_string()).unwrap_or_default()
                on:change=choose
            >
                <option value="">
                    {t(
                        if goes_without {
                            CanvasText::NoConnection
                        } else {
                            CanvasText::ChooseConnection
                        },
                    )}
                </option>
                {options}
                <option value=NEW>{t(CanvasText::NewConnection)}</option>
            </select>
        </div>
    }
    .into_any()
}

const NEW: &str = "new connection";
