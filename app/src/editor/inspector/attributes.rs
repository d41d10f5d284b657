//! What stands around the attributes of an org where they are not all there: that they are read, or why not.

use leptos::prelude::*;

use crate::editor::org::{SchemaKey, Told};
use crate::editor::state::Editor;
use crate::i18n::t;
use crate::i18n::texts::{KitText, LookupText, refusal_text};
use crate::kit::Icon;

/// Reads the attributes again.
#[component]
pub(super) fn Refresh(editor: Editor, keys: Memo<Vec<SchemaKey>>) -> impl IntoView {
    let again = t(LookupText::ReadAgain);
    move || {
        (!keys.with(Vec::is_empty)).then(|| {
            view! {
                <button class="bar-button" type="button" aria-label=again title=again on:click=move |_| read_again(editor, keys)>
                    <Icon name="refresh-cw"/>
                </button>
            }
        })
    }
}

fn read_again(editor: Editor, keys: Memo<Vec<SchemaKey>>) {
    for key in keys.get_untracked() {
        editor.org.ask_schema(key, true);
    }
}

/// Why there are no attributes, or not yet.
#[component]
pub(super) fn SchemaNote(
    editor: Editor,
    keys: Memo<Vec<SchemaKey>>,
    has_fields: Signal<bool>,
) -> impl IntoView {
    let told = Memo::new(move |_| {
        let first = keys.with(|keys| keys.first().cloned());
        first.map(|key| editor.org.schema(&key))
    });
    move || {
        match told.get() {
        None => view! { <p class="hint">{t(LookupText::ChooseApp)}</p> }.into_any(),
        Some(None | Some(Told::Asked)) => view! {
            <p class="hint" role="status"><span class="picker-wait" aria-hidden="true"></span>{t(LookupText::AttributesLoading)}</p>
        }
        .into_any(),
        Some(Some(Told::Attributes(_))) if has_fields.get() => ().into_any(),
        Some(Some(Told::Attributes(_))) => view! { <p class="hint">{t(LookupText::NoneOfOrg)}</p> }.into_any(),
        Some(Some(Told::Refused(refusal))) => view! {
            <div class="choose-refused" role="alert">
                <Icon name="circle-alert"/>
                <p>{refusal_text(refusal)}</p>
                <button class="button" type="button" on:click=move |_| read_again(editor, keys)>{t(KitText::TryAgain)}</button>
            </div>
        }
        .into_any(),
    }
    }
}
