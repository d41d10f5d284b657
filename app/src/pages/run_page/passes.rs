//! The passes of cards that go round: one at a time, with the cards inside and what they took and gave in it. A loop inside
//! a loop is opened in the same way.

use std::collections::HashSet;
use std::sync::Arc;

use api::{Pass, PassQuery, RunView, StepRun};
use flow::{RunId, StepId};
use leptos::prelude::*;

use super::state_text;
use super::values::ValueList;
use super::walker::Walker;
use crate::canvas::board::Board;
use crate::canvas::label::Names;
use crate::canvas::traced::goes_round;
use crate::card::{Tile, state_icon, state_name, took};
use crate::i18n::texts::InspectText;
use crate::i18n::{t, use_speech};
use crate::kit::{ErrorBox, Icon, RunTag};
use crate::rpc::{self, Refusal};

/// The passes of the selected card, else of a card to be chosen.
#[component]
pub fn PassesView(board: Board) -> impl IntoView {
    let loops = Memo::new(move |_| {
        board
            .run
            .with(|run| {
                let run = run.as_ref()?;
                let round = run.steps.iter().filter(|did| goes_round(did));
                Some(round.map(|did| did.step.clone()).collect::<Vec<_>>())
            })
            .unwrap_or_default()
    });
    let chosen = Memo::new(move |_| {
        loops.with(|loops| {
            let selected = board.selected.get().filter(|id| loops.contains(id));
            selected.or_else(|| loops.first().filter(|_| loops.len() == 1).cloned())
        })
    });
    let run = Memo::new(move |_| {
        board
            .run
            .with(|run| run.as_ref().map(|run| run.row.id.clone()))
    });
    view! {
        <div class="passes">
            {move || match (run.get(), chosen.get()) {
                (Some(run), Some(step)) => view! { <OfTop board run step/> }.into_any(),
                _ if loops.with(Vec::is_empty) => view! { <p class="hint">{t(InspectText::NoPasses)}</p> }.into_any(),
                _ => view! { <Loops board loops/> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Loops(board: Board, loops: Memo<Vec<StepId>>) -> impl IntoView {
    view! {
        <p class="hint">{t(InspectText::ChooseLoop)}</p>
        <ul class="loops">
            <For each=move || loops.get() key=StepId::clone let(id)>
                {
                    let (titled, numbered) = (id.clone(), id.clone());
                    view! {
                        <li>
                            <button type="button" class="loop-choice" on:click=move |_| board.selected.set(Some(id.clone()))>
                                <span class="card-number number">{move || board.number(&numbered)}</span>
                                {move || board.title(&titled)}
                            </button>
                        </li>
                    }
                }
            </For>
        </ul>
    }
}

/// The passes of a card of the run that is shown; which one is chosen is the board's.
#[component]
fn OfTop(board: Board, run: RunId, step: StepId) -> impl IntoView {
    let (read, titled, numbered) = (step.clone(), step.clone(), step.clone());
    let number = Signal::derive(move || board.traced.passes.read().get(&read).copied());
    let put = step.clone();
    let on_go = Callback::new(move |to: u64| {
        board.traced.passes.update(|passes| {
            passes.insert(put.clone(), to);
        });
    });
    view! {
        <p class="passes-title">
            <span class="card-number number">{move || board.number(&numbered)}</span>
            {move || board.title(&titled)}
        </p>
        {of_card(board, run, step, number, on_go)}
    }
}

/// The passes of one card of one run.
fn of_card(
    board: Board,
    run: RunId,
    step: StepId,
    number: Signal<Option<u64>>,
    on_go: Callback<u64>,
) -> AnyView {
    // A run that goes on has more passes from moment to moment.
    let asked = Memo::new(move |_| {
        let mark = board.run.with(|run| {
            let run = run.as_ref()?;
            (!run.row.status.is_over()).then_some(Arc::as_ptr(run) as usize)
        });
        (number.get(), mark)
    });
    let found = LocalResource::new(move || {
        let (number, _) = asked.get();
        let query = PassQuery {
            run: run.clone(),
            step: step.clone(),
            number,
        };
        async move {
            let pass = rpc::open_pass(query).await?;
            let inside = match &pass.run {
                Some(row) => Some(Arc::new(rpc::open_run(row.id.clone()).await?)),
                None => None,
            };
            Ok::<Shown, Refusal>((pass, inside))
        }
    });
    // What was shown stays until the next one is here.
    let shown = RwSignal::new(None::<Result<Shown, Refusal>>);
    Effect::new(move || {
        if let Some(now) = found.get() {
            // From here on the steps begin at what is shown.
            if let (Ok((pass, _)), None) = (&now, number.get_untracked())
                && pass.number > 0
            {
                on_go.run(pass.number);
            }
            shown.set(Some(now));
        }
    });
    let pass = Signal::derive(move || {
        shown.with(|shown| match shown {
            Some(Ok((pass, _))) => pass.clone(),
            _ => NONE,
        })
    });
    let open = RwSignal::new(HashSet::new());
    view! {
        {move || shown.with(|shown| match shown {
            Some(Err(refusal)) => Some(view! { <ErrorBox refusal=refusal.clone()/> }.into_any()),
            _ => None,
        })}
        <Walker pass on_go/>
        <p class="visually-hidden" role="status">
            {move || pass.with(|pass| t(InspectText::PassOf { number: pass.number, count: pass.count }).get())}
        </p>
        {move || shown.with(|shown| match shown {
            Some(Ok((_, Some(inside)))) => Some(inside_pass(board, Arc::clone(inside), open)),
            Some(Ok((_, None))) => Some(view! { <p class="hint">{t(InspectText::NotBegun)}</p> }.into_any()),
            _ => None,
        })}
    }
    .into_any()
}

type Shown = (Pass, Option<Arc<RunView>>);

const NONE: Pass = Pass {
    number: 0,
    count: 0,
    failed: 0,
    first_failed: None,
    next_failed: None,
    run: None,
};

/// One pass: how it ended, and its cards. What is opened stays open from pass to pass, so that values can be compared.
fn inside_pass(board: Board, view: Arc<RunView>, open: RwSignal<HashSet<StepId>>) -> AnyView {
    let speech = use_speech();
    let row = view.row.clone();
    let time = row.duration_ms.map(|ms| took(ms * 1_000, speech));
    let numbers = flow::numbers(&view.flow);
    let mut ids: Vec<StepId> = view
        .flow
        .all_steps()
        .iter()
        .filter(|step| !step.is_note())
        .map(|step| step.id.clone())
        .collect();
    ids.sort_by_key(|id| numbers.get(id).copied());
    let cards = ids.into_iter().map(|id| {
        let number = numbers.get(&id).copied();
        one_card(board, &view, id, number, open)
    });
    let cards = cards.collect_view();
    view! {
        <p class="pass-state">
            <RunTag status=row.status/>
            <span class="muted number">{time}</span>
            <a href=format!("/runs/{}", row.id)>{t(InspectText::OpenPass)}</a>
        </p>
        {row.error.map(|error| view! { <p class="field-error">{error}</p> })}
        <ol class="pass-cards" aria-label=t(InspectText::CardsOfPass)>{cards}</ol>
    }
    .into_any()
}

fn one_card(
    board: Board,
    view: &Arc<RunView>,
    id: StepId,
    number: Option<usize>,
    open: RwSignal<HashSet<StepId>>,
) -> AnyView {
    let speech = use_speech();
    let did: Option<StepRun> = view.steps.iter().rev().find(|did| did.step == id).cloned();
    let state = did.as_ref().map(|did| did.state);
    let time = did
        .as_ref()
        .and_then(|did| did.took_us)
        .map(|us| took(us, speech));
    let names = Arc::clone(view);
    let named = id.clone();
    let title = move || {
        let catalogue = board.catalogue.read();
        let step = names.flow.step(&named)?;
        let names = Names {
            flow: &names.flow,
            catalogue: &catalogue,
            index: None,
        };
        Some(names.card(step))
    };
    let of_icon = Arc::clone(view);
    let icon_of = id.clone();
    let icon = Signal::derive(move || {
        let catalogue = board.catalogue.read();
        let spec = (of_icon.flow.step(&icon_of)).and_then(|step| catalogue.card(&step.card));
        spec.map_or_else(|| "plug".to_owned(), |spec| spec.icon.clone())
    });
    let (key, toggled) = (id.clone(), id);
    let is_open = Memo::new(move |_| open.read().contains(&key));
    let toggle = move |_| {
        open.update(|open| {
            if !open.remove(&toggled) {
                open.insert(toggled.clone());
            }
        });
    };
    let within = Arc::clone(view);
    view! {
        <li data-state=state.map_or("not-reached", state_name)>
            <button type="button" class="pass-card" aria-expanded=move || is_open.get().to_string() on:click=toggle>
                <Icon name="chevron-right"/>
                <span class="card-number number">{number}</span>
                <Tile icon/>
                <span class="ellipsis">{title}</span>
                <span class="pass-card-state">
                    <Icon name=state_icon(state)/>
                    <span class="visually-hidden">{t(state_text(state))}</span>
                    <span class="number">{time}</span>
                </span>
            </button>
            {move || {
                let did = did.clone().filter(|_| is_open.get())?;
                Some(opened(board, &within, did))
            }}
        </li>
    }
    .into_any()
}

fn opened(board: Board, view: &Arc<RunView>, did: StepRun) -> AnyView {
    let inner = goes_round(&did).then(|| {
        let chosen = RwSignal::new(None::<u64>);
        let go = Callback::new(move |to| chosen.set(Some(to)));
        let run = view.row.id.clone();
        view! { <div class="passes passes-inner">{of_card(board, run, did.step.clone(), chosen.into(), go)}</div> }
    });
    let error = did.error.as_ref().map(|error| error.message.clone());
    view! {
        <div class="pass-card-values">
            {error.map(|error| view! { <p class="field-error">{error}</p> })}
            <ValueList board view=Arc::clone(view) did=did.clone() is_input=true/>
            <ValueList board view=Arc::clone(view) did is_input=false/>
            {inner}
        </div>
    }
    .into_any()
}
