//! A list by rows: each item with the box of its type; rows are added, removed and moved by mouse, touch and keyboard;
//! lines and CSV that are pasted become rows.

use flow::Type;
use flow::literal::{MAX_ENTRIES, Unreadable, read_items};
use leptos::html;
use leptos::prelude::*;
use serde_json::Value as Json;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, HtmlElement, KeyboardEvent, PointerEvent};

use super::scalar::ScalarBox;
use super::unreadable_text;
use crate::i18n::texts::FieldText;
use crate::i18n::{t, use_speech};
use crate::kit::Icon;

/// The rows of a list while they are edited: each has a name of its own, so that a box keeps its caret when it moves.
#[derive(Clone, Copy)]
struct Rows {
    all: RwSignal<Vec<(usize, Json)>>,
    next: StoredValue<usize>,
    on_change: Callback<Vec<Json>>,
    /// The row that is dragged.
    held: RwSignal<Option<usize>>,
    /// What a screen reader says next.
    said: RwSignal<String>,
    fault: RwSignal<Option<Unreadable>>,
}

impl Rows {
    fn tell(self) {
        let items = self
            .all
            .with_untracked(|all| all.iter().map(|row| row.1.clone()).collect());
        self.fault.set(None);
        self.on_change.run(items);
    }

    fn name(self) -> usize {
        let name = self.next.get_value();
        self.next.set_value(name + 1);
        name
    }

    fn reset(self, items: &[Json]) {
        let is_same = self
            .all
            .with_untracked(|all| all.iter().map(|row| &row.1).eq(items));
        if !is_same {
            let rows = items
                .iter()
                .map(|item| (self.name(), item.clone()))
                .collect();
            self.all.set(rows);
        }
    }

    fn place(self, name: usize) -> Option<usize> {
        self.all
            .with(|all| all.iter().position(|row| row.0 == name))
    }

    fn set(self, name: usize, value: Json) {
        self.all.update(|all| {
            if let Some(row) = all.iter_mut().find(|row| row.0 == name) {
                row.1 = value;
            }
        });
        self.tell();
    }

    fn insert(self, at: usize, items: Vec<Json>) -> Option<usize> {
        let count = self.all.with_untracked(Vec::len);
        if count + items.len() > MAX_ENTRIES {
            self.fault.set(Some(Unreadable::TooMany));
            return None;
        }
        let rows: Vec<(usize, Json)> = items.into_iter().map(|item| (self.name(), item)).collect();
        let last = rows.last().map(|row| row.0);
        self.all.update(|all| {
            let at = at.min(all.len());
            all.splice(at..at, rows);
        });
        self.tell();
        last
    }

    fn remove(self, name: usize) {
        self.all.update(|all| all.retain(|row| row.0 != name));
        self.tell();
    }

    /// Moves a row to a place; tells whether it moved.
    fn shift(self, name: usize, to: usize) -> bool {
        let mut moved = false;
        self.all.update(|all| {
            let from = all.iter().position(|row| row.0 == name);
            if let Some(from) = from.filter(|from| *from != to && to < all.len()) {
                let row = all.remove(from);
                all.insert(to, row);
                moved = true;
            }
        });
        if moved {
            self.tell();
        }
        moved
    }
}

/// A list by rows.
#[component]
pub fn ListEditor(
    /// The type of its items.
    item: Type,
    /// The items.
    #[prop(into)]
    value: Signal<Vec<Json>>,
    /// Other items, or in another order.
    #[prop(into)]
    on_change: Callback<Vec<Json>>,
) -> impl IntoView {
    let speech = use_speech();
    let rows = Rows {
        all: RwSignal::new(Vec::new()),
        next: StoredValue::new(0),
        on_change,
        held: RwSignal::new(None),
        said: RwSignal::new(String::new()),
        fault: RwSignal::new(None),
    };
    rows.reset(&value.get_untracked());
    Effect::new(move || rows.reset(&value.get()));
    let root = NodeRef::<html::Div>::new();
    let item = StoredValue::new(item);
    let paste = move |event: ClipboardEvent| {
        let text = event
            .clipboard_data()
            .and_then(|data| data.get_data("text/plain").ok());
        let Some(text) = text.filter(|text| text.trim().contains(['\n', '\t'])) else {
            return;
        };
        event.prevent_default();
        event.stop_propagation();
        match item.with_value(|item| read_items(&text, item)) {
            Ok(items) => {
                let n = items.len();
                let at = row_of(&event).and_then(|name| untrack(|| rows.place(name)));
                let is_blank = at.is_some_and(|at| {
                    rows.all
                        .with_untracked(|all| all.get(at).is_some_and(|row| is_blank(&row.1)))
                });
                if let Some(at) = at.filter(|_| is_blank) {
                    rows.all.update(|all| {
                        all.remove(at);
                    });
                    rows.insert(at, items);
                } else {
                    rows.insert(at.map_or(usize::MAX, |at| at + 1), items);
                }
                rows.said.set(speech.say_now(&FieldText::ItemsPasted { n }));
            }
            Err(fault) => rows.fault.set(Some(fault)),
        }
    };
    let add = move || {
        if let Some(name) = rows.insert(usize::MAX, vec![Json::Null]) {
            focus_row(root, name);
        }
    };
    view! {
        <div class="list-editor" node_ref=root on:paste=paste on:pointerup=move |_| rows.held.set(None)>
            <ol>
                <For each=move || rows.all.get() key=|row| row.0 let(row)>
                    <Row rows name=row.0 item=item.get_value() root/>
                </For>
            </ol>
            {move || rows.all.with(Vec::is_empty).then(|| view! { <p class="hint">{t(FieldText::EmptyList)}</p> })}
            <button class="button button-small" type="button" on:click=move |_| add()><Icon name="plus"/>{t(FieldText::AddItem)}</button>
            {move || rows.fault.get().map(|fault| view! { <p class="field-error" role="alert">{t(unreadable_text(fault))}</p> })}
            <p class="hint">{t(FieldText::ListHint)}</p>
            <p class="visually-hidden" role="status" aria-live="polite">{move || rows.said.get()}</p>
        </div>
    }
}

