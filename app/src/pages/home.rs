//! Home: figures of the last 24 hours, what needs somebody, what runs most. Before the first flow: first steps.

use api::{Home, HourBar};
use leptos::prelude::*;

pub mod attention;
pub mod busiest;
pub mod chart;
pub mod figure;
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
use figure::Figure;
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
    let by_hour = |value: fn(&HourBar) -> i64| home.hours.iter().map(value).collect::<Vec<_>>();
    let number = |number: usize| count(i64::try_from(number).unwrap_or(i64::MAX));
    let failed = (home.failed > 0).then(|| t(HomeText::FailedRuns { n: home.failed }));
    let figures = view! {
        <Figure
            name=t(HomeText::Runs)
            figure=count(runs)
            hours=by_hour(|hour| hour.succeeded + hour.failed)
        />
        <Figure
            name=t(HomeText::Succeeded)
            figure=percent(home.succeeded, runs)
            note=failed
            hours=by_hour(|hour| hour.succeeded)
        />
        <Figure
            name=t(HomeText::FlowsOn)
            figure=number(home.flows_on)
            note=Some(t(HomeText::OfFlows { n: home.flows }))
        />
        <Figure name=t(HomeText::Connections) figure=number(home.connections)/>
    };
    view! {
        <dl class="figures">{figures}</dl>
        <div class="home-columns">
            <HoursChart hours=home.hours/>
            <Attention items=home.attention/>
            <Busiest flows=home.busiest all=runs/>
        </div>
    }
    .into_any()
}
