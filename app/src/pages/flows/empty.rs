//! What stands where no flow is: three ways to begin, or the way out of a search.

use leptos::prelude::*;

use super::desk::Desk;
use crate::i18n::t;
use crate::i18n::texts::{FlowText, FolderText};
use crate::kit::{Button, EmptyState, Icon, LinkButton};
use crate::shell::use_set_query;

/// In place of the table.
#[component]
pub(super) fn NoFlows(desk: Desk, is_naming: RwSignal<bool>) -> impl IntoView {
    let is_filtered = move || {
        desk.asked.with(|asked| {
            !asked.text.is_empty()
                || asked.kind.is_some()
                || asked.state.is_some()
                || asked.connection.is_some()
        })
    };
    view! {
        {move || if is_filtered() {
            view! { <NothingFound desk/> }.into_any()
        } else {
            view! { <ThreeWays desk is_naming/> }.into_any()
        }}
    }
}

#[component]
fn NothingFound(desk: Desk) -> impl IntoView {
    let set_query = use_set_query();
    let text = move || desk.asked.with(|asked| asked.text.clone());
    let sentence = Signal::derive(move || match text() {
        text if text.is_empty() => t(FolderText::NothingFound).get(),
        text => t(FlowText::NoMatch { text }).get(),
    });
    view! {
        <div class="panel">
            <EmptyState icon="search" text=sentence>
                <Button on_press=move || {
                    for name in ["q", "kind", "state", "connection"] {
                        set_query(name, None);
                    }
                }>
                    {t(FlowText::ClearSearch)}
                </Button>
            </EmptyState>
        </div>
    }
}

#[component]
fn ThreeWays(desk: Desk, is_naming: RwSignal<bool>) -> impl IntoView {
    let folder = Memo::new(move |_| desk.asked.with(|asked| asked.folder.clone()));
    let sentence = move || {
        if folder.get().is_some() {
            t(FlowText::EmptyFolder)
        } else {
            t(FlowText::Empty)
        }
    };
    let with_folder = move |path: &str| match folder.get() {
        Some(folder) => format!("{path}?folder={folder}"),
        None => path.to_owned(),
    };
    view! {
        <section class="panel ways" aria-labelledby="ways">
            <h2 id="ways">{t(FolderText::BeginTitle)}</h2>
            <p class="muted">{sentence}</p>
            <div class="ways-row">
                <div class="way">
                    <span class="tile tile-large" data-family="event"><Icon name="workflow"/></span>
                    <h3>{t(FolderText::BeginNew)}</h3>
                    <p class="muted">{t(FolderText::BeginNewText)}</p>
                    <Button icon="plus" on_press=move || is_naming.set(true)>{t(FolderText::BeginNewAction)}</Button>
                </div>
                <div class="way">
                    <span class="tile tile-large" data-family="list"><Icon name="star"/></span>
                    <h3>{t(FolderText::BeginTemplate)}</h3>
                    <p class="muted">{t(FolderText::BeginTemplateText)}</p>
                    <LinkButton href=Signal::derive(move || with_folder("/templates"))>{t(FolderText::SeeTemplates)}</LinkButton>
                </div>
                <div class="way">
                    <span class="tile tile-large" data-family="http"><Icon name="package"/></span>
                    <h3>{t(FolderText::BeginImport)}</h3>
                    <p class="muted">{t(FolderText::BeginImportText)}</p>
                    <LinkButton icon="upload" href=Signal::derive(move || with_folder("/flows/import"))>
                        {t(FlowText::ImportPack)}
                    </LinkButton>
                </div>
            </div>
        </section>
    }
}
