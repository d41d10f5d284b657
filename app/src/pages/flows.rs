//! All flows: the tree of folders on the left, the flows of the chosen one as a table.

use api::{FlowList, FlowQuery};
use flow::FolderId;
use leptos::prelude::*;

pub mod branches;
pub mod bulk;
pub mod desk;
pub mod dialogs;
pub mod empty;
pub mod export;
pub mod filters;
pub mod folder_menu;
pub mod listing;
pub mod move_to;
pub mod new_flow;
pub mod row;
pub mod table;
pub mod tree;

use crate::i18n::t;
use crate::i18n::texts::{FlowText, FolderText};
use crate::kit::{Button, ButtonKind, Icon, LinkButton, loaded, use_toasts};
use crate::rpc;
use crate::shell::{Page, QuerySearch, use_may_change, use_query_value};
use desk::Desk;
use listing::Asked;
use new_flow::NewFlow;

/// The list of flows.
#[component]
pub fn FlowsPage() -> impl IntoView {
    let folder = use_query_value("folder");
    let asks_for_new = use_query_value("new");
    let asked = filters::use_asked();
    // Read once: afterwards the desk reads again what changed, and what is drawn stays.
    let flows = Resource::new(|| (), |()| rpc::list_flows(FlowQuery::default()));
    let is_naming = RwSignal::new(false);
    let may_change = use_may_change();
    Effect::new(move || {
        if asks_for_new.get().is_some() {
            is_naming.set(true);
        }
    });
    let import = move || match folder.get() {
        Some(folder) => format!("/flows/import?folder={folder}"),
        None => "/flows/import".to_owned(),
    };
    view! {
        <Page
            title=t(FlowText::Title)
            actions=move || {
                view! {
                    <QuerySearch label=t(FlowText::Search)/>
                    {move || may_change.get().then(|| view! {
                        <LinkButton icon="upload" href=Signal::derive(import)>{t(FlowText::Import)}</LinkButton>
                        <Button
                            kind=ButtonKind::Primary
                            icon="plus"
                            on_press=move || is_naming.set(true)
                        >
                            {t(FlowText::NewFlow)}
                        </Button>
                    })}
                }
            }
        >
            {loaded(flows, move |list| view! { <Flows list asked is_naming/> })}
            <NewFlow open=is_naming folder/>
        </Page>
    }
}

#[component]
fn Flows(list: FlowList, asked: Memo<Asked>, is_naming: RwSignal<bool>) -> impl IntoView {
    let desk = Desk::new(list, asked, use_toasts());
    let has = filters::use_columns(asked);
    let may_change = use_may_change();
    let is_empty = Memo::new(move |_| desk.shown.with(Vec::is_empty));
    let is_new = Memo::new(move |_| desk.list.with(|list| list.flows.is_empty()));
    view! {
        <div class="with-folders">
            <tree::FolderTree desk/>
            <div class="flow-list">
                <FolderHead desk/>
                {move || (!is_new.get()).then(|| view! { <filters::Filters desk has/> })}
                {move || if is_empty.get() {
                    view! { <empty::NoFlows desk is_naming/> }.into_any()
                } else {
                    view! { <table::FlowTable desk has/> }.into_any()
                }}
                {move || may_change.get().then(|| view! { <bulk::BulkBar desk/> })}
            </div>
        </div>
        <dialogs::Dialogs desk/>
    }
}

/// The way to the chosen folder, and what it is for.
#[component]
fn FolderHead(desk: Desk) -> impl IntoView {
    let chosen = Memo::new(move |_| desk.asked.with(|asked| asked.folder.clone()));
    let path = move |id: &FolderId| desk.list.with(|list| branches::path(&list.folders, id));
    view! {
        {move || {
            let id = chosen.get()?;
            let path = path(&id);
            let Some(folder) = path.last().cloned() else {
                return Some(view! {
                    <div class="banner" data-tone="warn" role="status">
                        <Icon name="triangle-alert"/>
                        <p class="banner-text">{t(FolderText::FolderGone)}</p>
                        <LinkButton href="/flows">{t(FolderText::AllFlows)}</LinkButton>
                    </div>
                }.into_any());
            };
            let above = path.iter().take(path.len().saturating_sub(1)).map(|folder| view! {
                <a href=format!("/flows?folder={}", folder.id)>{folder.name.clone()}</a>
                <Icon name="chevron-right"/>
            });
            let above = above.collect_view();
            let about = folder.description.clone();
            Some(view! {
                <div class="folder-head">
                    <div class="folder-title">
                        <p class="folder-path">{above}<strong>{folder.name.clone()}</strong></p>
                        {(!about.is_empty()).then(|| view! { <p class="muted">{about}</p> })}
                    </div>
                    <folder_menu::FolderMenu desk folder/>
                </div>
            }.into_any())
        }}
    }
}
