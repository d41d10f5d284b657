//! Home before anything runs: five steps to the first run. Each can be skipped; the page comes back until there is a flow
//! and a connection.

use api::{AddressState, AuthorizeRequest, Home, TemplateRow};
use leptos::prelude::*;

use crate::i18n::texts::{HomeText, ShellText, TemplateText};
use crate::i18n::{Language, t, use_speech};
use crate::kit::{Button, ButtonKind, ErrorBox, Icon, LinkButton, Tag, Tone, use_toasts};
use crate::pages::templates::picture::{FlowPicture, spoken};
use crate::rpc;
use crate::shell::{Theme, use_theme};

/// Templates to begin with.
const FIRST: usize = 6;

/// The five steps, with those that are done marked.
#[component]
pub(super) fn FirstSteps(home: RwSignal<Home>) -> impl IntoView {
    let session = Resource::new(|| (), |()| rpc::session());
    let is_connected = Signal::derive(move || home.with(|home| !home.connections.is_empty()));
    let has_flows = Signal::derive(move || home.with(|home| home.flows > 0));
    let name = move || {
        let session = session.get().and_then(Result::ok);
        session
            .and_then(|session| session.person)
            .map(|person| person.name)
    };
    view! {
        <section class="panel first-steps" aria-labelledby="first-steps">
            <h2 id="first-steps" class="first-title">{t(HomeText::FirstTitle)}</h2>
            <p class="muted">{t(HomeText::FirstText)}</p>
            <ol>
                <Step number=1 icon="user-check" family="data" title=HomeText::StepAdmin is_done=Signal::stored(true)>
                    <p class="muted">
                        <Transition>
                            {move || name().map(|name| t(HomeText::StepAdminText { name }))}
                        </Transition>
                    </p>
                </Step>
                <Step number=2 icon="languages" family="time" title=HomeText::StepLook is_done=Signal::stored(false)>
                    <p class="muted">{t(HomeText::StepLookText)}</p>
                    <Looks/>
                    <AddressTest/>
                </Step>
                <Step number=3 icon="plug" family="okta" title=HomeText::StepConnect is_done=is_connected>
                    <p class="muted">{t(HomeText::StepConnectText)}</p>
                    {move || (!is_connected.get()).then(|| view! { <Connect/> })}
                </Step>
                <Step number=4 icon="workflow" family="event" title=HomeText::StepFlow is_done=has_flows>
                    <p class="muted">{t(HomeText::StepFlowText)}</p>
                    <FirstFlows/>
                    <div class="actions">
                        <LinkButton href="/flows?new=1" icon="plus">{t(HomeText::NewFlow)}</LinkButton>
                        <LinkButton href="/flows/import" icon="upload">{t(HomeText::StepImportAction)}</LinkButton>
                        <LinkButton kind=ButtonKind::Bare href="/templates">{t(HomeText::AllTemplates)}</LinkButton>
                    </div>
                </Step>
                <Step number=5 icon="history" family="list" title=HomeText::StepOn is_done=Signal::stored(false)>
                    <p class="muted">{t(HomeText::StepOnText)}</p>
                    <div class="actions">
                        <LinkButton href="/flows">{t(HomeText::StepOnAction)}</LinkButton>
                    </div>
                </Step>
            </ol>
        </section>
    }
}

#[component]
fn Step(
    number: usize,
    icon: &'static str,
    family: &'static str,
    title: HomeText,
    is_done: Signal<bool>,
    children: Children,
) -> impl IntoView {
    view! {
        <li class="first-step">
            <span class="tile tile-large" data-family=family><Icon name=icon/></span>
            <div class="first-body">
                <div class="first-head">
                    <h3>
                        <span class="number">{number}". "</span>
                        {t(title)}
                    </h3>
                    {move || is_done.get().then(|| view! { <Tag tone=Tone::Ok icon="circle-check">{t(HomeText::Done)}</Tag> })}
                </div>
                {children()}
            </div>
        </li>
    }
}

/// Language and theme, at once.
#[component]
fn Looks() -> impl IntoView {
    let (speech, theme) = (use_speech(), use_theme());
    let language = move |choice: Language, name: &'static str| {
        view! {
            <button
                class="tab"
                type="button"
                lang=choice.tag()
                aria-pressed=move || (speech.language() == choice).to_string()
                on:click=move |_| speech.speak(choice)
            >
                {name}
            </button>
        }
    };
    let shade = move |choice: Theme, text: ShellText| {
        view! {
            <button
                class="tab"
                type="button"
                aria-pressed=move || (theme.get() == choice).to_string()
                on:click=move |_| theme.set(choice)
            >
                {t(text)}
            </button>
        }
    };
    view! {
        <div class="first-looks">
            <div class="tabs spans" role="group" aria-label=t(ShellText::Language)>
                {language(Language::English, "English")}
                {language(Language::Japanese, "日本語")}
            </div>
            <div class="tabs spans" role="group" aria-label=t(ShellText::Theme)>
                {shade(Theme::System, ShellText::ThemeSystem)}
                {shade(Theme::Light, ShellText::ThemeLight)}
                {shade(Theme::Dark, ShellText::ThemeDark)}
            </div>
        </div>
    }
}

