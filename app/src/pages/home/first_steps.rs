//! Home before anything runs: three steps to the first run.

use leptos::prelude::*;

use crate::i18n::t;
use crate::i18n::texts::HomeText;
use crate::kit::{ButtonKind, Icon, LinkButton, Tag, Tone};

/// The three steps, with those that are done marked.
#[component]
pub(super) fn FirstSteps(home: RwSignal<api::Home>) -> impl IntoView {
    let is_connected = home.with_untracked(|home| !home.connections.is_empty());
    let has_flows = home.with_untracked(|home| home.flows > 0);
    view! {
        <section class="panel first-steps" aria-labelledby="first-steps">
            <h2 id="first-steps" class="first-title">{t(HomeText::FirstTitle)}</h2>
            <p class="muted">{t(HomeText::FirstText)}</p>
            <ol>
                <FirstStep
                    number=1
                    icon="plug"
                    family="okta"
                    title=HomeText::StepConnect
                    text=HomeText::StepConnectText
                    is_done=is_connected
                >
                    <LinkButton kind=loudness(!is_connected) href="/connections/new">
                        {t(HomeText::StepConnectAction)}
                    </LinkButton>
                </FirstStep>
                <FirstStep
                    number=2
                    icon="workflow"
                    family="event"
                    title=HomeText::StepFlow
                    text=HomeText::StepFlowText
                    is_done=has_flows
                >
                    <LinkButton kind=loudness(is_connected && !has_flows) href="/flows?new=1">
                        {t(HomeText::NewFlow)}
                    </LinkButton>
                    <LinkButton href="/flows/import">{t(HomeText::StepImportAction)}</LinkButton>
                </FirstStep>
                <FirstStep
                    number=3
                    icon="history"
                    family="list"
                    title=HomeText::StepOn
                    text=HomeText::StepOnText
                    is_done=false
                >
                    <LinkButton kind=loudness(is_connected && has_flows) href="/flows">
                        {t(HomeText::StepOnAction)}
                    </LinkButton>
                </FirstStep>
            </ol>
        </section>
    }
}

/// The step that comes next has the filled button.
fn loudness(is_next: bool) -> ButtonKind {
    if is_next {
        ButtonKind::Primary
    } else {
        ButtonKind::Quiet
    }
}

#[component]
fn FirstStep(
    number: usize,
    icon: &'static str,
    family: &'static str,
    title: HomeText,
    text: HomeText,
    is_done: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <li class="first-step">
            <span class="tile tile-large" data-family=family><Icon name=icon/></span>
            <div class="row-text">
                <h3>
                    <span class="number">{number}". "</span>
                    {t(title)}
                </h3>
                <p class="muted">{t(text)}</p>
            </div>
            <div class="actions">
                {is_done
                    .then(|| view! { <Tag tone=Tone::Ok icon="circle-check">{t(HomeText::Done)}</Tag> })}
                {children()}
            </div>
        </li>
    }
}
