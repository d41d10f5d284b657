//! What happens when a card fails: retries, and then. For one card, or for all cards that have no setting of their own.

use flow::{FlowEdit, FlowId, OnError, Retry, StepId, Then};
use leptos::prelude::*;

use super::handed::HandedValues;
use crate::editor::state::Editor;
use crate::i18n::t;
use crate::i18n::texts::{EditorText, KindText};

/// Error handling of a card.
#[component]
pub(super) fn ErrorHandling(editor: Editor, id: StepId) -> impl IntoView {
    let board = editor.board;
    let step = board.step(&id);
    let own = Memo::new(move |_| {
        step.with(|step| step.as_ref().map(|step| step.on_error.clone()))
            .unwrap_or_default()
    });
    let default = Memo::new(move |_| board.flow.with(|flow| flow.on_error.clone()));
    let set = {
        let id = id.clone();
        Callback::new(move |on_error: OnError| {
            let has_default = default.with_untracked(|default| !default.is_default());
            editor.edit(FlowEdit::HandleError {
                step: id.clone(),
                on_error: OnError {
                    is_own: has_default,
                    ..on_error
                },
            });
        })
    };
    let follows = Memo::new(move |_| {
        own.with(OnError::is_default) && default.with(|default| !default.is_default())
    });
    let inherit = {
        let id = id.clone();
        move |event: web_sys::Event| {
            let on_error = if event_target_checked(&event) {
                OnError {
                    is_own: true,
                    ..default.get_untracked()
                }
            } else {
                OnError::default()
            };
            editor.edit(FlowEdit::HandleError {
                step: id.clone(),
                on_error,
            });
        }
    };
    let then = Memo::new(move |_| own.with(|own| own.then.clone()));
    view! {
        {move || default.with(|default| !default.is_default()).then(|| view! {
            <section class="inspector-part">
                <label class="choose-row">
                    <input type="checkbox" prop:checked=move || !follows.get() on:change=inherit.clone()/>
                    <span>{t(KindText::OwnSetting)}</span>
                </label>
                {move || follows.get().then(|| view! { <p class="hint">{t(KindText::AsDefault)}</p> })}
            </section>
        })}
        {move || (!follows.get()).then(|| view! { <Policy editor now=own.into() set/> })}
        {move || {
            let (title, note) = match then.get() {
                Then::Halt => return None,
                Then::ReturnValues => (KindText::ReturnedValues, None),
                Then::RunFlow { .. } => (KindText::HandedValues, Some(KindText::ErrorHanded)),
            };
            Some(view! { <HandedValues editor id=id.clone() title note/> })
        }}
        <section class="inspector-part"><p class="hint">{t(EditorText::ErrorHint)}</p></section>
    }
}

/// The flow's own default.
#[component]
pub(super) fn FlowErrors(editor: Editor) -> impl IntoView {
    let now = Memo::new(move |_| editor.board.flow.with(|flow| flow.on_error.clone()));
    let set = Callback::new(move |on_error: OnError| {
        editor.edit(FlowEdit::HandleErrors { on_error });
    });
    view! {
        <section class="inspector-part">
            <h3>{t(KindText::FlowDefault)}</h3>
            <p class="hint">{t(KindText::FlowDefaultHint)}</p>
        </section>
        <Policy editor now=now.into() set/>
        {move || match now.with(|now| now.then.clone()) {
            Then::Halt => None,
            Then::ReturnValues => Some(KindText::ErrorReturned),
            Then::RunFlow { .. } => Some(KindText::ErrorHanded),
        }
        .map(|text| view! { <section class="inspector-part"><p class="hint">{t(text)}</p></section> })}
    }
}

#[component]
fn Policy(editor: Editor, now: Signal<OnError>, set: Callback<OnError>) -> impl IntoView {
    let retry = Memo::new(move |_| now.with(|now| now.retry.clone()));
    let has_retry = Memo::new(move |_| retry.with(Option::is_some));
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
    view! {
        <section class="inspector-part">
            <h3>{t(EditorText::Retry)}</h3>
            <label class="choose-row">
                <input type="checkbox" prop:checked=move || has_retry.get() on:change=toggle/>
                <span>{t(EditorText::TryAgainFirst)}</span>
            </label>
            {move || has_retry.get().then(|| view! { <Retries retry now set/> })}
        </section>
        <AndThen editor now set/>
    }
}

