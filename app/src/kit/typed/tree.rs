//! An object as a tree: a row for each key with its kind and its value.

use flow::literal::{Kind, TreeEdit, TreeRow, Unreadable, edit_tree, read_number, tree_rows};
use leptos::html;
use leptos::prelude::*;
use serde_json::{Map, Value as Json};

use super::unreadable_text;
use crate::i18n::texts::{CanvasText, FieldText};
use crate::i18n::{Speech, t, use_speech};
use crate::kit::Icon;

/// An object as a tree.
#[component]
pub fn ObjectEditor(
    /// The object; null is an empty one.
    #[prop(into)]
    value: Signal<Json>,
    /// It was changed.
    #[prop(into)]
    on_change: Callback<Json>,
) -> impl IntoView {
    let speech = use_speech();
    let rows = Memo::new(move |_| tree_rows(&value.get()));
    let refused = RwSignal::new(None::<String>);
    let edit = Callback::new(move |edit: TreeEdit| {
        let mut root = match value.get_untracked() {
            Json::Null => Json::Object(Map::new()),
            root => root,
        };
        let made = edit_tree(&mut root, &edit);
        refused.set(match (&edit, made) {
            (_, true) => None,
            (TreeEdit::Rename(_, key), false) => {
                Some(speech.say_now(&FieldText::SameKey { key: key.clone() }))
            }
            (_, false) => Some(speech.say_now(&unreadable_text(Unreadable::TooMany))),
        });
        if made {
            on_change.run(root);
        }
    });
    view! {
        <div class="tree-editor">
            <ul>
                <For each=move || rows.get() key=row_key let(row)>
                    <Row row rows edit/>
                </For>
            </ul>
            {move || rows.with(Vec::is_empty).then(|| view! { <p class="hint">{t(FieldText::EmptyObject)}</p> })}
            <button class="button button-small" type="button" on:click=move |_| edit.run(TreeEdit::Add(Vec::new()))>
                <Icon name="plus"/>
                {t(FieldText::AddKey)}
            </button>
            {move || refused.get().map(|text| view! { <p class="field-error" role="alert">{text}</p> })}
        </div>
    }
}

/// A row is drawn anew when it is another place, kind or key, not when its value is typed.
fn row_key(row: &TreeRow) -> (Vec<usize>, &'static str, String) {
    (row.at.clone(), row.kind.name(), row.path.clone())
}

#[component]
fn Row(row: TreeRow, rows: Memo<Vec<TreeRow>>, edit: Callback<TreeEdit>) -> impl IntoView {
    let speech = use_speech();
    let at = StoredValue::new(row.at.clone());
    let path = row.path.clone();
    let said = move |text: fn(String) -> FieldText| {
        let path = path.clone();
        Signal::derive(move || speech.say(&text(path.clone())))
    };
    let (key_label, value_label) = (
        said(|path| FieldText::KeyOf { path }),
        said(|path| FieldText::ValueOf { path }),
    );
    let (type_label, remove_label) = (
        said(|path| FieldText::TypeOf { path }),
        said(|path| FieldText::RemoveKey { path }),
    );
    let text = Signal::derive(move || {
        rows.with(|rows| {
            let found = rows.iter().find(|row| at.with_value(|at| row.at == *at));
            found.map(|row| row.text.clone()).unwrap_or_default()
        })
    });
    let key = match row.key.clone() {
        Some(key) => view! {
            <input
                class="input typed-box tree-key"
                aria-label=key_label
                maxlength="200"
                autocomplete="off"
                spellcheck="false"
                prop:value=key
                on:change=move |event| edit.run(TreeEdit::Rename(at.get_value(), event_target_value(&event)))
            />
        }
        .into_any(),
        None => view! { <span class="tree-position number">{row.at.last().map_or(0, |index| index + 1)}</span> }.into_any(),
    };
    let kind = row.kind;
    let kinds = Kind::ALL.map(|known| {
        view! { <option value=known.name() selected=known == kind>{move || kind_name(speech, known)}</option> }
    });
    let retype = move |event: web_sys::Event| {
        if let Some(kind) = Kind::named(&event_target_value(&event)) {
            edit.run(TreeEdit::Retype(at.get_value(), kind));
        }
    };
    let depth = row.at.len() - 1;
    let holds = matches!(kind, Kind::Object | Kind::List);
    let add = t(if kind == Kind::List {
        FieldText::AddItem
    } else {
        FieldText::AddKey
    });
    view! {
        <li class="tree-row" style:--indent=depth.to_string()>
            {key}
            <select class="input select tree-kind" aria-label=type_label on:change=retype>{kinds.into_iter().collect_view()}</select>
            {single(kind, text, value_label, move |value| edit.run(TreeEdit::Set(at.get_value(), value)))}
            {holds.then(|| view! {
                <button class="bar-button" type="button" aria-label=add title=add on:click=move |_| edit.run(TreeEdit::Add(at.get_value()))><Icon name="plus"/></button>
            })}
            <button class="bar-button" type="button" aria-label=remove_label title=remove_label on:click=move |_| edit.run(TreeEdit::Remove(at.get_value()))>
                <Icon name="x"/>
            </button>
        </li>
    }
}

