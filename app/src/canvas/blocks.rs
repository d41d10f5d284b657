//! The flow as coloured blocks, far zoomed out: drawn on one canvas element, however many cards there are.

use flow::StepId;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, Element, HtmlCanvasElement};

use super::board::{Board, use_board};
use super::geometry::Rect;
use super::layout::{CardBox, Shape};
use super::measure::{HEADER, text_width};
use super::viewport::Viewport;

/// The families, as the style sheet names them.
pub(super) const FAMILIES: [&str; 10] = [
    "event", "okta", "logic", "text", "data", "list", "table", "http", "time", "note",
];

/// The blocks over the whole canvas, with the titles of containers.
#[component]
pub fn Blocks() -> impl IntoView {
    let board = use_board();
    let element = NodeRef::<html::Canvas>::new();
    Effect::new(move || {
        let Some(canvas) = element.get() else { return };
        let pen = Pen::of(&canvas, board);
        if let Some(pen) = pen {
            pen.draw(board);
        }
    });
    // The style sheet says the colours; what is inside of a canvas element is styled, but not drawn.
    let inks = FAMILIES
        .into_iter()
        .chain(["problem", "words", "chosen"])
        .map(|family| view! { <span class="block-ink" data-family=family></span> })
        .collect_view();
    view! { <canvas class="blocks" aria-hidden="true" node_ref=element>{inks}</canvas> }
}

/// What a block is drawn with.
struct Ink {
    family: &'static str,
    fill: String,
    frame: String,
    edge: String,
}

struct Pen {
    context: CanvasRenderingContext2d,
    inks: Vec<Ink>,
    /// Pixels of the screen for one of the page.
    dense: f64,
}

impl Pen {
    fn of(canvas: &HtmlCanvasElement, board: Board) -> Option<Self> {
        let size = board.size.get();
        let dense = window().device_pixel_ratio().clamp(1.0, 3.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a screen has few thousand pixels"
        )]
        let pixels = |side: f64| (side * dense).round().max(1.0) as u32;
        // Setting the size empties the canvas, also where it is the same.
        canvas.set_width(pixels(size.w));
        canvas.set_height(pixels(size.h));
        let context = canvas.get_context("2d").ok()??;
        Some(Self {
            context: context.dyn_into().ok()?,
            inks: inks(canvas),
            dense,
        })
    }

    fn ink(&self, family: &str) -> Option<&Ink> {
        self.inks.iter().find(|ink| ink.family == family)
    }

    fn draw(&self, board: Board) {
        let viewport = board.viewport.get();
        let seen = viewport.visible(board.size.get());
        let families = board.known.families.get();
        let troubles = board.known.troubles.get();
        let layout = board.layout.get();
        let near: Vec<&CardBox> = layout
            .cards
            .iter()
            .filter(|card| card.rect.meets(seen))
            .collect();
        let family = |id: &StepId| families.get(id).copied().unwrap_or("http");
        // Outer frames come first: what is inside lies on them.
        for card in &near {
            let rect = self.on_screen(card.rect, viewport);
            match card.shape {
                Shape::Container if !card.rows.outputs.is_empty() || card.rect.h > HEADER * 2.0 => {
                    self.frame(rect, family(&card.id));
                }
                _ => self.block(rect, family(&card.id)),
            }
            let is_bad = troubles.get(&card.id).is_some_and(|trouble| trouble.is_bad);
            if is_bad && let Some(ink) = self.ink("problem") {
                self.context.set_stroke_style_str(&ink.fill);
                self.context.set_line_width(2.0 * self.dense);
                self.context.stroke_rect(rect.x, rect.y, rect.w, rect.h);
            }
        }
        let selected = board.selected.get();
        let chosen = near.iter().find(|card| Some(&card.id) == selected.as_ref());
        if let (Some(card), Some(ink)) = (chosen, self.ink("chosen")) {
            let rect = self.on_screen(card.rect, viewport).grown(2.0 * self.dense);
            self.context.set_stroke_style_str(&ink.fill);
            self.context.set_line_width(2.0 * self.dense);
            self.context.stroke_rect(rect.x, rect.y, rect.w, rect.h);
        }
        let containers = near.iter().filter(|card| card.shape == Shape::Container);
        for card in containers {
            let rect = self.on_screen(card.rect, viewport);
            self.title(&board.title(&card.id), rect, viewport.zoom);
        }
    }

    fn on_screen(&self, rect: Rect, viewport: Viewport) -> Rect {
        let scale = viewport.zoom * self.dense;
        Rect::new(
            rect.x * scale + viewport.x * self.dense,
            rect.y * scale + viewport.y * self.dense,
            (rect.w * scale).max(1.5),
            (rect.h * scale).max(3.0),
        )
    }

    fn block(&self, rect: Rect, family: &str) {
        if let Some(ink) = self.ink(family) {
            self.context.set_fill_style_str(&ink.fill);
            self.context.fill_rect(rect.x, rect.y, rect.w, rect.h);
        }
    }

    fn frame(&self, rect: Rect, family: &str) {
        if let Some(ink) = self.ink(family) {
            self.context.set_fill_style_str(&ink.frame);
            self.context.fill_rect(rect.x, rect.y, rect.w, rect.h);
            self.context.set_stroke_style_str(&ink.edge);
            self.context.set_line_width(self.dense);
            self.context.stroke_rect(rect.x, rect.y, rect.w, rect.h);
        }
    }

    /// The title of a container in its head, where the head is high enough to read it.
    fn title(&self, title: &str, rect: Rect, zoom: f64) {
        const LINE: f64 = 13.0;
        let (high, wide) = (HEADER * zoom, rect.w / self.dense - 8.0);
        let Some(ink) = self
            .ink("words")
            .filter(|_| high + 6.0 >= LINE && wide > 24.0)
        else {
            return;
        };
        let text = shortened(title, wide);
        self.context.set_fill_style_str(&ink.fill);
        self.context
            .set_font(&format!("{}px system-ui, sans-serif", 11.0 * self.dense));
        let (x, y) = (rect.x + 4.0 * self.dense, rect.y + LINE * self.dense);
        if self.context.fill_text(&text, x, y).is_err() {
            leptos::logging::warn!("a title cannot be drawn");
        }
    }
}

/// As much of the title as fits, with an ellipsis where something is left out.
fn shortened(title: &str, width: f64) -> String {
    if text_width(title) <= width {
        return title.to_owned();
    }
    let mut text = String::new();
    for c in title.chars() {
        text.push(c);
        if text_width(&text) + 12.0 > width {
            text.pop();
            break;
        }
    }
    text.push('…');
    text
}

fn inks(canvas: &HtmlCanvasElement) -> Vec<Ink> {
    let children = canvas.children();
    let names = FAMILIES.into_iter().chain(["problem", "words", "chosen"]);
    (0..)
        .zip(names)
        .filter_map(|(index, family)| {
            let span: Element = children.item(index)?;
            let style = window().get_computed_style(&span).ok()??;
            let value = |name: &str| style.get_property_value(name).unwrap_or_default();
            Some(Ink {
                family,
                fill: value("color"),
                frame: value("background-color"),
                edge: value("border-top-color"),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_titles_lose_their_end() {
        assert_eq!(shortened("If/Else", 100.0), "If/Else");
        let short = shortened("Is it a contractor whose account ends this week?", 80.0);
        assert!(
            short.ends_with('…') && text_width(&short) <= 84.0,
            "{short}"
        );
        assert_eq!(shortened("退職予定者の一時停止", 40.0), "退職…");
    }
}
