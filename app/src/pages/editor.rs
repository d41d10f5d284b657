//! The editor of one flow: params, the flow and the catalogue, the view.

use std::sync::Arc;

use flow::{FlowId, StepId};
use leptos::context::Provider;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_params_map;

use crate::canvas::board::Board;
use crate::canvas::view::Canvas;
use crate::canvas::{bar::ViewBar, fetch, minimap::Minimap};
use crate::editor::{
    AddPopover, AirLayer, Coach, DeleteDialog, DraftStrip, Editor, EditorActions, EditorLead,
    EditorTabs, ExtractDialog, FindBar, FlowRuns, Inspector, LookOnly, Outline, Palette,
    PaletteGuide, PickerPopover, ProblemBar, RunDialog, RunPanel, RunWatcher, SaveDialog,
    SelectionBar, ShortcutsDialog, TypedPopover, ValuesPopover, Versions, listen_to_clipboard,
    on_key, on_key_anywhere,
};
use crate::i18n::texts::EditorText;
use crate::i18n::{t, use_speech};
use crate::kit::{ErrorBox, Loading};
use crate::pages::run_page::keys::on_key as look_around;
use crate::rpc::{self, Refusal};
use crate::shell::{RailPage, Width, remember_flow, use_commands, use_query_value, use_width};

/// The editor of one flow.
#[component]
pub fn EditorPage() -> impl IntoView {
    let editor = Editor::new();
    provide_context(editor);
    provide_context(editor.board);
    let refused = RwSignal::new(None::<Refusal>);
    open_flow(editor, refused);
    fetch_catalogue(editor.board);
    Effect::new(move || {
        editor.board.catalogue.track();
        editor.check_now();
    });
    go_to_card(editor);
    offer_commands(editor);
    editor.show_run_of_address();
    let tab = editor.view;
    // A memo: to be told again that nothing is refused must not draw the editor anew.
    let shown = Memo::new(move |_| (refused.get(), tab.get()));
    let title = Signal::derive(move || {
        let name = editor.board.flow.with(|flow| flow.name.clone());
        if name.is_empty() {
            t(EditorText::Flows).get()
        } else {
            name
        }
    });
    Effect::new(move || {
        editor.listen();
        listen_to_clipboard(editor);
        let keys = window_event_listener(leptos::ev::keydown, move |event| {
            on_key_anywhere(editor, &event)
        });
        let hidden = window_event_listener(leptos::ev::pagehide, move |_| {
            editor.remember();
            editor.draft.send_off(editor);
            editor.leave();
        });
        let online =
            window_event_listener(leptos::ev::online, move |_| editor.draft.try_now(editor));
        editor.room.keep_telling(editor);
        let back = window_event_listener(leptos::ev::focus, move |_| editor.draft.try_now(editor));
        on_cleanup(move || {
            online.remove();
            back.remove();
            editor.remember();
            editor.draft.send_off(editor);
            editor.leave();
            keys.remove();
            hidden.remove();
        });
    });
    view! {
        <RailPage
            title
            lead=move || view! { <EditorLead editor/> }
            middle=move || view! { <EditorTabs chosen=tab/> }
            actions=move || view! { <EditorActions editor/> }
        >
            <DraftStrip editor/>
            <SaveDialog editor/>
            {move || match shown.get() {
                (Some(refusal), _) => view! { <div class="page"><ErrorBox refusal/></div> }.into_any(),
                (None, "runs") => view! { <FlowRuns editor/> }.into_any(),
                (None, "versions") => view! { <Versions editor/> }.into_any(),
                (None, _) => view! { <Design editor/> }.into_any(),
            }}
        </RailPage>
    }
}

