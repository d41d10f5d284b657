//! One card of the list.

use flow::CardKey;
use flow::search::Mark;
use leptos::prelude::*;
use web_sys::{EventTarget, KeyboardEvent};

use super::guide::Guided;
use crate::card::Tile;
use crate::editor::gesture::Grip;
use crate::editor::state::Editor;
use crate::kit::Icon;

/// Help appears where the pointer rests for so many milliseconds.
const REST_MS: u64 = 350;

/// A card of the list, with what of it matched.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    pub(super) key: CardKey,
    pub(super) name: Vec<Mark>,
    /// What of its description matched, where the name did not.
    pub(super) help: Vec<Mark>,
}

impl Entry {
    /// A card that nobody searched for.
    pub(super) fn plain(key: CardKey) -> Self {
        Self {
            key,
            name: Vec::new(),
            help: Vec::new(),
        }
    }
}

/// A card of the list.
#[component]
pub(super) fn PaletteItem(
    editor: Editor,
    entry: Entry,
    add: Callback<CardKey>,
    /// What Enter in the search adds.
    first: Memo<Option<CardKey>>,
) -> impl IntoView {
    let key = entry.key.clone();
    let spec = editor
        .board
        .catalogue
        .with_untracked(|catalogue| catalogue.card(&key).cloned())?;
    let sub = if !entry.help.is_empty() && entry.name.is_empty() {
        let (text, marks) = flow::search::excerpt(&spec.help, &entry.help);
        marked(&text, &marks)
    } else if spec.name == spec.name_en {
        marked(&spec.category, &[])
    } else {
        marked(&spec.name_en, &[])
    };
    let guided = {
        let key = key.clone();
        move || {
            editor
                .guide
                .with(|guide| guide.as_ref().is_some_and(|guide| guide.key == key))
        }
    };
    let is_first = {
        let key = key.clone();
        move || first.with(|first| first.as_ref() == Some(&key))
    };
    let is_guided = {
        let key = key.clone();
        move || {
            editor
                .guide
                .with_untracked(|guide| guide.as_ref().is_some_and(|guide| guide.key == key))
        }
    };
    let leaves = is_guided.clone();
    let resting = StoredValue::new(None::<TimeoutHandle>);
    let stop_resting = move || {
        if let Some(timer) = resting.try_get_value().flatten() {
            timer.clear();
        }
    };
    on_cleanup(stop_resting);
    let (by_key, by_pointer, gripped) = (key.clone(), key.clone(), key.clone());
    Some(view! {
        <button
            class="palette-item"
            class:palette-first=is_first
            type="button"
            data-family=spec.family.token()
            aria-label=spec.name.clone()
            aria-describedby=move || guided().then_some("palette-guide")
            on:click=move |_| {
                editor.guide.set(None);
                add.run(key.clone());
            }
            on:pointerdown=move |event| {
                stop_resting();
                editor.guide.set(None);
                editor.press(&event, Grip::New(gripped.clone()));
            }
            // A list that moves under a resting pointer asks for no help.
            on:pointermove=move |event| {
                stop_resting();
                // A finger does not rest.
                if event.pointer_type() == "mouse" && !is_guided() {
                    resting.set_value(rest(editor, by_pointer.clone(), event.current_target()));
                }
            }
            on:pointerleave=move |_| {
                stop_resting();
                if leaves() {
                    editor.guide.set(None);
                }
            }
            on:blur=move |_| editor.guide.set(None)
            on:keydown=move |event: KeyboardEvent| {
                stop_resting();
                guide_by_key(editor, &by_key, &event);
            }
        >
            <Tile icon=Signal::stored(spec.icon.clone())/>
            <span class="card-names">
                <span class="palette-name ellipsis">{marked(&spec.name, &entry.name)}</span>
                <span class="card-sub ellipsis">{sub}</span>
            </span>
            <Icon name="grip-vertical"/>
        </button>
    })
}

/// Shows the help for a card in a moment.
fn rest(editor: Editor, key: CardKey, row: Option<EventTarget>) -> Option<TimeoutHandle> {
    let show = move || {
        let is_dragging = editor
            .air
            .try_with_untracked(Option::is_some)
            .unwrap_or(true);
        if !is_dragging {
            editor.guide.try_set(Guided::beside(&key, row));
        }
    };
    set_timeout_with_handle(show, std::time::Duration::from_millis(REST_MS)).ok()
}

/// The right arrow shows the help, the left arrow and Escape hide it.
fn guide_by_key(editor: Editor, key: &CardKey, event: &KeyboardEvent) {
    let is_open = editor.guide.with_untracked(Option::is_some);
    match event.key().as_str() {
        "ArrowRight" => editor
            .guide
            .set(Guided::beside(key, event.current_target())),
        "ArrowLeft" | "Escape" if is_open => editor.guide.set(None),
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

/// A text with what matched in it.
pub(crate) fn marked(text: &str, marks: &[Mark]) -> AnyView {
    if marks.is_empty() {
        return text.to_owned().into_any();
    }
    Mark::parts(text, marks)
        .into_iter()
        .map(|(part, is_marked)| {
            let part = part.to_owned();
            if is_marked {
                view! { <mark>{part}</mark> }.into_any()
            } else {
                part.into_any()
            }
        })
        .collect_view()
        .into_any()
}
