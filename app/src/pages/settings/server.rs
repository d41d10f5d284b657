//! What the server says about itself: public address with a test, what is kept, version.

use api::ServerFacts;
use leptos::prelude::*;

use crate::i18n::texts::{AuditText, SettingsText};
use crate::i18n::{count, duration_ms, t, use_speech};
use crate::kit::{ErrorBox, Loading};
use crate::pages::home::AddressTest;
use crate::rpc;

/// The three panels.
#[component]
pub fn ServerPart() -> impl IntoView {
    // Asked by the browser: it depends on who is signed in, which the page around it asks first.
    let facts = LocalResource::new(rpc::server_facts);
    move || match facts.get() {
        None => view! { <Loading/> }.into_any(),
        Some(Ok(facts)) => view! { <Facts facts/> }.into_any(),
        Some(Err(refusal)) => {
            view! { <ErrorBox refusal on_retry=move || facts.refetch()/> }.into_any()
        }
    }
}

#[component]
fn Facts(facts: ServerFacts) -> impl IntoView {
    let speech = use_speech();
    let given = if facts.is_address_given {
        SettingsText::AddressGiven
    } else {
        SettingsText::AddressGuessed
    };
    let hooks = if facts.takes_hooks {
        SettingsText::HooksOn
    } else {
        SettingsText::HooksOff
    };
    let database = if facts.database == "postgresql" {
        "PostgreSQL"
    } else {
        "SQLite"
    };
    let poll = i64::try_from(facts.poll_ms).unwrap_or(i64::MAX);
    let runs = i64::try_from(facts.runs_at_once).unwrap_or(i64::MAX);
    view! {
        <section class="panel settings" aria-labelledby="public-address">
            <h2 id="public-address">{t(SettingsText::PublicAddress)}</h2>
            <p><code class="setting-url">{facts.public_url}</code></p>
            <p class="hint">{t(given)}</p>
            <p class="hint">{t(hooks)}</p>
            <AddressTest/>
        </section>
        <section class="panel settings" aria-labelledby="retention">
            <h2 id="retention">{t(SettingsText::Retention)}</h2>
            <dl class="setting-list">
                <dt>{t(SettingsText::RetentionRuns)}</dt>
                <dd>{t(SettingsText::RetentionRunsText)}</dd>
                <dt>{t(SettingsText::RetentionTrials)}</dt>
                <dd>{t(SettingsText::RetentionFilesText { n: facts.trial_days })}</dd>
                <dt>{t(SettingsText::RetentionFiles)}</dt>
                <dd>{t(SettingsText::RetentionFilesText { n: facts.file_days })}</dd>
                <dt>{t(SettingsText::RetentionAudit)}</dt>
                <dd>{t(SettingsText::RetentionAuditText)}</dd>
            </dl>
            <p><a href="/audit">{t(AuditText::Open)}</a></p>
        </section>
        <section class="panel settings" aria-labelledby="about">
            <h2 id="about">{t(SettingsText::About)}</h2>
            <dl class="setting-list">
                <dt>{t(SettingsText::Version)}</dt>
                <dd class="number">{facts.version}</dd>
                <dt>{t(SettingsText::Database)}</dt>
                <dd>{database}</dd>
                <dt>{t(SettingsText::RunsAtOnce)}</dt>
                <dd class="number">{count(runs)}</dd>
                <dt>{t(SettingsText::Polling)}</dt>
                <dd class="number">{move || duration_ms(poll, speech.language())}</dd>
            </dl>
            <p class="hint">{t(SettingsText::Licence)}</p>
            <p><a href="/api/v1/openapi.json" rel="external">{t(SettingsText::Documentation)}</a></p>
        </section>
    }
}
