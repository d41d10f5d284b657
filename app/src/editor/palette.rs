//! The cards to choose from: found in both languages, filtered, by category. A click adds after the selected card, a
//! drag drops into a slot; from a "+" the same list opens beside it.

use flow::{CardKey, CardKind, CardSpec, Catalogue, Place};
use leptos::html;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::gesture::Grip;
use super::state::Editor;
use crate::canvas::hit::slot_of;
use crate::card::Tile;
use crate::i18n::texts::EditorText;
use crate::i18n::{Speech, t, use_speech};
use crate::kit::{Icon, Tab, Tabs};

/// The palette at the left.
#[component]
pub fn Palette(editor: Editor) -> impl IntoView {
    view! {
        <aside class="palette" data-region="2" aria-label=t(EditorText::Palette)>
            <CardList editor place=None/>
        </aside>
    }
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
                <div class="add-shade" on:pointerdown=move |_| editor.adding.set(None)></div>
                <div
                    class="add-popover floating"
                    role="dialog"
                    aria-label=t(EditorText::AddCard)
                    style:left=move || format!("{:.0}px", corner().map_or(0.0, |at| at.0))
                    style:top=move || format!("{:.0}px", corner().map_or(0.0, |at| at.1))
                    on:keydown=move |event: KeyboardEvent| {
                        event.stop_propagation();
                        if event.key() == "Escape" && !event.is_composing() {
                            editor.adding.set(None);
                        }
                    }
                >
                    <CardList editor place/>
                </div>
            }
        })
    }
}

#[component]
fn CardList(editor: Editor, place: Option<Place>) -> impl IntoView {
    let board = editor.board;
    let is_popover = place.is_some();
    let text = RwSignal::new(String::new());
    let first_filter = if is_popover {
        editor.filter.get_untracked()
    } else {
        "all"
    };
    let filter = RwSignal::new(first_filter);
    let search = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(search) = search.get()
            && is_popover
            && search.focus().is_err()
        {
            leptos::logging::warn!("the search cannot be focused");
        }
    });
    let place = StoredValue::new(place);
    let speech = use_speech();
    let groups = Memo::new(move |_| {
        let (text, filter) = (text.get(), filter.get());
        board
            .catalogue
            .with(|catalogue| found(catalogue, &text, filter))
    });
    let recent = Memo::new(move |_| {
        let is_plain = text.read().is_empty() && filter.get() == "all";
        if is_plain { recent(editor) } else { Vec::new() }
    });
    let first =
        move || groups.with(|groups| groups.first().and_then(|group| group.1.first().cloned()));
    let add = Callback::new(move |key: CardKey| {
        editor.adding.set(None);
        text.set(String::new());
        editor.add_card(&key, place.get_value());
    });
    let tabs = [
        ("all", EditorText::All),
        ("events", EditorText::Events),
        ("actions", EditorText::Actions),
        ("functions", EditorText::Functions),
    ]
    .map(|(value, text)| Tab {
        value,
        label: t(text),
    });
    view! {
        <div class="palette-search">
            <Icon name="search"/>
            <input
                class="input"
                type="search"
                aria-label=t(EditorText::SearchCards)
                placeholder=t(EditorText::SearchCards)
                autocomplete="off"
                node_ref=search
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
                on:keydown=move |event: KeyboardEvent| {
                    if event.is_composing() {
                        return;
                    }
                    match event.key().as_str() {
                        "Enter" => {
                            if let Some(key) = first() {
                                add.run(key);
                            }
                        }
                        "ArrowDown" => focus_item(&event, true),
                        "Escape" if !is_popover => text.set(String::new()),
                        _ => return,
                    }
                    event.prevent_default();
                }
            />
            {(!is_popover).then(|| view! { <kbd aria-hidden="true">"/"</kbd> })}
        </div>
        <Tabs label=t(EditorText::Kinds) tabs=tabs.into() chosen=filter/>
        <div class="palette-list" on:keydown=move |event: KeyboardEvent| walk(&event)>
            {move || {
                // The same cards are called otherwise in another language.
                board.catalogue.track();
                let keys = recent.get();
                (!keys.is_empty()).then(|| view! { <PaletteGroup editor name=t(EditorText::Recent).get() keys add is_long=false/> })
            }}
            {move || {
                board.catalogue.track();
                groups.get()
                    .into_iter()
                    .map(|(heading, keys)| (heading.said(speech), keys))
                    .map(|(name, keys)| view! { <PaletteGroup editor name keys add is_long=true/> })
                    .collect_view()
            }}
            {move || groups.with(Vec::is_empty).then(|| view! {
                <p class="palette-empty hint">{t(EditorText::NoCard { text: text.get() })}</p>
            })}
        </div>
    }
}

