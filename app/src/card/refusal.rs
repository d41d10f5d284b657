//! Why a field did not take a value, as a line that stays at the field, with what would bring the value in all the same.

use flow::InputRef;
use leptos::prelude::*;

use super::types::type_name;
use crate::canvas::board::use_board;
use crate::canvas::mapping::Reason;
use crate::editor::{Remedy, repair_words, use_editor};
use crate::i18n::texts::{CanvasText, FieldText};
use crate::i18n::{Speech, t, use_speech};
use crate::kit::Icon;

/// Why a field did not take the last value, where it was this field.
#[component]
pub(super) fn Refusal(at: InputRef) -> impl IntoView {
    let (board, speech) = (use_board(), use_speech());
    let editor = use_editor();
    let found = Memo::new(move |_| {
        let refused = editor?.refused.get()?;
        (refused.at == at).then_some(refused)
    });
    move || {
        let (editor, refused) = (editor?, found.get()?);
        let has_way = !refused.ways.is_empty();
        let ways = refused.ways.into_iter().take(3).map(move |way| {
            let words = repair_words(board, speech, &way.kind);
            let at_click = Remedy::Edit(Box::new(way));
            view! {
                <button class="button button-small" type="button" on:click=move |_| editor.mend(&at_click)>
                    <Icon name="arrow-left-right"/>
                    {words}
                </button>
            }
        });
        let close = t(FieldText::DoNotMap);
        Some(view! {
            <div class="field-reason" role="alert" on:pointerdown=|event| event.stop_propagation()>
                <p>{reason_text(speech, &refused.reason, has_way)}</p>
                <div class="field-ways">
                    {ways.collect_view()}
                    <button class="field-close" type="button" aria-label=close title=close on:click=move |_| editor.refused.set(None)>
                        <Icon name="x"/>
                    </button>
                </div>
            </div>
        })
    }
}

/// Returns why a value may not go into a field, in words. `has_way` tells that something else can be done with it.
pub(crate) fn reason_text(speech: Speech, reason: &Reason, has_way: bool) -> String {
    let types = |ty| type_name(speech, ty);
    match reason {
        Reason::Types { from, to } if has_way => speech.say(&FieldText::RefusedWith {
            from: types(from),
            to: types(to),
        }),
        Reason::Types { from, to } => speech.say(&CanvasText::RefusedTypes {
            from: types(from),
            to: types(to),
        }),
        Reason::Later => speech.say(&CanvasText::RefusedLater),
        Reason::Option => speech.say(&CanvasText::RefusedOption),
    }
}

/// Returns the same once, for event handlers.
pub(crate) fn reason_now(speech: Speech, reason: &Reason, has_way: bool) -> String {
    untrack(|| reason_text(speech, reason, has_way))
}
