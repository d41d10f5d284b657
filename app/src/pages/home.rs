//! Home: figures of the last 24 hours, what needs somebody, what runs most. Before the first flow: first steps.

use api::Home;
use leptos::prelude::*;

pub mod attention;
pub mod busiest;
pub mod chart;
pub mod first_steps;

use crate::i18n::texts::{FlowText, HomeText};
use crate::i18n::{count, percent, t};
use crate::kit::{ButtonKind, LinkButton, loaded};
use crate::live::use_run_news;
use crate::rpc;
use crate::shell::Page;
use attention::Attention;
use busiest::Busiest;
use chart::HoursChart;
use first_steps::FirstSteps;

/// The first page after signing in.
#[component]
pub fn HomePage() -> impl IntoView {
    let news = use_run_news(|_| true);
    let home = Resource::new(move || news.get(), |_| rpc::home());
    view! {
        <Page
            title=t(HomeText::Title)
            actions=move || {
                view! {
                    <Transition>
                        {move || {
                            let home = home.get().and_then(Result::ok)?;
                            // The first steps have the filled button of the page themselves.
                            (!is_new(&home)).then(|| view! { <Actions/> })
                        }}
                    </Transition>
                }
            }
        >
            {loaded(home, draw)}
        </Page>
    }
}

#[component]
fn Actions() -> impl IntoView {
    view! {
        <span class="muted">{t(HomeText::Last24Hours)}</span>
        <LinkButton kind=ButtonKind::Primary icon="plus" href="/flows?new=1">
            {t(FlowText::NewFlow)}
        </LinkButton>
    }
}

/// Nothing can have happened here yet.
fn is_new(home: &Home) -> bool {
    home.flows == 0 || (home.connections == 0 && home.busiest.is_empty())
}

fn draw(home: Home) -> AnyView {
    if is_new(&home) {
        return view! { <FirstSteps flows=home.flows connections=home.connections/> }.into_any();
    }
    let runs = home.succeeded + home.failed;
    let figures = [
        (t(HomeText::Runs), count(runs), None),
        (
            t(HomeText::Succeeded),
            percent(home.succeeded, runs),
            (home.failed > 0).then(|| t(HomeText::FailedRuns { n: home.failed })),
        ),
        (
            t(HomeText::FlowsOn),
            count(i64::try_from(home.flows_on).unwrap_or(i64::MAX)),
            Some(t(HomeText::OfFlows { n: home.flows })),
        ),
        (
            t(HomeText::Connections),
            count(i64::try_from(home.connections).unwrap_or(i64::MAX)),
            None,
        ),
    ];
    let figures = figures.into_iter().map(|(name, figure, note)| {
        view! {
            <div class="panel figure">
                <dt>{name}</dt>
                <dd class="figure-number">{figure}</dd>
                <dd class="figure-note">{note}</dd>
            </div>
        }
    });
    view! {
        <dl class="figures">{figures.collect_view()}</dl>
        <div class="home-columns">
            <HoursChart hours=home.hours/>
            <Attention items=home.attention/>
            <Busiest flows=home.busiest all=runs/>
        </div>
    }
    .into_any()
}
