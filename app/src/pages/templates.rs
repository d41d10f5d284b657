//! The gallery of templates: searched, filtered by what they are good for, each with a picture of its first flow.

use api::TemplateRow;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

pub mod detail;
pub mod install;
pub mod picture;

use crate::i18n::t;
use crate::i18n::texts::TemplateText;
use crate::kit::{Button, EmptyState, Icon, Tag, flow_kind, loaded};
use crate::rpc;
use crate::shell::{Page, QuerySearch, use_query_value, use_set_query};
use picture::{FlowPicture, spoken, tag_name};

pub use detail::TemplatePage;

/// The tags in the order of their chips.
const TAGS: [&str; 12] = [
    "first",
    "lifecycle",
    "groups",
    "security",
    "delegated",
    "schedule",
    "reports",
    "api",
    "chat",
    "tables",
    "patterns",
    "errors",
];

/// The gallery.
#[component]
pub fn TemplatesPage() -> impl IntoView {
    let templates = Resource::new(|| (), |()| rpc::list_templates());
    view! {
        <Page title=t(TemplateText::Title) actions=|| view! { <QuerySearch label=t(TemplateText::Search)/> }>
            <p class="muted gallery-intro">{t(TemplateText::Intro)}</p>
            {loaded(templates, |all| view! { <Gallery all/> })}
        </Page>
    }
}

/// Tells whether a template has all words somewhere in its texts, in either language.
fn is_meant(template: &TemplateRow, words: &str) -> bool {
    let all = [
        template.title.en.as_str(),
        &template.title.ja,
        &template.summary.en,
        &template.summary.ja,
    ];
    let text = format!(
        "{} {} {}",
        all.join(" "),
        template.tags.join(" "),
        template.connectors.join(" ")
    );
    let text = text.to_lowercase();
    words
        .to_lowercase()
        .split_whitespace()
        .all(|word| text.contains(word))
}

#[component]
fn Gallery(all: Vec<TemplateRow>) -> impl IntoView {
    let words = use_query_value("q");
    let tag = use_query_value("tag");
    let folder = use_query_value("folder");
    let all = StoredValue::new(all);
    let found = move || {
        let (words, tag) = (words.get().unwrap_or_default(), tag.get());
        all.with_value(|all| {
            let found = all.iter().filter(|template| {
                is_meant(template, &words)
                    && tag.as_ref().is_none_or(|tag| template.tags.contains(tag))
            });
            found.cloned().collect::<Vec<_>>()
        })
    };
    let is_empty = move || found().is_empty();
    view! {
        <Tags chosen=tag/>
        <ul class="gallery">
            <For each=found key=|template| template.id.clone() children=move |template| {
                view! { <Entry template folder/> }
            }/>
        </ul>
        {move || is_empty().then(|| view! { <Nothing words=words.get().unwrap_or_default()/> })}
    }
}

#[component]
fn Tags(chosen: Memo<Option<String>>) -> impl IntoView {
    let set_query = StoredValue::new(use_set_query());
    let choose = move |tag: Option<&'static str>| {
        set_query.with_value(|set_query| set_query("tag", tag.map(str::to_owned)));
    };
    view! {
        <div class="gallery-tags" role="group" aria-label=t(TemplateText::ByTag)>
            <button
                class="pick"
                type="button"
                aria-pressed=move || chosen.get().is_none().to_string()
                on:click=move |_| choose(None)
            >
                {t(TemplateText::AllTags)}
            </button>
            {TAGS.into_iter().map(|tag| view! {
                <button
                    class="pick"
                    type="button"
                    aria-pressed=move || (chosen.get().as_deref() == Some(tag)).to_string()
                    on:click=move |_| choose(Some(tag))
                >
                    {tag_name(tag)}
                </button>
            }).collect_view()}
        </div>
    }
}

#[component]
fn Entry(template: TemplateRow, folder: Memo<Option<String>>) -> impl IntoView {
    let id = template.id.clone();
    let href = move || match folder.get() {
        Some(folder) => format!("/templates/{id}?folder={folder}"),
        None => format!("/templates/{id}"),
    };
    let title = spoken(template.title);
    let kinds = template.kinds.first().copied();
    let (flows, tables) = (template.kinds.len(), template.tables);
    view! {
        <li class="panel entry">
            <div class="entry-picture"><FlowPicture picture=template.picture name=title/></div>
            <div class="entry-text">
                <h2><a href=href>{title}</a></h2>
                <p class="muted">{spoken(template.summary)}</p>
                <p class="entry-facts">
                    {kinds.map(|kind| view! { <Tag icon=flow_kind(kind).1>{t(flow_kind(kind).2)}</Tag> })}
                    <span class="muted">{t(TemplateText::Flows { n: flows })}</span>
                    {(tables > 0).then(|| view! { <span class="muted">{t(TemplateText::TableCount { n: tables })}</span> })}
                    <span class="muted entry-connector">
                        <Icon name="plug"/>
                        {connectors(&template.connectors)}
                    </span>
                </p>
            </div>
        </li>
    }
}

/// The connectors that a template needs, as names.
fn connectors(modules: &[String]) -> Signal<String> {
    if modules.is_empty() {
        return t(TemplateText::NoConnector);
    }
    let names = modules.iter().map(|module| match module.as_str() {
        "okta" => "Okta",
        other => other,
    });
    Signal::stored(names.collect::<Vec<_>>().join(", "))
}

#[component]
fn Nothing(words: String) -> impl IntoView {
    let navigate = use_navigate();
    view! {
        <div class="panel">
            <EmptyState icon="search" text=t(TemplateText::NoMatch { text: words })>
                <Button on_press=move || navigate("/templates", NavigateOptions::default())>
                    {t(TemplateText::ShowAll)}
                </Button>
            </EmptyState>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_either_language() {
        let template = TemplateRow {
            id: "unlock".to_owned(),
            title: api::Said {
                en: "Unlock an account".to_owned(),
                ja: "ロックの解除".to_owned(),
            },
            summary: api::Said::default(),
            tags: vec!["delegated".to_owned()],
            connectors: vec!["okta".to_owned()],
            kinds: Vec::new(),
            tables: 0,
            picture: api::Picture::default(),
        };
        for words in ["", "ACCOUNT unlock", "ロック", "okta", "delegated unlock"] {
            assert!(is_meant(&template, words), "{words}");
        }
        assert!(!is_meant(&template, "unlock group"));
    }
}
