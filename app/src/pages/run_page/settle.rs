//! What became of a call of which nobody knows whether it took effect: the person who looked it up says so, and the run
//! goes on.

use api::{Decision, SettleRun};
use flow::{Output, RunId, StepId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Map;

use crate::canvas::board::Board;
use crate::canvas::layout::used_outputs;
use crate::editor::run_dialog::name_of;
use crate::i18n::t;
use crate::i18n::texts::TraceText;
use crate::kit::value_field::value_of;
use crate::kit::{Button, ButtonKind, Icon, use_toasts};
use crate::rpc;

/// Asks what became of the call of a card.
#[component]
pub(super) fn Settle(board: Board, id: StepId) -> impl IntoView {
    let toasts = use_toasts();
    let busy = RwSignal::new(false);
    let fields = needed(board, &id);
    let outputs = fields.clone();
    let decide = move |decision: Decision| {
        let Some(run) = run_of(board) else {
            return;
        };
        let mut given = Map::new();
        for (output, _, text) in &outputs {
            let text = text.get_untracked();
            if decision == Decision::Done && !text.trim().is_empty() {
                // What is no value of the type is refused by the server with the name of the field.
                let value =
                    value_of(&text, &output.ty, |_| 0).unwrap_or_else(|| text.as_str().into());
                given.insert(name_of(output), value);
            }
        }
        busy.set(true);
        spawn_local(async move {
            let request = SettleRun {
                id: run,
                decision,
                outputs: given,
            };
            let answer = rpc::settle_run(request).await;
            busy.try_set(false);
            match answer {
                Ok(_) => toasts.say(&TraceText::Settled),
                Err(refusal) => toasts.refuse(&refusal),
            }
        });
    };
    let (done, again, failed) = (decide.clone(), decide.clone(), decide);
    let inputs = fields.into_iter().enumerate().map(|(index, (_, label, text))| {
        let id = format!("settle-{index}");
        view! {
            <div class="field">
                <label for=id.clone()>{label}</label>
                <input class="input" id=id autocomplete="off" spellcheck="false" on:input=move |event| text.set(event_target_value(&event))/>
            </div>
        }
    });
    view! {
        <section class="settle" aria-labelledby="settle-title">
            <h3 id="settle-title"><Icon name="circle-question-mark"/>{t(TraceText::SettleTitle)}</h3>
            <p>{t(TraceText::AdviceUnknown)}</p>
            <div class="settle-way">
                {inputs.collect_view()}
                <Button kind=ButtonKind::Primary icon="check" busy=busy on_press=move || done(Decision::Done)>{t(TraceText::SettleDone)}</Button>
            </div>
            <Button icon="rotate-ccw" busy=busy on_press=move || again(Decision::Again)>{t(TraceText::SettleAgain)}</Button>
            <Button icon="circle-x" busy=busy on_press=move || failed(Decision::Failed)>{t(TraceText::SettleFailed)}</Button>
        </section>
    }
}

fn run_of(board: Board) -> Option<RunId> {
    board
        .run
        .with_untracked(|run| run.as_ref().map(|run| run.row.id.clone()))
}

/// The outputs of the card that later cards use, with their labels: the person may know them from the service.
fn needed(board: Board, id: &StepId) -> Vec<(Output, String, RwSignal<String>)> {
    board.names_now(|names| {
        let used = used_outputs(names.flow);
        let Some(step) = names.flow.step(id) else {
            return Vec::new();
        };
        step.outputs
            .iter()
            .filter(|output| used.contains(&(step.id.clone(), output.key.clone())))
            .map(|output| {
                let label = names.output(step, output);
                (output.clone(), label, RwSignal::new(String::new()))
            })
            .collect()
    })
}
