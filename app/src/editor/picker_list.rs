//! How the list of what an org offers is drawn.

use leptos::prelude::*;

use super::Editor;
use super::picker::{Picker, Row, Said};
use crate::i18n::texts::{KitText, LookupText, refusal_text};
use crate::i18n::{t, use_local_time, use_speech};
use crate::kit::Icon;

/// Id of the list, for the field that controls it.
pub const LIST_ID: &str = "picker-list";

/// Height that the list may need.
const HEIGHT: f64 = 330.0;

/// Returns the id of a row, for the field that says which one is highlighted.
pub fn row_id(index: usize) -> String {
    format!("picker-{index}")
}

/// The list of what an org offers.
#[component]
pub fn PickerPopover(editor: Editor) -> impl IntoView {
    let is_open = Memo::new(move |_| editor.picker.with(Option::is_some));
    let rows = Memo::new(move |_| {
        let rows = editor
            .picker
            .with(|picker| picker.as_ref().map(Picker::rows).unwrap_or_default());
        rows.into_iter().enumerate().collect::<Vec<_>>()
    });
    let said = Memo::new(move |_| {
        editor
            .picker
            .with(|picker| picker.as_ref().map(|picker| picker.said.clone()))
    });
    Effect::new(move || {
        if editor
            .picker
            .with(|picker| picker.as_ref()?.chosen)
            .is_some()
        {
            request_animation_frame(reveal);
        }
    });
    move || {
        is_open.get().then(|| {
            let (style, label) = untrack(|| (place(editor), label(editor)));
            view! {
                <div class="picker floating" style=style on:pointerdown=|event| event.prevent_default()>
                    <ul class="picker-list" id=LIST_ID role="listbox" aria-label=label>
                        <For each=move || rows.get() key=|row| format!("{row:?}") let((index, row))>
                            <RowView editor index row/>
                        </For>
                    </ul>
                    {move || said.get().map(|said| view! { <Notice editor said/> })}
                    <PickerFoot editor/>
                </div>
            }
        })
    }
}

/// Below the field; above it where there is no room below.
fn place(editor: Editor) -> String {
    let (left, top, width, bottom) = editor
        .picker
        .with(|picker| picker.as_ref().map(|picker| picker.anchor))
        .unwrap_or_default();
    let size = |value: Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue>| {
        value.ok().and_then(|value| value.as_f64()).unwrap_or(0.0)
    };
    let (wide, high) = (size(window().inner_width()), size(window().inner_height()));
    let breadth = width.max(340.0);
    let left = left.min(wide - breadth - 8.0).max(8.0);
    let upright = if bottom + HEIGHT > high && top > high - bottom {
        format!("bottom:{:.0}px", high - top + 4.0)
    } else {
        format!("top:{:.0}px", bottom + 4.0)
    };
    format!("left:{left:.0}px;width:{breadth:.0}px;{upright}")
}

fn label(editor: Editor) -> Signal<String> {
    let field = editor.picker.with(|picker| {
        let at = &picker.as_ref()?.at;
        Some(editor.board.names(|names| names.input_at(at)))
    });
    t(LookupText::ChoicesFor {
        field: field.unwrap_or_default(),
    })
}

#[component]
fn RowView(editor: Editor, index: usize, row: Row) -> impl IntoView {
    let is_chosen = Memo::new(move |_| {
        editor.picker.with(|picker| {
            picker
                .as_ref()
                .is_some_and(|picker| picker.chosen == Some(index))
        })
    });
    let taken = row.clone();
    let body = match row {
        Row::Choice(choice) => {
            let has_id = choice.id != choice.name;
            view! {
                <span class="picker-name ellipsis" title=choice.name.clone()>{choice.name.clone()}</span>
                {has_id.then(|| view! { <span class="picker-id mono">{choice.id.clone()}</span> })}
            }
            .into_any()
        }
        Row::AtRunTime(_, field) => view! {
            <Icon name="play"/>
            <span class="picker-name">{t(LookupText::AtRunTime { field })}</span>
        }
        .into_any(),
        Row::AsTyped(text) => view! {
            <Icon name="pencil"/>
            <span class="picker-name ellipsis">{t(LookupText::AsTyped { text })}</span>
        }
        .into_any(),
        Row::More => view! {
            <Icon name="chevron-down"/>
            <span class="picker-name">{t(LookupText::More)}</span>
        }
        .into_any(),
    };
    view! {
        <li
            class="picker-row"
            id=row_id(index)
            role="option"
            aria-selected=move || is_chosen.get().to_string()
            on:click=move |_| editor.take_row(&taken)
        >
            {body}
        </li>
    }
}

