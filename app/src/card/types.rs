//! Types of fields in words, and a list to choose one from.

use flow::{Base, Type};
use leptos::prelude::*;

use super::stop::stop;
use crate::i18n::texts::CanvasText;
use crate::i18n::{Speech, t, use_speech};

/// The types a user can give to a field, with the names they have in lists.
pub const NAMED_TYPES: [(&str, Base, bool); 13] = [
    ("text", Base::Text, false),
    ("number", Base::Number, false),
    ("boolean", Base::Boolean, false),
    ("date", Base::Date, false),
    ("object", Base::Object, false),
    ("file", Base::File, false),
    ("any", Base::Any, false),
    ("list-text", Base::Text, true),
    ("list-number", Base::Number, true),
    ("list-boolean", Base::Boolean, true),
    ("list-date", Base::Date, true),
    ("list-object", Base::Object, true),
    ("list-any", Base::Any, true),
];

/// Returns the type of a name from a list.
pub fn named_type(name: &str) -> Type {
    let found = NAMED_TYPES.iter().find(|known| known.0 == name);
    let (base, list) = found.map_or((Base::Text, false), |known| (known.1, known.2));
    if list {
        Type::list_of(base)
    } else {
        Type::one(base)
    }
}

/// Returns the name of a type in lists.
pub fn type_value(ty: &Type) -> &'static str {
    NAMED_TYPES
        .iter()
        .find(|known| known.1 == ty.base && known.2 == ty.list)
        .map_or("any", |known| known.0)
}

/// Returns what a type is called.
pub fn type_name(speech: Speech, ty: &Type) -> String {
    let one = speech.say(&match ty.base {
        Base::Text => CanvasText::TypeText,
        Base::Number => CanvasText::TypeNumber,
        Base::Boolean => CanvasText::TypeBoolean,
        Base::Date => CanvasText::TypeDate,
        Base::Object => CanvasText::TypeObject,
        Base::File => CanvasText::TypeFile,
        Base::Flow => CanvasText::TypeFlow,
        Base::Any => CanvasText::TypeAny,
    });
    if ty.list {
        speech.say(&CanvasText::ListOf { name: one })
    } else {
        one
    }
}

/// A list of types.
#[component]
pub fn TypePicker(
    /// The chosen type, by its name.
    #[prop(into)]
    chosen: Signal<String>,
    /// Another one was chosen.
    #[prop(into)]
    on_choose: Callback<Type>,
    /// Style of the element.
    #[prop(default = "input select type-picker")]
    class: &'static str,
) -> impl IntoView {
    let speech = use_speech();
    let options = NAMED_TYPES.iter().map(move |(name, base, list)| {
        let ty = if *list {
            Type::list_of(*base)
        } else {
            Type::one(*base)
        };
        view! {
            <option value=*name selected=move || chosen.get() == *name>
                {move || type_name(speech, &ty)}
            </option>
        }
    });
    view! {
        <select
            class=class
            tabindex=stop()
            aria-label=t(CanvasText::Type)
            prop:value=move || chosen.get()
            on:change=move |event| on_choose.run(named_type(&event_target_value(&event)))
        >
            {options.collect_view()}
        </select>
    }
}
