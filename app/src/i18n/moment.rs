//! Points in time on the screen. Server and browser first write UTC, so that both agree; then the browser rewrites
//! them in the reader's own zone.

use leptos::prelude::*;

use super::{Civil, use_speech};

/// Whether the reader's own zone is known yet.
#[derive(Clone, Copy)]
pub struct LocalTime(RwSignal<bool>);

impl LocalTime {
    /// Returns the calendar and clock of the reader, or UTC before hydration.
    pub fn civil(self, ms: i64) -> Civil {
        if self.0.get() {
            in_readers_zone(ms)
        } else {
            Civil::utc(ms)
        }
    }
}

/// Switches to the reader's zone once the page is alive; once, at the root.
pub fn provide_local_time() {
    let is_known = RwSignal::new(false);
    provide_context(LocalTime(is_known));
    Effect::new(move || is_known.set(true));
}

/// Returns the clock of this screen.
pub fn use_local_time() -> LocalTime {
    use_context().unwrap_or_else(|| LocalTime(RwSignal::new(false)))
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
