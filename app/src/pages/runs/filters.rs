//! The filters above the runs: one line of choices to add one, chips for those that hold. All of them live in the address.

use api::{Cause, FlowList};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::STATUSES;
use super::query::{self, SPANS, several, toggled};
use super::row::cause;
use crate::i18n::texts::{RunText, RunningText};
use crate::i18n::{LocalTime, Speech, t, use_local_time, use_speech};
use crate::kit::{Choice, Icon, SelectField, run_status};
use crate::rpc::{self, Refusal};
use crate::shell::use_set_query;

const CAUSES: [Cause; 6] = [
    Cause::Event,
    Cause::Schedule,
    Cause::Manual,
    Cause::Api,
    Cause::Endpoint,
    Cause::Helper,
];

/// The search, the choices and the chips.
#[component]
pub fn Filters(
    /// All flows.
    flows: Resource<Result<FlowList, Refusal>>,
) -> impl IntoView {
    let speech = use_speech();
    let query = use_query_map();
    let set_query = use_set_query();
    // What is set there has a chip, so it can stay folded.
    let is_more = RwSignal::new(false);
    let helpers = Memo::new(move |_| query.read().get("helpers").is_some());
    view! {
        <div class="filters" role="group" aria-label=t(RunText::Filters)>
            <SearchField/>
            <AddOne name="status" label=t(RunText::ByStatus) choices=statuses(speech)/>
            <Transition>
                {move || {
                    let list = flows.get().and_then(Result::ok)?;
                    let (of_flow, of_folder) = (flow_choices(speech, &list), folder_choices(speech, &list));
                    Some(view! {
                        <AddOne name="flow" label=t(RunText::ByFlow) choices=of_flow/>
                        <AddOne name="folder" label=t(RunningText::ByFolder) choices=of_folder only=true/>
                    })
                }}
            </Transition>
            <AddOne name="cause" label=t(RunningText::ByCause) choices=causes(speech)/>
            <Starters/>
            <AddOne name="span" label=t(RunningText::ByTime) choices=spans(speech) only=true/>
            <label class="choice">
                <input
                    type="checkbox"
                    prop:checked=move || helpers.get()
                    checked=helpers.get_untracked()
                    on:change=move |event| {
                        set_query("helpers", event_target_checked(&event).then(|| "1".to_owned()));
                    }
                />
                {t(RunText::WithHelpers)}
            </label>
            <button
                class="button"
                type="button"
                aria-expanded=move || is_more.get().to_string()
                aria-controls="more-filters"
                on:click=move |_| is_more.update(|more| *more = !*more)
            >
                <Icon name="filter"/>
                {t(RunningText::MoreFilters)}
            </button>
            <div class="filters-more" id="more-filters" hidden=move || !is_more.get()>
                <Between/>
                <TextFilter name="about" label=t(RunningText::ByPerson)/>
                <TextFilter name="version" label=t(RunningText::ByVersion) number=true/>
            </div>
            <Chips flows/>
        </div>
    }
}

/// Looks for a text in the runs, once Enter is pressed or the field is left.
#[component]
fn SearchField() -> impl IntoView {
    let query = use_query_map();
    let set_query = use_set_query();
    let text = Memo::new(move |_| query.read().get("text").unwrap_or_default());
    view! {
        <label class="search-runs">
            <Icon name="search"/>
            <span class="visually-hidden">{t(RunningText::SearchRuns)}</span>
            <input
                class="input" type="search" maxlength="200" placeholder=t(RunningText::SearchHint)
                prop:value=move || text.get()
                on:change=move |event| set_query("text", Some(event_target_value(&event).trim().to_owned()))
            />
        </label>
    }
}

/// A value that is typed.
#[component]
fn TextFilter(
    name: &'static str,
    label: Signal<String>,
    #[prop(optional)] number: bool,
) -> impl IntoView {
    let query = use_query_map();
    let set_query = use_set_query();
    let text = Memo::new(move |_| query.read().get(name).unwrap_or_default());
    view! {
        <input
            class="input filter-text" type=if number { "number" } else { "text" } maxlength="200"
            min=number.then_some("1") aria-label=label placeholder=label
            prop:value=move || text.get()
            on:change=move |event| set_query(name, Some(event_target_value(&event).trim().to_owned()))
        />
    }
}

