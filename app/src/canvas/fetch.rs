//! Fetches the catalogue as data: one JSON file per language, which the browser keeps.

use flow::Catalogue;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::i18n::Language;

/// Fetches the catalogue of a language; nothing where it cannot be reached or read.
pub async fn catalogue(language: Language) -> Option<Catalogue> {
    let text = text(&format!("/catalogue/{}.json", language.tag()))
        .await
        .ok()?;
    match serde_json::from_str(&text) {
        Ok(catalogue) => Some(catalogue),
        Err(error) => {
            leptos::logging::warn!("the catalogue cannot be read: {error}");
            None
        }
    }
}

async fn text(url: &str) -> Result<String, JsValue> {
    let reply = JsFuture::from(leptos::prelude::window().fetch_with_str(url)).await?;
    let reply: web_sys::Response = reply.dyn_into()?;
    if !reply.ok() {
        return Err(JsValue::from_f64(f64::from(reply.status())));
    }
    let text = JsFuture::from(reply.text()?).await?;
    Ok(text.as_string().unwrap_or_default())
}