/// Asks the server to call its own public address, and says who answered.
#[component]
pub fn AddressTest() -> impl IntoView {
    let test = Action::new(|(): &()| rpc::test_address());
    view! {
        <div class="first-address">
            <Button icon="globe" busy=test.pending() on_press=move || { test.dispatch(()); }>
                {t(HomeText::TestAddress)}
            </Button>
            <div role="status" class="first-answer">
                {move || test.value().get().map(|answer| match answer {
                    Ok(found) => {
                        let (tone, icon, text) = match found.state {
                            AddressState::Reached => (Tone::Ok, "circle-check", HomeText::AddressReached),
                            AddressState::Local => (Tone::Warn, "info", HomeText::AddressLocal),
                            AddressState::Lost => (Tone::Bad, "circle-x", HomeText::AddressLost),
                            AddressState::Other => (Tone::Bad, "circle-x", HomeText::AddressOther),
                        };
                        view! {
                            <p>
                                <span class="tone-icon" data-tone=tone.tag()><Icon name=icon/></span>
                                <code>{found.url}</code>
                                " "
                                {t(text)}
                            </p>
                        }
                            .into_any()
                    }
                    Err(refusal) => view! { <ErrorBox refusal/> }.into_any(),
                })}
            </div>
        </div>
    }
}

/// An org of one's own, or the one that runs beside a demo.
#[component]
fn Connect() -> impl IntoView {
    let facts = Resource::new(|| (), |()| rpc::server_facts());
    let toasts = use_toasts();
    let speech = use_speech();
    let authorize = Action::new(move |demo: &api::DemoOrg| {
        let request = AuthorizeRequest {
            name: match speech.language() {
                Language::English => "Simulated org".to_owned(),
                Language::Japanese => "シミュレーション org".to_owned(),
            },
            domain: demo.domain.clone(),
            client_id: demo.client_id.clone(),
            client_secret: demo.client_secret.clone(),
            scopes: None,
            return_to: Some("/".to_owned()),
        };
        async move {
            match rpc::authorize(request).await {
                Ok(address) if window().location().set_href(&address).is_ok() => {}
                Ok(_) => leptos::logging::warn!("the browser refuses to leave"),
                Err(refusal) => toasts.refuse(&refusal),
            }
        }
    });
    view! {
        <div class="actions">
            <LinkButton kind=ButtonKind::Primary href="/connections/new" icon="plug">
                {t(HomeText::StepConnectAction)}
            </LinkButton>
            <Transition>
                {move || {
                    let demo = facts.get().and_then(Result::ok)?.demo?;
                    let account = format!("{} / {}", demo.login, demo.password);
                    Some(view! {
                        <Button busy=authorize.pending() on_press=move || { authorize.dispatch(demo.clone()); }>
                            {t(HomeText::UseSimulated)}
                        </Button>
                        <span class="hint">{t(HomeText::SimulatedAccount { account })}</span>
                    })
                }}
            </Transition>
        </div>
    }
}

/// Six flows to begin with, a picture each.
#[component]
fn FirstFlows() -> impl IntoView {
    let templates = Resource::new(|| (), |()| rpc::list_templates());
    view! {
        <Transition>
            {move || {
                let all = templates.get().and_then(Result::ok)?;
                let first = all.into_iter().take(FIRST).map(|template| view! { <FirstFlow template/> });
                Some(view! { <ul class="first-flows">{first.collect_view()}</ul> })
            }}
        </Transition>
    }
}

#[component]
fn FirstFlow(template: TemplateRow) -> impl IntoView {
    let title = spoken(template.title);
    let tables = template.tables;
    view! {
        <li class="panel entry">
            <div class="entry-picture"><FlowPicture picture=template.picture name=title/></div>
            <div class="entry-text">
                <h4><a href=format!("/templates/{}", template.id)>{title}</a></h4>
                <p class="muted">{spoken(template.summary)}</p>
                {(tables > 0).then(|| view! { <p class="entry-facts muted">{t(TemplateText::TableCount { n: tables })}</p> })}
            </div>
        </li>
    }
}
