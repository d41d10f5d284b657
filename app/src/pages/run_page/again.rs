//! Running again: from the start or from the card where a run ended, with the version of then or the current one.

use api::{Again, AgainFrom, AgainPlan, AgainVersion, FromCard, HowChanged, RunStatus};
use flow::RunId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::{Map, Value as Json};

use crate::canvas::board::Board;
use crate::i18n::texts::{KitText, RunningText};
use crate::i18n::{Speech, t, use_speech};
use crate::kit::{Button, ButtonKind, Dialog, ErrorBox, Loading};
use crate::rpc::{self, Refusal};

/// The button with its dialog, while the run of the board is over.
#[component]
pub fn AgainButton(
    /// Whose run.
    board: Board,
    /// The one filled button of the page.
    #[prop(optional)]
    is_primary: bool,
    /// What happens with the new run.
    #[prop(into)]
    on_started: Callback<RunId>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let speech = use_speech();
    let run = Memo::new(move |_| {
        board.run.with(|run| {
            let row = &run.as_ref()?.row;
            (row.status.is_over() && row.status != RunStatus::OutcomeUnknown)
                .then(|| row.id.clone())
        })
    });
    let text = move || {
        let failed = board
            .run
            .with(|run| run.as_ref().and_then(|run| run.failed_step.clone()));
        match failed.and_then(|id| board.number(&id)) {
            Some(number) => speech.say(&RunningText::AgainFrom { number }),
            None => speech.say(&RunningText::Again),
        }
    };
    let kind = if is_primary {
        ButtonKind::Primary
    } else {
        ButtonKind::Quiet
    };
    view! {
        {move || run.get().is_some().then(|| view! {
            <Button kind icon="rotate-ccw" on_press=move || open.set(true)>{text}</Button>
        })}
        <Dialog open title=t(RunningText::AgainTitle) wide=true>
            {move || run.get().map(|id| view! { <AgainForm board id open on_started/> })}
        </Dialog>
    }
}

#[component]
fn AgainForm(
    board: Board,
    id: RunId,
    open: RwSignal<bool>,
    on_started: Callback<RunId>,
) -> impl IntoView {
    let asked = id.clone();
    let plan = LocalResource::new(move || rpc::plan_again(asked.clone()));
    move || match plan.get() {
        None => view! { <Loading/> }.into_any(),
        Some(Err(refusal)) => view! { <ErrorBox refusal/> }.into_any(),
        Some(Ok(plan)) => view! { <Choices board id=id.clone() plan open on_started/> }.into_any(),
    }
}

/// What is chosen.
#[derive(Clone, Copy)]
struct Chosen {
    from_card: RwSignal<bool>,
    current: RwSignal<bool>,
    edits: RwSignal<bool>,
    inputs: RwSignal<String>,
    repeats: RwSignal<bool>,
}

#[component]
fn Choices(
    board: Board,
    id: RunId,
    plan: AgainPlan,
    open: RwSignal<bool>,
    on_started: Callback<RunId>,
) -> impl IntoView {
    let speech = use_speech();
    let text = (plan.inputs.as_ref())
        .map(|inputs| serde_json::to_string_pretty(inputs).unwrap_or_default());
    let is_lost = plan.inputs.is_none();
    let chosen = Chosen {
        from_card: RwSignal::new(plan.from_card.is_some()),
        current: RwSignal::new(
            plan.from_card.is_none() && plan.version > 0 && plan.current.is_some(),
        ),
        edits: RwSignal::new(is_lost),
        inputs: RwSignal::new(text.unwrap_or_else(|| "{}".to_owned())),
        repeats: RwSignal::new(false),
    };
    let refusal = RwSignal::new(None::<Refusal>);
    let wrong = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let is_unsure = plan.from_card.as_ref().is_some_and(|from| from.is_unsure);
    let start = move || {
        let Some(request) = request(&id, chosen) else {
            wrong.set(true);
            return;
        };
        wrong.set(false);
        busy.set(true);
        refusal.set(None);
        spawn_local(async move {
            let answer = rpc::run_again(request).await;
            busy.try_set(false);
            match answer {
                Ok(run) => {
                    open.try_set(false);
                    on_started.run(run);
                }
                Err(refused) => {
                    refusal.try_set(Some(refused));
                }
            }
        });
    };
    let blocked =
        Signal::derive(move || is_unsure && chosen.from_card.get() && !chosen.repeats.get());
    let from = plan.from_card.clone();
    let why_not = plan.why_not.clone();
    view! {
        <form class="again-form" on:submit=move |event| { event.prevent_default(); start(); }>
            <fieldset class="again-where">
                <legend>{t(RunningText::Where)}</legend>
                {from.map(|from| view! { <FromCardChoice board chosen from/> })}
                {why_not.map(|text| view! { <p class="hint">{text}</p> })}
                <label class="choice">
                    <input
                        type="radio" name="again-from"
                        prop:checked=move || !chosen.from_card.get()
                        on:change=move |_| chosen.from_card.set(false)
                    />
                    {t(RunningText::FromStart)}
                </label>
                {move || (!chosen.from_card.get()).then(|| view! { <StartInputs chosen is_lost/> })}
            </fieldset>
            <VersionChoice plan chosen speech/>
            {move || wrong.get().then(|| view! { <p class="field-error" role="alert">{t(RunningText::NoObject)}</p> })}
            {move || refusal.get().map(|refusal| view! { <ErrorBox refusal/> })}
            <div class="dialog-foot">
                <Button on_press=move || open.set(false)>{t(KitText::Cancel)}</Button>
                <Button kind=ButtonKind::Primary icon="rotate-ccw" submit=true busy=busy disabled=blocked>{t(RunningText::AgainDo)}</Button>
            </div>
        </form>
    }
}