#[component]
fn PaletteGroup(
    editor: Editor,
    name: String,
    keys: Vec<CardKey>,
    add: Callback<CardKey>,
    is_long: bool,
) -> impl IntoView {
    let count = keys.len();
    let heading = name.clone();
    let items = keys
        .into_iter()
        .map(move |key| view! { <PaletteItem editor key_of=key add/> });
    view! {
        <div class="palette-group" role="group" aria-label=name>
            <p class="palette-head" aria-hidden="true">{heading}{is_long.then(|| view! { <span class="number">{count}</span> })}</p>
            {items.collect_view()}
        </div>
    }
}

#[component]
fn PaletteItem(editor: Editor, key_of: CardKey, add: Callback<CardKey>) -> impl IntoView {
    let spec = editor
        .board
        .catalogue
        .with_untracked(|catalogue| catalogue.card(&key_of).cloned());
    let spec = spec?;
    let (gripped, added) = (key_of.clone(), key_of);
    let sub = if spec.name == spec.name_en {
        spec.category.clone()
    } else {
        spec.name_en.clone()
    };
    Some(view! {
        <button
            class="palette-item"
            type="button"
            data-family=spec.family.token()
            aria-label=spec.name.clone()
            title=spec.help.clone()
            on:click=move |_| add.run(added.clone())
            on:pointerdown=move |event| editor.press(&event, Grip::New(gripped.clone()))
        >
            <Tile icon=Signal::stored(spec.icon.clone())/>
            <span class="card-names">
                <span class="palette-name ellipsis">{spec.name.clone()}</span>
                <span class="card-sub ellipsis">{sub}</span>
            </span>
            <Icon name="grip-vertical"/>
        </button>
    })
}

/// The cards of the flow that were used last, each once.
fn recent(editor: Editor) -> Vec<CardKey> {
    const MOST: usize = 3;
    let catalogue = editor.board.catalogue.get();
    editor.board.flow.with(|flow| {
        let mut keys: Vec<CardKey> = Vec::new();
        for step in flow.all_steps().into_iter().rev() {
            let is_listed = catalogue
                .card(&step.card)
                .is_some_and(|card| card.listed && card.kind != CardKind::Event);
            if is_listed && !keys.contains(&step.card) && keys.len() < MOST {
                keys.push(step.card.clone());
            }
        }
        keys
    })
}

type Groups = Vec<(Heading, Vec<CardKey>)>;

/// The cards that a search finds, by category; those whose name begins with the text first.
fn found(catalogue: &Catalogue, text: &str, filter: &str) -> Groups {
    let text = text.trim().to_lowercase();
    let mut groups: Vec<(Heading, Vec<(u8, CardKey)>)> = Vec::new();
    for card in catalogue
        .cards()
        .filter(|card| card.listed && is_kind(card, filter))
    {
        let Some(rank) = rank(card, &text) else {
            continue;
        };
        let group = heading(card);
        let entry = (rank, card.key.clone());
        match groups.iter_mut().find(|known| known.0 == group) {
            Some(known) => known.1.push(entry),
            None => groups.push((group, vec![entry])),
        }
    }
    if !text.is_empty() {
        groups.sort_by_key(|(_, cards)| cards.iter().map(|card| card.0).min());
    }
    groups
        .into_iter()
        .map(|(name, mut cards)| {
            cards.sort_by_key(|card| card.0);
            (name, cards.into_iter().map(|card| card.1).collect())
        })
        .collect()
}

