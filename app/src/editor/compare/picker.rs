//! The bar above the canvas: which two are compared, how many things differ, the next one, all of them as a text.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, HtmlElement, Url};

use super::{BringBack, History, Source};
use crate::i18n::t;
use crate::i18n::texts::VersionText;
use crate::kit::Button;

/// The bar above the canvas.
#[component]
pub(super) fn Pickers(history: History) -> impl IntoView {
    let count = Memo::new(move |_| history.changes().len());
    let is_alone = move || history.from.get() == Source::Nothing;
    let said = move || {
        let of = count.get();
        history.editor.speech.say(&match (history.at.get(), of) {
            (_, 0) => VersionText::NothingChanged,
            (Some(at), of) => VersionText::At { n: at + 1, of },
            (None, n) => VersionText::Count { n },
        })
    };
    let is_empty = Signal::derive(move || count.get() == 0);
    view! {
        <div class="compare-bar" role="group" aria-label=t(VersionText::Compare)>
            <label>
                {t(VersionText::From)}
                <Picker history chosen=history.from may_be_nothing=true/>
            </label>
            <label>
                {t(VersionText::To)}
                <Picker history chosen=history.to may_be_nothing=false/>
            </label>
            <BringBack history/>
            {move || (!is_alone()).then(|| view! {
                <span class="compare-count" role="status">{said}</span>
                <Button icon="chevron-left" label=t(VersionText::Previous) disabled=is_empty on_press=move || history.step(-1)/>
                <Button icon="chevron-right" label=t(VersionText::Next) disabled=is_empty on_press=move || history.step(1)/>
                <Button icon="download" label=t(VersionText::Download) disabled=is_empty on_press=move || save_text(history)/>
            })}
        </div>
    }
}

#[component]
fn Picker(history: History, chosen: RwSignal<Source>, may_be_nothing: bool) -> impl IntoView {
    let speech = history.editor.speech;
    let options = move || {
        let mut all = Vec::new();
        if may_be_nothing {
            all.push((Source::Nothing, speech.say(&VersionText::Alone)));
        }
        all.push((Source::Draft, speech.say(&VersionText::Draft)));
        if history.looked_at.get().is_some() {
            all.push((Source::Look, speech.say(&VersionText::LastLook)));
        }
        if let Some(Ok(rows)) = history.versions.get() {
            all.extend(rows.into_iter().map(|row| {
                let name = format!("v{} {}", row.number, row.name);
                (Source::Version(row.number), name.trim().to_owned())
            }));
        }
        all.extend(history.kept.get().into_iter().map(|row| {
            let name = speech.say(&super::list::kept_name(row.reason));
            let by = speech.say(&VersionText::By { author: row.author });
            (Source::Kept(row.id), format!("{name}, {by}"))
        }));
        all
    };
    view! {
        <select
            class="input select"
            on:change=move |event| chosen.set(Source::of(&event_target_value(&event)))
            prop:value=move || {
                // The options may arrive after the choice.
                history.versions.track();
                history.kept.track();
                history.looked_at.track();
                chosen.get().value()
            }
        >
            {move || options().into_iter().map(|(source, name)| {
                let value = source.value();
                view! { <option value=value selected=move || chosen.get() == source>{name}</option> }
            }).collect_view()}
        </select>
    }
}

/// Hands the changes to the person as a text file.
fn save_text(history: History) {
    let name = history
        .editor
        .board
        .flow
        .with_untracked(|flow| flow.name.clone());
    let sides = [history.from.get_untracked(), history.to.get_untracked()];
    let [from, to] = sides.map(|source| source.value());
    let mut text = format!("{name}\n{from} \u{2192} {to}\n\n");
    for (sign, sentence) in super::changes::signed(history) {
        text.push_str(&format!("{sign} {sentence}\n"));
    }
    if download(&format!("{name} {from}-{to}.txt"), &text).is_err() {
        leptos::logging::warn!("the text cannot be saved");
    }
}

fn download(name: &str, text: &str) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence(&parts)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link = document().create_element("a")?;
    link.set_attribute("href", &address)?;
    link.set_attribute("download", name)?;
    if let Some(link) = link.dyn_ref::<HtmlElement>() {
        link.click();
    }
    Url::revoke_object_url(&address)
}
