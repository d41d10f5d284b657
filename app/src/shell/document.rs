//! The HTML document that the server sends.

use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

use super::preferences::Preferences;
use crate::App;

/// What the page does before the browser part has arrived.
const EARLY: &str = include_str!("early.js");

/// Returns the document around the application, in the reader's language and theme from the first byte.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let preferences = Preferences::read();
    #[cfg(feature = "ssr")]
    restrict_scripts();
    view! {
        <!DOCTYPE html>
        <html lang=preferences.language.tag() data-theme=preferences.theme.tag()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" type="image/svg+xml" href="/favicon.svg"/>
                <link rel="stylesheet" href="/style.css"/>
                <script nonce=use_nonce() inner_html=EARLY></script>
                <HydrationScripts options/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// Lets only scripts run that are ours: files of this server, and those in the page that carry its nonce.
#[cfg(feature = "ssr")]
fn restrict_scripts() {
    use axum::http::{HeaderValue, header::CONTENT_SECURITY_POLICY};
    use leptos_axum::ResponseOptions;

    let (Some(nonce), Some(reply)) = (use_nonce(), use_context::<ResponseOptions>()) else {
        return;
    };
    let policy = format!(
        "script-src 'self' 'wasm-unsafe-eval' 'nonce-{nonce}'; object-src 'none'; base-uri 'none'; \
        frame-ancestors 'none'; form-action 'self'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        reply.insert_header(CONTENT_SECURITY_POLICY, policy);
    }
}
