//! The header of a card: tile, title, subtitle, number, menu.

use flow::StepId;
use leptos::html;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::warning::LeavesHint;
use crate::canvas::board::{Board, use_board};
use crate::editor::trial::pin_text;
use crate::editor::{Editor, InPanel, Wrapper, use_editor};
use crate::i18n::t;
use crate::i18n::texts::{CanvasText, EditingText, RunningText};
use crate::kit::{Icon, Menu, MenuItem, known_icon};

/// The tile with the icon of a card.
#[component]
pub fn Tile(
    /// Name of the icon.
    #[prop(into)]
    icon: Signal<String>,
) -> impl IntoView {
    view! { <span class="card-tile">{move || view! { <Icon name=known_icon(&icon.get())/> }}</span> }
}

/// The header.
#[component]
pub fn Head(
    /// Of which card.
    id: StepId,
    /// With its menu; else only what is drawn from afar.
    whole: bool,
) -> impl IntoView {
    let (board, editor) = (use_board(), use_editor());
    let step = board.step(&id);
    let title = Memo::new(move |_| {
        step.with(|step| {
            step.as_ref()
                .map(|step| board.names(|names| names.card(step)))
        })
        .unwrap_or_default()
    });
    let subtitle = Memo::new(move |_| {
        step.with(|step| {
            step.as_ref()
                .map(|step| board.names(|names| names.subtitle(step)))
        })
        .unwrap_or_default()
    });
    let icon = Signal::derive(move || {
        step.with(|step| {
            let step = step.as_ref()?;
            board.names(|names| names.spec(step).map(|spec| spec.icon.clone()))
        })
        .unwrap_or_else(|| "plug".to_owned())
    });
    let number = {
        let id = id.clone();
        Memo::new(move |_| board.number(&id))
    };
    let is_known = Memo::new(move |_| {
        step.with(|step| {
            step.as_ref().is_none_or(|step| {
                board
                    .catalogue
                    .with(|catalogue| catalogue.card(&step.card).is_some())
            })
        })
    });
    let is_named = {
        let id = id.clone();
        Memo::new(move |_| editor.is_some_and(|editor| editor.naming.read().as_ref() == Some(&id)))
    };
    let rename = {
        let id = id.clone();
        move |_| {
            if let Some(editor) = editor {
                editor.naming.set(Some(id.clone()));
            }
        }
    };
    let passes = super::foot::passes(board, &id);
    let state = plate_state(board, &id, whole);
    let for_title = id.clone();
    view! {
        <header class="card-head">
            <Tile icon/>
            <div class="card-names" on:dblclick=rename>
                {move || {
                    if let (true, Some(editor)) = (is_named.get(), editor) {
                        view! { <TitleField editor id=for_title.clone() title=title.get_untracked()/> }.into_any()
                    } else {
                        view! {
                            <p class="card-title ellipsis" title=move || title.get()>{move || title.get()}</p>
                            <p class="card-sub ellipsis">
                                {move || (!is_known.get()).then(|| view! { <span class="card-unknown">{t(CanvasText::Unavailable)}" · "</span> })}
                                {move || subtitle.get()}
                            </p>
                        }
                            .into_any()
                    }
                }}
            </div>
            {state}
            {passes}
            <LeavesHint id=id.clone()/>
            {editor.filter(|_| whole).map(|editor| view! { <CardMenu editor id=id.clone()/> })}
            <span class="card-number number">{move || number.get()}</span>
        </header>
    }
}

/// The state of a card in the run, where the foot that says it is not drawn.
fn plate_state(board: Board, id: &StepId, whole: bool) -> impl IntoView + use<> {
    let did = board.step_run(id);
    let is_shown = board.is_run() && !whole;
    is_shown.then_some({
        move || {
            let state = did.with(|did| did.as_ref().map(|did| did.state));
            view! { <span class="plate-state"><Icon name=super::foot::state_icon(state)/></span> }
        }
    })
}

