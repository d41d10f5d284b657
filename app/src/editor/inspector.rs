//! The inspector at the right: the selected card with room, its field chooser, error handling and help. Without a
//! selected card it is about the flow.

use flow::{CardKind, CardSpec, Step, StepId};
use leptos::context::Provider;
use leptos::prelude::*;

pub mod about;
pub mod attributes;
pub mod choose;
pub mod delegates;
pub mod endpoint;
pub mod errors;
pub mod handed;
pub mod help;
pub mod next_runs;
pub mod schedule;
pub mod start_inputs;
pub mod table;
pub mod uses;

use super::state::Editor;
use crate::canvas::wires::for_each_input;
use crate::card::{ConnectionChip, Field, Tile};
use crate::i18n::texts::{CanvasText, EditorText, KitText};
use crate::i18n::{t, use_speech};
use crate::kit::{Icon, Tab, Tabs};
use about::AboutFlow;
use choose::ChooseFields;
use errors::ErrorHandling;
use help::Help;

/// Fields of the inspector are ordinary tab stops, unlike those on the canvas.
#[derive(Clone, Copy)]
pub struct InPanel;

/// The inspector.
#[component]
pub fn Inspector(editor: Editor) -> impl IntoView {
    let board = editor.board;
    let chosen = Memo::new(move |_| {
        let id = board.selected.get()?;
        let is_note = board
            .flow
            .with(|flow| flow.step(&id).is_none_or(Step::is_note));
        (!is_note).then_some(id)
    });
    view! {
        <Provider value=InPanel>
        <aside
            class="inspector"
            data-region="5"
            aria-label=t(EditorText::Inspector)
            on:keydown=move |event| editor.leave_panel(&event)
        >
            {move || match (chosen.get(), editor.draft.is_read_only.get()) {
                (Some(id), true) => view! { <LookOnlyCard editor id/> }.into_any(),
                (Some(id), false) => view! { <OfCard editor id/> }.into_any(),
                (None, true) => view! { <fieldset class="look-only" disabled><AboutFlow editor/></fieldset> }.into_any(),
                (None, false) => view! { <AboutFlow editor/> }.into_any(),
            }}
        </aside>
        </Provider>
    }
}

/// A card for somebody who may only look.
#[component]
fn LookOnlyCard(editor: Editor, id: StepId) -> impl IntoView {
    view! { <Provider value=super::LookOnly><OfCard editor id/></Provider> }
}

#[component]
fn OfCard(editor: Editor, id: StepId) -> impl IntoView {
    let (board, speech) = (editor.board, use_speech());
    let step = board.step(&id);
    let spec = Memo::new(move |_| {
        step.with(|step| {
            let step = step.as_ref()?;
            board.names(|names| names.spec(step).cloned())
        })
    });
    let title = {
        let id = id.clone();
        Memo::new(move |_| board.title(&id))
    };
    let icon = Signal::derive(move || {
        spec.with(|spec| {
            spec.as_ref()
                .map_or_else(|| "plug".to_owned(), |spec| spec.icon.clone())
        })
    });
    let family = {
        let id = id.clone();
        Memo::new(move |_| board.family(&id))
    };
    let sub = {
        let id = id.clone();
        move || {
            let number = board.number(&id).unwrap_or(0);
            let names = spec
                .with(|spec| spec.as_ref().map(|spec| sub_names(spec, &title.get())))
                .unwrap_or_default();
            speech.say(&EditorText::CardNumber { names, number })
        }
    };
    let help = move || spec.with(|spec| spec.as_ref().map(|spec| spec.help.clone()));
    let tabs = vec![
        Tab {
            value: "fields",
            label: t(EditorText::Fields),
        },
        Tab {
            value: "errors",
            label: t(CanvasText::ErrorHandling),
        },
        Tab {
            value: "test",
            label: t(crate::i18n::texts::RunningText::Test),
        },
        Tab {
            value: "help",
            label: t(CanvasText::Help),
        },
    ];
    let looks = super::use_editor().is_none();
    let tabs = tabs
        .into_iter()
        .filter(|tab| !looks || tab.value != "test")
        .collect();
    let close = t(KitText::Close);
    let shown = Memo::new(move |_| editor.tab.get());
    view! {
        <header class="inspector-head" data-family=move || family.get()>
            <Tile icon/>
            <div class="card-names">
                <h2 class="ellipsis">{move || title.get()}</h2>
                <p class="card-sub ellipsis">{sub}</p>
            </div>
            <button class="bar-button" type="button" aria-label=close title=close on:click=move |_| editor.inspector.set(false)>
                <Icon name="x"/>
            </button>
            <p class="inspector-help">{help}</p>
        </header>
        <Tabs label=t(EditorText::InspectorViews) tabs chosen=editor.tab/>
        <div class="inspector-body" role="tabpanel" tabindex="0" aria-label=t(EditorText::InspectorViews)>
            <fieldset class:look-only=looks disabled=looks>
            {move || match shown.get() {
                "errors" => view! { <ErrorHandling editor id=id.clone()/> }.into_any(),
                "test" if !looks => view! { <super::TestTab editor id=id.clone()/> }.into_any(),
                "help" => view! { <Help spec=spec.get()/> }.into_any(),
                _ => view! { <Fields editor id=id.clone()/> }.into_any(),
            }}
            </fieldset>
        </div>
    }
}

