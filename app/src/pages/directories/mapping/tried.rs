//! One row on several people at once: whom it suits and whom not.

use api::{DirectoryPerson, FindPeople, MappingTrial, PreviewMapping, TriedPerson, TryMapping};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::{Desk, Seen};
use super::rows::{Trouble, read};
use super::words::{chief, of_trouble};
use crate::i18n::t;
use crate::i18n::texts::MappingText;
use crate::kit::{Button, Icon, Loading, ToastBox, use_toasts};
use crate::rpc;

/// People who are tried at once.
const PEOPLE: usize = 5;
/// People who are listed whom a row does not suit.
const MOST_LISTED: usize = 20;

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
            <Everybody desk ad/>
        </section>
    }
}

/// How far the trial on everybody is, and whom the row does not suit.
#[derive(Clone, Debug, Default, PartialEq)]
struct Trial {
    tried: u64,
    wrong: Vec<Fared>,
    more_wrong: u64,
    is_over: bool,
    is_stopped: bool,
}

impl Trial {
    fn take(&mut self, page: MappingTrial) {
        self.tried += page.tried;
        self.more_wrong += page.more_wrong;
        for one in page.wrong {
            if self.wrong.len() == MOST_LISTED {
                self.more_wrong += 1;
            } else {
                self.wrong.push(unsuited(one));
            }
        }
    }

    fn not_suited(&self) -> u64 {
        self.more_wrong + u64::try_from(self.wrong.len()).unwrap_or(0)
    }
}

fn unsuited(one: TriedPerson) -> Fared {
    let troubles: Vec<Trouble> = read(&one.troubles);
    Fared {
        name: one.name,
        value: one.value,
        wrong: troubles
            .iter()
            .find_map(|trouble| of_trouble(&trouble.kind)),
    }
}

/// The trial on everybody: page by page, until it is over or stopped.
#[component]
fn Everybody(desk: Desk, ad: StoredValue<String>) -> impl IntoView {
    let toasts = use_toasts();
    let trial = RwSignal::new(None::<Trial>);
    // What was tried is no longer true once a row changes; a page that is under way then comes to nothing.
    let round = StoredValue::new(0_u32);
    Effect::new(move |was: Option<()>| {
        desk.rows.track();
        if was.is_some() {
            round.update_value(|round| *round += 1);
            trial.set(None);
        }
    });
    let is_busy =
        Memo::new(move |_| trial.with(|trial| trial.as_ref().is_some_and(|trial| !trial.is_over)));
    let n = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let said = move |trial: &Trial| {
        let n = n(trial.tried);
        match (trial.is_over, trial.is_stopped) {
            (false, _) => MappingText::TriedSoFar { n },
            (true, true) => MappingText::TriedStopped { n },
            (true, false) => MappingText::TriedAll { n },
        }
    };
    view! {
        <div class="tried-head">
            <p>{move || trial.with(|trial| trial.as_ref().map(|trial| t(said(trial)).get()))}</p>
            {move || if is_busy.get() {
                view! {
                    <Button icon="x" on_press=move || {
                        round.update_value(|round| *round += 1);
                        trial.update(|trial| if let Some(trial) = trial {
                            trial.is_over = true;
                            trial.is_stopped = true;
                        });
                    }>{t(MappingText::StopTrying)}</Button>
                }.into_any()
            } else {
                view! {
                    <Button icon="users" on_press=move || try_everybody(desk, ad.get_value(), trial, round, toasts)>
                        {t(MappingText::TryAll)}
                    </Button>
                }.into_any()
            }}
        </div>
        {move || trial.get().map(|trial| {
            let (wrong, more) = (trial.not_suited(), trial.more_wrong);
            let verdict = match wrong {
                0 if trial.is_over => Some(MappingText::AllSuited),
                0 => None,
                _ => Some(MappingText::NotSuited { n: n(wrong) }),
            };
            view! {
                {verdict.map(|text| view! { <p class="hint">{t(text)}</p> })}
                <ul>{trial.wrong.into_iter().map(|one| view! { <Row one/> }).collect_view()}</ul>
                {(more > 0).then(|| view! { <p class="hint">{t(MappingText::NotSuitedMore { n: n(more) })}</p> })}
            }
        })}
    }
}

fn try_everybody(
    desk: Desk,
    ad: String,
    trial: RwSignal<Option<Trial>>,
    round: StoredValue<u32>,
    toasts: ToastBox,
) {
    trial.set(Some(Trial::default()));
    let mine = round.get_value();
    let id = desk.id.get_value();
    let rows = desk.rows.get_untracked();
    spawn_local(async move {
        let mut after = None;
        loop {
            let request = TryMapping {
                ad: ad.clone(),
                rows: Some(rows.clone()),
                after,
            };
            let page = rpc::try_mapping(id.clone(), request).await;
            if round.try_get_value() != Some(mine) {
                return;
            }
            let page = match page {
                Ok(page) => page,
                Err(refusal) => {
                    toasts.refuse(&refusal);
                    trial.set(None);
                    return;
                }
            };
            after = page.next.clone();
            let is_over = after.is_none();
            trial.update(|trial| {
                if let Some(trial) = trial {
                    trial.take(page);
                    trial.is_over = is_over;
                }
            });
            if is_over {
                return;
            }
        }
    });
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
