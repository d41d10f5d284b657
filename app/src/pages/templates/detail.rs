//! One template: what it does, what it needs, what it looks like, what to do afterwards, and installing it.

use api::{TemplateFlow, TemplateView};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::install::Install;
use super::picture::{FlowPicture, spoken};
use crate::i18n::t;
use crate::i18n::texts::TemplateText;
use crate::kit::{Crumb, Crumbs, FlowTile, flow_kind, loaded};
use crate::rpc;
use crate::shell::page_title;

/// The page of a template.
#[component]
pub fn TemplatePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").unwrap_or_default());
    let template = Resource::new(move || id.get(), rpc::open_template);
    view! {
        {loaded(template, |template| view! { <Detail template/> })}
    }
}

#[component]
fn Detail(template: TemplateView) -> impl IntoView {
    let above = vec![Crumb {
        name: t(TemplateText::Title),
        href: "/templates".to_owned(),
    }];
    let title = spoken(template.row.title.clone());
    let list = |texts: Vec<api::Said>| {
        let items = texts
            .into_iter()
            .map(|text| view! { <li>{spoken(text)}</li> });
        items.collect_view()
    };
    let (needs, steps) = (list(template.needs.clone()), list(template.steps.clone()));
    let tables = template.tables.clone();
    let scopes = template.scopes.clone();
    let flows = template.flows.clone();
    view! {
        <Title text=page_title(Signal::derive(move || format!("{} · Nagare", title.get())))/>
        <header class="page-header"><Crumbs above here=title/></header>
        <div class="page">
        <div class="template">
            <div class="template-main">
                <section class="panel template-part">
                    <h2>{t(TemplateText::Overview)}</h2>
                    <p class="template-lead">{spoken(template.row.summary.clone())}</p>
                    <p>{spoken(template.overview.clone())}</p>
                </section>
                <section class="panel template-part" aria-label=t(TemplateText::FlowsOf)>
                    <h2>{t(TemplateText::FlowsOf)}</h2>
                    {flows.into_iter().map(|flow| view! { <OneFlow flow/> }).collect_view()}
                </section>
                <div class="template-columns">
                    <section class="panel template-part">
                        <h2>{t(TemplateText::Needs)}</h2>
                        <ul class="bullets">{needs}</ul>
                        {(!scopes.is_empty()).then(|| view! {
                            <h3>{t(TemplateText::Scopes)}</h3>
                            <p class="template-scopes">
                                {scopes.into_iter().map(|scope| view! { <code>{scope}</code>" " }).collect_view()}
                            </p>
                        })}
                    </section>
                    <section class="panel template-part">
                        <h2>{t(TemplateText::Steps)}</h2>
                        <ol class="bullets numbers">{steps}</ol>
                        {(!tables.is_empty()).then(|| view! {
                            <h3>{t(TemplateText::Tables)}</h3>
                            <ul class="bullets">
                                {tables.into_iter().map(|(name, columns)| view! {
                                    <li>
                                        <strong>{spoken(name)}</strong>
                                        <span class="muted">{format!(" · {}", columns.join(", "))}</span>
                                    </li>
                                }).collect_view()}
                            </ul>
                        })}
                    </section>
                </div>
            </div>
            <Install template title/>
        </div>
        </div>
    }
}

#[component]
fn OneFlow(flow: TemplateFlow) -> impl IntoView {
    let name = spoken(flow.name);
    view! {
        <div class="template-flow">
            <div class="cell-row">
                <FlowTile kind=flow.kind/>
                <h3>{name}</h3>
                <span class="muted">{t(flow_kind(flow.kind).2)}</span>
            </div>
            <p class="muted">{spoken(flow.description)}</p>
            <div class="template-picture" tabindex="0" role="region" aria-label=name>
                <FlowPicture picture=flow.picture name large=true/>
            </div>
        </div>
    }
}
