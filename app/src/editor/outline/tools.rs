//! What can be done with a card of the outline, as plain buttons.

use flow::StepId;
use leptos::prelude::*;

use crate::canvas::board::focus_first;
use crate::canvas::keyboard::Command;
use crate::canvas::reading::{Way, moved};
use crate::card::CardMenu;
use crate::editor::Editor;
use crate::i18n::texts::{CanvasText, EditorText, OutlineText};
use crate::i18n::{Message, t, use_speech};
use crate::kit::Icon;

/// The buttons of a card.
#[component]
pub(super) fn Tools(editor: Editor, id: StepId) -> impl IntoView {
    let (board, speech) = (editor.board, use_speech());
    let is_start = {
        let id = id.clone();
        Memo::new(move |_| {
            board
                .flow
                .with(|flow| flow.steps.first().is_some_and(|first| first.id == id))
        })
    };
    let named = id.clone();
    let name = move || {
        speech.say(&OutlineText::Tools {
            card: board.title(&named),
        })
    };
    let kept = StoredValue::new(id.clone());
    let act = move |command: Command| {
        board.selected.set(Some(kept.get_value()));
        editor.obey(command);
    };
    let open_inspector = move |_| {
        board.selected.set(Some(kept.get_value()));
        editor.tab.set("fields");
        editor.inspector.set(true);
        request_animation_frame(|| focus_first(".inspector [role='tab'][aria-selected='true']"));
    };
    view! {
        <div class="outline-tools" role="group" aria-label=name>
            {button("plus", OutlineText::AddAfter, move |_| act(Command::AddAfter))}
            {move || (!is_start.get()).then(|| button("plus", OutlineText::AddBefore, move |_| act(Command::AddBefore)))}
            <MoveButtons editor id=id.clone()/>
            {button("pencil", CanvasText::Rename, move |_| act(Command::Rename))}
            {button("copy", CanvasText::Duplicate, move |_| act(Command::Duplicate))}
            {button("panel-right", EditorText::Inspector, open_inspector)}
            {button("trash-2", CanvasText::Delete, move |_| act(Command::Delete))}
            <CardMenu editor id/>
        </div>
    }
}

fn button<M: Message + Send + Sync + 'static>(
    icon: &'static str,
    text: M,
    press: impl Fn(web_sys::MouseEvent) + 'static,
) -> impl IntoView {
    view! {
        <button class="button outline-tool" type="button" on:click=press>
            <Icon name=icon/>
            {t(text)}
        </button>
    }
}

/// Moves the card; the focus stays on the button as long as the card can go further.
#[component]
fn MoveButtons(editor: Editor, id: StepId) -> impl IntoView {
    let ways = [
        (Way::Back, "earlier", "arrow-up", OutlineText::Earlier),
        (Way::On, "later", "arrow-down", OutlineText::Later),
        (Way::In, "in", "corner-down-right", OutlineText::Inwards),
        (Way::Out, "out", "corner-down-left", OutlineText::Outwards),
    ];
    ways.into_iter()
        .map(|(way, name, icon, text)| {
            let (asked, id) = (id.clone(), id.clone());
            let can = Memo::new(move |_| {
                editor
                    .board
                    .flow
                    .with(|flow| moved(flow, &asked, way).is_some())
            });
            let press = move |_| {
                editor.move_one_by_key(&id, way);
                let again = format!("[data-outline='{id}'] > .outline-tools [data-move='{name}']:not(:disabled)");
                // After the frame in which the card itself gets the focus.
                request_animation_frame(move || {
                    request_animation_frame(move || focus_first(&again));
                });
            };
            view! {
                <button class="button outline-tool" type="button" data-move=name disabled=move || !can.get() on:click=press>
                    <Icon name=icon/>
                    {t(text)}
                </button>
            }
        })
        .collect_view()
}