#[component]
fn Design(editor: Editor) -> impl IntoView {
    let is_loaded = Memo::new(move |_| {
        editor.row.read().is_some()
            && editor
                .board
                .catalogue
                .with(|catalogue| catalogue.cards().next().is_some())
    });
    let width = use_width();
    let is_phone = Memo::new(move |_| width.get() == Width::Phone);
    let looks = editor.draft.is_read_only;
    let is_outline = Memo::new(move |_| is_phone.get() || editor.outline.get());
    // Sheets do not lie over the canvas before somebody asks for them.
    Effect::new(move || {
        if width.get() <= Width::Tablet {
            editor.palette.set(false);
            editor.inspector.set(false);
        }
    });
    Effect::new(move || editor.remember_outline());
    editor.keep_focus();
    view! {
        <div class="editor" class:editor-outline=move || is_outline.get()>
            {move || (is_loaded.get() && editor.palette.get() && !is_phone.get() && !looks.get()).then(|| view! { <Palette editor/> })}
            <div class="run-middle">
            <div class="editor-middle">
                {move || {
                    if is_loaded.get() {
                        view! { <Surface editor is_phone/> }.into_any()
                    } else {
                        view! { <div class="canvas"><Loading/></div> }.into_any()
                    }
                }}
                {move || (is_loaded.get() && !is_outline.get()).then(|| view! { <ViewBar/> <Minimap/> })}
                {move || is_loaded.get().then(|| view! {
                    <ProblemBar editor/>
                    <FindBar editor/>
                })}
                {move || (is_loaded.get() && !looks.get()).then(|| view! {
                    <SelectionBar editor/>
                    <AddPopover editor/>
                    <Coach editor/>
                })}
            </div>
            {move || (is_loaded.get() && editor.trials.open.get()).then(|| view! { <RunPanel editor/> })}
            </div>
            {move || (is_loaded.get() && editor.inspector.get() && !is_phone.get()).then(|| view! { <Inspector editor/> })}
            <p class="visually-hidden" role="status" aria-live="polite">{move || editor.board.announced.get()}</p>
        </div>
        <PaletteGuide editor/>
        <AirLayer editor/>
        <ValuesPopover editor/>
        <PickerPopover editor/>
        <TypedPopover editor/>
        <DeleteDialog editor/>
        <ExtractDialog editor/>
        <RunDialog editor/>
        <RunWatcher editor/>
        <ShortcutsDialog editor/>
    }
}

/// Lets the command palette act on this flow, and find it again later.
fn offer_commands(editor: Editor) {
    let desk = use_commands();
    Effect::new(move || desk.offer(editor));
    Effect::new(move || {
        editor.row.with(|row| {
            if let Some(row) = row {
                remember_flow(row.id.as_str(), &row.name);
            }
        });
    });
}

/// The canvas, or the outline in its place: chosen, or the window is too narrow for a canvas.
#[component]
fn Surface(editor: Editor, is_phone: Memo<bool>) -> impl IntoView {
    // A memo: what is told again must not draw the canvas anew.
    let looks = Memo::new(move |_| editor.draft.is_read_only.get());
    let is_fixed = Memo::new(move |_| is_phone.get() || looks.get());
    move || {
        if is_phone.get() || editor.outline.get() {
            view! { <Outline read_only=is_fixed/> }.into_any()
        } else if looks.get() {
            view! { <LookOnlyCanvas editor/> }.into_any()
        } else {
            view! { <Canvas on_key=move |event| on_key(editor, &event)/> }.into_any()
        }
    }
}

/// The canvas of somebody who may only look: everything opens, nothing changes.
#[component]
fn LookOnlyCanvas(editor: Editor) -> impl IntoView {
    view! {
        <Provider value=LookOnly>
            <Canvas on_key=move |event| look_around(editor.board, &event)/>
        </Provider>
    }
}

/// Goes to the card that the address names, once the flow is drawn.
fn go_to_card(editor: Editor) {
    let card = use_query_value("card");
    let was = StoredValue::new(None::<String>);
    Effect::new(move || {
        let wanted = card.get();
        let is_drawn = editor.board.layout.with(|layout| {
            wanted
                .as_ref()
                .is_some_and(|id| layout.card(&StepId::from(id.as_str())).is_some())
        });
        let has_size = editor.board.size.with(|size| size.w > 0.0);
        if !is_drawn || !has_size || was.get_value() == wanted {
            return;
        }
        was.set_value(wanted.clone());
        if let Some(id) = wanted {
            request_animation_frame(move || editor.board.go_to(&StepId::from(id)));
        }
    });
}

/// Opens the flow of the address in the browser, again when another one is chosen.
fn open_flow(editor: Editor, refused: RwSignal<Option<Refusal>>) {
    let params = use_params_map();
    Effect::new(move || {
        let Some(id) = params.read().get("id") else {
            return;
        };
        spawn_local(async move {
            match rpc::open_flow(FlowId::from(id)).await {
                Ok(view) => {
                    refused.try_set(None);
                    if editor.row.try_get_untracked().is_some() {
                        editor.open(view);
                        editor.draft.begin(editor).await;
                        editor.room.enter(editor);
                    }
                }
                Err(refusal) => {
                    refused.try_set(Some(refusal));
                }
            }
        });
    });
}

/// Fetches the catalogue in the language of the screen, again when the language changes.
pub(super) fn fetch_catalogue(board: Board) {
    let speech = use_speech();
    Effect::new(move || {
        let language = speech.language();
        spawn_local(async move {
            if let Some(catalogue) = fetch::catalogue(language).await {
                board.catalogue.try_set(Arc::new(catalogue));
            }
        });
    });
}
