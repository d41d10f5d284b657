//! One row on several people at once: whom it suits and whom not.

use api::{DirectoryPerson, FindPeople, PreviewMapping};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::{Desk, Seen};
use super::words::{chief, of_trouble};
use crate::i18n::t;
use crate::i18n::texts::MappingText;
use crate::kit::{Button, Icon, Loading, ToastBox, use_toasts};
use crate::rpc;

/// People who are tried at once.
const PEOPLE: usize = 5;

/// How a row fares with somebody.
#[derive(Clone, Debug, PartialEq)]
struct Fared {
    name: String,
    value: Option<String>,
    wrong: Option<MappingText>,
}

fn fared(person: &DirectoryPerson, seen: &Seen, ad: &str) -> Fared {
    let to_okta: Vec<_> = seen
        .to_okta
        .iter()
        .filter(|line| line.ad == ad)
        .cloned()
        .collect();
    let to_ad = seen.to_ad.iter().find(|line| line.ad == ad);
    let shown = chief(&to_okta)
        .filter(|line| line.is_on)
        .or(to_ad.filter(|line| line.is_on));
    let troubles = to_okta.iter().chain(to_ad).flat_map(|line| &line.troubles);
    Fared {
        name: person.display.clone(),
        value: shown.and_then(|line| line.value.clone()),
        wrong: troubles
            .filter_map(|trouble| of_trouble(&trouble.kind))
            .next(),
    }
}

/// The list, filled when it is asked for.
#[component]
pub fn Tried(desk: Desk, ad: StoredValue<String>) -> impl IntoView {
    let toasts = use_toasts();
    let found = RwSignal::new(Vec::<Fared>::new());
    let is_busy = RwSignal::new(false);
    // What was tried is no longer true once a row changes.
    Effect::new(move |was: Option<()>| {
        desk.rows.track();
        if was.is_some() {
            found.set(Vec::new());
        }
    });
    view! {
        <section class="tried" aria-live="polite">
            <header class="tried-head">
                <h3>
                    {move || {
                        let n = found.with(Vec::len);
                        t(if n > 0 { MappingText::Tried { n } } else { MappingText::TriedNone }).get()
                    }}
                </h3>
                <Button icon="users" busy=is_busy on_press=move || try_people(desk, ad.get_value(), found, is_busy, toasts)>
                    {t(MappingText::TryPeople)}
                </Button>
            </header>
            {move || is_busy.get().then(|| view! { <Loading/> })}
            <ul>
                {move || found.get().into_iter().map(|one| view! { <Row one/> }).collect_view()}
            </ul>
        </section>
    }
}

fn try_people(
    desk: Desk,
    ad: String,
    found: RwSignal<Vec<Fared>>,
    is_busy: RwSignal<bool>,
    toasts: ToastBox,
) {
    is_busy.set(true);
    found.set(Vec::new());
    let id = desk.id.get_value();
    let rows = desk.rows.get_untracked();
    spawn_local(async move {
        let people = match rpc::find_people(id.clone(), FindPeople::default()).await {
            Ok(people) => people,
            Err(refusal) => {
                toasts.refuse(&refusal);
                is_busy.try_set(false);
                return;
            }
        };
        for person in people.into_iter().take(PEOPLE) {
            let request = PreviewMapping {
                person: person.name.clone(),
                rows: Some(rows.clone()),
            };
            match rpc::preview_mapping(id.clone(), request).await {
                Ok(preview) => {
                    let one = fared(&person, &Seen::of(&preview), &ad);
                    if found.try_update(|found| found.push(one)).is_none() {
                        return;
                    }
                }
                Err(refusal) => {
                    toasts.refuse(&refusal);
                    break;
                }
            }
        }
        is_busy.try_set(false);
    });
}

#[component]
fn Row(one: Fared) -> impl IntoView {
    let is_wrong = one.wrong.is_some();
    view! {
        <li class="tried-row" data-tone=if is_wrong { "bad" } else { "ok" }>
            <span class="ellipsis">{one.name}</span>
            <Icon name="arrow-right"/>
            <span class="mono ellipsis">
                {one.value.unwrap_or_else(|| t(MappingText::Empty).get_untracked())}
            </span>
            <Icon name=if is_wrong { "circle-alert" } else { "check" }/>
            {one.wrong.map(|text| view! { <p class="field-error">{t(text)}</p> })}
        </li>
    }
}
