//! The cards to choose from: found by what somebody types in either language, suggested for what comes next, by category.
//! A click adds after the selected card, a drag drops into a slot; from a "+" the same list opens beside it.

mod find;
mod groups;
pub mod guide;
pub mod item;
mod keys;
pub mod list;
pub(super) mod recent;
mod suggest;

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::state::Editor;
use crate::canvas::board::focus_card;
use crate::canvas::hit::slot_of;
use crate::i18n::t;
use crate::i18n::texts::EditorText;
use guide::GuideCard;
pub use guide::Guided;
pub(crate) use item::marked;
use list::CardList;

/// The palette at the left.
#[component]
pub fn Palette(editor: Editor) -> impl IntoView {
    view! {
        <aside class="palette" data-region="2" aria-label=t(EditorText::Palette)>
            <CardList editor place=None/>
        </aside>
    }
}

/// The help card beside the palette or the list at a "+".
#[component]
pub fn PaletteGuide(editor: Editor) -> impl IntoView {
    view! { <GuideCard editor/> }
}

/// The list of cards beside a "+".
#[component]
pub fn AddPopover(editor: Editor) -> impl IntoView {
    let board = editor.board;
    let corner = move || {
        let place = editor.adding.get()?;
        let at = board
            .layout
            .with(|layout| slot_of(layout, &place).map(|slot| slot.at))
            .unwrap_or_default();
        let (viewport, size) = (board.viewport.get(), board.size.get());
        let screen = viewport.to_screen(at);
        let x = (screen.x + 18.0).clamp(8.0, (size.w - 328.0).max(8.0));
        let y = (screen.y - 40.0).clamp(8.0, (size.h - 470.0).max(8.0));
        Some((x, y))
    };
    let is_open = Memo::new(move |_| editor.adding.read().is_some());
    move || {
        is_open.get().then(|| {
            let place = editor.adding.get_untracked();
            view! {
                <div class="add-shade" on:pointerdown=move |_| close(editor)></div>
                <div
                    class="add-popover floating"
                    role="dialog"
                    aria-label=t(EditorText::AddCard)
                    style:left=move || format!("{:.0}px", corner().map_or(0.0, |at| at.0))
                    style:top=move || format!("{:.0}px", corner().map_or(0.0, |at| at.1))
                    on:keydown=move |event: KeyboardEvent| {
                        // Keys with Control are those of the page.
                        if !event.ctrl_key() && !event.meta_key() {
                            event.stop_propagation();
                        }
                        if event.key() == "Escape" && !event.is_composing() {
                            event.prevent_default();
                            if editor.guide.with_untracked(Option::is_some) {
                                editor.guide.set(None);
                            } else {
                                close(editor);
                            }
                        }
                    }
                >
                    <CardList editor place/>
                </div>
            }
        })
    }
}

/// Closes the list at a "+"; the focus goes back to where it came from.
fn close(editor: Editor) {
    editor.guide.set(None);
    editor.adding.set(None);
    match editor.board.selected.get_untracked() {
        Some(id) => focus_card(&id),
        None => crate::canvas::board::focus_first(".slot-large, .slot-end"),
    }
}
