//! One connection: facts, what is wrong with it, its scopes, flows that use it, its key.

use api::{Connection, ConnectionState, EventRoad, Grant};
use leptos::prelude::*;

use super::budget::BudgetPanel;
use super::key::PublicKey;
use super::new::leave_for;
use super::remove::RemoveConnection;
use super::scopes::Scopes;
use super::uses::Uses;
use crate::i18n::texts::ConnectionText;
use crate::i18n::{Moment, t};
use crate::kit::{Button, ButtonKind, ConnectionTag, Icon, loaded, use_toasts};
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
    let id = connection.id.clone();
    let detail = Resource::new(move || id.clone(), rpc::open_connection);
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
                <p class="row-note">
                    {connection.domain.clone()} " · " {t(ConnectionText::ClientId)} " "
                    <span class="mono">{connection.client_id.clone()}</span>
                </p>
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
                {loaded(detail, |detail| view! { <Scopes scopes=detail.scopes/> })}
                <div class="detail-side">
                    {loaded(
                        detail,
                        |detail| view! { <Uses id=detail.connection.id.to_string() uses=detail.uses polled_at=detail.polled_at/> },
                    )}
                    {loaded(detail, |detail| detail.public_key.map(|key| view! { <ServiceKey key/> }))}
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

/// The key of a service app, for pasting it into the app at the org once more.
#[component]
fn ServiceKey(key: String) -> impl IntoView {
    view! {
        <section class="panel">
            <div class="panel-head"><h2>{t(ConnectionText::Key)}</h2></div>
            <div class="panel-body"><PublicKey key/></div>
        </section>
    }
}

#[component]
fn Facts(connection: Connection) -> impl IntoView {
    let checked = connection.checked_at;
    let is_bound = connection.is_bound;
    view! {
        <dl class="fact-list" aria-label=t(ConnectionText::Facts)>
            <div>
                <dt>{t(ConnectionText::Account)}</dt>
                <dd>
                    {match (connection.grant, connection.account) {
                        (Grant::ServiceApp, _) => t(ConnectionText::ServiceApp).into_any(),
                        (_, Some(account)) => account.into_any(),
                        (_, None) => "–".into_any(),
                    }}
                </dd>
            </div>
            <div>
                <dt>{t(ConnectionText::TokenKind)}</dt>
                <dd>
                    {t(if is_bound { ConnectionText::TokensBound } else { ConnectionText::TokensBearer })}
                </dd>
            </div>
            <div>
                <dt>{t(ConnectionText::Owner)}</dt>
                <dd>{connection.owner}" · "<Moment at=connection.created_at/></dd>
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
