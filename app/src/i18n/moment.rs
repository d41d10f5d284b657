//! Points in time on the screen. Server and browser first write UTC, so that both agree; then the browser rewrites
//! them in the reader's own zone.

use leptos::prelude::*;

use super::format::ago;
use super::{Civil, use_speech};

/// How often "4 min ago" is looked at again, in milliseconds.
const EVERY_MS: u64 = 20_000;

/// Whether the reader's own zone is known yet, and what time it is.
#[derive(Clone, Copy)]
pub struct LocalTime {
    is_known: RwSignal<bool>,
    now: RwSignal<i64>,
}

impl LocalTime {
    fn new() -> Self {
        Self {
            is_known: RwSignal::new(false),
            now: RwSignal::new(now_ms()),
        }
    }

    /// Returns the calendar and clock of the reader, or UTC before hydration.
    pub fn civil(self, ms: i64) -> Civil {
        if self.is_known.get() {
            in_readers_zone(ms)
        } else {
            Civil::utc(ms)
        }
    }
}

/// Switches to the reader's zone once the page is alive; once, at the root.
pub fn provide_local_time() {
    let local = LocalTime::new();
    provide_context(local);
    Effect::new(move || {
        local.is_known.set(true);
        local.now.set(now_ms());
        set_interval(
            move || {
                local.now.try_set(now_ms());
            },
            std::time::Duration::from_millis(EVERY_MS),
        );
    });
}

/// Returns the clock of this screen.
pub fn use_local_time() -> LocalTime {
    use_context().unwrap_or_else(LocalTime::new)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "milliseconds of the next 200,000 years fit"
)]
fn in_readers_zone(ms: i64) -> Civil {
    let at = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(ms as f64));
    Civil {
        year: i32::try_from(at.get_full_year()).unwrap_or(1970),
        month: at.get_month() + 1,
        day: at.get_date(),
        hour: at.get_hours(),
        minute: at.get_minutes(),
        second: at.get_seconds(),
    }
}

/// Returns the time, in milliseconds since 1970 in UTC.
#[cfg(feature = "hydrate")]
#[expect(
    clippy::cast_possible_truncation,
    reason = "milliseconds of the next 200,000 years fit"
)]
fn now_ms() -> i64 {
    js_sys::Date::now() as i64
}

/// Returns the time, in milliseconds since 1970 in UTC.
#[cfg(not(feature = "hydrate"))]
fn now_ms() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    })
}

/// A point in time, in milliseconds since 1970 in UTC.
#[component]
pub fn Moment(
    /// When.
    #[prop(into)]
    at: Signal<i64>,
) -> impl IntoView {
    let speech = use_speech();
    let local = use_local_time();
    let iso =
        move || flow::iso(chrono::DateTime::from_timestamp_millis(at.get()).unwrap_or_default());
    view! {
        <time class="number" datetime=iso>
            {move || local.civil(at.get()).full(speech.language())}
        </time>
    }
}

/// How long ago a point in time was, with day and clock as its tooltip; the day alone after a week.
#[component]
pub fn Ago(
    /// When, in milliseconds since 1970 in UTC.
    #[prop(into)]
    at: Signal<i64>,
) -> impl IntoView {
    let speech = use_speech();
    let local = use_local_time();
    let iso =
        move || flow::iso(chrono::DateTime::from_timestamp_millis(at.get()).unwrap_or_default());
    let full = move || local.civil(at.get()).full(speech.language());
    let text = move || {
        let (at, language) = (at.get(), speech.language());
        ago(local.now.get().saturating_sub(at), language)
            .unwrap_or_else(|| local.civil(at).date(language))
    };
    view! {
        <time class="number" datetime=iso title=full>
            {text}
        </time>
    }
}
