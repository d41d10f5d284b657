//! Menus that open from a button: arrow keys move, Escape and a click elsewhere close.

use std::sync::Arc;

use leptos::context::Provider;
use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};

use super::Icon;

/// Closes the menu around an item.
#[derive(Clone, Copy)]
struct MenuState {
    open: RwSignal<bool>,
}

/// A button with a menu.
#[component]
pub fn Menu(
    /// Name of button and menu.
    #[prop(into)]
    label: Signal<String>,
    /// What the button shows.
    #[prop(into)]
    face: ViewFn,
    /// Opens upwards.
    #[prop(optional)]
    above: bool,
    /// Leaves the scrolled box in which the button stands, which would cut it off.
    #[prop(optional)]
    floating: bool,
    /// Tab passes it by: whatever it belongs to is walked in another way.
    #[prop(optional)]
    skipped: bool,
    /// The items; drawn while it is open.
    children: ChildrenFn,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let place = RwSignal::new(String::new());
    let root = NodeRef::<html::Div>::new();
    let button = NodeRef::<html::Button>::new();
    Effect::new(move || {
        if open.try_get() == Some(true) {
            if floating && let Some(button) = button.get_untracked() {
                place.set(beside(&button.get_bounding_client_rect()));
            }
            // The items are drawn by now: effects run after the views.
            request_animation_frame(move || move_focus(root, Step::First));
        }
    });
    let on_key = move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            "Escape" if open.get_untracked() => {
                open.set(false);
                focus(button.get_untracked().as_deref());
                None
            }
            "ArrowDown" => Some(Step::Next),
            "ArrowUp" => Some(Step::Previous),
            "Home" => Some(Step::First),
            "End" => Some(Step::Last),
            _ => return,
        };
        event.prevent_default();
        match step {
            Some(step) if open.get_untracked() => move_focus(root, step),
            Some(_) => open.set(true),
            None => {}
        }
    };
    // A menu loses the focus with its page too: then its signals go, and what shows them may still be asked once.
    let is_open = move || open.try_get().unwrap_or_default();
    let on_leave = move |event: FocusEvent| {
        if open.try_get_untracked() != Some(true) {
            return;
        }
        let next = event
            .related_target()
            .and_then(|target| target.dyn_into::<Node>().ok());
        let is_inside = root
            .try_get_untracked()
            .flatten()
            .is_some_and(|root| root.contains(next.as_ref()));
        if !is_inside {
            open.try_set(false);
        }
    };
    view! {
        <div class="menu" node_ref=root on:keydown=on_key on:focusout=on_leave>
            <button
                class="menu-button"
                type="button"
                aria-haspopup="menu"
                tabindex=skipped.then_some("-1")
                aria-expanded=move || is_open().to_string()
                aria-label=label
                title=label
                node_ref=button
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {face.run()}
            </button>
            {move || {
                is_open()
                    .then(|| {
                        view! {
                            <div class="menu-list" class:menu-above=above class:menu-floating=floating style=place role="menu" aria-label=label tabindex="-1">
                                {items(MenuState { open }, Arc::clone(&children))}
                            </div>
                        }
                    })
            }}
        </div>
    }
}

/// The items, which know the menu they belong to.
fn items(menu: MenuState, children: ChildrenFn) -> impl IntoView {
    view! { <Provider value=menu>{children()}</Provider> }
}

/// An item of a menu; with `checked` one of several choices.
#[component]
pub fn MenuItem(
    /// Whether this choice is the one that holds.
    #[prop(into, optional)]
    checked: Option<Signal<bool>>,
    /// It destroys something.
    #[prop(optional)]
    danger: bool,
    /// What it does.
    #[prop(into)]
    on_press: Callback<()>,
    /// Its text.
    children: Children,
) -> impl IntoView {
    let menu = use_context::<MenuState>();
    view! {
        <button
            class="menu-item"
            class:menu-danger=danger
            type="button"
            tabindex="-1"
            role=if checked.is_some() { "menuitemradio" } else { "menuitem" }
            aria-checked=move || checked.map(|checked| checked.get().to_string())
            on:click=move |_| {
                on_press.run(());
                if checked.is_none() && let Some(menu) = menu {
                    menu.open.try_set(false);
                }
            }
        >
            {checked.map(|_| view! { <span class="menu-check"><Icon name="check"/></span> })}
            {children()}
        </button>
    }
}

/// Returns where a menu stands that leaves its box: under its button, above it where there is no room below.
fn beside(button: &web_sys::DomRect) -> String {
    let size = |value: Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue>| {
        value.ok().and_then(|size| size.as_f64()).unwrap_or(0.0)
    };
    let (width, height) = (size(window().inner_width()), size(window().inner_height()));
    // It opens towards the middle of the window.
    let across = if button.left() + button.right() < width {
        format!("left: {:.0}px", button.left().max(4.0))
    } else {
        format!("right: {:.0}px", (width - button.right()).max(4.0))
    };
    if button.bottom() > height * 0.6 {
        format!("{across}; bottom: {:.0}px", height - button.top() + 4.0)
    } else {
        format!("{across}; top: {:.0}px", button.bottom() + 4.0)
    }
}

#[derive(Clone, Copy)]
enum Step {
    First,
    Last,
    Next,
    Previous,
}

/// Moves the focus among the items of the menu in `root`.
fn move_focus(root: NodeRef<html::Div>, step: Step) {
    let Some(root) = root.try_get_untracked().flatten() else {
        return;
    };
    let Ok(items) = root.query_selector_all(".menu-item:not(:disabled)") else {
        return;
    };
    let count = items.length();
    if count == 0 {
        return;
    }
    let focused = document().active_element();
    let here = (0..count).find(|&index| {
        let item = items.item(index);
        item.as_ref() == focused.as_ref().map(AsRef::as_ref)
    });
    let next = match (step, here) {
        (Step::First, _) | (Step::Next, None) => 0,
        (Step::Last, _) | (Step::Previous, None) => count - 1,
        (Step::Next, Some(here)) => (here + 1) % count,
        (Step::Previous, Some(here)) => (here + count - 1) % count,
    };
    let item = items
        .item(next)
        .and_then(|item| item.dyn_into::<HtmlElement>().ok());
    focus(item.as_ref());
}

fn focus(element: Option<&HtmlElement>) {
    if element.is_some_and(|element| element.focus().is_err()) {
        leptos::logging::warn!("an element cannot be focused");
    }
}
