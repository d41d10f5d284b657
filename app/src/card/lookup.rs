//! A box for something that is chosen from what an org offers: it shows the name, and small the id, of what is stored;
//! typing searches, and an id that is typed stays as it is.

use flow::{Binding, InputRef};
use leptos::html;
use leptos::prelude::*;
use web_sys::{FocusEvent, KeyboardEvent, PointerEvent};

use super::field::{input_of, tab_stop};
use crate::canvas::board::use_board;
use crate::editor::picker_list::{LIST_ID, row_id};
use crate::editor::{Editor, InPanel, Stored, use_editor};
use crate::i18n::t;
use crate::i18n::texts::{CanvasText, LookupText};
use crate::kit::Icon;

/// A box for something that is chosen from what an org offers.
#[component]
pub(super) fn LookupBox(at: InputRef, label: Memo<String>) -> impl IntoView {
    let editor = use_editor()?;
    let board = use_board();
    let in_panel = use_context::<InPanel>().is_some();
    let element = NodeRef::<html::Input>::new();
    let tab = tab_stop(board, &at);
    let is_option = {
        let input = input_of(board, &at);
        Memo::new(move |_| input.with(|input| input.as_ref().is_some_and(|input| input.option)))
    };
    let stored = {
        let at = at.clone();
        Memo::new(move |_| editor.stored_choice(&at))
    };
    let name = name_of(editor, stored, &at);
    let id = Memo::new(move |_| {
        let (_, _, id) = stored.get()?;
        name.with(|name| *name != id && !id.is_empty())
            .then_some(id)
    });
    let is_open = {
        let at = at.clone();
        Memo::new(move |_| {
            editor.picker.with(|picker| {
                picker
                    .as_ref()
                    .is_some_and(|picker| picker.at == at && picker.in_panel == in_panel)
            })
        })
    };
    // While the list is open the text is the user's; otherwise the name of what is stored.
    Effect::new(move || {
        let (name, is_open) = (name.get(), is_open.get());
        if let Some(element) = element.get()
            && !is_open
        {
            element.set_value(&name);
        }
    });
    let active = move || {
        let chosen = editor.picker.with(|picker| picker.as_ref()?.chosen)?;
        is_open.get().then(|| row_id(chosen))
    };
    let at = StoredValue::new(at);
    let open = move || {
        if let Some(element) = element.get_untracked() {
            editor.open_picker(&at.get_value(), &element, in_panel);
            element.select();
        }
    };
    let keys = move |event: KeyboardEvent| {
        if let Some(element) = element.get_untracked() {
            let is_open = is_open.get_untracked();
            on_key(editor, &at.get_value(), &event, &element, is_open, &open);
        }
    };
    Some(view! {
        <input
            class="field-input field-lookup"
            role="combobox"
            aria-autocomplete="list"
            aria-expanded=move || is_open.get().to_string()
            aria-controls=move || is_open.get().then_some(LIST_ID)
            aria-activedescendant=active
            aria-label=move || label.get()
            placeholder=move || if is_option.get() { t(LookupText::Hint).get() } else { t(CanvasText::HintText).get() }
            title=move || id.get()
            autocomplete="off"
            spellcheck="false"
            tabindex=move || tab.get()
            node_ref=element
            on:click=move |_| open()
            on:input=move |event| {
                let text = event_target_value(&event);
                if !is_open.get_untracked() && let Some(element) = element.get_untracked() {
                    editor.open_picker(&at.get_value(), &element, in_panel);
                }
                editor.type_into_picker(&text);
            }
            on:blur=move |_: FocusEvent| {
                if is_open.get_untracked() {
                    editor.picker.set(None);
                }
                super::literal::leave(Some(editor));
            }
            on:keydown=keys
        />
        {move || id.get().filter(|_| in_panel && !is_open.get()).map(|id| view! { <span class="field-id mono" aria-hidden="true">{id}</span> })}
        <OpenButton editor element label is_open on_open=open/>
    })
}

/// Opens and closes the list by mouse; by keyboard the field itself does.
#[component]
fn OpenButton(
    editor: Editor,
    element: NodeRef<html::Input>,
    label: Memo<String>,
    is_open: Memo<bool>,
    #[prop(into)] on_open: Callback<()>,
) -> impl IntoView {
    let press = move |event: PointerEvent| {
        event.prevent_default();
        event.stop_propagation();
        let Some(element) = element.get_untracked() else {
            return;
        };
        if element.focus().is_err() {
            leptos::logging::warn!("the field cannot be focused");
        }
        if is_open.get_untracked() {
            editor.picker.set(None);
        } else {
            on_open.run(());
        }
    };
    let opens = move || t(LookupText::Open { field: label.get() }).get();
    view! {
        <button class="field-open" type="button" tabindex="-1" aria-label=opens on:pointerdown=press>
            <Icon name="chevron-down"/>
        </button>
    }
}

/// What is stored: left to the run, something by its name once the org has told it, else the id itself.
fn name_of(editor: Editor, stored: Memo<Option<Stored>>, at: &InputRef) -> Memo<String> {
    let at = at.clone();
    Effect::new(move || {
        if let Some((Some(connection), what, id)) = stored.get()
            && !id.starts_with("-- ")
        {
            editor.org.want_name(&connection, what, &id);
        }
    });
    Memo::new(move |_| {
        let Some((connection, what, id)) = stored.get() else {
            return String::new();
        };
        let entered = editor.entered_field(&at, &id);
        if let Some(field) = entered {
            return editor.speech.say(&LookupText::AtRunTime { field });
        }
        connection
            .and_then(|connection| editor.org.name(&connection, what, &id))
            .unwrap_or(id)
    })
}

/// The keys of a combobox, as the ARIA Authoring Practices have them.
fn on_key(
    editor: Editor,
    at: &InputRef,
    event: &KeyboardEvent,
    element: &web_sys::HtmlInputElement,
    is_open: bool,
    open: &impl Fn(),
) {
    if event.is_composing()
        || (event.ctrl_key() && matches!(event.key().as_str(), "z" | "Z" | "y" | "s" | "Enter"))
    {
        return;
    }
    event.stop_propagation();
    let takes_values = is_open
        && editor
            .picker
            .with_untracked(|picker| picker.as_ref().is_some_and(|picker| picker.takes_values));
    let wants_values = event.key() == "{" || (event.ctrl_key() && event.key() == " ");
    match event.key().as_str() {
        _ if wants_values && (takes_values || !is_open) => {
            editor.picker.set(None);
            editor.open_values(at, element, 0);
        }
        "ArrowDown" if is_open => editor.walk_picker(1),
        "ArrowUp" if is_open => editor.walk_picker(-1),
        "Enter" if is_open => editor.take_chosen(),
        "Escape" if is_open => {
            editor.picker.set(None);
            element.select();
        }
        "ArrowDown" | "ArrowUp" | "Enter" => open(),
        "Escape" => {
            let id = at.step.clone();
            editor.board.entered.set(None);
            crate::canvas::board::focus_card(&id);
            return;
        }
        _ => return,
    }
    event.prevent_default();
}

/// Tells whether a field is chosen from an org and holds no value of an earlier card.
pub(super) fn is_typed(binding: &Binding) -> bool {
    matches!(binding, Binding::Empty | Binding::Constant { .. })
}
