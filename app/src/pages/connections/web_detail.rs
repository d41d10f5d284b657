//! A connection to a service other than an org: what it is, whether it works, which flows use it, and changing it.

use api::{Connection, Grant};
use leptos::prelude::*;

use super::remove::RemoveConnection;
use super::uses::Uses;
use super::web_form::WebForm;
use crate::i18n::texts::{ConnectionText, WebText};
use crate::i18n::{Moment, t};
use crate::kit::{Button, ButtonKind, Icon, loaded, use_toasts};
use crate::rpc;

/// The right side of the page.
#[component]
pub fn WebDetail(
    /// The connection.
    connection: Connection,
    /// It was tested, changed or deleted.
    #[prop(into)]
    on_changed: Callback<()>,
) -> impl IntoView {
    let toasts = use_toasts();
    let id = StoredValue::new(connection.id.clone());
    let detail = Resource::new(move || id.get_value(), rpc::open_connection);
    let is_removing = RwSignal::new(false);
    let test = Action::new(move |(): &()| async move {
        match rpc::test_connection(id.get_value()).await {
            Ok(test) if test.works => toasts.say(&WebText::Works {
                message: test.message,
            }),
            Ok(test) => toasts.warn(&ConnectionText::WorksNot {
                message: test.message,
            }),
            Err(refusal) => toasts.refuse(&refusal),
        }
        on_changed.run(());
    });
    let kind = match connection.grant {
        Grant::Basic => WebText::KindBasic,
        Grant::Header => WebText::KindHeader,
        Grant::ClientCredentials => WebText::KindClient,
        _ => WebText::KindNone,
    };
    let hosts = match connection.domain.as_str() {
        "" => t(WebText::AnyHost).into_any(),
        hosts => hosts.to_owned().into_any(),
    };
    let error = connection.last_error.clone();
    view! {
        <header class="detail-head">
            <span class="tile tile-large" data-family="http"><Icon name="globe"/></span>
            <div class="row-text">
                <h2 class="detail-name ellipsis">{connection.name.clone()}</h2>
                <p class="row-note">{t(kind)}</p>
            </div>
            <div class="actions">
                <Button icon="activity" busy=test.pending() on_press=move || { test.dispatch(()); }>
                    {t(ConnectionText::Test)}
                </Button>
            </div>
            <dl class="fact-list" aria-label=t(ConnectionText::Facts)>
                <div><dt>{t(WebText::Hosts)}</dt><dd>{hosts}</dd></div>
                <div>
                    <dt>{t(ConnectionText::Owner)}</dt>
                    <dd>{connection.owner.clone()}" · "<Moment at=connection.created_at/></dd>
                </div>
                <div>
                    <dt>{t(ConnectionText::Checked)}</dt>
                    <dd>
                        {match connection.checked_at {
                            Some(at) => view! { <Moment at/> }.into_any(),
                            None => view! { {t(ConnectionText::Never)} }.into_any(),
                        }}
                    </dd>
                </div>
            </dl>
        </header>
        <div class="split-content">
            {error
                .map(|error| {
                    view! {
                        <div class="banner" data-tone="warn">
                            <Icon name="triangle-alert"/>
                            <div class="banner-text"><p>{t(ConnectionText::LastError { error })}</p></div>
                        </div>
                    }
                })}
            <div class="detail-columns">
                <section class="panel">
                    <div class="panel-head"><h2>{t(WebText::ChangeTitle)}</h2></div>
                    <div class="panel-body">
                        <WebForm
                            old=connection.clone()
                            on_saved=Callback::new(move |()| {
                                toasts.say(&WebText::Saved);
                                on_changed.run(());
                            })
                        />
                    </div>
                </section>
                <div class="detail-side">
                    {loaded(
                        detail,
                        |detail| view! { <Uses id=detail.connection.id.to_string() uses=detail.uses polled_at=detail.polled_at/> },
                    )}
                    <section class="panel">
                        <div class="panel-head"><h2>{t(WebText::Secret)}</h2></div>
                        <p class="panel-lead">{t(WebText::SecretText)}</p>
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
