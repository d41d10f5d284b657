//! How much of every limit is left to others: a slider that saves when it is let go.

use api::{Budget, LEAVE_PERCENT, NewShare};
use flow::ConnectionId;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::i18n::t;
use crate::i18n::texts::BudgetText;
use crate::kit::use_toasts;
use crate::rpc;

/// The slider.
#[component]
pub(super) fn Share(id: ConnectionId, budget: RwSignal<Budget>) -> impl IntoView {
    let toasts = use_toasts();
    let percent = RwSignal::new(budget.with_untracked(|budget| budget.leave_percent));
    let is_saving = StoredValue::new(false);
    // One at a time, so that what was chosen last is what is kept.
    let save = move || {
        if is_saving.get_value() {
            return;
        }
        is_saving.set_value(true);
        let id = id.clone();
        spawn_local(async move {
            // Nothing to tell where the page was left meanwhile.
            while let Some(leave_percent) = percent.try_get_untracked() {
                let saved = rpc::save_share(id.clone(), NewShare { leave_percent }).await;
                if percent.try_get_untracked() != Some(leave_percent) {
                    continue;
                }
                match saved {
                    Ok(saved) => {
                        budget.set(saved);
                        toasts.say(&BudgetText::ShareSaved { n: leave_percent });
                    }
                    Err(refusal) => {
                        percent.set(budget.with_untracked(|budget| budget.leave_percent));
                        toasts.refuse(&refusal);
                    }
                }
                is_saving.set_value(false);
                break;
            }
        });
    };
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
                    on:change=move |_| save()
                />
                <output for="leave-percent" class="number">{text}</output>
            </div>
            <p class="hint" id="leave-percent-note">{t(BudgetText::ShareText)}</p>
        </div>
    }
}
