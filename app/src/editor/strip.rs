//! The strip under the header when the draft cannot go its ordinary way.

use leptos::prelude::*;

use super::draft::DraftState;
use super::state::Editor;
use crate::i18n::t;
use crate::i18n::texts::EditorText;
use crate::kit::{Button, Icon};

/// The strip for conflicts, lost connections and refusals.
#[component]
pub fn DraftStrip(editor: Editor) -> impl IntoView {
    let draft = editor.draft;
    move || {
        match draft.state.get() {
        DraftState::Conflict => Some(
            view! {
                <div class="strip" data-tone="warn" role="alert">
                    <Icon name="triangle-alert"/>
                    <p>{t(EditorText::Conflict)}</p>
                    <Button on_press=move || draft.take_theirs(editor)>{t(EditorText::TakeTheirs)}</Button>
                    <Button on_press=move || draft.keep_mine(editor)>{t(EditorText::KeepMine)}</Button>
                </div>
            }
            .into_any(),
        ),
        DraftState::Offline => Some(
            view! {
                <div class="strip" data-tone="warn" role="status">
                    <Icon name="triangle-alert"/>
                    <p>{t(EditorText::Offline)}</p>
                </div>
            }
            .into_any(),
        ),
        DraftState::Refused(text) => Some(
            view! {
                <div class="strip" data-tone="bad" role="alert">
                    <Icon name="circle-x"/>
                    <p>{text}</p>
                </div>
            }
            .into_any(),
        ),
        DraftState::Version | DraftState::Kept | DraftState::Waiting | DraftState::Saving => None,
    }
    }
}
