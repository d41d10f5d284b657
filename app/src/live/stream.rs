//! The browser's end of the event stream `/live/runs`.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{EventSource, MessageEvent};

use super::RunNews;

const ADDRESS: &str = "/live/runs";
const THROTTLE: Duration = Duration::from_millis(300);

/// Counts news in `set_news` until the owner of this call is gone.
pub(super) fn listen(is_ours: impl Fn(&RunNews) -> bool + 'static, set_news: WriteSignal<u32>) {
    let Ok(source) = EventSource::new(ADDRESS) else {
        // Without the stream the page still works; it is only not alive.
        return;
    };
    let tell = throttled(set_news);
    let tell_again = tell.clone();
    let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let text = event.data().as_string().unwrap_or_default();
        // What cannot be read stands for news that were missed.
        if serde_json::from_str(&text).map_or(true, |news| is_ours(&news)) {
            tell();
        }
    });
    // What happened between the page's first look and this moment was told to nobody here.
    let opened = Closure::<dyn Fn()>::new(move || tell_again());
    source.set_onopen(Some(opened.as_ref().unchecked_ref()));
    let is_listening = source
        .add_event_listener_with_callback("run", heard.as_ref().unchecked_ref())
        .is_ok();
    if is_listening {
        let kept = StoredValue::new_local((source, heard, opened));
        on_cleanup(move || kept.with_value(|(source, ..)| source.close()));
    }
}

/// Returns a function that counts at once, and once more after a pause for whatever came during it.
fn throttled(set_news: WriteSignal<u32>) -> Rc<dyn Fn()> {
    let is_pausing = Rc::new(Cell::new(false));
    let is_due = Rc::new(Cell::new(false));
    Rc::new(move || {
        if is_pausing.replace(true) {
            is_due.set(true);
            return;
        }
        let _ = set_news.try_update(|count| *count = count.wrapping_add(1));
        let (is_pausing, is_due) = (is_pausing.clone(), is_due.clone());
        set_timeout(
            move || {
                is_pausing.set(false);
                if is_due.replace(false) {
                    let _ = set_news.try_update(|count| *count = count.wrapping_add(1));
                }
            },
            THROTTLE,
        );
    })
}
