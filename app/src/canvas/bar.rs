//! The floating bar for the view: zoom, fit, wires, notes, keys.

use leptos::prelude::*;

use super::board::use_board;
use crate::editor::use_editor;
use crate::i18n::t;
use crate::i18n::texts::{CanvasText, EditorText, OutlineText};
use crate::kit::Icon;

/// Zoom, fit, and on the editor's canvas wires, note and keys.
#[component]
pub fn ViewBar() -> impl IntoView {
    let board = use_board();
    let editor = use_editor();
    let may_edit =
        Memo::new(move |_| editor.is_some_and(|editor| !editor.draft.is_read_only.get()));
    let percent = move || format!("{}%", board.viewport.get().percent());
    let button = |icon: &'static str, text: CanvasText, press: Box<dyn Fn()>| {
        let label = t(text);
        view! {
            <button class="bar-button" type="button" aria-label=label title=label on:click=move |_| press()>
                <Icon name=icon/>
            </button>
        }
    };
    let wires = move || {
        let label = t(CanvasText::Wires);
        view! {
            <button
                class="bar-button"
                type="button"
                aria-label=label
                title=label
                aria-pressed=move || board.all_wires.get().to_string()
                on:click=move |_| board.all_wires.update(|all| *all = !*all)
            >
                <Icon name="spline"/>
            </button>
        }
    };
    let panel = |icon: &'static str, text: EditorText, open: RwSignal<bool>| {
        let label = t(text);
        view! {
            <button
                class="bar-button"
                type="button"
                aria-label=label
                title=label
                aria-pressed=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon name=icon/>
            </button>
        }
    };
    view! {
        <div class="view-bar floating" role="toolbar" aria-label=t(CanvasText::View)>
            {editor
                .map(|editor| {
                    let outline = t(OutlineText::Show);
                    view! {
                        {move || may_edit.get().then(|| panel("panel-left", EditorText::Palette, editor.palette))}
                        {panel("panel-right", EditorText::Inspector, editor.inspector)}
                        <button class="bar-button" type="button" aria-label=outline title=outline on:click=move |_| editor.show_outline(true)>
                            <Icon name="list"/>
                        </button>
                        <span class="bar-line"></span>
                    }
                })}
            {button("minus", CanvasText::ZoomOut, Box::new(move || board.zoom_by(1.0 / 1.2)))}
            <button class="bar-zoom number" type="button" title=t(CanvasText::FullSize) on:click=move |_| board.zoom_to(1.0)>
                {percent}
            </button>
            {button("plus", CanvasText::ZoomIn, Box::new(move || board.zoom_by(1.2)))}
            {button("maximize", CanvasText::Fit, Box::new(move || board.fit()))}
            <button
                class="bar-button"
                type="button"
                aria-label=t(CanvasText::ZoomToCard)
                title=t(CanvasText::ZoomToCard)
                disabled=move || board.selected.read().is_none()
                on:click=move |_| board.fit_selection()
            >
                <Icon name="square"/>
            </button>
            {editor
                .map(|editor| {
                    view! {
                        <span class="bar-line"></span>
                        {wires()}
                        {button("list-minus", CanvasText::FoldAll, Box::new(move || editor.toggle_fold_all()))}
                        {move || may_edit.get().then(|| button("sticky-note", CanvasText::AddNote, Box::new(move || editor.add_note())))}
                        {button("keyboard", CanvasText::Shortcuts, Box::new(move || editor.shortcuts.set(true)))}
                    }
                })}
        </div>
    }
}