fn request(id: &RunId, chosen: Chosen) -> Option<Again> {
    let from_card = chosen.from_card.get_untracked();
    let edits = !from_card && chosen.edits.get_untracked();
    let inputs: Option<Map<String, Json>> = if edits {
        Some(serde_json::from_str(&chosen.inputs.get_untracked()).ok()?)
    } else {
        None
    };
    Some(Again {
        id: id.clone(),
        from: if from_card {
            AgainFrom::Card
        } else {
            AgainFrom::Start
        },
        version: if chosen.current.get_untracked() {
            AgainVersion::Current
        } else {
            AgainVersion::Same
        },
        inputs,
        repeat_unsure: chosen.repeats.get_untracked(),
    })
}

/// Going on at the card, with what is taken over and what is repeated.
#[component]
fn FromCardChoice(board: Board, chosen: Chosen, from: FromCard) -> impl IntoView {
    let (numbered, titled) = (from.step.clone(), from.step.clone());
    let text = move || {
        let (number, title) = (board.number(&numbered).unwrap_or(0), board.title(&titled));
        t(RunningText::FromCard { number, title }).get()
    };
    let (finished, kept, repeated) = (from.finished, from.kept, from.repeated);
    view! {
        <label class="choice">
            <input
                type="radio" name="again-from"
                prop:checked=move || chosen.from_card.get()
                on:change=move |_| chosen.from_card.set(true)
            />
            {text}
        </label>
        <ul class="again-says">
            <li>{t(RunningText::FinishedStay { n: finished })}</li>
            {(kept > 0).then(|| view! { <li>{t(RunningText::HelpersStay { n: kept })}</li> })}
            {(repeated > 0).then(|| view! { <li>{t(RunningText::HelpersRepeat { n: repeated })}</li> })}
            {from.is_open.then(|| view! { <li>{t(RunningText::CallIsOpen)}</li> })}
        </ul>
        {from.is_unsure.then(|| view! {
            <label class="choice again-unsure">
                <input type="checkbox" prop:checked=move || chosen.repeats.get() on:change=move |event| chosen.repeats.set(event_target_checked(&event))/>
                {t(RunningText::CallIsUnsure)}
            </label>
        })}
    }
}

/// The same inputs, or others.
#[component]
fn StartInputs(chosen: Chosen, is_lost: bool) -> impl IntoView {
    view! {
        <div class="again-inputs">
            {is_lost.then(|| view! { <p class="hint">{t(RunningText::InputsLost)}</p> })}
            {(!is_lost).then(|| view! {
                <label class="choice">
                    <input type="checkbox" prop:checked=move || chosen.edits.get() on:change=move |event| chosen.edits.set(event_target_checked(&event))/>
                    {t(RunningText::EditInputs)}
                </label>
            })}
            {move || chosen.edits.get().then(|| view! {
                <textarea
                    class="input mono" rows="8" spellcheck="false" aria-label=t(RunningText::Inputs)
                    prop:value=move || chosen.inputs.get()
                    on:input=move |event| chosen.inputs.set(event_target_value(&event))
                ></textarea>
            })}
        </div>
    }
}

#[component]
fn VersionChoice(plan: AgainPlan, chosen: Chosen, speech: Speech) -> impl IntoView {
    let version = plan.version;
    let same = move || match version {
        0 => speech.say(&RunningText::SameDraft),
        number => speech.say(&RunningText::SameVersion { number }),
    };
    let changed = plan.changed.clone();
    let is_open = plan.from_card.as_ref().is_some_and(|from| from.is_open);
    let current = plan.current.filter(|current| *current != version);
    let hindered = {
        let changed = changed.clone();
        Signal::derive(move || chosen.from_card.get() && (changed.is_some() || is_open))
    };
    Effect::new(move || {
        if hindered.get() {
            chosen.current.set(false);
        }
    });
    let why = move || {
        let changed = changed.clone().filter(|_| chosen.from_card.get())?;
        let title = changed.title;
        Some(speech.say(&match changed.how {
            HowChanged::Changed => RunningText::WasChanged { title },
            HowChanged::Removed => RunningText::WasRemoved { title },
            HowChanged::Added => RunningText::WasAdded { title },
        }))
    };
    current.map(|current| {
        view! {
            <fieldset class="again-where">
                <legend>{t(RunningText::WhichVersion)}</legend>
                <label class="choice">
                    <input type="radio" name="again-version" prop:checked=move || !chosen.current.get() on:change=move |_| chosen.current.set(false)/>
                    {same}
                </label>
                <label class="choice">
                    <input
                        type="radio" name="again-version" disabled=move || hindered.get()
                        prop:checked=move || chosen.current.get() on:change=move |_| chosen.current.set(true)
                    />
                    {t(RunningText::CurrentVersion { number: current })}
                </label>
                {move || why().map(|why| view! { <p class="hint">{why}</p> })}
            </fieldset>
        }
    })
}