/// The box of a single value.
fn single(
    kind: Kind,
    text: Signal<String>,
    label: Signal<String>,
    on_change: impl Fn(Json) + Copy + Send + Sync + 'static,
) -> AnyView {
    match kind {
        Kind::Text | Kind::Number => {
            let is_number = kind == Kind::Number;
            view! { <TextValue is_number text label on_change=on_change/> }.into_any()
        }
        Kind::Truth => view! {
            <input
                class="tree-check"
                type="checkbox"
                aria-label=label
                prop:checked=move || text.get() == "true"
                on:change=move |event| on_change(Json::Bool(event_target_checked(&event)))
            />
        }
        .into_any(),
        Kind::Nothing | Kind::Object | Kind::List => {
            view! { <span class="tree-none"></span> }.into_any()
        }
    }
}

/// A text or a number.
#[component]
fn TextValue(
    is_number: bool,
    text: Signal<String>,
    label: Signal<String>,
    #[prop(into)] on_change: Callback<Json>,
) -> impl IntoView {
    let speech = use_speech();
    let element = NodeRef::<html::Input>::new();
    let fault = RwSignal::new(None::<Unreadable>);
    let read = move |text: &str| {
        if is_number {
            read_number(text).map(|number| number.unwrap_or(Json::from(0)))
        } else {
            Ok(Json::String(text.to_owned()))
        }
    };
    Effect::new(move || {
        let known = text.get();
        if let Some(element) = element.get() {
            let is_same = match read(&element.value()) {
                Ok(Json::String(typed)) => typed == known,
                Ok(typed) => {
                    let written = typed.to_string();
                    written == known && !element.value().is_empty()
                }
                Err(_) => false,
            };
            if !is_same {
                element.set_value(&known);
            }
        }
    });
    view! {
        <input
            class="input typed-box"
            aria-label=label
            aria-invalid=move || fault.read().is_some().then_some("true")
            title=move || fault.get().map(|fault| speech.say(&unreadable_text(fault)))
            autocomplete="off"
            spellcheck="false"
            node_ref=element
            on:input=move |event| match read(&event_target_value(&event)) {
                Ok(value) => {
                    fault.set(None);
                    on_change.run(value);
                }
                Err(wrong) => fault.set(Some(wrong)),
            }
        />
    }
}

fn kind_name(speech: Speech, kind: Kind) -> String {
    match kind {
        Kind::Text => speech.say(&CanvasText::TypeText),
        Kind::Number => speech.say(&CanvasText::TypeNumber),
        Kind::Truth => speech.say(&CanvasText::TypeBoolean),
        Kind::Object => speech.say(&CanvasText::TypeObject),
        Kind::List => speech.say(&FieldText::TypeList),
        Kind::Nothing => speech.say(&FieldText::TypeNull),
    }
}
