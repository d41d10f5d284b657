//! What the org answered when it sent the person back: a sentence with what to do.

use leptos::prelude::*;

use crate::i18n::t;
use crate::i18n::texts::ConnectionText;
use crate::kit::Icon;
use crate::shell::use_query_value;

/// A banner for `?error=…`, else nothing.
#[component]
pub fn Returned() -> impl IntoView {
    let error = use_query_value("error");
    move || {
        let code = error.get()?;
        Some(view! {
            <div class="banner" data-tone="bad" role="alert">
                <Icon name="circle-x"/>
                <p class="banner-text">{t(sentence(&code))}</p>
            </div>
        })
    }
}

/// Returns the sentence for a code that the server puts into the address.
fn sentence(code: &str) -> ConnectionText {
    match code {
        "access_denied" => ConnectionText::AccessDenied,
        "invalid_client" | "unauthorized_client" => ConnectionText::InvalidClient,
        "invalid_scope" => ConnectionText::InvalidScope,
        "unreachable" => ConnectionText::OrgUnreachable,
        "state_lost" => ConnectionText::StateLost,
        "expired" => ConnectionText::Expired,
        "refused" => ConnectionText::Refused,
        "internal" => ConnectionText::Internal,
        other => ConnectionText::OtherReturn {
            code: other.chars().take(80).collect(),
        },
    }
}
