//! How the kinds of flows look: a tile in the family of what starts them, and a word.

use flow::{Family, FlowKind};
use leptos::prelude::*;

use super::Icon;
use crate::i18n::texts::FlowText;

/// Returns family, icon and word of a kind.
pub fn flow_kind(kind: FlowKind) -> (Family, &'static str, FlowText) {
    match kind {
        FlowKind::Event => (Family::Event, "zap", FlowText::KindEvent),
        FlowKind::Scheduled => (Family::Time, "calendar-clock", FlowText::KindScheduled),
        FlowKind::ApiEndpoint => (Family::Http, "webhook", FlowText::KindApiEndpoint),
        FlowKind::Helper => (Family::List, "workflow", FlowText::KindHelper),
        FlowKind::Delegated => (Family::Okta, "user-cog", FlowText::KindDelegated),
        FlowKind::Manual => (Family::Data, "play", FlowText::KindManual),
    }
}

/// A small tile that shows what starts a flow.
#[component]
pub fn FlowTile(
    /// The kind.
    kind: FlowKind,
) -> impl IntoView {
    let (family, icon, _) = flow_kind(kind);
    view! {
        <span class="tile tile-small" data-family=family.token()>
            <Icon name=icon/>
        </span>
    }
}