/// People who may have started runs, for those who may see who there is.
#[component]
fn Starters() -> impl IntoView {
    let speech = use_speech();
    let people = LocalResource::new(rpc::list_people);
    move || {
        let people = people.get().and_then(Result::ok)?;
        let choices = Signal::derive(move || {
            let each = people.iter().map(|person| Choice {
                value: person.id.to_string(),
                label: person.name.clone(),
            });
            with_first(speech.say(&RunningText::ByStarter), each)
        });
        Some(view! { <AddOne name="by" label=t(RunningText::ByStarter) choices only=true/> })
    }
}

/// From when to when.
#[component]
fn Between() -> impl IntoView {
    let set_query = use_set_query();
    let end = move |name: &'static str, label: RunningText| {
        let set_query = set_query.clone();
        let label = t(label);
        view! {
            <label class="filter-end">
                <span>{label}</span>
                <input
                    class="input filter-time" type="datetime-local"
                    on:change=move |event| set_query(name, moment(&event_target_value(&event)))
                />
            </label>
        }
    };
    view! {
        {end("from", RunningText::From)}
        {end("to", RunningText::To)}
    }
}

/// What the browser's field says, in milliseconds since 1970.
fn moment(text: &str) -> Option<String> {
    let at = js_sys::Date::new(&wasm_bindgen::JsValue::from_str(text)).get_time();
    at.is_finite().then(|| format!("{at:.0}"))
}

