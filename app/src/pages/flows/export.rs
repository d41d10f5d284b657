//! Saving flows as a pack: the server writes it, the browser keeps it as a file.

use api::ExportRequest;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast as _, JsValue};

use crate::i18n::texts::KindText;
use crate::kit::ToastBox;
use crate::rpc;

/// Exports a flow or a folder.
pub fn export(request: ExportRequest, toasts: ToastBox) {
    spawn_local(async move {
        match rpc::export_pack(request).await {
            Ok(pack) => {
                if save(&pack.file_name, &pack.text).is_none() {
                    leptos::logging::warn!("the file cannot be saved");
                    return;
                }
                toasts.say(&KindText::Exported {
                    file: pack.file_name,
                });
            }
            Err(refusal) => toasts.refuse(&refusal),
        }
    });
}

/// Hands a text to the browser as a download.
pub(crate) fn save(name: &str, text: &str) -> Option<()> {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type("application/json");
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let url = web_sys::Url::create_object_url_with_blob(&blob).ok()?;
    let link = document()
        .create_element("a")
        .ok()?
        .dyn_into::<web_sys::HtmlElement>()
        .ok()?;
    link.set_attribute("href", &url).ok()?;
    link.set_attribute("download", name).ok()?;
    link.click();
    web_sys::Url::revoke_object_url(&url).ok()
}
