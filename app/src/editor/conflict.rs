//! Two people changed the same places: both values side by side, one to choose for each place.

use flow::{Clash, Side};
use leptos::prelude::*;

use super::change_text::Told;
use super::draft::Conflict;
use super::state::Editor;
use crate::i18n::t;
use crate::i18n::texts::VersionText;
use crate::kit::{Button, ButtonKind, Icon};

/// The places that both changed. Editing goes on meanwhile.
#[component]
pub fn ConflictPanel(editor: Editor) -> impl IntoView {
    let draft = editor.draft;
    let chosen = RwSignal::new(Vec::<(Clash, Side)>::new());
    // A further clash comes in with theirs, as the others began.
    Effect::new(move || {
        let clashes = draft
            .conflict
            .with(|conflict| conflict.as_ref().map(|conflict| conflict.clashes.clone()))
            .unwrap_or_default();
        chosen.update(|chosen| {
            *chosen = clashes
                .into_iter()
                .map(|clash| {
                    let known = chosen.iter().find(|(known, _)| *known == clash);
                    let side = known.map_or(Side::Mine, |(_, side)| *side);
                    (clash, side)
                })
                .collect();
        });
    });
    let all = move |side: Side| {
        chosen.update(|chosen| chosen.iter_mut().for_each(|(_, known)| *known = side));
    };
    let clashes = move || {
        draft
            .conflict
            .with(|conflict| conflict.as_ref().map(|conflict| conflict.clashes.clone()))
            .unwrap_or_default()
    };
    view! {
        <section class="conflict" role="region" aria-label=t(VersionText::ConflictTitle)>
            <div class="strip" data-tone="warn" role="alert">
                <Icon name="triangle-alert"/>
                <p>{t(VersionText::ConflictTitle)}</p>
                <Button on_press=move || all(Side::Mine)>{t(VersionText::AllMine)}</Button>
                <Button on_press=move || all(Side::Theirs)>{t(VersionText::AllTheirs)}</Button>
                <Button kind=ButtonKind::Primary on_press=move || draft.settle(editor, &chosen.get_untracked())>
                    {t(VersionText::UseChosen)}
                </Button>
            </div>
            <div class="conflict-list" data-scrolls>
                <For each=clashes key=Clash::clone let(clash)>
                    <Choice editor clash chosen/>
                </For>
            </div>
            <p class="conflict-foot muted">{t(VersionText::KeptInHistory)}</p>
        </section>
    }
}

/// One place: what I have, what they have.
#[component]
fn Choice(editor: Editor, clash: Clash, chosen: RwSignal<Vec<(Clash, Side)>>) -> impl IntoView {
    let place = {
        let clash = clash.clone();
        Memo::new(move |_| told(editor, |told, _| told.place(&clash.mine)))
    };
    let option = move |side: Side| {
        let (checked, set, valued) = (clash.clone(), clash.clone(), clash.clone());
        let value = Memo::new(move |_| {
            told(editor, |mut told, conflict| {
                if side == Side::Theirs {
                    told.new = &conflict.theirs;
                }
                let change = if side == Side::Mine {
                    &valued.mine
                } else {
                    &valued.theirs
                };
                told.sentence(change)
            })
        });
        let name = match side {
            Side::Mine => VersionText::Mine,
            Side::Theirs => VersionText::Theirs,
        };
        let is_chosen = move || {
            chosen.with(|chosen| {
                let known = chosen.iter().find(|(known, _)| *known == checked);
                known.is_some_and(|(_, chosen)| *chosen == side)
            })
        };
        view! {
            <label class="conflict-option">
                <input
                    type="radio"
                    name=format!("clash-{}", place.get_untracked())
                    prop:checked=is_chosen
                    on:change=move |_| {
                        chosen.update(|chosen| {
                            if let Some((_, known)) = chosen.iter_mut().find(|(known, _)| *known == set) {
                                *known = side;
                            }
                        });
                    }
                />
                <span class="conflict-side">{t(name)}</span>
                <span class="conflict-value">{move || value.get()}</span>
            </label>
        }
    };
    view! {
        <fieldset class="conflict-place">
            <legend>{move || place.get()}</legend>
            {option(Side::Mine)}
            {option(Side::Theirs)}
        </fieldset>
    }
}

/// Calls `say` with what names things: before is what both started from, after is what is here.
fn told(editor: Editor, say: impl for<'a> FnOnce(Told<'a>, &'a Conflict) -> String) -> String {
    let board = editor.board;
    let catalogue = board.catalogue.read();
    let connections = board.connections.read();
    let mine = board.flow.read();
    editor
        .draft
        .conflict
        .try_with(|conflict| {
            let conflict = conflict.as_ref()?;
            let told = Told {
                old: &conflict.base,
                new: &mine,
                catalogue: &catalogue,
                connections: &connections,
                speech: editor.speech,
            };
            Some(say(told, conflict))
        })
        .flatten()
        .unwrap_or_default()
}
