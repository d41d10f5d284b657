//! The list of cards with its search and its tabs.

use std::sync::Arc;

use flow::{CardKey, Place};
use leptos::html;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::find::{Indexed, found};
use super::groups::groups;
use super::item::{Entry, PaletteItem};
use super::keys::{To, go, walk};
use super::recent::recent_cards;
use super::suggest::suggested;
use crate::editor::state::Editor;
use crate::i18n::texts::{EditorText, SearchText};
use crate::i18n::{t, use_speech};
use crate::kit::{Icon, Tab, Tabs};

/// So many recent cards are shown.
const MOST_RECENT: usize = 4;

/// A heading with its cards. Drawn again only when it is another one: many cards stay while the selection changes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Section {
    name: String,
    cards: Vec<Entry>,
    /// The heading says how many cards there are.
    is_counted: bool,
    /// Tells catalogues apart: the same cards are called otherwise in another language.
    catalogue: usize,
}

/// The search, the tabs and the cards.
#[component]
pub(super) fn CardList(editor: Editor, place: Option<Place>) -> impl IntoView {
    let is_popover = place.is_some();
    let text = RwSignal::new(String::new());
    let first_filter = if is_popover {
        editor.filter.get_untracked()
    } else {
        "all"
    };
    let filter = RwSignal::new(first_filter);
    let place = StoredValue::new(place);
    let is_searched = Memo::new(move |_| !text.read().trim().is_empty());
    let found = found_section(editor, text, filter);
    let first = Memo::new(move |_| {
        found.with(|found| {
            let first = found.as_ref().and_then(|section| section.cards.first());
            first.map(|entry| entry.key.clone())
        })
    });
    let all = sections(editor, filter);
    let add = Callback::new(move |key: CardKey| {
        editor.adding.set(None);
        text.set(String::new());
        editor.add_card(&key, place.get_value());
    });
    view! {
        <SearchField editor is_popover text first add/>
        <Tabs label=t(EditorText::Kinds) tabs=tabs() chosen=filter/>
        <div
            class="palette-list"
            on:keydown=move |event: KeyboardEvent| {
                if walk(&event) {
                    event.prevent_default();
                }
            }
            on:wheel=move |_| editor.guide.set(None)
            on:touchmove=move |_| editor.guide.set(None)
        >
            <For each=move || found.get() key=Clone::clone let(section)>
                <SectionView editor section add first/>
            </For>
            <Nothing text filter found/>
            // All cards stay where they are while somebody searches: there are hundreds.
            <div hidden=move || is_searched.get()>
                <For each=move || all.get() key=Clone::clone let(section)>
                    <SectionView editor section add first/>
                </For>
            </div>
        </div>
        <p class="visually-hidden" role="status">{move || count_said(editor, found, first)}</p>
    }
}

fn tabs() -> Vec<Tab> {
    [
        ("all", EditorText::All),
        ("events", EditorText::Events),
        ("actions", EditorText::Actions),
        ("functions", EditorText::Functions),
    ]
    .map(|(value, text)| Tab {
        value,
        label: t(text),
    })
    .into()
}

/// What the text finds, where there is one and it finds something.
fn found_section(
    editor: Editor,
    text: RwSignal<String>,
    filter: RwSignal<&'static str>,
) -> Memo<Option<Section>> {
    let speech = use_speech();
    let board = editor.board;
    let indexed = Memo::new(move |_| Indexed::new(board.catalogue.get()));
    Memo::new(move |_| {
        let (typed, filter) = (text.get(), filter.get());
        if typed.trim().is_empty() {
            return None;
        }
        let catalogue = board.catalogue.get();
        let recent = recent_cards();
        let cards =
            indexed.with(|indexed| found(&indexed.index, &catalogue, &typed, filter, &recent));
        let cards: Vec<Entry> = cards
            .into_iter()
            .map(|card| Entry {
                key: card.key,
                name: card.name,
                help: card.help,
            })
            .collect();
        (!cards.is_empty()).then(|| Section {
            name: speech.say(&SearchText::Found { n: cards.len() }),
            cards,
            is_counted: false,
            catalogue: Arc::as_ptr(&catalogue).addr(),
        })
    })
}

/// Recent cards, suggested ones, and all by heading.
fn sections(editor: Editor, filter: RwSignal<&'static str>) -> Memo<Vec<Section>> {
    let speech = use_speech();
    let board = editor.board;
    let before = Memo::new(move |_| card_before(editor));
    let plain = |keys: Vec<CardKey>| -> Vec<Entry> { keys.into_iter().map(Entry::plain).collect() };
    Memo::new(move |_| {
        let catalogue = board.catalogue.get();
        let filter = filter.get();
        let section = |name: String, cards: Vec<Entry>, is_counted: bool| Section {
            name,
            cards,
            is_counted,
            catalogue: Arc::as_ptr(&catalogue).addr(),
        };
        let mut sections = Vec::new();
        if filter == "all" {
            let mut recent = recent_cards();
            recent.retain(|key| catalogue.card(key).is_some_and(|card| card.listed));
            recent.truncate(MOST_RECENT);
            sections.push(section(
                speech.say(&EditorText::Recent),
                plain(recent),
                false,
            ));
            sections.extend(before.get().map(|(card, key)| {
                let name = speech.say(&SearchText::Suggested { card });
                section(name, plain(suggested(&key, &catalogue)), false)
            }));
        }
        let all = groups(&catalogue, filter).into_iter();
        sections
            .extend(all.map(|(heading, keys)| section(heading.said(speech), plain(keys), true)));
        sections.retain(|section| !section.cards.is_empty());
        sections
    })
}

