//! Home: figures over a span, runs by hour, what needs somebody, what runs most, rate limits now. Before the first flow:
//! the first steps. What is drawn stays while its figures change, so that focus and pointer keep theirs.

use api::{Home, HomeQuery, HomeSpan};
use leptos::prelude::*;
use leptos::task::spawn_local;

pub mod attention;
pub mod budgets;
pub mod busiest;
pub mod chart;
pub mod figure;
pub mod figures;
pub mod first_steps;

use crate::i18n::t;
use crate::i18n::texts::{FlowText, HomeText};
use crate::kit::{ButtonKind, LinkButton, loaded};
use crate::live::use_run_news;
use crate::rpc;
use crate::shell::{Page, use_query_value, use_set_query};
use attention::AttentionList;
use budgets::Budgets;
use busiest::Busiest;
use chart::RunsChart;
use figures::FigureRow;
use first_steps::FirstSteps;

pub use first_steps::AddressTest;

const SPANS: [(HomeSpan, &str, HomeText); 4] = [
    (HomeSpan::Hour, "1h", HomeText::Span1h),
    (HomeSpan::Day, "24h", HomeText::Span24h),
    (HomeSpan::Week, "7d", HomeText::Span7d),
    (HomeSpan::Month, "30d", HomeText::Span30d),
];

/// The first page after signing in.
#[component]
pub fn HomePage() -> impl IntoView {
    let span = use_query_value("span");
    let connection = use_query_value("connection");
    let query = Memo::new(move |_| HomeQuery {
        span: span_of(span.get().as_deref()),
        connection: connection.get().map(Into::into),
    });
    // Read once; afterwards news and choices ask again for what is drawn already.
    let first = Resource::new(|| (), move |()| rpc::home(query.get_untracked()));
    let is_new = RwSignal::new(true);
    let connections = RwSignal::new(Vec::new());
    view! {
        <Page
            title=t(HomeText::Title)
            actions=move || {
                view! {
                    {move || (!is_new.get()).then(|| view! { <Choices query connections/> })}
                }
            }
        >
            {loaded(first, move |home| view! { <Live home query is_new connections/> })}
        </Page>
    }
}

fn span_of(word: Option<&str>) -> HomeSpan {
    let known = SPANS.iter().find(|(_, known, _)| Some(*known) == word);
    known.map_or(HomeSpan::Day, |(span, ..)| *span)
}

type Connections = Vec<(flow::ConnectionId, String)>;

#[component]
fn Live(
    home: Home,
    query: Memo<HomeQuery>,
    is_new: RwSignal<bool>,
    connections: RwSignal<Connections>,
) -> impl IntoView {
    let home = RwSignal::new(home);
    let news = use_run_news(|_| true);
    let reload = move || {
        spawn_local(async move {
            let asked = query.get_untracked();
            let Ok(new) = rpc::home(asked.clone()).await else {
                // What is drawn stays; the strip at the top says that the server is gone.
                return;
            };
            if query.try_get_untracked() == Some(asked) && home.try_set(new).is_some() {
                leptos::logging::debug_warn!("home was left");
            }
        });
    };
    Effect::new(move |before: Option<(u32, HomeQuery)>| {
        let now = (news.get(), query.get());
        if before.is_some_and(|before| before != now) {
            reload();
        }
        now
    });
    let is_empty = Memo::new(move |_| home.with(has_nothing));
    Effect::new(move || {
        is_new.set(is_empty.get());
        connections.set(home.with(|home| home.connections.clone()));
    });
    let parts = Memo::new(move |_| home.with(|home| home.parts.clone()));
    let part_ms = Memo::new(move |_| home.with(|home| home.part_ms));
    view! {
        {move || if is_empty.get() {
            view! { <FirstSteps home/> }.into_any()
        } else {
            view! {
                <FigureRow home query/>
                <div class="home-columns">
                    <RunsChart parts part_ms/>
                    <AttentionList home on_changed=move || reload()/>
                    <Busiest home/>
                    <Budgets home/>
                </div>
            }
                .into_any()
        }}
    }
}

/// Nothing can have happened here yet.
fn has_nothing(home: &Home) -> bool {
    home.flows == 0 || (home.connections.is_empty() && home.busiest.is_empty())
}

#[component]
fn Choices(query: Memo<HomeQuery>, connections: RwSignal<Connections>) -> impl IntoView {
    let set_query = StoredValue::new(use_set_query());
    let spans = SPANS.into_iter().map(move |(span, word, text)| {
        let is_chosen = move || query.with(|query| query.span == span);
        view! {
            <button
                class="tab"
                type="button"
                aria-pressed=move || is_chosen().to_string()
                on:click=move |_| {
                    let word = (span != HomeSpan::Day).then(|| word.to_owned());
                    set_query.with_value(|set_query| set_query("span", word));
                }
            >
                {t(text)}
            </button>
        }
    });
    view! {
        <span class="live">{t(HomeText::Live)}</span>
        <div class="tabs spans" role="group" aria-label=t(HomeText::Span)>{spans.collect_view()}</div>
        <select
            class="input select home-connection"
            aria-label=t(HomeText::OfConnection)
            on:change=move |event| {
                let value = event_target_value(&event);
                set_query.with_value(|set_query| set_query("connection", Some(value)));
            }
        >
            <option value="">{t(HomeText::AllConnections)}</option>
            {move || connections.get().into_iter().map(|(id, name)| {
                let is_chosen = query.with(|query| query.connection.as_ref() == Some(&id));
                view! { <option value=id.to_string() selected=is_chosen>{name}</option> }
            }).collect_view()}
        </select>
        <LinkButton kind=ButtonKind::Primary icon="plus" href="/flows?new=1">
            {t(FlowText::NewFlow)}
        </LinkButton>
    }
}
