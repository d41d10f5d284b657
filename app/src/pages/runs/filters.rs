//! The filters above the runs: choices to add one, chips for those that hold.

use api::{FlowList, RunStatus};
use leptos::prelude::*;

use super::STATUSES;
use crate::i18n::texts::RunText;
use crate::i18n::{Speech, t, use_speech};
use crate::kit::{Choice, Icon, SelectField, run_status};
use crate::rpc::Refusal;
use crate::shell::use_set_query;

/// Reads the status of a filter, as it is written in the address and on the wire.
pub(super) fn parse_status(text: &str) -> Option<RunStatus> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).ok()
}

fn status_name(status: RunStatus) -> String {
    match serde_json::to_value(status) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// Two lists, a switch and the chips.
#[component]
pub fn Filters(
    /// Chosen flow.
    flow: Memo<Option<String>>,
    /// Chosen status.
    status: Memo<Option<String>>,
    /// Runs called by other flows are listed too.
    helpers: Memo<Option<String>>,
    /// All flows.
    flows: Resource<Result<FlowList, Refusal>>,
) -> impl IntoView {
    let speech = use_speech();
    let set_query = use_set_query();
    let toggle = set_query.clone();
    view! {
        <div class="filters" role="group" aria-label=t(RunText::Filters)>
            <QuerySelect name="status" label=t(RunText::ByStatus) value=status choices=statuses(speech)/>
            <Transition>
                {move || {
                    let list = flows.get().and_then(Result::ok)?;
                    let choices = flow_choices(speech, list);
                    Some(view! { <QuerySelect name="flow" label=t(RunText::ByFlow) value=flow choices/> })
                }}
            </Transition>
            <label class="choice">
                <input
                    type="checkbox"
                    prop:checked=move || helpers.get().is_some()
                    checked=helpers.get_untracked().is_some()
                    on:change=move |event| {
                        toggle("helpers", event_target_checked(&event).then(|| "1".to_owned()));
                    }
                />
                {t(RunText::WithHelpers)}
            </label>
            <Chips flow status flows/>
        </div>
    }
}

#[component]
fn Chips(
    flow: Memo<Option<String>>,
    status: Memo<Option<String>>,
    flows: Resource<Result<FlowList, Refusal>>,
) -> impl IntoView {
    let speech = use_speech();
    let set_query = use_set_query();
    let status_chip = move || {
        let status = parse_status(&status.get()?)?;
        let (_, _, word) = run_status(status);
        Some(speech.say(&RunText::FilterStatus {
            status: speech.say(&word),
        }))
    };
    let flow_chip = move || {
        let id = flow.get()?;
        let list = flows.get().and_then(Result::ok)?;
        let flow = list.flows.into_iter().find(|flow| flow.id.as_str() == id);
        let flow = flow.map_or(id, |flow| flow.name);
        Some(speech.say(&RunText::FilterFlow { flow }))
    };
    view! {
        <Transition>
            {move || {
                let chips = [("status", status_chip()), ("flow", flow_chip())];
                let chips = chips
                    .into_iter()
                    .filter_map(|(name, text)| {
                        let text = text?;
                        let set_query = set_query.clone();
                        let label = t(RunText::RemoveFilter { name: text.clone() });
                        Some(view! {
                            <button
                                class="chip"
                                type="button"
                                aria-label=label
                                on:click=move |_| set_query(name, None)
                            >
                                {text}
                                <Icon name="x"/>
                            </button>
                        })
                    });
                chips.collect_view()
            }}
        </Transition>
    }
}

/// A list whose choice lives in the address.
#[component]
fn QuerySelect(
    name: &'static str,
    label: Signal<String>,
    value: Memo<Option<String>>,
    choices: Signal<Vec<Choice>>,
) -> impl IntoView {
    let set_query = use_set_query();
    let chosen = RwSignal::new(value.get_untracked().unwrap_or_default());
    Effect::new(move || {
        let current = value.get().unwrap_or_default();
        if chosen.get_untracked() != current {
            chosen.set(current);
        }
    });
    Effect::new(move |before: Option<String>| {
        let choice = chosen.get();
        if before.is_some_and(|before| before != choice) {
            set_query(name, Some(choice.clone()));
        }
        choice
    });
    view! { <SelectField label name=format!("filter-{name}") value=chosen choices label_hidden=true/> }
}

fn statuses(speech: Speech) -> Signal<Vec<Choice>> {
    Signal::derive(move || {
        let all = Choice {
            value: String::new(),
            label: speech.say(&RunText::AllRuns),
        };
        let each = STATUSES.into_iter().map(|status| Choice {
            value: status_name(status),
            label: speech.say(&run_status(status).2),
        });
        std::iter::once(all).chain(each).collect()
    })
}

fn flow_choices(speech: Speech, list: FlowList) -> Signal<Vec<Choice>> {
    Signal::derive(move || {
        let all = Choice {
            value: String::new(),
            label: speech.say(&RunText::AllFlows),
        };
        let each = list.flows.iter().map(|flow| Choice {
            value: flow.id.to_string(),
            label: flow.name.clone(),
        });
        std::iter::once(all).chain(each).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_comes_back_from_the_address() {
        for status in STATUSES {
            assert_eq!(parse_status(&status_name(status)), Some(status));
        }
        assert_eq!(parse_status("lost"), None);
    }
}
