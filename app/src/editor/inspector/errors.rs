//! What happens when the card fails: retries, and then.

use flow::{FlowEdit, OnError, Retry, StepId, Then};
use leptos::prelude::*;

use crate::editor::state::Editor;
use crate::i18n::t;
use crate::i18n::texts::EditorText;

/// Error handling of a card.
#[component]
pub(super) fn ErrorHandling(editor: Editor, id: StepId) -> impl IntoView {
    let board = editor.board;
    let step = board.step(&id);
    let now = Memo::new(move |_| {
        step.with(|step| step.as_ref().map(|step| step.on_error.clone()))
            .unwrap_or_default()
    });
    let set = Callback::new(move |on_error: OnError| {
        editor.edit(FlowEdit::HandleError {
            step: id.clone(),
            on_error,
        });
    });
    let retries = move || now.with(|now| now.retry.clone());
    let toggle = move |event: web_sys::Event| {
        let on = event_target_checked(&event);
        let retry = on.then(|| Retry {
            times: 3,
            delays_ms: vec![10_000, 30_000, 60_000],
            only_rate_limits: true,
        });
        set.run(OnError {
            retry,
            ..now.get_untracked()
        });
    };
    let change = move |change: fn(&mut Retry, &str), text: String| {
        let mut on_error = now.get_untracked();
        if let Some(retry) = &mut on_error.retry {
            change(retry, &text);
            set.run(on_error);
        }
    };
    let then = move || match now.with(|now| now.then.clone()) {
        Then::Halt => "halt",
        Then::ReturnValues => "return",
        Then::RunFlow { .. } => "flow",
    };
    let choose_then = move |event: web_sys::Event| {
        let first = board
            .callable
            .with_untracked(|flows| flows.first().map(|row| row.id.clone()));
        let then = match event_target_value(&event).as_str() {
            "return" => Then::ReturnValues,
            "flow" => match first {
                Some(flow) => Then::RunFlow { flow },
                None => Then::Halt,
            },
            _ => Then::Halt,
        };
        set.run(OnError {
            then,
            ..now.get_untracked()
        });
    };
    let option = move |value: &'static str, text: EditorText| {
        view! { <option value=value selected=move || then() == value prop:selected=move || then() == value>{t(text)}</option> }
    };
    view! {
        <section class="inspector-part">
            <h3>{t(EditorText::Retry)}</h3>
            <label class="choose-row">
                <input type="checkbox" prop:checked=move || retries().is_some() on:change=toggle/>
                <span>{t(EditorText::TryAgainFirst)}</span>
            </label>
            {move || retries().map(|retry| view! {
                <div class="field">
                    <label for="retry-times">{t(EditorText::Times)}</label>
                    <input
                        class="input" id="retry-times" type="number" min="1" max="10"
                        prop:value=retry.times.to_string()
                        on:change=move |event| change(|retry, text| retry.times = text.parse().unwrap_or(1).clamp(1, 10), event_target_value(&event))
                    />
                </div>
                <div class="field">
                    <label for="retry-delay">{t(EditorText::DelaySeconds)}</label>
                    <input
                        class="input" id="retry-delay"
                        prop:value=waits(&retry)
                        on:change=move |event| change(|retry, text| retry.delays_ms = delays(text), event_target_value(&event))
                    />
                </div>
                <label class="choose-row">
                    <input
                        type="checkbox"
                        prop:checked=retry.only_rate_limits
                        on:change=move |event| {
                            let on = event_target_checked(&event).to_string();
                            change(|retry, text| retry.only_rate_limits = text == "true", on);
                        }
                    />
                    <span>{t(EditorText::OnlyRateLimits)}</span>
                </label>
            })}
        </section>
        <section class="inspector-part">
            <h3>{t(EditorText::AndThen)}</h3>
            <select class="input select" aria-label=t(EditorText::AndThen) on:change=choose_then>
                {option("halt", EditorText::ThenHalt)}
                {option("return", EditorText::ThenReturn)}
                {option("flow", EditorText::ThenFlow)}
            </select>
            {move || match now.with(|now| now.then.clone()) {
                Then::RunFlow { flow } => Some(view! {
                    <select
                        class="input select"
                        aria-label=t(EditorText::ThenFlow)
                        on:change=move |event| {
                            let then = Then::RunFlow { flow: event_target_value(&event).into() };
                            set.run(OnError { then, ..now.get_untracked() });
                        }
                    >
                        {board.callable.get().into_iter().map(|row| {
                            let is_chosen = row.id == flow;
                            view! { <option value=row.id.to_string() selected=is_chosen>{row.name}</option> }
                        }).collect_view()}
                    </select>
                }),
                Then::Halt | Then::ReturnValues => None,
            }}
            <p class="hint">{t(EditorText::ErrorHint)}</p>
        </section>
    }
}

fn waits(retry: &Retry) -> String {
    let seconds: Vec<String> = retry
        .delays_ms
        .iter()
        .map(|ms| (ms / 1_000).to_string())
        .collect();
    seconds.join(", ")
}

/// Reads waits in seconds, separated by commas; at most ten, at most an hour each.
fn delays(text: &str) -> Vec<u64> {
    let delays: Vec<u64> = text
        .split(',')
        .filter_map(|part| part.trim().parse::<u64>().ok())
        .map(|seconds| seconds.min(3_600) * 1_000)
        .take(10)
        .collect();
    if delays.is_empty() {
        vec![10_000]
    } else {
        delays
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_read_and_bounded() {
        assert_eq!(delays("5, 10,x, 99999"), [5_000, 10_000, 3_600_000]);
        assert_eq!(delays(""), [10_000]);
    }
}
