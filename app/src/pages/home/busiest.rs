//! The flows that run most.

use api::BusyFlow;
use leptos::prelude::*;

use crate::i18n::texts::HomeText;
use crate::i18n::{count, percent, t};
use crate::kit::{ButtonKind, LinkButton};

/// Flows by number of runs, with their share of all runs.
#[component]
pub(super) fn Busiest(flows: Vec<BusyFlow>, all: i64) -> impl IntoView {
    let is_empty = flows.is_empty();
    let rows = flows.into_iter().map(move |busy| {
        view! {
            <tr>
                <td class="cell-main">
                    <a href=format!("/flows/{}", busy.flow)>{busy.name}</a>
                </td>
                <td class="cell-number">
                    <a href=format!("/runs?flow={}", busy.flow)>{count(busy.runs)}</a>
                </td>
                <td class="cell-share">
                    <svg class="share" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                        <rect class="share-track" width="100" height="6"/>
                        <rect class="share-bar" width=share(busy.runs, all) height="6"/>
                    </svg>
                </td>
                <td class="cell-number cell-tight">{percent(busy.runs, all)}</td>
            </tr>
        }
    });
    view! {
        <section class="panel busiest" aria-labelledby="busiest">
            <div class="panel-head">
                <h2 id="busiest">{t(HomeText::BusiestFlows)}</h2>
                <LinkButton kind=ButtonKind::Bare href="/flows">
                    {t(HomeText::AllFlows)}
                </LinkButton>
            </div>
            {if is_empty {
                view! { <p class="calm">{t(HomeText::NoRunsYet)}</p> }.into_any()
            } else {
                view! {
                    <div class="table-wrap">
                        <table class="table">
                            <thead>
                                <tr>
                                    <th scope="col">{t(HomeText::Flow)}</th>
                                    <th scope="col" class="cell-number">{t(HomeText::Runs)}</th>
                                    <th scope="col" colspan="2">{t(HomeText::Share)}</th>
                                </tr>
                            </thead>
                            <tbody>{rows.collect_view()}</tbody>
                        </table>
                    </div>
                }
                    .into_any()
            }}
        </section>
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
