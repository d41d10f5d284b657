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
pub mod web_detail;
pub mod web_form;

use crate::i18n::t;
use crate::i18n::texts::{ConnectionText, WebText};
use crate::kit::{ButtonKind, EmptyState, LinkButton, loaded};
use crate::rpc;
use crate::shell::use_query_value;
use detail::Detail;
use list::List;
use new::NewConnection;
use returned::Returned;
use web_detail::WebDetail;
use web_form::WebForm;

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

/// Connections of orgs and services. Directories have pages of their own.
async fn of_services() -> Result<Vec<api::Connection>, rpc::Refusal> {
    let mut all = rpc::list_connections().await?;
    all.retain(|connection| connection.module != "active_directory");
    Ok(all)
}

/// The form for a new connection, beside the list.
#[component]
pub fn NewConnectionPage() -> impl IntoView {
    let connections = Resource::new(|| (), |()| of_services());
    let kind = use_query_value("kind");
    let is_web = Memo::new(move |_| kind.get().as_deref() == Some("web"));
    view! {
        <Title text=crate::shell::page_title(t(ConnectionText::New))/>
        <div class="split">
            {loaded(connections, |connections| view! { <List connections chosen=|| None/> })}
            <div class="split-main">{move || view! { <NewOfKind is_web=is_web.get()/> }}</div>
        </div>
    }
}

/// Two kinds of connections, and the form of the chosen one.
#[component]
fn NewOfKind(is_web: bool) -> impl IntoView {
    let return_to = use_query_value("return_to");
    let with_back = move |path: &str, joint: &str| match return_to.get() {
        Some(back) => format!("{path}{joint}return_to={back}"),
        None => path.to_owned(),
    };
    let current = |is: bool| is.then_some("page");
    view! {
        <nav class="kind-tabs" aria-label=t(ConnectionText::New)>
            <a class="tab" href=move || with_back("/connections/new", "?") aria-current=current(!is_web)>
                {t(WebText::Org)}
            </a>
            <a
                class="tab"
                href=move || with_back("/connections/new?kind=web", "&")
                aria-current=current(is_web)
            >
                {t(WebText::Service)}
            </a>
        </nav>
        {if is_web {
            view! {
                <div class="split-content">
                    <section class="panel new-connection">
                        <h2 class="first-title">{t(WebText::NewTitle)}</h2>
                        <p class="hint">{t(WebText::NewText)}</p>
                        <WebForm/>
                    </section>
                </div>
            }
                .into_any()
        } else {
            view! { <NewConnection/> }.into_any()
        }}
    }
}

#[component]
fn Connections(
    /// Id of the chosen one; the first where absent.
    #[prop(into)]
    chosen: Signal<Option<String>>,
) -> impl IntoView {
    let resource = Resource::new(|| (), |()| of_services());
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
                    Some(connection) if connection.module == "httpfunctions" => {
                        view! { <WebDetail connection on_changed=move || resource.refetch()/> }
                            .into_any()
                    }
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
        <Title text=crate::shell::page_title(t(ConnectionText::Title))/>
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
