//! Connections: the list on the left, one connection or a new one on the right.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

pub mod budget;
pub mod detail;
pub mod key;
pub mod list;
pub mod new;
pub mod remove;
pub mod returned;
pub mod scopes;
pub mod uses;

use crate::i18n::t;
use crate::i18n::texts::ConnectionText;
use crate::kit::{ButtonKind, EmptyState, LinkButton, loaded};
use crate::rpc;
use detail::Detail;
use list::List;
use new::NewConnection;
use returned::Returned;

/// All connections, the first one shown.
#[component]
pub fn ConnectionsPage() -> impl IntoView {
    view! { <Connections chosen=|| None/> }
}

/// One connection.
#[component]
pub fn ConnectionPage() -> impl IntoView {
    let params = use_params_map();
    view! { <Connections chosen=move || params.read().get("id")/> }
}

/// The form for a new connection, beside the list.
#[component]
pub fn NewConnectionPage() -> impl IntoView {
    let connections = Resource::new(|| (), |()| rpc::list_connections());
    view! {
        <Title text=t(ConnectionText::New)/>
        <div class="split">
            {loaded(connections, |connections| view! { <List connections chosen=|| None/> })}
            <div class="split-main">
                <NewConnection/>
            </div>
        </div>
    }
}

#[component]
fn Connections(
    /// Id of the chosen one; the first where absent.
    #[prop(into)]
    chosen: Signal<Option<String>>,
) -> impl IntoView {
    let resource = Resource::new(|| (), |()| rpc::list_connections());
    let draw = move |connections: Vec<api::Connection>| {
        let is_empty = connections.is_empty();
        let all = StoredValue::new(connections.clone());
        let shown = Memo::new(move |_| {
            let wanted = chosen.get();
            all.with_value(|all| match wanted {
                Some(id) => all
                    .iter()
                    .find(|connection| connection.id.as_str() == id)
                    .cloned(),
                None => all.first().cloned(),
            })
        });
        let shown_id = move || shown.with(|shown| shown.as_ref().map(|shown| shown.id.to_string()));
        view! {
            <List connections chosen=shown_id/>
            <div class="split-main">
                <Returned/>
                {move || match shown.get() {
                    Some(connection) => {
                        view! { <Detail connection on_changed=move || resource.refetch()/> }
                            .into_any()
                    }
                    None if is_empty => view! { <NoConnections/> }.into_any(),
                    None => {
                        view! { <EmptyState icon="plug" text=t(ConnectionText::ChooseOne)/> }.into_any()
                    }
                }}
            </div>
        }
        .into_any()
    };
    view! {
        <Title text=t(ConnectionText::Title)/>
        <div class="split">{loaded(resource, draw)}</div>
    }
}

#[component]
fn NoConnections() -> impl IntoView {
    view! {
        <EmptyState icon="plug" text=t(ConnectionText::Empty)>
            <LinkButton kind=ButtonKind::Primary icon="plus" href="/connections/new">
                {t(ConnectionText::New)}
            </LinkButton>
        </EmptyState>
    }
}
