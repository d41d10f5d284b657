//! The canvas: geometry, gestures and rules as pure modules that are tested natively, and the views that draw them.

pub mod bar;
pub mod blocks;
pub mod board;
pub mod derived;
pub mod fetch;
pub mod geometry;
pub mod hands;
pub mod history;
pub mod hit;
pub mod keyboard;
mod keys;
pub mod label;
pub mod layout;
pub mod mapping;
pub mod markdown;
pub mod marks;
pub mod marquee;
pub mod measure;
pub mod minimap;
pub mod motion;
pub mod nesting;
mod panning;
pub mod reading;
pub mod resize;
pub mod rows;
pub mod selecting;
pub mod selection;
pub mod slots;
pub mod tabbing;
pub mod template;
pub mod traced;
pub mod trail;
pub mod tried;
pub mod view;
pub mod viewport;
pub mod wires;
pub mod wires_layer;

#[cfg(test)]
pub(crate) mod example;
