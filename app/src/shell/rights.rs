//! Whether whoever is signed in may change anything, for what the pages offer. The server decides for itself.

use api::Role;
use leptos::prelude::*;

/// What the navigation has learned of the session.
#[derive(Clone, Copy)]
struct MayChange(RwSignal<bool>);

/// Holds what is known; once, at the root. Until the session is there, everything is offered.
pub fn provide_rights() {
    provide_context(MayChange(RwSignal::new(true)));
}

/// Tells whether this role may change flows.
pub fn may_change(role: Role) -> bool {
    role == Role::Administrator
}

/// Notes the role of whoever is signed in.
pub(super) fn note_role(role: Role) {
    let may = may_change(role);
    if let Some(MayChange(known)) = use_context::<MayChange>()
        && known.get_untracked() != may
    {
        known.set(may);
    }
}

/// Returns whether changes are offered, as a signal.
pub fn use_may_change() -> Signal<bool> {
    use_context::<MayChange>().map_or_else(|| Signal::stored(true), |known| known.0.into())
}
