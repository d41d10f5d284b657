//! Cards and the clipboard: they travel as text, between flows, tabs and servers.

use flow::{Clip, NotAClip};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DataTransfer, Event};

use super::Editor;
use crate::i18n::texts::EditingText;

/// A text for people longer than this becomes no note, in bytes.
const MAX_NOTE: usize = 20_000;

/// Listens to the browser's own copy, cut and paste for as long as the page is open.
pub fn listen_to_clipboard(editor: Editor) {
    let copy = window_event_listener_untyped("copy", move |event| on_copy(editor, &event, false));
    let cut = window_event_listener_untyped("cut", move |event| on_copy(editor, &event, true));
    let paste = window_event_listener_untyped("paste", move |event| on_paste(editor, &event));
    on_cleanup(move || {
        copy.remove();
        cut.remove();
        paste.remove();
    });
}

fn on_copy(editor: Editor, event: &Event, cuts: bool) {
    if is_elsewhere(event) || has_marked_text() {
        return;
    }
    let Some(text) = editor.clip_text() else {
        return;
    };
    let is_set = data_of(event).is_some_and(|data| data.set_data("text/plain", &text).is_ok());
    if is_set {
        event.prevent_default();
        editor.copied(cuts);
    }
}

fn on_paste(editor: Editor, event: &Event) {
    let Some(text) = data_of(event).and_then(|data| data.get_data("text/plain").ok()) else {
        return;
    };
    let is_for_slot = editor.adding.with_untracked(Option::is_some) && Clip::parse(&text).is_ok();
    if !is_for_slot && is_elsewhere(event) {
        return;
    }
    // Other text makes sense on the canvas only.
    if !super::arranging::has_focus_on_canvas() && Clip::parse(&text).is_err() {
        return;
    }
    event.prevent_default();
    editor.paste_text(&text);
}

/// The clipboard belongs to what has the focus: a field, a dialog, a menu, another tab of the page.
fn is_elsewhere(event: &Event) -> bool {
    const OWN: &str =
        "input, textarea, select, [contenteditable], dialog, [role=dialog], [role=menu]";
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let in_own =
        target.is_some_and(|target| target.closest(OWN).is_ok_and(|found| found.is_some()));
    let has_canvas = document()
        .query_selector(".editor .canvas, .editor .outline:not(:has(.outline-read-only))")
        .is_ok_and(|found| found.is_some());
    let is_asked = document()
        .query_selector("dialog[open]")
        .is_ok_and(|found| found.is_some());
    in_own || !has_canvas || is_asked
}

/// Text that was marked on the page is copied as it is.
fn has_marked_text() -> bool {
    window()
        .get_selection()
        .ok()
        .flatten()
        .is_some_and(|selection| !selection.is_collapsed())
}

fn data_of(event: &Event) -> Option<DataTransfer> {
    let data = js_sys::Reflect::get(event, &JsValue::from_str("clipboardData")).ok()?;
    data.dyn_into::<DataTransfer>().ok()
}

impl Editor {
    fn clip_text(self) -> Option<String> {
        let ids = self.outermost_chosen();
        let clip = self.board.flow.with_untracked(|flow| Clip::of(flow, &ids));
        clip.map(|clip| clip.to_text())
    }

    fn copied(self, cuts: bool) {
        let n = self.outermost_chosen().len();
        self.say(&EditingText::Copied { n });
        if cuts {
            self.ask_delete_chosen();
        }
    }

    /// Copies the selected cards from a menu or a bar.
    pub fn copy_chosen(self) {
        self.write_clipboard(false);
    }

    /// Cuts the selected cards from a menu or a bar.
    pub fn cut_chosen(self) {
        self.write_clipboard(true);
    }

    fn write_clipboard(self, cuts: bool) {
        let Some(text) = self.clip_text() else {
            return;
        };
        // Pages that are not served over TLS have no clipboard of their own.
        let clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into());
        if !clipboard.is_ok_and(|found| found.is_object()) {
            self.toasts.warn(&EditingText::UseKeysToCopy);
            return;
        }
        let written = window().navigator().clipboard().write_text(&text);
        spawn_local(async move {
            if JsFuture::from(written).await.is_ok() {
                self.copied(cuts);
            } else {
                self.toasts.warn(&EditingText::UseKeysToCopy);
            }
        });
    }

    /// Pastes from a menu or the command palette.
    pub fn paste_from_clipboard(self) {
        let clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into());
        if !clipboard.is_ok_and(|found| found.is_object()) {
            self.toasts.warn(&EditingText::UseKeysToPaste);
            return;
        }
        let read = window().navigator().clipboard().read_text();
        spawn_local(async move {
            match JsFuture::from(read)
                .await
                .ok()
                .and_then(|text| text.as_string())
            {
                Some(text) => self.paste_text(&text),
                None => self.toasts.warn(&EditingText::UseKeysToPaste),
            }
        });
    }

    /// Pastes cards; a text for people becomes a note, anything else is refused with what to do.
    pub fn paste_text(self, text: &str) {
        let at = self.place_for_paste(self.pastes_before.get_value());
        self.pastes_before.set_value(false);
        match Clip::parse(text) {
            Ok(clip) => self.paste_clip(&clip, &at),
            Err(NotAClip::Text) if text.len() <= MAX_NOTE => self.paste_note(text.trim(), at),
            Err(NotAClip::Empty) => self.say(&EditingText::NothingToPaste),
            Err(reason) => self.toasts.warn(&match reason {
                NotAClip::Foreign => EditingText::PasteForeign,
                NotAClip::Newer => EditingText::PasteNewer,
                NotAClip::Damaged => EditingText::PasteDamaged,
                _ => EditingText::PasteTooLarge,
            }),
        }
    }
}
