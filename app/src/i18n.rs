//! What the screens say: messages with typed slots in English and Japanese, and how numbers and times are written.
//!
//! A page names messages only (`t(HomeText::Title)`), never text. The language is one signal, so a change shows at once.

mod format;
mod language;
pub(crate) mod message;
pub mod moment;
pub mod texts;

pub use format::{Civil, bytes, count, duration_ms, percent};
pub use language::{Language, Speech, provide_language, t, use_speech};
pub use message::Message;
pub(crate) use message::messages;
pub use moment::{Ago, LocalTime, Moment, provide_local_time, use_local_time};
