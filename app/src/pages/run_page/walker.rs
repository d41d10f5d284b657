//! First, before, number, behind, last, next failed: through the passes of a card that goes round.

use api::Pass;
use leptos::prelude::*;

use crate::canvas::traced::{Walk, stepped};
use crate::i18n::t;
use crate::i18n::texts::InspectText;
use crate::kit::Icon;

/// Walks through passes; works with any number of them, since only one is fetched.
#[component]
pub fn Walker(
    /// The pass that is shown.
    pass: Signal<Pass>,
    /// Goes to a pass.
    #[prop(into)]
    on_go: Callback<u64>,
) -> impl IntoView {
    let number = move || pass.with(|pass| pass.number);
    let count = move || pass.with(|pass| pass.count);
    let step = move |by: Walk| {
        on_go.run(stepped(untrack(number), untrack(count), by));
    };
    let button = move |icon: &'static str, text: InspectText, by: Walk, is_end: Signal<bool>| {
        let label = t(text);
        view! {
            <button type="button" class="walk" aria-label=label title=label disabled=is_end on:click=move |_| step(by)>
                <Icon name=icon/>
            </button>
        }
    };
    let at_begin = Signal::derive(move || number() <= 1);
    let at_end = Signal::derive(move || number() >= count());
    let next_failed = move || {
        pass.with(|pass| {
            let other = pass.next_failed.or(pass.first_failed);
            other.filter(|other| *other != pass.number)
        })
    };
    let typed = move |text: &str| {
        if let Ok(wanted) = text.trim().parse::<u64>() {
            on_go.run(wanted.clamp(1, untrack(count).max(1)));
        }
    };
    view! {
        <div class="walker" role="group" aria-label=t(InspectText::Passes)>
            {button("arrow-up", InspectText::FirstPass, Walk::First, at_begin)}
            {button("chevron-left", InspectText::PassBefore, Walk::Back, at_begin)}
            <label class="walk-number">
                <span class="visually-hidden">{t(InspectText::PassNumber)}</span>
                <input
                    class="input number"
                    type="number"
                    min="1"
                    max=move || count().to_string()
                    prop:value=move || number().to_string()
                    on:change=move |event| typed(&event_target_value(&event))
                />
                <span class="number">{move || t(InspectText::OfCount { count: count() })}</span>
            </label>
            {button("chevron-right", InspectText::PassBehind, Walk::On, at_end)}
            {button("arrow-down", InspectText::LastPass, Walk::Last, at_end)}
            {move || (pass.with(|pass| pass.failed) > 0).then(|| view! {
                <button
                    type="button"
                    class="walk walk-failed"
                    disabled=move || next_failed().is_none()
                    on:click=move |_| {
                        if let Some(number) = untrack(next_failed) {
                            on_go.run(number);
                        }
                    }
                >
                    <Icon name="circle-x"/>
                    {t(InspectText::NextFailed)}
                </button>
                <span class="muted">{move || t(InspectText::FailedPasses { n: pass.with(|pass| pass.failed) })}</span>
            })}
        </div>
    }
}