/// The heading of a card. Events and actions of one app are two headings.
fn heading(card: &CardSpec) -> Heading {
    let of_app = card.connector.is_some() && !card.goes_without;
    match card.kind {
        CardKind::Event if of_app => Heading::Events(card.category.clone()),
        CardKind::Action if of_app => Heading::Actions(card.category.clone()),
        _ => Heading::Category(card.category.clone()),
    }
}

/// A heading of the palette.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Heading {
    Events(String),
    Actions(String),
    Category(String),
}

impl Heading {
    fn said(self, speech: Speech) -> String {
        match self {
            Self::Events(app) => speech.say(&EditorText::EventsOf { app }),
            Self::Actions(app) => speech.say(&EditorText::ActionsOf { app }),
            Self::Category(name) => name,
        }
    }
}

fn is_kind(card: &CardSpec, filter: &str) -> bool {
    match filter {
        "events" => card.kind == CardKind::Event,
        "actions" => card.kind == CardKind::Action,
        "functions" => matches!(card.kind, CardKind::Function | CardKind::Control),
        _ => true,
    }
}

fn rank(card: &CardSpec, text: &str) -> Option<u8> {
    if text.is_empty() {
        return Some(0);
    }
    let names = [&card.name, &card.name_en, &card.name_ja].map(|name| name.to_lowercase());
    if names.iter().any(|name| name.starts_with(text)) {
        Some(0)
    } else if names.iter().any(|name| name.contains(text)) {
        Some(1)
    } else if card.category.to_lowercase().contains(text)
        || card.key.as_str().to_lowercase().contains(text)
    {
        Some(2)
    } else {
        None
    }
}

fn walk(event: &KeyboardEvent) {
    match event.key().as_str() {
        "ArrowDown" => focus_item(event, true),
        "ArrowUp" => focus_item(event, false),
        _ => return,
    }
    event.prevent_default();
}

/// Moves the focus to the next or previous card of the list.
fn focus_item(event: &KeyboardEvent, on: bool) {
    use wasm_bindgen::JsCast;
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let around = target
        .as_ref()
        .and_then(|target| target.closest(".palette, .add-popover").ok().flatten());
    let Some(items) = around.and_then(|around| {
        around
            .query_selector_all(".palette-item, .palette-search input")
            .ok()
    }) else {
        return;
    };
    let active = document().active_element();
    let count = items.length();
    let here =
        (0..count).find(|index| items.item(*index).as_ref() == active.as_ref().map(AsRef::as_ref));
    let next = match (here, on) {
        (Some(here), true) => (here + 1).min(count.saturating_sub(1)),
        (Some(here), false) => here.saturating_sub(1),
        (None, _) => 0,
    };
    let item = items
        .item(next)
        .and_then(|item| item.dyn_into::<web_sys::HtmlElement>().ok());
    if item.is_some_and(|item| item.focus().is_err()) {
        leptos::logging::warn!("a card of the palette cannot be focused");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas::example::catalogue;

    #[track_caller]
    fn finds(text: &str, filter: &str, expected: &[&str]) {
        let groups = found(&catalogue(), text, filter);
        let keys: Vec<_> = groups
            .iter()
            .flat_map(|group| &group.1)
            .map(CardKey::as_str)
            .collect();
        assert_eq!(keys, expected, "{text} in {filter}");
    }

    #[test]
    fn cards_are_found_in_both_languages() {
        finds("read", "all", &["okta:readUser"]);
        finds("Suspend Userの日本語", "all", &["okta:suspendUser"]);
        finds(
            "user",
            "all",
            &["okta:added", "okta:readUser", "okta:suspendUser"],
        );
        finds("user", "actions", &["okta:readUser", "okta:suspendUser"]);
        finds("", "events", &["okta:added"]);
        finds("nothing", "all", &[]);
    }
}