/// A chip: the name in the address, what stays there without it, and what it says.
type Chip = (&'static str, Option<String>, String);

#[component]
fn Chips(flows: Resource<Result<FlowList, Refusal>>) -> impl IntoView {
    let (speech, local) = (use_speech(), use_local_time());
    let query = use_query_map();
    let set_query = use_set_query();
    // A name in the place of an id, once it is known.
    let people = LocalResource::new(rpc::list_people);
    view! {
        <Transition>
            {move || {
                let list = flows.get().and_then(Result::ok);
                let mut chips = chips(speech, local, &query.read(), list.as_ref());
                let starter = query.read().get("by");
                let known = people.get().and_then(Result::ok).unwrap_or_default();
                if let Some(person) = known.iter().find(|person| Some(person.id.to_string()) == starter)
                    && let Some(chip) = chips.iter_mut().find(|(name, ..)| *name == "by")
                {
                    let person = person.name.clone();
                    chip.2 = speech.say(&RunningText::FilterStarter { person });
                }
                let many = chips.len() > 1;
                let shown = chips.into_iter().map(|(name, rest, text)| {
                    let set_query = set_query.clone();
                    let label = t(RunText::RemoveFilter { name: text.clone() });
                    view! {
                        <button class="chip" type="button" aria-label=label on:click=move |_| set_query(name, rest.clone())>
                            {text}
                            <Icon name="x"/>
                        </button>
                    }
                });
                view! {
                    {shown.collect_view()}
                    {many.then(|| view! { <a class="clear-all" href="/runs">{t(RunningText::ClearAll)}</a> })}
                }
            }}
        </Transition>
    }
}

fn chips(
    speech: Speech,
    local: LocalTime,
    query: &leptos_router::params::ParamsMap,
    list: Option<&FlowList>,
) -> Vec<Chip> {
    let mut found: Vec<Chip> = Vec::new();
    for name in query::NAMES {
        let words = match name {
            "status" | "flow" | "cause" => several(query, name),
            _ => query
                .get(name)
                .filter(|value| !value.is_empty())
                .into_iter()
                .collect(),
        };
        for word in &words {
            if let Some(text) = chip_text(speech, local, list, name, word) {
                let rest = toggled(&words, word).filter(|_| words.len() > 1);
                found.push((name, rest, text));
            }
        }
    }
    found
}

fn chip_text(
    speech: Speech,
    local: LocalTime,
    list: Option<&FlowList>,
    name: &str,
    word: &str,
) -> Option<String> {
    let owned = word.to_owned();
    Some(match name {
        "status" => {
            let (_, _, text) = run_status(query::parse(word)?);
            let status = speech.say(&text);
            speech.say(&RunText::FilterStatus { status })
        }
        "cause" => {
            let cause = speech.say(&cause(query::parse(word)?));
            speech.say(&RunningText::FilterCause { cause })
        }
        "flow" => {
            let known = list?.flows.iter().find(|flow| flow.id.as_str() == word);
            let flow = known.map_or(owned, |flow| flow.name.clone());
            speech.say(&RunText::FilterFlow { flow })
        }
        "folder" => {
            let known = list?
                .folders
                .iter()
                .find(|folder| folder.id.as_str() == word);
            let folder = known.map_or(owned, |folder| folder.name.clone());
            speech.say(&RunningText::FilterFolder { folder })
        }
        "text" => speech.say(&RunningText::FilterText { text: owned }),
        "about" => speech.say(&RunningText::FilterAbout { person: owned }),
        "by" => speech.say(&RunningText::FilterStarter { person: owned }),
        "version" => speech.say(&RunningText::FilterVersion { version: owned }),
        "span" => speech.say(&span_text(word)?),
        "from" => speech.say(&RunningText::FilterFrom {
            time: time_text(speech, local, word)?,
        }),
        "to" => speech.say(&RunningText::FilterTo {
            time: time_text(speech, local, word)?,
        }),
        _ => return None,
    })
}

fn time_text(speech: Speech, local: LocalTime, ms: &str) -> Option<String> {
    let civil = local.civil(ms.parse().ok()?);
    Some(format!(
        "{} {}",
        civil.date(speech.language()),
        civil.clock()
    ))
}

fn span_text(span: &str) -> Option<RunningText> {
    Some(match span {
        "1h" => RunningText::LastHour,
        "24h" => RunningText::LastDay,
        "7d" => RunningText::LastWeek,
        "30d" => RunningText::LastMonth,
        _ => return None,
    })
}

/// A list from which a choice becomes a chip; of `only` one holds at a time.
#[component]
fn AddOne(
    name: &'static str,
    label: Signal<String>,
    choices: Signal<Vec<Choice>>,
    #[prop(optional)] only: bool,
) -> impl IntoView {
    let query = use_query_map();
    let set_query = use_set_query();
    let chosen = RwSignal::new(String::new());
    Effect::new(move || {
        let choice = chosen.get();
        if choice.is_empty() {
            return;
        }
        chosen.set(String::new());
        let words = query.with_untracked(|query| several(query, name));
        if only {
            set_query(name, Some(choice));
        } else if !words.contains(&choice) {
            set_query(name, toggled(&words, &choice));
        }
    });
    view! { <SelectField label name=format!("filter-{name}") value=chosen choices label_hidden=true/> }
}

fn with_first(first: String, rest: impl Iterator<Item = Choice>) -> Vec<Choice> {
    let first = Choice {
        value: String::new(),
        label: first,
    };
    std::iter::once(first).chain(rest).collect()
}

fn statuses(speech: Speech) -> Signal<Vec<Choice>> {
    Signal::derive(move || {
        let each = STATUSES.into_iter().map(|status| Choice {
            value: query::word(status),
            label: speech.say(&run_status(status).2),
        });
        with_first(speech.say(&RunText::AllRuns), each)
    })
}

fn causes(speech: Speech) -> Signal<Vec<Choice>> {
    Signal::derive(move || {
        let each = CAUSES.into_iter().map(|known| Choice {
            value: query::word(known),
            label: speech.say(&cause(known)),
        });
        with_first(speech.say(&RunningText::ByCause), each)
    })
}

fn spans(speech: Speech) -> Signal<Vec<Choice>> {
    Signal::derive(move || {
        let each = SPANS.iter().filter_map(|(name, _)| {
            Some(Choice {
                value: (*name).to_owned(),
                label: speech.say(&span_text(name)?),
            })
        });
        with_first(speech.say(&RunningText::ByTime), each)
    })
}

fn flow_choices(speech: Speech, list: &FlowList) -> Signal<Vec<Choice>> {
    let flows: Vec<Choice> = (list.flows.iter())
        .map(|flow| Choice {
            value: flow.id.to_string(),
            label: flow.name.clone(),
        })
        .collect();
    Signal::derive(move || with_first(speech.say(&RunText::AllFlows), flows.clone().into_iter()))
}

fn folder_choices(speech: Speech, list: &FlowList) -> Signal<Vec<Choice>> {
    let folders: Vec<Choice> = (list.folders.iter())
        .map(|folder| Choice {
            value: folder.id.to_string(),
            label: folder.name.clone(),
        })
        .collect();
    Signal::derive(move || {
        with_first(
            speech.say(&RunningText::ByFolder),
            folders.clone().into_iter(),
        )
    })
}
