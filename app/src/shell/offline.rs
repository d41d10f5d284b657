//! A strip that says when the browser has lost the network.

use leptos::prelude::*;

use crate::i18n::t;
use crate::i18n::texts::ShellText;
use crate::kit::Icon;

/// Nothing while the browser is online.
#[component]
pub fn Offline() -> impl IntoView {
    let is_offline = RwSignal::new(false);
    Effect::new(move |listening: Option<()>| {
        if listening.is_none() {
            is_offline.set(!window().navigator().on_line());
            let lost = window_event_listener(leptos::ev::offline, move |_| is_offline.set(true));
            let back = window_event_listener(leptos::ev::online, move |_| is_offline.set(false));
            on_cleanup(move || {
                lost.remove();
                back.remove();
            });
        }
    });
    view! {
        <div role="status">
            {move || {
                is_offline
                    .get()
                    .then(|| {
                        view! {
                            <p class="offline">
                                <Icon name="cloud"/>
                                {t(ShellText::Offline)}
                            </p>
                        }
                    })
            }}
        </div>
    }
}
