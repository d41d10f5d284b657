//! The HTML document that the server sends.

use leptos::prelude::*;
use leptos_meta::MetaTags;

use super::preferences::Preferences;
use crate::App;

/// Returns the document around the application, in the reader's language and theme from the first byte.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let preferences = Preferences::read();
    view! {
        <!DOCTYPE html>
        <html lang=preferences.language.tag() data-theme=preferences.theme.tag()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" type="image/svg+xml" href="/favicon.svg"/>
                <link rel="stylesheet" href="/style.css"/>
                <HydrationScripts options/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
