//! Somebody else saved the mapping meanwhile: what they changed, and the two ways on.

use leptos::prelude::*;

use super::Save;
use super::desk::Desk;
use super::rows::merge;
use crate::i18n::t;
use crate::i18n::texts::MappingText;
use crate::kit::{Button, Icon};

/// The strip above the table.
#[component]
pub fn Conflict(desk: Desk, save: Save) -> impl IntoView {
    move || {
        let (theirs, revision) = desk.theirs.get()?;
        let merged = desk
            .stored
            .with(|(base, _)| desk.rows.with(|mine| merge(base, mine, &theirs)));
        let both = (!merged.both.is_empty()).then(|| merged.both.join(", "));
        let changed = merged.theirs.join(", ");
        let rows = StoredValue::new((merged.rows, theirs, revision));
        Some(view! {
            <div class="banner mapping-note" data-tone="warn" role="alert">
                <Icon name="triangle-alert"/>
                <div class="banner-text">
                    <p>{t(MappingText::Conflict { n: merged.theirs.len() })}</p>
                    <p class="hint">{t(MappingText::ConflictTheirs { names: changed })}</p>
                    {both.map(|names| view! { <p class="hint">{t(MappingText::ConflictBoth { names })}</p> })}
                </div>
                <Button on_press=move || {
                    let (_, theirs, revision) = rows.get_value();
                    desk.edit(|rows| rows.clone_from(&theirs));
                    desk.stored.set((theirs, revision));
                    desk.theirs.set(None);
                    save.clear();
                }>
                    {t(MappingText::TakeTheirs)}
                </Button>
                <Button on_press=move || {
                    let (merged, theirs, revision) = rows.get_value();
                    desk.edit(|rows| *rows = merged);
                    desk.stored.set((theirs, revision));
                    desk.theirs.set(None);
                    save.dispatch(());
                }>
                    {t(MappingText::Merge)}
                </Button>
            </div>
        })
    }
}