/// What stands below the rows where there is something to say.
#[component]
fn Notice(editor: Editor, said: Said) -> impl IntoView {
    let text = editor
        .picker
        .with_untracked(|picker| picker.as_ref()?.text.clone())
        .unwrap_or_default();
    match said {
        Said::Loading => view! { <p class="picker-note" role="status"><span class="picker-wait" aria-hidden="true"></span>{t(LookupText::Loading)}</p> }
            .into_any(),
        Said::Choices(found) if found.choices.is_empty() => {
            let text = text.trim().to_owned();
            let message = if text.is_empty() {
                t(LookupText::NoChoices)
            } else {
                t(LookupText::NothingFound { text })
            };
            view! { <p class="picker-note" role="status">{message}</p> }.into_any()
        }
        Said::Choices(_) => ().into_any(),
        Said::NoConnection => view! { <p class="picker-note">{t(LookupText::NoConnection)}</p> }.into_any(),
        Said::NoParent => view! { <p class="picker-note">{t(LookupText::NoParent)}</p> }.into_any(),
        Said::Refused(refusal) => view! {
            <div class="picker-note" data-tone="bad" role="alert">
                <Icon name="circle-alert"/>
                <p>{refusal_text(refusal)}</p>
                <button class="button" type="button" tabindex="-1" on:click=move |_| editor.refresh_picker()>
                    {t(KitText::TryAgain)}
                </button>
            </div>
        }
        .into_any(),
    }
}

/// When the org was asked, and how to ask it again; the way to the values of earlier cards.
#[component]
fn PickerFoot(editor: Editor) -> impl IntoView {
    let (speech, local) = (use_speech(), use_local_time());
    let asked_at = Memo::new(move |_| {
        editor.picker.with(|picker| match &picker.as_ref()?.said {
            Said::Choices(found) => Some(found.asked_at),
            _ => None,
        })
    });
    let takes_values = Memo::new(move |_| {
        editor
            .picker
            .with(|picker| picker.as_ref().is_some_and(|picker| picker.takes_values))
    });
    let refresh = t(LookupText::Refresh);
    view! {
        <footer class="picker-foot">
            {move || takes_values.get().then(|| view! {
                <button class="picker-link" type="button" tabindex="-1" on:click=move |_| editor.from_picker_to_values()>
                    {t(LookupText::EarlierValues)}
                </button>
            })}
            {move || asked_at.get().map(|at| {
                let time = move || {
                    let civil = local.civil(at);
                    speech.say(&LookupText::AskedAt { time: format!("{:02}:{:02}", civil.hour, civil.minute) })
                };
                view! {
                    <span class="picker-time number">{time}</span>
                    <button class="bar-button" type="button" tabindex="-1" aria-label=refresh title=refresh on:click=move |_| editor.refresh_picker()>
                        <Icon name="refresh-cw"/>
                    </button>
                }
            })}
        </footer>
    }
}

/// Brings the highlighted row into sight.
fn reveal() {
    let find = |selector: &str| document().query_selector(selector).ok().flatten();
    let (Some(list), Some(row)) = (
        find(".picker-list"),
        find(".picker-row[aria-selected='true']"),
    ) else {
        return;
    };
    let (list, place) = (
        list.get_bounding_client_rect(),
        row.get_bounding_client_rect(),
    );
    if place.top() < list.top() || place.bottom() > list.bottom() {
        row.scroll_into_view_with_bool(place.top() < list.top());
    }
}
