//! Icons from the sprite.

use leptos::prelude::*;

pub mod names;

pub use names::NAMES;

/// Tells sprites apart (FNV-1a), so that a browser may keep one for good: Chromium draws nothing for some icons while it
/// asks whether a kept sprite is still the newest.
const VERSION: u32 = {
    let sprite = include_bytes!("../../../style/icons.svg");
    let mut hash: u32 = 0x811c_9dc5;
    let mut at = 0;
    while at < sprite.len() {
        hash = (hash ^ sprite[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    hash
};

/// Returns the name itself if the sprite has it, else a box: catalogue and packs may name icons of the future.
pub fn known_icon(name: &str) -> &'static str {
    NAMES
        .binary_search(&name)
        .ok()
        .and_then(|index| NAMES.get(index).copied())
        .unwrap_or("box")
}

/// Where an icon is, for drawings that place it themselves.
pub fn icon_href(name: &str) -> String {
    format!("/icons.svg?v={VERSION:x}#{}", known_icon(name))
}

/// An icon; decoration only, the words beside it carry the meaning.
#[component]
pub fn Icon(
    /// Name in the sprite.
    #[prop(into)]
    name: Oco<'static, str>,
) -> impl IntoView {
    let href = icon_href(&name);
    view! {
        <svg class="icon" aria-hidden="true" focusable="false">
            <use href=href></use>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_sprite_agree() {
        let sprite = include_str!("../../../style/icons.svg");
        let in_sprite: Vec<&str> = sprite
            .split("<symbol id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let mut sorted = in_sprite.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, NAMES);
    }

    #[test]
    fn an_unknown_icon_is_a_box() {
        assert_eq!(known_icon("user-plus"), "user-plus");
        assert_eq!(known_icon("no-such-icon"), "box");
    }
}