#[component]
fn Retries(
    retry: Memo<Option<Retry>>,
    now: Signal<OnError>,
    set: Callback<OnError>,
) -> impl IntoView {
    let shown =
        move |read: fn(&Retry) -> String| move || retry.with(|retry| retry.as_ref().map(read));
    let change = move |change: fn(&mut Retry, &str), text: String| {
        let mut on_error = now.get_untracked();
        if let Some(retry) = &mut on_error.retry {
            change(retry, &text);
            set.run(on_error);
        }
    };
    view! {
        <div class="field">
            <label for="retry-times">{t(EditorText::Times)}</label>
            <input
                class="input" id="retry-times" type="number" min="1" max="10"
                prop:value=shown(|retry| retry.times.to_string())
                on:change=move |event| change(|retry, text| retry.times = text.parse().unwrap_or(1).clamp(1, 10), event_target_value(&event))
            />
        </div>
        <div class="field">
            <label for="retry-delay">{t(EditorText::DelaySeconds)}</label>
            <input
                class="input" id="retry-delay"
                prop:value=shown(waits)
                on:change=move |event| change(|retry, text| retry.delays_ms = delays(text), event_target_value(&event))
            />
        </div>
        <label class="choose-row">
            <input
                type="checkbox"
                prop:checked=move || retry.with(|retry| retry.as_ref().is_none_or(|retry| retry.only_rate_limits))
                on:change=move |event| {
                    let on = event_target_checked(&event).to_string();
                    change(|retry, text| retry.only_rate_limits = text == "true", on);
                }
            />
            <span>{t(EditorText::OnlyRateLimits)}</span>
        </label>
        <p class="hint">{t(KindText::RepeatableOnly)}</p>
    }
}

#[component]
fn AndThen(editor: Editor, now: Signal<OnError>, set: Callback<OnError>) -> impl IntoView {
    let board = editor.board;
    let then = Memo::new(move |_| now.with(|now| now.then.clone()));
    let word = move || match then.get() {
        Then::Halt => "halt",
        Then::ReturnValues => "return",
        Then::RunFlow { .. } => "flow",
    };
    let choose = move |event: web_sys::Event| {
        let first = board
            .callable
            .with_untracked(|flows| flows.first().map(|row| row.id.clone()));
        let then = match event_target_value(&event).as_str() {
            "return" => Then::ReturnValues,
            "flow" => first.map_or(Then::Halt, |flow| Then::RunFlow { flow }),
            _ => Then::Halt,
        };
        set.run(OnError {
            then,
            ..now.get_untracked()
        });
    };
    let option = move |value: &'static str, text: EditorText| {
        view! { <option value=value selected=move || word() == value prop:selected=move || word() == value>{t(text)}</option> }
    };
    let run = move |flow: FlowId| {
        set.run(OnError {
            then: Then::RunFlow { flow },
            ..now.get_untracked()
        });
    };
    view! {
        <section class="inspector-part">
            <h3>{t(EditorText::AndThen)}</h3>
            <select class="input select" aria-label=t(EditorText::AndThen) on:change=choose>
                {option("halt", EditorText::ThenHalt)}
                {option("return", EditorText::ThenReturn)}
                {option("flow", EditorText::ThenFlow)}
            </select>
            {move || match then.get() {
                Then::RunFlow { flow } => Some(view! {
                    <select class="input select" aria-label=t(EditorText::ThenFlow) on:change=move |event| run(event_target_value(&event).into())>
                        {board.callable.get().into_iter().map(|row| {
                            let is_chosen = row.id == flow;
                            view! { <option value=row.id.to_string() selected=is_chosen prop:selected=is_chosen>{row.name}</option> }
                        }).collect_view()}
                    </select>
                }),
                Then::Halt | Then::ReturnValues => None,
            }}
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

/// Reads waits in seconds, separated by commas; at most ten, at most a day each.
fn delays(text: &str) -> Vec<u64> {
    let delays: Vec<u64> = text
        .split([',', '、', '，'])
        .filter_map(|part| part.trim().parse::<u64>().ok())
        .map(|seconds| seconds.min(86_400) * 1_000)
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
        assert_eq!(delays("5, 10,x, 999999"), [5_000, 10_000, 86_400_000]);
        assert_eq!(delays(""), [10_000]);
        assert_eq!(delays("5、7"), [5_000, 7_000]);
    }
}