/// The selected card, or at a "+" the one before it: its title, and which card it is.
fn card_before(editor: Editor) -> Option<(String, CardKey)> {
    let board = editor.board;
    let id = match editor.adding.get() {
        Some(place) => board.flow.with(|flow| {
            let row = crate::canvas::reading::row_of(flow, &place)?;
            let before = row.get(..place.index.min(row.len()))?;
            let before = before.iter().rev().find(|step| !step.is_note());
            before.map(|step| step.id.clone())
        }),
        None => board.selected.get(),
    }?;
    let key = board.flow.with(|flow| Some(flow.step(&id)?.card.clone()))?;
    Some((board.title(&id), key))
}

/// The field that is typed into. Enter adds what is found first.
#[component]
fn SearchField(
    editor: Editor,
    is_popover: bool,
    text: RwSignal<String>,
    first: Memo<Option<CardKey>>,
    add: Callback<CardKey>,
) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(field) = field.get()
            && is_popover
            && field.focus().is_err()
        {
            leptos::logging::warn!("the search cannot be focused");
        }
    });
    let on_key = move |event: KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        match event.key().as_str() {
            "Enter" => {
                if let Some(key) = first.get_untracked() {
                    add.run(key);
                }
            }
            "ArrowDown" => go(&event, To::Next),
            "Escape" if !is_popover && !text.read_untracked().is_empty() => text.set(String::new()),
            "Escape" if !is_popover => leave(editor),
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <div class="palette-search">
            <Icon name="search"/>
            <input
                class="input"
                type="search"
                aria-label=t(EditorText::SearchCards)
                placeholder=t(EditorText::SearchCards)
                autocomplete="off"
                spellcheck="false"
                node_ref=field
                prop:value=move || text.get()
                on:input=move |event| {
                    editor.guide.set(None);
                    text.set(event_target_value(&event));
                }
                on:keydown=on_key
            />
            {(!is_popover).then(|| view! { <kbd aria-hidden="true">"/"</kbd> })}
        </div>
    }
}

/// Escape in the empty search goes back to the selected card.
fn leave(editor: Editor) {
    match editor.board.selected.get_untracked() {
        Some(id) => crate::canvas::board::focus_card(&id),
        None => crate::canvas::board::focus_first(".canvas"),
    }
}

/// Says to a screen reader what a search found, and what Enter does.
fn count_said(
    editor: Editor,
    found: Memo<Option<Section>>,
    first: Memo<Option<CardKey>>,
) -> Option<String> {
    let key = first.get()?;
    let count = found.with(|found| found.as_ref().map(|section| section.name.clone()))?;
    let catalogue = editor.board.catalogue.read();
    let card = catalogue.card(&key)?.name.clone();
    let enter = editor.speech.say(&SearchText::EnterAdds { card });
    Some(format!("{count}. {enter}"))
}

/// What an empty search says and offers.
#[component]
fn Nothing(
    text: RwSignal<String>,
    filter: RwSignal<&'static str>,
    found: Memo<Option<Section>>,
) -> impl IntoView {
    let speech = use_speech();
    let said = move || {
        let typed = text.get().trim().to_owned();
        let kind = match filter.get() {
            "events" => EditorText::Events,
            "actions" => EditorText::Actions,
            "functions" => EditorText::Functions,
            _ => return speech.say(&SearchText::Nothing { text: typed }),
        };
        let kind = speech.say(&kind);
        speech.say(&SearchText::NothingIn { text: typed, kind })
    };
    move || {
        let is_nothing = found.with(Option::is_none) && !text.read().trim().is_empty();
        is_nothing.then(|| {
            view! {
                <div class="palette-empty">
                    <p class="hint">{said}</p>
                    {move || (filter.get() != "all").then(|| view! {
                        <button class="palette-action link-button" type="button" on:click=move |_| filter.set("all")>
                            {t(SearchText::SearchAllKinds)}
                        </button>
                    })}
                    <button class="palette-action link-button" type="button" on:click=move |_| text.set(String::new())>
                        {t(SearchText::ClearSearch)}
                    </button>
                </div>
            }
        })
    }
}

/// A heading with its cards.
#[component]
fn SectionView(
    editor: Editor,
    section: Section,
    add: Callback<CardKey>,
    first: Memo<Option<CardKey>>,
) -> impl IntoView {
    let count = section.cards.len();
    let items = section
        .cards
        .into_iter()
        .map(move |entry| view! { <PaletteItem editor entry add first/> });
    let heading = section.name.clone();
    view! {
        <div class="palette-group" role="group" aria-label=section.name>
            <p class="palette-head" aria-hidden="true">
                <span class="ellipsis">{heading}</span>
                {section.is_counted.then(|| view! { <span class="number">{count}</span> })}
            </p>
            {items.collect_view()}
        </div>
    }
}
