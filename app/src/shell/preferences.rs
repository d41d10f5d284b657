//! Language and theme: read from cookies on the server, from the document in the browser, and kept in both.

use leptos::prelude::*;

use super::theme::{Theme, ThemeChoice};
use crate::i18n::{Language, provide_language};

/// What the reader chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Preferences {
    pub(super) language: Language,
    pub(super) theme: Theme,
}

impl Preferences {
    /// Reads the cookies of this request, and for a new reader what the browser accepts.
    #[cfg(feature = "ssr")]
    pub(super) fn read() -> Self {
        use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};
        use axum::http::request::Parts;

        let Some(parts) = use_context::<Parts>() else {
            return Self::default();
        };
        let header = |name| {
            let value = parts
                .headers
                .get(name)
                .and_then(|value| value.to_str().ok());
            value.unwrap_or_default()
        };
        Self::from_headers(header(COOKIE), header(ACCEPT_LANGUAGE))
    }

    /// Reads what the server wrote on the document, so that both sides draw the same.
    #[cfg(not(feature = "ssr"))]
    pub(super) fn read() -> Self {
        let root = document().document_element();
        let attribute = |name| root.as_ref().and_then(|root| root.get_attribute(name));
        Self {
            language: attribute("lang")
                .and_then(|tag| Language::parse(&tag))
                .unwrap_or_default(),
            theme: attribute("data-theme")
                .and_then(|tag| Theme::parse(&tag))
                .unwrap_or_default(),
        }
    }

    /// Chooses from the headers `Cookie` and `Accept-Language`.
    #[cfg(any(feature = "ssr", test))]
    fn from_headers(cookies: &str, accepted: &str) -> Self {
        Self {
            language: cookie(cookies, "lang")
                .and_then(Language::parse)
                .unwrap_or_else(|| Language::accepted(accepted)),
            theme: cookie(cookies, "theme")
                .and_then(Theme::parse)
                .unwrap_or_default(),
        }
    }
}

#[cfg(any(feature = "ssr", test))]
fn cookie<'a>(cookies: &'a str, name: &str) -> Option<&'a str> {
    cookies
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// Sets language and theme of the screen, and keeps document and cookies in step with them; once, at the root.
pub fn provide_preferences() {
    let preferences = Preferences::read();
    let speech = provide_language(preferences.language);
    let theme = RwSignal::new(preferences.theme);
    provide_context(ThemeChoice(theme));
    super::keys::provide_single_keys();
    keep("lang", "lang", move || speech.language().tag());
    keep("data-theme", "theme", move || theme.get().tag());
}

/// Writes a value onto the document and into a cookie whenever it changes.
fn keep(attribute: &'static str, cookie: &'static str, value: impl Fn() -> &'static str + 'static) {
    Effect::new(move |before: Option<&'static str>| {
        let value = value();
        // The first value is what the document says already.
        if before.is_some_and(|before| before != value) {
            set_cookie(cookie, value);
            if let Some(root) = document().document_element()
                && root.set_attribute(attribute, value).is_err()
            {
                leptos::logging::warn!("{attribute} cannot be set");
            }
        }
        value
    });
}

/// Keeps a value in a cookie for a year.
pub fn set_cookie(name: &str, value: &str) {
    let cookie = format!("{name}={value}; path=/; max-age=31536000; samesite=lax");
    if js_sys::Reflect::set(&document(), &"cookie".into(), &cookie.into()).is_err() {
        leptos::logging::warn!("the browser keeps no cookies");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_win_over_what_the_browser_accepts() {
        let chosen = Preferences::from_headers("sid=x; lang=en; theme=dark", "ja");
        assert_eq!(chosen.language, Language::English);
        assert_eq!(chosen.theme, Theme::Dark);
        let new = Preferences::from_headers("", "ja-JP,ja;q=0.9");
        assert_eq!(new.language, Language::Japanese);
        assert_eq!(new.theme, Theme::System);
        let odd = Preferences::from_headers("lang=xx; theme=pink", "en");
        assert_eq!(odd, Preferences::default());
    }
}
