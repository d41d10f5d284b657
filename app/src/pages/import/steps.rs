//! The four steps in the header.

use leptos::prelude::*;

use super::plan::Step;
use crate::i18n::t;
use crate::i18n::texts::ImportText;
use crate::kit::Icon;

const STEPS: [(Step, ImportText); 4] = [
    (Step::File, ImportText::StepFile),
    (Step::Contents, ImportText::StepContents),
    (Step::Assign, ImportText::StepAssign),
    (Step::Done, ImportText::StepImport),
];

/// Which steps are done, which one is now.
#[component]
pub fn Steps(
    /// The step the person stands at.
    current: RwSignal<Step>,
) -> impl IntoView {
    let steps = STEPS.into_iter().enumerate().map(|(index, (step, name))| {
        let is_done = move || current.get() > step || current.get() == Step::Done;
        view! {
            <li
                class="step"
                class:step-done=is_done
                aria-current=move || (current.get() == step).then_some("step")
            >
                <span class="step-number number" aria-hidden="true">
                    {move || {
                        if is_done() {
                            view! { <Icon name="check"/> }.into_any()
                        } else {
                            (index + 1).into_any()
                        }
                    }}
                </span>
                <span class="step-name">{t(name)}</span>
                <span class="visually-hidden">
                    {move || is_done().then(|| t(ImportText::StepDone))}
                </span>
            </li>
        }
    });
    view! { <ol class="steps" aria-label=t(ImportText::Steps)>{steps.collect_view()}</ol> }
}
