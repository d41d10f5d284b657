//! All flows: folders on the left, the flows of the chosen one as a table.

use api::{FlowList, FlowQuery};
use leptos::prelude::*;

pub mod export;
pub mod folders;
pub mod new_flow;
pub mod remove;
pub mod row;

use crate::i18n::t;
use crate::i18n::texts::{FlowText, KindText};
use crate::kit::{Button, ButtonKind, EmptyState, Icon, LinkButton, loaded, use_toasts};
use crate::rpc;
use crate::shell::{Page, use_query_value, use_set_query};
use folders::Folders;
use new_flow::NewFlow;
use remove::{Doomed, RemoveFlow};
use row::FlowLine;

/// The list of flows.
#[component]
pub fn FlowsPage() -> impl IntoView {
    let folder = use_query_value("folder");
    let text = use_query_value("q");
    let asks_for_new = use_query_value("new");
    let set_query = use_set_query();
    let flows = Resource::new(
        move || folder.get(),
        |folder| {
            rpc::list_flows(FlowQuery {
                folder: folder.map(Into::into),
                ..FlowQuery::default()
            })
        },
    );
    let toasts = use_toasts();
    let is_naming = RwSignal::new(false);
    let doomed = RwSignal::new(None::<Doomed>);
    Effect::new(move || {
        if asks_for_new.get().is_some() {
            is_naming.set(true);
        }
    });
    view! {
        <Page
            title=t(FlowText::Title)
            actions=move || {
                let set_query = set_query.clone();
                view! {
                    <div class="search" role="search">
                        <Icon name="search"/>
                        <input
                            class="input"
                            type="search"
                            aria-label=t(FlowText::Search)
                            placeholder=t(FlowText::Search)
                            prop:value=move || text.get().unwrap_or_default()
                            on:input=move |event| set_query("q", Some(event_target_value(&event)))
                        />
                    </div>
                    {move || folder.get().map(|id| view! {
                        <Button
                            icon="download"
                            on_press=move || export::export(api::ExportRequest::Folder { id: id.clone().into() }, toasts)
                        >
                            {t(KindText::ExportFolder)}
                        </Button>
                    })}
                    <LinkButton icon="upload" href="/flows/import">{t(FlowText::Import)}</LinkButton>
                    <Button
                        kind=ButtonKind::Primary
                        icon="plus"
                        on_press=move || is_naming.set(true)
                    >
                        {t(FlowText::NewFlow)}
                    </Button>
                }
            }
        >
            {loaded(
                flows,
                move |list| {
                    view! {
                        <div class="with-folders">
                            <Folders
                                folders=list.folders.clone()
                                chosen=folder
                                on_made=move || flows.refetch()
                            />
                            <FlowTable list chosen=folder text doomed on_changed=move || flows.refetch()/>
                        </div>
                    }
                },
            )}
            <NewFlow open=is_naming folder/>
            <RemoveFlow doomed on_removed=move || flows.refetch()/>
        </Page>
    }
}

#[component]
fn FlowTable(
    list: FlowList,
    chosen: Memo<Option<String>>,
    text: Memo<Option<String>>,
    doomed: RwSignal<Option<Doomed>>,
    #[prop(into)] on_changed: Callback<()>,
) -> impl IntoView {
    if list.flows.is_empty() {
        return view! { <NoFlows in_folder=chosen.get_untracked().is_some()/> }.into_any();
    }
    // The folder of each flow says something only where flows of several are listed.
    let shows_folder = chosen.get_untracked().is_none();
    let folders = StoredValue::new(list.folders);
    let folder_name = move |flow: &api::FlowRow| {
        folders.with_value(|folders| {
            let mut of_flow = folders
                .iter()
                .filter(|folder| Some(&folder.id) == flow.folder.as_ref());
            of_flow
                .next()
                .map(|folder| folder.name.clone())
                .unwrap_or_default()
        })
    };
    let flows = StoredValue::new(list.flows);
    let shown = move || {
        let wanted = text.get().unwrap_or_default().to_lowercase();
        let found = |name: &str| name.to_lowercase().contains(&wanted);
        flows.with_value(|flows| {
            let rows = flows.iter().filter(|flow| found(&flow.name));
            rows.cloned().collect::<Vec<_>>()
        })
    };
    view! {
        <div class="table-wrap">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t(FlowText::Name)}</th>
                        {shows_folder
                            .then(|| {
                                view! { <th scope="col" class="cell-wide">{t(FlowText::InFolder)}</th> }
                            })}
                        <th scope="col">{t(FlowText::Kind)}</th>
                        <th scope="col">{t(FlowText::State)}</th>
                        <th scope="col" class="cell-wide">{t(FlowText::Changed)}</th>
                        <th scope="col">{t(FlowText::On)}</th>
                        <th scope="col"><span class="visually-hidden">{t(FlowText::Actions)}</span></th>
                    </tr>
                </thead>
                <tbody>
                    {move || {
                        let rows = shown().into_iter().map(|flow| {
                            let folder = shows_folder.then(|| folder_name(&flow));
                            view! { <FlowLine flow folder doomed on_changed/> }
                        });
                        rows.collect_view()
                    }}
                </tbody>
            </table>
            {move || {
                let text = text.get()?;
                shown().is_empty().then(|| view! { <NoMatch text/> })
            }}
        </div>
    }
    .into_any()
}

#[component]
fn NoFlows(in_folder: bool) -> impl IntoView {
    let text = if in_folder {
        FlowText::EmptyFolder
    } else {
        FlowText::Empty
    };
    view! {
        <div class="panel">
            <EmptyState icon="workflow" text=t(text)>
                <LinkButton icon="upload" href="/flows/import">{t(FlowText::ImportPack)}</LinkButton>
            </EmptyState>
        </div>
    }
}

#[component]
fn NoMatch(text: String) -> impl IntoView {
    let set_query = use_set_query();
    view! {
        <EmptyState icon="search" text=t(FlowText::NoMatch { text })>
            <Button on_press=move || set_query("q", None)>{t(FlowText::ClearSearch)}</Button>
        </EmptyState>
    }
}
