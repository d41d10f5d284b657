//! Adding an attribute to the published table.

use leptos::prelude::*;

use super::desk::Desk;
use super::rows::{custom, is_name};
use crate::i18n::t;
use crate::i18n::texts::{KitText, MappingText};
use crate::kit::{Button, ButtonKind, Dialog, TextField};

/// The dialog that asks for both names.
#[component]
pub fn AddAttribute(desk: Desk, open: RwSignal<bool>) -> impl IntoView {
    let (ad, okta) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    Effect::new(move || {
        if open.get() {
            ad.set(String::new());
            okta.set(String::new());
        }
    });
    let is_there = move |name: &str| {
        desk.rows.with(|rows| {
            let mut names = rows.iter().flat_map(|row| [&row.ad, &row.app]);
            names.any(|known| known.eq_ignore_ascii_case(name))
        })
    };
    let wrong_ad = Signal::derive(move || {
        let name = ad.get().trim().to_owned();
        if name.is_empty() {
            return None;
        }
        let text = if !is_name(&name) {
            MappingText::AddBad
        } else if is_there(&name) {
            MappingText::AddThere
        } else {
            return None;
        };
        Some(t(text).get())
    });
    let wrong_okta = Signal::derive(move || {
        let name = okta.get().trim().to_owned();
        (!name.is_empty() && !is_name(&name)).then(|| t(MappingText::AddBad).get())
    });
    let is_ready = Memo::new(move |_| {
        let is_filled = !ad.read().trim().is_empty() && !okta.read().trim().is_empty();
        is_filled && wrong_ad.get().is_none() && wrong_okta.get().is_none()
    });
    let add = move || {
        let (name, property) = (ad.get_untracked(), okta.get_untracked());
        let (name, property) = (name.trim().to_owned(), property.trim().to_owned());
        desk.edit(|rows| rows.push(custom(&name, &property)));
        desk.chosen.set(Some(name));
        open.set(false);
    };
    view! {
        <Dialog open title=t(MappingText::AddTitle)>
            <form
                class="form"
                on:submit=move |event| {
                    event.prevent_default();
                    if is_ready.get_untracked() {
                        add();
                    }
                }
            >
                <TextField label=t(MappingText::AddAd) name="add-ad" value=ad first=true hint=t(MappingText::AddAdHint) error=wrong_ad/>
                <TextField label=t(MappingText::AddOkta) name="add-okta" value=okta hint=t(MappingText::AddOktaHint) error=wrong_okta/>
                <div class="dialog-foot">
                    <Button on_press=move || open.set(false)>{t(KitText::Cancel)}</Button>
                    <Button kind=ButtonKind::Primary submit=true disabled=Signal::derive(move || !is_ready.get())>
                        {t(MappingText::Add)}
                    </Button>
                </div>
            </form>
        </Dialog>
    }
}
