//! How wide the window is, in the four steps that the pages know. The same numbers stand in the style sheets.

use leptos::prelude::*;

/// A step of the window's width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Width {
    /// Below 768 pixels: lists, runs and approvals work; a flow is read as an outline.
    Phone,
    /// Below 1024: palette and inspector are sheets.
    Tablet,
    /// Below 1280: the inspector floats over the canvas.
    Narrow,
    /// Room for everything; also what the server draws for.
    #[default]
    Full,
}

impl Width {
    /// Returns the step of a width in pixels.
    pub fn of(pixels: f64) -> Self {
        match pixels {
            pixels if pixels < 768.0 => Self::Phone,
            pixels if pixels < 1024.0 => Self::Tablet,
            pixels if pixels < 1280.0 => Self::Narrow,
            _ => Self::Full,
        }
    }
}

/// Returns the width of the window; `Full` until the browser has looked.
pub fn use_width() -> Memo<Width> {
    let width = RwSignal::new(Width::default());
    Effect::new(move |before: Option<()>| {
        if before.is_some() {
            return;
        }
        let look = move || {
            let pixels = window().inner_width().ok().and_then(|width| width.as_f64());
            width.set(pixels.map_or(Width::Full, Width::of));
        };
        look();
        let listener = window_event_listener(leptos::ev::resize, move |_| look());
        on_cleanup(move || listener.remove());
    });
    Memo::new(move |_| width.get())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_steps() {
        for (pixels, width) in [
            (390.0, Width::Phone),
            (767.0, Width::Phone),
            (768.0, Width::Tablet),
            (1024.0, Width::Narrow),
            (1280.0, Width::Full),
        ] {
            assert_eq!(Width::of(pixels), width, "{pixels}");
        }
    }
}
