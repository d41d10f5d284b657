//! The flows that run most.

use api::{BusyFlow, Home};
use leptos::prelude::*;

use crate::i18n::texts::HomeText;
use crate::i18n::{Ago, count, percent, t};
use crate::kit::{ButtonKind, FlowTile, LinkButton, run_status};

/// Flows by number of runs, with failures, their share of all runs and their newest run.
#[component]
pub(super) fn Busiest(home: RwSignal<Home>) -> impl IntoView {
    let flows = Memo::new(move |_| home.with(|home| home.busiest.clone()));
    let all = Memo::new(move |_| home.with(|home| home.figures.runs));
    let rows = move || {
        let all = all.get();
        flows
            .get()
            .into_iter()
            .map(move |busy| view! { <Row busy all/> })
            .collect_view()
    };
    view! {
        <section class="panel busiest" aria-labelledby="busiest">
            <div class="panel-head">
                <h2 id="busiest">{t(HomeText::BusiestFlows)}</h2>
                <LinkButton kind=ButtonKind::Bare href="/flows">
                    {t(HomeText::AllFlows)}
                </LinkButton>
            </div>
            {move || if flows.with(Vec::is_empty) {
                view! { <p class="calm">{t(HomeText::NoRunsYet)}</p> }.into_any()
            } else {
                view! {
                    <div class="table-wrap">
                        <table class="table">
                            <thead>
                                <tr>
                                    <th scope="col">{t(HomeText::Flow)}</th>
                                    <th scope="col" class="cell-number">{t(HomeText::Runs)}</th>
                                    <th scope="col" class="cell-number">{t(HomeText::Failed)}</th>
                                    <th scope="col" class="cell-roomy">{t(HomeText::Share)}</th>
                                    <th scope="col" class="cell-wide">{t(HomeText::LastRun)}</th>
                                </tr>
                            </thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                }
                    .into_any()
            }}
        </section>
    }
}

#[component]
fn Row(busy: BusyFlow, all: i64) -> impl IntoView {
    let href = match busy.flow_kind {
        Some(_) => format!("/flows/{}", busy.flow),
        None => format!("/runs?flow={}", busy.flow),
    };
    let failed = format!("/runs?flow={}&status=failed", busy.flow);
    view! {
        <tr>
            <td class="cell-main cell-fill">
                <div class="cell-row">
                    {busy.flow_kind.map(|kind| view! { <FlowTile kind/> })}
                    <a class="ellipsis" href=href title=busy.name.clone()>{busy.name.clone()}</a>
                </div>
            </td>
            <td class="cell-number">
                <a href=format!("/runs?flow={}", busy.flow)>{count(busy.runs)}</a>
            </td>
            <td class="cell-number">
                {if busy.failed > 0 {
                    view! { <a class="is-bad" href=failed>{count(busy.failed)}</a> }.into_any()
                } else {
                    view! { <span class="muted">"0"</span> }.into_any()
                }}
            </td>
            <td class="cell-share cell-roomy" title=percent(busy.runs, all)>
                <svg class="share" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                    <rect class="share-track" width="100" height="6"/>
                    <rect class="share-bar" width=share(busy.runs, all) height="6"/>
                </svg>
                <span class="visually-hidden">{percent(busy.runs, all)}</span>
            </td>
            <td class="cell-tight cell-wide">
                {busy.last_run.map(|run| {
                    let (tone, _, text) = run_status(run.status);
                    view! {
                        <a class="last-run" href=format!("/runs/{}", run.id)>
                            <Ago at=run.at/>
                            <span class="last-status" data-tone=tone.tag()>{t(text)}</span>
                        </a>
                    }
                })}
            </td>
        </tr>
    }
}

/// Returns the length of a bar of 100.
fn share(runs: i64, all: i64) -> String {
    let tenths = runs.max(0).saturating_mul(1_000) / all.max(1);
    format!("{}.{}", tenths.min(1_000) / 10, tenths.min(1_000) % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_never_longer_than_its_track() {
        assert_eq!(share(1, 3), "33.3");
        assert_eq!(share(3, 3), "100.0");
        assert_eq!(share(9, 3), "100.0");
        assert_eq!(share(0, 0), "0.0");
    }
}
