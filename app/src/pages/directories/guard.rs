//! Unsaved changes: whoever leaves is asked, by the page for its own links and by the browser for everything else.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Event, MouseEvent};

use crate::i18n::t;
use crate::i18n::texts::RuleText;
use crate::kit::{Button, ButtonKind, Dialog};

/// Asks before a page with unsaved changes is left.
#[component]
pub fn LeaveGuard(
    /// There is something unsaved.
    #[prop(into)]
    is_dirty: Signal<bool>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let target = RwSignal::new(String::new());
    let navigate = use_navigate();
    let allowed = StoredValue::new(false);
    Effect::new(move |was: Option<()>| {
        if was.is_some() {
            return;
        }
        let unload = window_event_listener_untyped("beforeunload", move |event| {
            let is_left = allowed.try_get_value().unwrap_or(true);
            if is_dirty.try_get_untracked().unwrap_or(false) && !is_left {
                event.prevent_default();
            }
        });
        on_cleanup(move || unload.remove());
        let on_click = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            if !is_dirty.try_get_untracked().unwrap_or(false) {
                return;
            }
            if let Some(href) = followed(&event) {
                event.prevent_default();
                event.stop_propagation();
                target.try_set(href);
                open.try_set(true);
            }
        });
        let function = on_click
            .as_ref()
            .unchecked_ref::<js_sys::Function>()
            .clone();
        // While it is caught on its way down, the router has not seen it.
        let is_heard = document()
            .add_event_listener_with_callback_and_bool("click", &function, true)
            .is_ok();
        if !is_heard {
            leptos::logging::warn!("links cannot be watched");
        }
        let kept = StoredValue::new_local((on_click, function));
        on_cleanup(move || {
            kept.try_with_value(|(_, function)| {
                let removed = document()
                    .remove_event_listener_with_callback_and_bool("click", function, true);
                if removed.is_err() {
                    leptos::logging::warn!("links are still watched");
                }
            });
        });
    });
    view! {
        <Dialog open title=t(RuleText::LeaveTitle)>
            <p>{t(RuleText::LeaveText)}</p>
            <div class="dialog-foot">
                <Button on_press=move || open.set(false)>{t(RuleText::Stay)}</Button>
                <Button
                    kind=ButtonKind::Danger
                    on_press={
                        let navigate = navigate.clone();
                        move || {
                            allowed.set_value(true);
                            open.set(false);
                            navigate(&target.get_untracked(), NavigateOptions::default());
                        }
                    }
                >
                    {t(RuleText::Leave)}
                </Button>
            </div>
        </Dialog>
    }
}

/// The address of a link of these pages that a plain click follows.
fn followed(event: &Event) -> Option<String> {
    let mouse = event.dyn_ref::<MouseEvent>()?;
    if mouse.button() != 0 || mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key() {
        return None;
    }
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let link = target.closest("a[href]").ok()??;
    let href = link.get_attribute("href")?;
    let is_new_tab = link.get_attribute("target").is_some() || link.has_attribute("download");
    (href.starts_with('/') && !is_new_tab).then_some(href)
}