fn is_blank(value: &Json) -> bool {
    value.is_null() || value.as_str().is_some_and(str::is_empty)
}

#[component]
fn Row(rows: Rows, name: usize, item: Type, root: NodeRef<html::Div>) -> impl IntoView {
    let speech = use_speech();
    let number = move || rows.place(name).map_or(1, |place| place + 1);
    let value = Signal::derive(move || {
        rows.all.with(|all| {
            let row = all.iter().find(|row| row.0 == name);
            row.map_or(Json::Null, |row| row.1.clone())
        })
    });
    let shift = move |by: isize| {
        let place = untrack(|| rows.place(name));
        let to = place.and_then(|place| place.checked_add_signed(by));
        if to.is_some_and(|to| rows.shift(name, to)) {
            let (n, of) = (untrack(number), rows.all.with_untracked(Vec::len));
            rows.said
                .set(speech.say_now(&FieldText::ItemMoved { n, of }));
            focus_row(root, name);
        }
    };
    let remove = move || {
        let place = untrack(|| rows.place(name)).unwrap_or_default();
        rows.remove(name);
        let near = rows.all.with_untracked(|all| {
            let row = all.get(place).or(all.last());
            row.map(|row| row.0)
        });
        if let Some(near) = near {
            focus_row(root, near);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        match (event.key().as_str(), event.alt_key()) {
            ("ArrowUp", true) => shift(-1),
            ("ArrowDown", true) => shift(1),
            ("Enter", false) if is_box(&event) => {
                let at = untrack(|| rows.place(name)).map_or(usize::MAX, |place| place + 1);
                if let Some(added) = rows.insert(at, vec![Json::Null]) {
                    focus_row(root, added);
                }
            }
            ("Backspace", false) if is_box(&event) && is_blank(&value.get_untracked()) => remove(),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let over = move |_: PointerEvent| {
        if let (Some(held), Some(place)) = (rows.held.get_untracked(), untrack(|| rows.place(name)))
            && held != name
        {
            rows.shift(held, place);
        }
    };
    let label = Signal::derive(move || speech.say(&FieldText::ItemValue { n: number() }));
    let button = move |icon: &'static str, text: fn(usize) -> FieldText, act: Callback<()>| {
        let name = move || speech.say(&text(number()));
        view! {
            <button class="bar-button" type="button" aria-label=name title=name on:click=move |_| act.run(())><Icon name=icon/></button>
        }
    };
    view! {
        <li class="list-row" data-row=name.to_string() class:held=move || rows.held.get() == Some(name) on:keydown=on_key on:pointerenter=over>
            <span
                class="list-grip"
                aria-hidden="true"
                on:pointerdown=move |event: PointerEvent| {
                    event.prevent_default();
                    let grip = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
                    // A finger would hold on to the grip, and no other row would notice it.
                    if let Some(grip) = grip.filter(|grip| grip.has_pointer_capture(event.pointer_id()))
                        && grip.release_pointer_capture(event.pointer_id()).is_err()
                    {
                        leptos::logging::warn!("the pointer cannot be released");
                    }
                    rows.held.set(Some(name));
                }
            ><Icon name="grip-vertical"/></span>
            <span class="list-number number" aria-hidden="true">{number}</span>
            <ScalarBox ty=item value on_change=move |value| rows.set(name, value) label/>
            {button("arrow-up", |n| FieldText::MoveItemUp { n }, Callback::new(move |()| shift(-1)))}
            {button("arrow-down", |n| FieldText::MoveItemDown { n }, Callback::new(move |()| shift(1)))}
            {button("x", |n| FieldText::RemoveItem { n }, Callback::new(move |()| remove()))}
        </li>
    }
}

fn is_box(event: &KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| target.class_list().contains("typed-box"))
}

fn row_of(event: &ClipboardEvent) -> Option<usize> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let row = target.closest("[data-row]").ok()??;
    row.get_attribute("data-row")?.parse().ok()
}

fn focus_row(root: NodeRef<html::Div>, name: usize) {
    request_animation_frame(move || {
        let root = root.try_get_untracked().flatten();
        let found = root.and_then(|root| {
            let selector = format!("[data-row='{name}'] .typed-box");
            root.query_selector(&selector).ok().flatten()
        });
        if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok())
            && found.focus().is_err()
        {
            leptos::logging::warn!("an item cannot be focused");
        }
    });
}
