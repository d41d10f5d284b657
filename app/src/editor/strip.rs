//! The strip under the header when the draft cannot go its ordinary way, and what was done to it without being asked.

use leptos::prelude::*;

use super::conflict::ConflictPanel;
use super::draft::{DraftState, Notice};
use super::state::Editor;
use crate::i18n::t;
use crate::i18n::texts::{EditorText, VersionText};
use crate::kit::{Button, ButtonKind, Icon};

/// The strip for conflicts, lost connections, refusals, and people who may only look.
#[component]
pub fn DraftStrip(editor: Editor) -> impl IntoView {
    let draft = editor.draft;
    let has_conflict = Memo::new(move |_| draft.conflict.with(Option::is_some));
    view! {
        {move || draft.is_read_only.get().then(|| view! {
            <div class="strip" data-tone="plain" role="note">
                <Icon name="lock"/>
                <p>{t(VersionText::ReadOnly)}</p>
            </div>
        })}
        {move || match draft.state.get() {
            DraftState::Offline => Some(warning(EditorText::Offline)),
            DraftState::SignedOut => Some(
                view! {
                    <div class="strip" data-tone="warn" role="status">
                        <Icon name="triangle-alert"/>
                        <p>{t(VersionText::SignedOut)}</p>
                        <a class="button" href="/sign-in" target="_blank" rel="noopener">{t(VersionText::SignIn)}</a>
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
            DraftState::Version
            | DraftState::Kept
            | DraftState::Waiting
            | DraftState::Saving
            | DraftState::Conflict => None,
        }}
        {move || has_conflict.get().then(|| view! { <ConflictPanel editor/> })}
        {move || draft.notice.get().map(|notice| view! { <NoticeStrip editor notice/> })}
    }
}

fn warning(text: EditorText) -> AnyView {
    view! {
        <div class="strip" data-tone="warn" role="status">
            <Icon name="triangle-alert"/>
            <p>{t(text)}</p>
        </div>
    }
    .into_any()
}

/// What was done to the draft without being asked; it stays until it is closed.
#[component]
fn NoticeStrip(editor: Editor, notice: Notice) -> impl IntoView {
    let text = match notice {
        Notice::Restored => VersionText::Restored,
        Notice::Merged => VersionText::Merged,
        Notice::PutAside => VersionText::PutAside,
    };
    let close = move || editor.draft.notice.set(None);
    let undo = (notice == Notice::Restored).then(|| {
        view! {
            <Button
                icon="undo-2"
                disabled=Signal::derive(move || !editor.can_undo.get())
                on_press=move || {
                    editor.undo();
                    close();
                }
            >
                {t(VersionText::Undo)}
            </Button>
        }
    });
    let see = (notice != Notice::Restored).then(|| {
        view! {
            <Button on_press=move || { editor.view.set("versions"); close(); }>{t(VersionText::SeeChanges)}</Button>
        }
    });
    view! {
        <div class="strip" data-tone="plain" role="status">
            <Icon name="info"/>
            <p>{t(text)}</p>
            {undo}
            {see}
            <Button kind=ButtonKind::Bare icon="x" label=t(VersionText::Close) on_press=close/>
        </div>
    }
}
