//! The bar: what is looked for, where the walk stands, and what to put in its place.

use std::sync::Arc;

use flow::search::excerpt;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use leptos_router::params::ParamsMap;
use web_sys::KeyboardEvent;

use super::{Hit, kind_text};
use crate::editor::palette::marked;
use crate::editor::state::Editor;
use crate::i18n::texts::SearchText;
use crate::i18n::{t, use_speech};
use crate::kit::Icon;
use crate::shell::address;

/// The bar; nothing while it is closed.
#[component]
pub fn FindBar(editor: Editor) -> impl IntoView {
    move || editor.find.is_open.get().then(|| view! { <Bar editor/> })
}

#[component]
fn Bar(editor: Editor) -> impl IntoView {
    let hits = editor.find_hits();
    let find = editor.find;
    Effect::new(move || find.hits.set(hits.get()));
    on_cleanup(move || {
        find.hits.try_set(Arc::new(Vec::new()));
    });
    // Another text begins a new walk; an edit keeps its place.
    Effect::new(move |before: Option<String>| {
        let text = find.text.get();
        let list = hits.get();
        let is_new = before.is_none_or(|before| before != text);
        let at = if is_new {
            nearest(editor, &list)
        } else {
            find.at.get_untracked().min(list.len().saturating_sub(1))
        };
        if find.at.get_untracked() != at {
            find.at.set(at);
        }
        if let (true, Some(hit)) = (is_new, list.get(at)) {
            editor.show_hit(hit);
        }
        text
    });
    let go = move |back: bool| walk(editor, &hits.get_untracked(), back);
    let on_key = move |event: KeyboardEvent| {
        // Keys with Control are those of the page.
        if event.is_composing() || event.ctrl_key() || event.meta_key() {
            return;
        }
        event.stop_propagation();
        match event.key().as_str() {
            "Enter" | "F3" => go(event.shift_key()),
            "ArrowDown" => go(false),
            "ArrowUp" => go(true),
            "Escape" => editor.end_find(),
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <div class="find-bar floating" role="search" aria-label=t(SearchText::FindInFlow)>
            <div class="find-line">
                <Icon name="search"/>
                <input
                    class="input find-text"
                    type="search"
                    aria-label=t(SearchText::FindInFlow)
                    placeholder=t(SearchText::FindHint)
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || find.text.get()
                    on:input=move |event| find.text.set(event_target_value(&event))
                    on:keydown=on_key
                />
                <Count editor hits/>
                <IconButton icon="chevron-up" text=SearchText::FindPrevious press=move || go(true)/>
                <IconButton icon="chevron-down" text=SearchText::FindNext press=move || go(false)/>
                <IconButton icon="replace" text=SearchText::ShowReplace press=move || find.is_replacing.update(|open| *open = !*open)/>
                <Everywhere editor/>
                <IconButton icon="x" text=SearchText::FindClose press=move || editor.end_find()/>
            </div>
            <Here editor hits/>
            {move || find.is_replacing.get().then(|| view! { <Replace editor hits/> })}
        </div>
    }
}

#[component]
fn IconButton(
    icon: &'static str,
    text: SearchText,
    press: impl Fn() + Send + Sync + 'static,
) -> impl IntoView {
    let label = t(text);
    view! {
        <button class="bar-button" type="button" aria-label=label title=label on:click=move |_| press()>
            <Icon name=icon/>
        </button>
    }
}

/// The first place of the selected card, else the first one.
fn nearest(editor: Editor, hits: &[Hit]) -> usize {
    let selected = editor.board.selected.get_untracked();
    let of_selected = |hit: &Hit| selected.is_some() && hit.step == selected;
    hits.iter().position(of_selected).unwrap_or(0)
}

/// Goes to the next or previous place, around the end.
fn walk(editor: Editor, hits: &Arc<Vec<Hit>>, back: bool) {
    let count = hits.len();
    if count == 0 {
        return;
    }
    let here = editor.find.at.get_untracked();
    let next = if back {
        (here + count - 1) % count
    } else {
        (here + 1) % count
    };
    editor.find.at.set(next);
    if let Some(hit) = hits.get(next) {
        editor.show_hit(hit);
    }
}

/// Where the walk stands; said to screen readers with the place.
#[component]
fn Count(editor: Editor, hits: Memo<Arc<Vec<Hit>>>) -> impl IntoView {
    let speech = use_speech();
    let said = move || {
        let n = hits.with(|hits| hits.len());
        if editor.find.text.read().trim().is_empty() {
            return String::new();
        }
        if n == 0 {
            return speech.say(&SearchText::FindNothing);
        }
        let at = editor.find.at.get() + 1;
        speech.say(&SearchText::FindCount { at: at.min(n), n })
    };
    view! { <span class="find-count number" role="status">{said}</span> }
}

/// The place where the walk stands: card, field, and the text around.
#[component]
fn Here(editor: Editor, hits: Memo<Arc<Vec<Hit>>>) -> impl IntoView {
    let speech = use_speech();
    move || {
        let list = hits.get();
        let hit = list.get(editor.find.at.get())?.clone();
        let number = hit.step.as_ref().and_then(|id| editor.board.number(id));
        let title = hit.step.as_ref().map(|id| editor.board.title(id));
        let what = if hit.field.is_empty() {
            speech.say(&kind_text(hit.kind))
        } else {
            hit.field.clone()
        };
        let (text, marks) = excerpt(&hit.text, &hit.marks);
        Some(view! {
            <p class="find-place">
                {number.map(|number| view! { <span class="card-number">{number}</span> })}
                {title.map(|title| view! { <span class="find-title ellipsis">{title}</span> })}
                <span class="muted find-what">{what}</span>
                <span class="find-excerpt ellipsis">{marked(&text, &marks)}</span>
            </p>
        })
    }
}

/// Goes on in all flows.
#[component]
fn Everywhere(editor: Editor) -> impl IntoView {
    let navigate = use_navigate();
    let press = move || {
        let mut query = ParamsMap::new();
        let text = editor.find.text.get_untracked();
        if !text.trim().is_empty() {
            query.insert("q", text);
        }
        navigate(
            &address("/search", &query),
            leptos_router::NavigateOptions::default(),
        );
    };
    view! { <IconButton icon="text-search" text=SearchText::FindEverywhere press/> }
}

/// What is put in the place of the text.
#[component]
fn Replace(editor: Editor, hits: Memo<Arc<Vec<Hit>>>) -> impl IntoView {
    let find = editor.find;
    let one = move || {
        let list = hits.get_untracked();
        let here = find.at.get_untracked();
        if let Some(hit) = list.get(here)
            && editor.replace_in(std::slice::from_ref(hit)) == 0
        {
            walk(editor, &list, false);
        }
    };
    let all = move || {
        editor.replace_in(&hits.get_untracked());
    };
    let is_nothing = move || hits.with(|hits| hits.is_empty());
    view! {
        <div class="find-line">
            <Icon name="replace"/>
            <input
                class="input"
                type="text"
                aria-label=t(SearchText::ReplaceWith)
                placeholder=t(SearchText::ReplaceWith)
                autocomplete="off"
                spellcheck="false"
                prop:value=move || find.with.get()
                on:input=move |event| find.with.set(event_target_value(&event))
                on:keydown=move |event: KeyboardEvent| {
                    if event.is_composing() || event.ctrl_key() || event.meta_key() {
                        return;
                    }
                    event.stop_propagation();
                    match event.key().as_str() {
                        "Enter" => one(),
                        "Escape" => editor.end_find(),
                        _ => return,
                    }
                    event.prevent_default();
                }
            />
            <button class="button" type="button" disabled=is_nothing on:click=move |_| one()>{t(SearchText::ReplaceOne)}</button>
            <button class="button" type="button" disabled=is_nothing on:click=move |_| all()>{t(SearchText::ReplaceAll)}</button>
        </div>
    }
}
