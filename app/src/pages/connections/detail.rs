//! One connection: facts, what is wrong with it, scopes, flows that use it.

use api::{Connection, ConnectionState, EventRoad};
use leptos::prelude::*;

use super::budget::BudgetPanel;
use super::new::leave_for;
use super::remove::RemoveConnection;
use crate::i18n::texts::ConnectionText;
use crate::i18n::{Moment, t};
use crate::kit::{Button, ButtonKind, ConnectionTag, Icon, Tag, Tone, use_toasts};
use crate::rpc;

/// The right side of the page.
#[component]
pub fn Detail(
    /// The connection.
    connection: Connection,
    /// It was tested or deleted.
    #[prop(into)]
    on_changed: Callback<()>,
) -> impl IntoView {
    let toasts = use_toasts();
    let is_removing = RwSignal::new(false);
    let id = connection.id.clone();
    let test = Action::new(move |(): &()| {
        let id = id.clone();
        async move {
            match rpc::test_connection(id).await {
                Ok(test) if test.works => toasts.say(&ConnectionText::Works { ms: test.took_ms }),
                Ok(test) => toasts.warn(&ConnectionText::WorksNot {
                    message: test.message,
                }),
                Err(refusal) => toasts.refuse(&refusal),
            }
            on_changed.run(());
        }
    });
    let id = connection.id.clone();
    let reauthorize = Action::new(move |(): &()| {
        let id = id.clone();
        async move {
            match rpc::reauthorize(id).await {
                Ok(address) => leave_for(&address),
                Err(refusal) => toasts.refuse(&refusal),
            }
        }
    });
    view! {
        <header class="detail-head">
            <span class="tile tile-large" data-family="okta"><Icon name="building-2"/></span>
            <div class="row-text">
                <div class="cell-row">
                    <h2 class="detail-name ellipsis">{connection.name.clone()}</h2>
                    <ConnectionTag state=connection.state/>
                </div>
                <p class="row-note">{connection.domain.clone()}</p>
            </div>
            <div class="actions">
                <Button icon="activity" busy=test.pending() on_press=move || { test.dispatch(()); }>
                    {t(ConnectionText::Test)}
                </Button>
                <Button
                    icon="refresh-cw"
                    busy=reauthorize.pending()
                    on_press=move || { reauthorize.dispatch(()); }
                >
                    {t(ConnectionText::Reauthorize)}
                </Button>
            </div>
            <Facts connection=connection.clone()/>
        </header>
        <div class="split-content">
            <Warning connection=connection.clone()/>
            <BudgetPanel id=connection.id.clone()/>
            <div class="detail-columns">
                <Scopes scopes=connection.scopes.clone()/>
                <div class="detail-side">
                    <Uses connection=connection.clone()/>
                    <section class="panel">
                        <div class="panel-head"><h2>{t(ConnectionText::Tokens)}</h2></div>
                        <p class="panel-lead">{t(ConnectionText::TokensText)}</p>
                        <div class="panel-body">
                            <Button
                                kind=ButtonKind::DangerQuiet
                                icon="trash-2"
                                on_press=move || is_removing.set(true)
                            >
                                {t(ConnectionText::Delete)}
                            </Button>
                        </div>
                    </section>
                </div>
            </div>
        </div>
        <RemoveConnection connection open=is_removing on_removed=on_changed/>
    }
}

#[component]
fn Facts(connection: Connection) -> impl IntoView {
    let checked = connection.checked_at;
    view! {
        <dl class="fact-list" aria-label=t(ConnectionText::Facts)>
            <div>
                <dt>{t(ConnectionText::Account)}</dt>
                <dd>{connection.account.unwrap_or_else(|| "–".to_owned())}</dd>
            </div>
            <div>
                <dt>{t(ConnectionText::Owner)}</dt>
                <dd>{connection.owner}</dd>
            </div>
            <div>
                <dt>{t(ConnectionText::Created)}</dt>
                <dd><Moment at=connection.created_at/></dd>
            </div>
            <div>
                <dt>{t(ConnectionText::Checked)}</dt>
                <dd>
                    {match checked {
                        Some(at) => view! { <Moment at/> }.into_any(),
                        None => view! { {t(ConnectionText::Never)} }.into_any(),
                    }}
                </dd>
            </div>
            <div>
                <dt>{t(ConnectionText::Events)}</dt>
                <dd>
                    {t(match connection.events {
                        EventRoad::Unused => ConnectionText::EventsUnused,
                        EventRoad::Log => ConnectionText::EventsLog,
                        EventRoad::Hook => ConnectionText::EventsHook,
                    })}
                </dd>
            </div>
            <div>
                <dt>{t(ConnectionText::ClientId)}</dt>
                <dd class="mono">{connection.client_id}</dd>
            </div>
        </dl>
    }
}

