//! The editor with more room for a typed value of a field: a calendar, a list by rows, an object as a tree beside its JSON.

use flow::literal::read_moment;
use flow::{Base, Binding, FlowEdit, InputRef, Type};
use leptos::html;
use leptos::prelude::*;
use serde_json::Value as Json;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::Editor;
use super::inspector::schedule::viewers_zone;
use super::repairing::address;
use crate::canvas::board::focus_first;
use crate::i18n::t;
use crate::i18n::texts::{FieldText, KitText};
use crate::kit::Icon;
use crate::kit::typed::{
    DatePicker, JsonBox, ListEditor, ObjectEditor, from_local, offset_minutes, shown_date, to_local,
};

/// A typed value under edit.
#[derive(Clone, PartialEq)]
pub struct TypedEdit {
    /// The field.
    pub at: InputRef,
    /// Where its box is in the window: left and bottom.
    pub anchor: (f64, f64),
}

impl Editor {
    /// Opens the editor with more room beside a field.
    pub fn open_typed(self, at: &InputRef, button: &Element) {
        let near = button.closest(".field-box").ok().flatten();
        let rect = near.as_ref().unwrap_or(button).get_bounding_client_rect();
        self.values.set(None);
        self.typed.set(Some(TypedEdit {
            at: at.clone(),
            anchor: (rect.left(), rect.bottom()),
        }));
    }

    fn close_typed(self) {
        if let Some(open) = self.typed.get_untracked() {
            self.typed.set(None);
            self.end_visit();
            focus_first(&format!(
                ".field-box[data-at='{}'] .field-input",
                address(&open.at)
            ));
        }
    }
}

/// The editor with more room.
#[component]
pub fn TypedPopover(editor: Editor) -> impl IntoView {
    move || {
        let open = editor.typed.get()?;
        Some(view! { <Popover editor open/> })
    }
}

#[component]
fn Popover(editor: Editor, open: TypedEdit) -> impl IntoView {
    let board = editor.board;
    let TypedEdit { at, anchor } = open;
    let ty = board
        .flow
        .with_untracked(|flow| flow.input(&at).map(|input| input.ty.clone()))
        .unwrap_or(Type::one(Base::Any));
    let label = {
        let at = at.clone();
        Signal::derive(move || board.names(|names| names.input_at(&at)))
    };
    let value = {
        let at = at.clone();
        Memo::new(move |_| {
            board.flow.with(|flow| {
                let constant = flow.input(&at).and_then(|input| input.constant());
                constant.cloned().unwrap_or_default()
            })
        })
    };
    let visit = format!("{at:?} with room");
    let write = Callback::new(move |value: Json| {
        let is_none = match &value {
            Json::Null => true,
            Json::Array(items) => items.is_empty(),
            Json::Object(fields) => fields.is_empty(),
            _ => false,
        };
        let binding = if is_none {
            Binding::Empty
        } else {
            Binding::Constant { value }
        };
        let edit = FlowEdit::Bind {
            input: at.clone(),
            binding,
        };
        editor.type_into(edit, &visit);
    });
    let root = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if root.get().is_some() {
            request_animation_frame(|| {
                focus_first(
                    ".typed-popover :is(.typed-box, .date-day[tabindex='0'], .typed-body button)",
                )
            });
        }
    });
    let is_wide = !ty.list && ty.base == Base::Object;
    let keys = move |event: KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        match event.key().as_str() {
            "Escape" => {
                event.prevent_default();
                editor.close_typed();
            }
            "Tab" => stay_inside(&event, root),
            _ => {}
        }
        let is_undo = event.ctrl_key() && matches!(event.key().as_str(), "z" | "Z" | "y");
        if !is_undo {
            event.stop_propagation();
        }
    };
    let width = if is_wide { 720 } else { 400 };
    let close = t(KitText::Close);
    view! {
        <div class="typed-shade" on:pointerdown=move |_| editor.close_typed()></div>
        <div
            class="typed-popover floating"
            class:wide=is_wide
            role="dialog"
            aria-modal="true"
            aria-label=label
            node_ref=root
            style:left=format!("max(8px, min({:.0}px, calc(100vw - {width}px)))", anchor.0)
            style:top=format!("max(8px, min({:.0}px, calc(100vh - 440px)))", anchor.1 + 4.0)
            on:keydown=keys
        >
            <header class="typed-head">
                <h2 class="ellipsis">{label}</h2>
                <button class="bar-button" type="button" aria-label=close title=close on:click=move |_| editor.close_typed()><Icon name="x"/></button>
            </header>
            <div class="typed-body" data-scrolls>{body(editor, &ty, value, write, label)}</div>
        </div>
    }
}

/// The focus stays in the editor while it is open.
fn stay_inside(event: &KeyboardEvent, root: NodeRef<html::Div>) {
    let Some(root) = root.get_untracked() else {
        return;
    };
    let Ok(all) = root.query_selector_all("button:not([tabindex='-1']), input, select, textarea")
    else {
        return;
    };
    let edge = if event.shift_key() {
        0
    } else {
        all.length().saturating_sub(1)
    };
    let other = if event.shift_key() {
        all.length().saturating_sub(1)
    } else {
        0
    };
    let active = document().active_element();
    let is_at_edge = all
        .item(edge)
        .and_then(|node| node.dyn_into::<Element>().ok())
        == active;
    if is_at_edge
        && let Some(next) = all
            .item(other)
            .and_then(|node| node.dyn_into::<HtmlElement>().ok())
    {
        event.prevent_default();
        if next.focus().is_err() {
            leptos::logging::warn!("the editor cannot keep the focus");
        }
    }
}

fn body(
    editor: Editor,
    ty: &Type,
    value: Memo<Json>,
    write: Callback<Json>,
    label: Signal<String>,
) -> AnyView {
    if ty.list {
        let as_json = RwSignal::new(false);
        let item = Type {
            list: false,
            ..ty.clone()
        };
        let items = Signal::derive(move || value.get().as_array().cloned().unwrap_or_default());
        let whole = ty.clone();
        return view! {
            <div class="typed-modes" role="group" aria-label=t(FieldText::ShowAs)>
                <button class="button button-small" type="button" aria-pressed=move || (!as_json.get()).to_string() on:click=move |_| as_json.set(false)>{t(FieldText::AsRows)}</button>
                <button class="button button-small" type="button" aria-pressed=move || as_json.get().to_string() on:click=move |_| as_json.set(true)>{t(FieldText::AsJson)}</button>
            </div>
            {move || if as_json.get() {
                view! { <JsonBox ty=whole.clone() value on_change=write label/> }.into_any()
            } else {
                view! { <ListEditor item=item.clone() value=items on_change=move |items| write.run(Json::Array(items))/> }.into_any()
            }}
        }
        .into_any();
    }
    if ty.base == Base::Date {
        let speech = editor.speech;
        let local = Signal::derive(move || {
            let text = shown_date(speech, &value.get());
            read_moment(&text, offset_minutes)
                .ok()
                .flatten()
                .map(to_local)
        });
        return view! {
            <DatePicker value=local on_change=move |local| write.run(Json::String(from_local(local))) on_done=move |()| editor.close_typed()/>
            <p class="hint">{t(FieldText::InZone { zone: viewers_zone() })}</p>
        }
        .into_any();
    }
    view! {
        <div class="typed-sides">
            <ObjectEditor value on_change=write/>
            <JsonBox ty=ty.clone() value on_change=write label/>
        </div>
    }
    .into_any()
}
