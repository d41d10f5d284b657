//! The flow itself: description, what is kept, what starts it, what happens when a card fails.

use flow::{FlowEdit, FlowKind};
use leptos::prelude::*;

use super::delegates::Delegates;
use super::endpoint::EndpointForm;
use super::errors::FlowErrors;
use super::schedule::ScheduleForm;
use super::start_inputs::StartInputs;
use crate::editor::state::Editor;
use crate::i18n::t;
use crate::i18n::texts::{EditorText, KitText, SearchText};
use crate::kit::Icon;
use crate::pages::search::who_uses;

/// The flow itself.
#[component]
pub(super) fn AboutFlow(editor: Editor) -> impl IntoView {
    let board = editor.board;
    let flow = board.flow;
    let close = t(KitText::Close);
    view! {
        <header class="inspector-head">
            <span class="card-tile"><Icon name="workflow"/></span>
            <div class="card-names">
                <h2 class="ellipsis">{move || flow.with(|flow| flow.name.clone())}</h2>
                <p class="card-sub">{t(EditorText::AboutFlow)}</p>
            </div>
            <button class="bar-button" type="button" aria-label=close title=close on:click=move |_| editor.inspector.set(false)>
                <Icon name="x"/>
            </button>
        </header>
        <div class="inspector-body">
            <section class="inspector-part">
                <div class="field">
                    <label for="flow-description">{t(EditorText::Description)}</label>
                    <textarea
                        class="input"
                        id="flow-description"
                        rows="4"
                        prop:value=move || flow.with(|flow| flow.description.clone())
                        on:change=move |event| {
                            editor.edit(FlowEdit::Describe { description: event_target_value(&event) });
                        }
                    ></textarea>
                </div>
                <label class="choose-row">
                    <input
                        type="checkbox"
                        prop:checked=move || flow.with(|flow| flow.saves_data)
                        on:change=move |event| {
                            editor.edit(FlowEdit::KeepData { saves_data: event_target_checked(&event) });
                        }
                    />
                    <span>{t(EditorText::SaveData)}</span>
                </label>
            </section>
            <StartFacts editor/>
            <FlowErrors editor/>
            <WhoCalls editor/>
        </div>
    }
}

/// Where a helper flow is called from.
#[component]
fn WhoCalls(editor: Editor) -> impl IntoView {
    let flow = editor.board.flow;
    let helper = Memo::new(move |_| {
        flow.with(|flow| (flow.kind() == FlowKind::Helper).then(|| flow.id.to_string()))
    });
    move || {
        helper.get().map(|id| {
            view! {
                <section class="inspector-part">
                    <a class="link-button" href=who_uses("helper", &id)>{t(SearchText::WhoUses)}</a>
                </section>
            }
        })
    }
}

/// What starts the flow: its schedule, its address, or the people who may run it.
#[component]
pub(super) fn StartFacts(editor: Editor) -> impl IntoView {
    let kind = Memo::new(move |_| editor.board.flow.with(flow::Flow::kind));
    move || match kind.get() {
        FlowKind::Helper | FlowKind::Scheduled => Some(view! { <ScheduleForm editor/> }.into_any()),
        FlowKind::ApiEndpoint => Some(view! { <EndpointForm editor/> }.into_any()),
        FlowKind::Delegated => Some(view! { <StartInputs editor/><Delegates editor/> }.into_any()),
        FlowKind::Manual => Some(view! { <StartInputs editor/> }.into_any()),
        FlowKind::Event => None,
    }
}
