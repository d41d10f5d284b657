//! How users get into the org, and whether somebody who signs in is read again.

use api::{Choices, ImportRoad, LookUp};
use flow::{ConnectionId, Lookup};
use leptos::prelude::*;

use super::Draft;
use super::choices::{Part, Truth, Way};
use crate::i18n::t;
use crate::i18n::texts::RuleText;
use crate::kit::{Choice, ErrorBox, SelectField, TextField};
use crate::pages::directories::Fetched;
use crate::rpc;

/// Both choices.
#[component]
pub(super) fn RoadPanel(
    /// What is edited.
    draft: Draft,
    /// The connection to the org, whose identity sources are offered.
    connection: Option<ConnectionId>,
) -> impl IntoView {
    let source = draft
        .settings
        .with_untracked(|settings| match &settings.road {
            ImportRoad::Sessions(source) => source.clone(),
            ImportRoad::Users => String::new(),
        });
    let source = RwSignal::new(source);
    let is_sessions = Memo::new(move |_| {
        draft
            .settings
            .with(|settings| matches!(settings.road, ImportRoad::Sessions(_)))
    });
    let set = move |road: ImportRoad| draft.edit(|settings| settings.road = road);
    Effect::new(move || {
        let chosen = ImportRoad::Sessions(source.get().trim().to_owned());
        let is_new = draft
            .settings
            .with_untracked(|settings| settings.road != chosen);
        if is_sessions.get_untracked() && is_new {
            set(chosen);
        }
    });
    let without_source =
        move || is_sessions.get() && source.with(|source| source.trim().is_empty());
    view! {
        <Part title=RuleText::Road text=RuleText::RoadText>
            <fieldset class="choices">
                <legend class="visually-hidden">{t(RuleText::Road)}</legend>
                <Way name="road" text=RuleText::RoadUsers
                    is=Signal::derive(move || !is_sessions.get())
                    choose=move || set(ImportRoad::Users)/>
                <Way name="road" text=RuleText::RoadSessions is=is_sessions
                    choose=move || set(ImportRoad::Sessions(source.get_untracked()))/>
            </fieldset>
            {move || is_sessions.get().then(|| view! { <Source source connection=connection.clone()/> })}
            {move || without_source().then(|| view! { <p class="field-warning" role="status">{t(RuleText::RoadSourceMissing)}</p> })}
            <Truth text=RuleText::JustInTime
                is=Signal::derive(move || draft.settings.with(|settings| settings.is_just_in_time))
                set=move |is| draft.edit(|settings| settings.is_just_in_time = is)/>
            <p class="hint">{t(RuleText::JustInTimeHint)}</p>
        </Part>
    }
}

/// The identity source: one of those of the org, or its id where the org cannot be asked.
#[component]
fn Source(source: RwSignal<String>, connection: Option<ConnectionId>) -> impl IntoView {
    let Some(connection) = connection else {
        return by_id(source).into_any();
    };
    let found = Fetched::new(move || {
        rpc::look_up(LookUp {
            connection: connection.clone(),
            what: Lookup::IdentitySources,
            search: String::new(),
            parent: None,
            ids: Vec::new(),
            after: None,
            fresh: false,
        })
    });
    view! {
        {move || match found.answer.get() {
            None => view! { <p class="hint">{t(RuleText::RoadSourcesLoading)}</p> }.into_any(),
            Some(Ok(found)) => view! {
                <SelectField label=t(RuleText::RoadSource) name="road-source" value=source choices=offered(found, &source.get_untracked())/>
            }
            .into_any(),
            Some(Err(refusal)) => view! {
                <ErrorBox refusal on_retry=move || found.retry()/>
                {by_id(source)}
            }
            .into_any(),
        }}
    }
    .into_any()
}

fn by_id(source: RwSignal<String>) -> impl IntoView {
    view! { <TextField label=t(RuleText::RoadSource) name="road-source" value=source hint=t(RuleText::RoadSourceHint)/> }
}

/// The sources of the org; the one that is set stays, also where the org does not name it any more.
fn offered(found: Choices, set: &str) -> Vec<Choice> {
    let mut choices = vec![Choice {
        value: String::new(),
        label: String::new(),
    }];
    let is_known = set.is_empty() || found.choices.iter().any(|choice| choice.id == set);
    if !is_known {
        choices.push(Choice {
            value: set.to_owned(),
            label: set.to_owned(),
        });
    }
    choices.extend(found.choices.into_iter().map(|choice| Choice {
        value: choice.id,
        label: choice.name,
    }));
    choices
}
