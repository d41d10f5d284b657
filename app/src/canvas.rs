//! The canvas: geometry, gestures and rules as pure modules that are tested natively, and the views that draw them.

pub mod geometry;
pub mod history;
pub mod hit;
pub mod keyboard;
pub mod layout;
pub mod mapping;
pub mod markdown;
pub mod measure;
pub mod reading;
pub mod rows;
pub mod template;
pub mod viewport;
pub mod wires;

#[cfg(test)]
pub(crate) mod example;
