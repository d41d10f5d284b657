//! The coach mark of a flow that was installed from a template a moment ago: a note at the first card says what comes
//! next. It moves with the card and goes for good with a click or Escape.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::Editor;
use crate::i18n::t;
use crate::i18n::texts::TemplateText;
use crate::kit::{Button, ButtonKind, Icon};
use crate::shell::{use_query_value, use_set_query};

/// Room between the card and its note.
const GAP: f64 = 12.0;

/// The note, while the address asks for it.
#[component]
pub fn Coach(editor: Editor) -> impl IntoView {
    let asked = use_query_value("coach");
    let set_query = StoredValue::new(use_set_query());
    let close = move || set_query.with_value(|set_query| set_query("coach", None));
    let board = editor.board;
    let place = move || {
        let rect = board
            .layout
            .with(|layout| layout.cards.first().map(|card| card.rect))?;
        let viewport = board.viewport.get();
        let left = (viewport.x + rect.x * viewport.zoom).max(GAP);
        let top = viewport.y + (rect.y + rect.h) * viewport.zoom + GAP;
        Some(format!("left: {left:.0}px; top: {top:.0}px"))
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            close();
        }
    };
    view! {
        {move || {
            asked.get()?;
            place()?;
            Some(view! {
                <div
                    class="coach"
                    role="region"
                    aria-label=t(TemplateText::CoachTitle)
                    style=move || place().unwrap_or_default()
                    on:keydown=on_key
                    on:pointerdown=move |event| event.stop_propagation()
                >
                    <h2>
                        <Icon name="wand-sparkles"/>
                        {t(TemplateText::CoachTitle)}
                    </h2>
                    <p>{t(TemplateText::CoachText)}</p>
                    <Button kind=ButtonKind::Quiet on_press=close>{t(TemplateText::CoachDone)}</Button>
                </div>
            })
        }}
    }
}