/// The card's own names, besides its title.
fn sub_names(spec: &CardSpec, title: &str) -> String {
    let mut names = Vec::new();
    if spec.name != title {
        names.push(spec.name.as_str());
    }
    if spec.name_en != spec.name && spec.name_en != title {
        names.push(spec.name_en.as_str());
    }
    names.push(spec.category.as_str());
    names.join(" · ")
}

#[component]
fn Fields(editor: Editor, id: StepId) -> impl IntoView {
    let board = editor.board;
    let step = board.step(&id);
    let inputs = Memo::new(move |_| {
        let mut found = Vec::new();
        step.with(|step| {
            if let Some(step) = step {
                for_each_input(step, &mut |at, input| {
                    if !input.hidden {
                        found.push(at.clone());
                    }
                });
            }
        });
        found
    });
    let is_start = {
        let id = id.clone();
        Memo::new(move |_| {
            let is_first = board
                .flow
                .with(|flow| flow.steps.first().is_some_and(|first| first.id == id));
            let spec = step.with(|step| step.as_ref().and_then(|step| board.spec(step)));
            is_first && spec.is_some_and(|spec| spec.kind == CardKind::Event)
        })
    };
    view! {
        <Connection editor id=id.clone()/>
        {move || is_start.get().then(|| view! { <about::StartFacts editor/> })}
        {move || {
            let all = inputs.get();
            (!all.is_empty() && !is_start.get()).then(|| view! {
                <section class="inspector-part">
                    <h3>{t(EditorText::Inputs)}</h3>
                    <For each=move || inputs.get() key=Clone::clone let(at)>
                        <div class="inspector-field"><Field at/></div>
                    </For>
                </section>
            })
        }}
        <table::OfTable editor id=id.clone()/>
        <ChooseFields editor id=id.clone()/>
        <uses::WhoUses editor id/>
    }
}

/// The connection with a look at its scopes.
#[component]
fn Connection(editor: Editor, id: StepId) -> impl IntoView {
    let board = editor.board;
    let step = board.step(&id);
    let scopes = Memo::new(move |_| {
        step.with(|step| {
            let step = step.as_ref()?;
            let spec = board.spec(step)?;
            spec.connector.as_ref()?;
            Some(flow::needed_scopes(step, &spec))
        })
    });
    let granted = Memo::new(move |_| {
        let wanted = scopes.get()?;
        let chosen = step.with(|step| step.as_ref().and_then(|step| step.connection.clone()))?;
        board.connections.with(|all| {
            let connection = all.iter().find(|known| known.id == chosen)?;
            let has = |scope: &String| flow::covers(&connection.scopes, scope);
            Some(wanted.iter().all(has))
        })
    });
    move || {
        let wanted = scopes.get()?;
        let id = id.clone();
        Some(view! {
            <section class="inspector-part">
                <h3>
                    {t(CanvasText::Connection)}
                    {move || granted.get().map(|is_granted| {
                        let (tone, icon, text) = if is_granted {
                            ("ok", "check", EditorText::ScopesGranted)
                        } else {
                            ("warn", "triangle-alert", EditorText::ScopesMissing)
                        };
                        view! { <span class="tag" data-tone=tone><Icon name=icon/>{t(text)}</span> }
                    })}
                </h3>
                <ConnectionChip id/>
                {(!wanted.is_empty()).then(|| view! { <p class="hint">{t(EditorText::NeededScopes)}" "<code>{wanted.join(" ")}</code></p> })}
            </section>
        })
    }
}