/// The title of a card under edit.
#[component]
pub(crate) fn TitleField(editor: Editor, id: StepId, title: String) -> impl IntoView {
    let element = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(input) = element.get() {
            if input.focus().is_err() {
                leptos::logging::warn!("the title cannot be focused");
            }
            input.select();
        }
    });
    let is_over = StoredValue::new(false);
    let end = {
        let id = id.clone();
        move |keep: bool| {
            // Taking the field away makes it lose the focus, when its owner is gone already.
            if is_over.try_get_value().unwrap_or(true) {
                return;
            }
            is_over.set_value(true);
            let text = element
                .get_untracked()
                .map(|input| input.value())
                .unwrap_or_default();
            editor.naming.set(None);
            if keep {
                editor.rename_card(&id, text.trim());
            }
        }
    };
    let on_key = {
        let end = end.clone();
        move |event: KeyboardEvent| {
            event.stop_propagation();
            if event.is_composing() {
                return;
            }
            let id = id.clone();
            match event.key().as_str() {
                "Enter" => end(true),
                "Escape" => end(false),
                _ => return,
            }
            request_animation_frame(move || crate::canvas::board::focus_card(&id));
        }
    };
    view! {
        <input
            class="card-title-field"
            aria-label=t(CanvasText::Title)
            maxlength="120"
            value=title
            node_ref=element
            on:keydown=on_key
            on:pointerdown=|event| event.stop_propagation()
            on:blur=move |_| end(true)
        />
    }
}

/// What can be done with a card.
#[component]
pub(crate) fn CardMenu(editor: Editor, id: StepId) -> impl IntoView {
    let items = StoredValue::new(id);
    let in_container = move || {
        items.with_value(|id| {
            editor.board.flow.with_untracked(|flow| {
                flow.step(id).is_some_and(|step| !step.lanes.is_empty())
                    || flow::place_of(flow, id).is_some_and(|place| place.lane.is_some())
            })
        })
    };
    let on_canvas = use_context::<InPanel>().is_none();
    let with = move |act: fn(Editor, &StepId)| move || items.with_value(|id| act(editor, id));
    view! {
        <div class="card-menu" on:pointerdown=|event| event.stop_propagation()>
            <Menu label=t(CanvasText::CardMenu) skipped=on_canvas face=|| view! { <Icon name="ellipsis"/> }>
                <MenuItem on_press=with(|editor, id| editor.naming.set(Some(id.clone())))>{t(CanvasText::Rename)}</MenuItem>
                <MenuItem on_press=with(|editor, _| editor.duplicate_chosen())>{t(CanvasText::Duplicate)}</MenuItem>
                <MenuItem on_press=with(|editor, _| editor.copy_chosen())>{t(EditingText::Copy)}</MenuItem>
                <MenuItem on_press=with(|editor, _| editor.cut_chosen())>{t(EditingText::Cut)}</MenuItem>
                <MenuItem on_press=with(|editor, _| editor.paste_from_clipboard())>{t(EditingText::PasteAfter)}</MenuItem>
                <MenuItem on_press=with(|editor, _| editor.select_all())>{t(EditingText::SelectRow)}</MenuItem>
                <MenuItem on_press=with(|editor, _| editor.fold_chosen())>{t(CanvasText::Fold)}</MenuItem>
                <MenuItem on_press=with(|editor, _| editor.wrap_chosen(Wrapper::IfError))>{t(CanvasText::WrapInIfError)}</MenuItem>
                <MenuItem on_press=with(|editor, _| editor.wrap_chosen(Wrapper::IfElse))>{t(EditingText::WrapInIfElse)}</MenuItem>
                {in_container().then(|| view! { <MenuItem on_press=with(Editor::take_out)>{t(EditingText::TakeOut)}</MenuItem> })}
                <MenuItem on_press=with(|editor, _| editor.ask_extract())>{t(EditingText::ExtractMenu)}</MenuItem>
                <MenuItem danger=true on_press=with(|editor, _| editor.ask_delete_chosen())>{t(CanvasText::Delete)}</MenuItem>
                <MenuItem on_press=with(Editor::ask_run_only)>{t(RunningText::RunCard)}</MenuItem>
                <MenuItem on_press=with(Editor::ask_run_until)>{t(RunningText::RunUntil)}</MenuItem>
                <MenuItem on_press=with(Editor::toggle_pin)>{move || items.with_value(|id| t(pin_text(editor, id))).get()}</MenuItem>
            </Menu>
        </div>
    }
}
