//! How much of every limit is left to others: a slider that saves when it is let go.

use api::{Budget, LEAVE_PERCENT, NewShare};
use flow::ConnectionId;
use leptos::prelude::*;

use crate::i18n::t;
use crate::i18n::texts::BudgetText;
use crate::kit::use_toasts;
use crate::rpc;

/// The slider.
#[component]
pub(super) fn Share(id: ConnectionId, budget: RwSignal<Budget>) -> impl IntoView {
    let toasts = use_toasts();
    let percent = RwSignal::new(budget.with_untracked(|budget| budget.leave_percent));
    let save = Action::new(move |share: &NewShare| {
        let (id, share) = (id.clone(), *share);
        async move {
            match rpc::save_share(id, share).await {
                Ok(saved) => {
                    let n = saved.leave_percent;
                    budget.set(saved);
                    toasts.say(&BudgetText::ShareSaved { n });
                }
                Err(refusal) => {
                    percent.set(budget.with_untracked(|budget| budget.leave_percent));
                    toasts.refuse(&refusal);
                }
            }
        }
    });
    let text = move || t(BudgetText::SharePercent { n: percent.get() }).get();
    // How much of the track is coloured; no browser does that in both themes by itself.
    let part = move || format!("--part: {}%", percent.get() * 100 / *LEAVE_PERCENT.end());
    view! {
        <div class="budget-share">
            <label for="leave-percent">{t(BudgetText::Share)}</label>
            <div class="budget-slider">
                <input
                    id="leave-percent"
                    type="range"
                    min=LEAVE_PERCENT.start().to_string()
                    max=LEAVE_PERCENT.end().to_string()
                    step="5"
                    style=part
                    aria-describedby="leave-percent-note"
                    aria-valuetext=text
                    value=percent.get_untracked().to_string()
                    prop:value=move || percent.get().to_string()
                    on:input:target=move |event| {
                        percent.set(event.target().value().parse().unwrap_or_default());
                    }
                    on:change=move |_| {
                        let leave_percent = percent.get_untracked();
                        save.dispatch(NewShare { leave_percent });
                    }
                />
                <output for="leave-percent" class="number">{text}</output>
            </div>
            <p class="hint" id="leave-percent-note">{t(BudgetText::ShareText)}</p>
        </div>
    }
}