#[component]
fn Warning(connection: Connection) -> impl IntoView {
    let text = match connection.state {
        ConnectionState::NeedsReauthorization => Some(ConnectionText::ReauthorizeText),
        ConnectionState::Revoking => Some(ConnectionText::RevokingText),
        ConnectionState::Authorized => None,
    };
    let error = connection.last_error;
    let hook_error = connection.hook_error;
    (text.is_some() || error.is_some() || hook_error.is_some()).then(|| {
        view! {
            <div class="banner" data-tone="warn">
                <Icon name="triangle-alert"/>
                <div class="banner-text">
                    {text.map(|text| view! { <p>{t(text)}</p> })}
                    {error
                        .map(|error| {
                            view! { <p class="hint">{t(ConnectionText::LastError { error })}</p> }
                        })}
                    {hook_error
                        .map(|error| {
                            view! { <p class="hint">{t(ConnectionText::HookError { error })}</p> }
                        })}
                </div>
            </div>
        }
    })
}

#[component]
fn Scopes(scopes: Vec<String>) -> impl IntoView {
    let is_empty = scopes.is_empty();
    let rows = scopes.into_iter().map(|scope| {
        view! {
            <tr>
                <td class="mono">{scope}</td>
                <td class="cell-tight">
                    <Tag tone=Tone::Ok icon="check">{t(ConnectionText::Granted)}</Tag>
                </td>
            </tr>
        }
    });
    view! {
        <section class="panel" aria-labelledby="scopes">
            <div class="panel-head"><h2 id="scopes">{t(ConnectionText::Scopes)}</h2></div>
            <p class="panel-lead">
                {if is_empty { t(ConnectionText::NoScopes) } else { t(ConnectionText::ScopesText) }}
            </p>
            {(!is_empty)
                .then(|| {
                    view! {
                        <div class="table-wrap">
                            <table class="table">
                                <thead>
                                    <tr>
                                        <th scope="col">{t(ConnectionText::Scope)}</th>
                                        <th scope="col">{t(ConnectionText::State)}</th>
                                    </tr>
                                </thead>
                                <tbody>{rows.collect_view()}</tbody>
                            </table>
                        </div>
                    }
                })}
        </section>
    }
}

#[component]
fn Uses(connection: Connection) -> impl IntoView {
    let n = connection.flows.len();
    let on = connection.flows.iter().filter(|flow| flow.is_on).count();
    let rows = connection.flows.into_iter().map(|flow| {
        let (tone, icon, word) = if flow.is_on {
            (Tone::Ok, "circle-check", ConnectionText::FlowOn)
        } else {
            (Tone::Plain, "circle-pause", ConnectionText::FlowOff)
        };
        view! {
            <li class="row">
                <a class="row-name ellipsis" href=format!("/flows/{}", flow.flow)>{flow.name}</a>
                <Tag tone icon>{t(word)}</Tag>
            </li>
        }
    });
    view! {
        <section class="panel" aria-labelledby="uses">
            <div class="panel-head">
                <h2 id="uses">{t(ConnectionText::UsedByFlows)}</h2>
                {(n > 0).then(|| view! { <span class="muted">{t(ConnectionText::FlowCount { n, on })}</span> })}
            </div>
            {(n == 0).then(|| view! { <p class="calm">{t(ConnectionText::NoFlows)}</p> })}
            <ul class="rows">{rows.collect_view()}</ul>
        </section>
    }
}
