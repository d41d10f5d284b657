//! The list of connections on the left.

use api::{Connection, ConnectionState};
use leptos::prelude::*;

use crate::i18n::texts::ConnectionText;
use crate::i18n::{t, use_speech};
use crate::kit::{Icon, LinkButton};

/// Links to each connection, with a search once they are many.
#[component]
pub fn List(
    /// All connections.
    connections: Vec<Connection>,
    /// Id of the one that is shown.
    #[prop(into)]
    chosen: Signal<Option<String>>,
) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let has_search = connections.len() > 5;
    let connections = StoredValue::new(connections);
    let group = move |is_org: bool, name: ConnectionText| {
        let wanted = text.get().to_lowercase();
        let fits = |connection: &&Connection| {
            (connection.module == "okta") == is_org
                && (connection.name.to_lowercase().contains(&wanted)
                    || connection.domain.to_lowercase().contains(&wanted))
        };
        let found: Vec<Connection> =
            connections.with_value(|all| all.iter().filter(fits).cloned().collect());
        let rows = found
            .into_iter()
            .map(|connection| view! { <Row connection chosen/> });
        let rows = rows.collect::<Vec<_>>();
        (!rows.is_empty()).then(|| {
            view! {
                <h2 class="split-group">{t(name)}</h2>
                <ul>{rows}</ul>
            }
        })
    };
    view! {
        <section class="split-list">
            <header class="split-head">
                <h1>{t(ConnectionText::Title)}</h1>
                <LinkButton icon="plus" href="/connections/new">
                    <span aria-hidden="true">{t(ConnectionText::NewShort)}</span>
                    <span class="visually-hidden">{t(ConnectionText::New)}</span>
                </LinkButton>
            </header>
            {has_search
                .then(|| {
                    view! {
                        <div class="search" role="search">
                            <Icon name="search"/>
                            <input
                                class="input"
                                type="search"
                                aria-label=t(ConnectionText::Search)
                                placeholder=t(ConnectionText::Search)
                                bind:value=text
                            />
                        </div>
                    }
                })}
            <nav aria-label=t(ConnectionText::List)>
                {move || group(true, ConnectionText::Orgs)}
                {move || group(false, ConnectionText::Services)}
            </nav>
        </section>
    }
}

#[component]
fn Row(connection: Connection, chosen: Signal<Option<String>>) -> impl IntoView {
    let speech = use_speech();
    let id = connection.id.to_string();
    let href = format!("/connections/{id}");
    let current = move || (chosen.get().as_deref() == Some(id.as_str())).then_some("page");
    let (tone, word) = match connection.state {
        ConnectionState::Authorized => ("ok", ConnectionText::Authorized),
        ConnectionState::NeedsReauthorization => ("warn", ConnectionText::NeedsReauthorization),
        ConnectionState::Revoking => ("plain", ConnectionText::Revoking),
    };
    let (family, icon) = match connection.module.as_str() {
        "okta" => ("okta", "building-2"),
        _ => ("http", "globe"),
    };
    view! {
        <li>
            <a class="split-row" href=href aria-current=current>
                <span class="tile" data-family=family><Icon name=icon/></span>
                <span class="row-text">
                    <span class="row-name ellipsis">{connection.name}</span>
                    <span class="row-note ellipsis">{connection.domain}</span>
                </span>
                <span class="dot" data-tone=tone role="img" aria-label=move || speech.say(&word)></span>
            </a>
        </li>
    }
}
