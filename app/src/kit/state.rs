//! Tags and states. A state is told by word and by the shape of its icon, not by its colour alone.

use api::{ConnectionState, RunStatus};
use leptos::prelude::*;

use super::Icon;
use crate::i18n::t;
use crate::i18n::texts::{ConnectionText, RunText};

/// What a tag means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to act on.
    #[default]
    Plain,
    /// Selected or in progress.
    Accent,
    /// Succeeded, on.
    Ok,
    /// Waits, warns.
    Warn,
    /// Failed.
    Bad,
    /// A person decides.
    Odd,
}

impl Tone {
    /// Returns the value of `data-tone`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Accent => "accent",
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Odd => "odd",
        }
    }
}

/// A small coloured label.
#[component]
pub fn Tag(
    /// What it means.
    #[prop(optional)]
    tone: Tone,
    /// Icon before the text.
    #[prop(optional)]
    icon: Option<&'static str>,
    /// Its text.
    children: Children,
) -> impl IntoView {
    view! {
        <span class="tag" data-tone=tone.tag()>
            {icon.map(|name| view! { <Icon name=name/> })}
            {children()}
        </span>
    }
}

/// The status of a run.
#[component]
pub fn RunTag(
    /// The status.
    status: RunStatus,
) -> impl IntoView {
    let (tone, icon, text) = run_status(status);
    view! { <Tag tone icon>{t(text)}</Tag> }
}

/// Returns how a status of a run is shown: tone, icon, word.
pub fn run_status(status: RunStatus) -> (Tone, &'static str, RunText) {
    match status {
        RunStatus::Queued => (Tone::Plain, "circle-dashed", RunText::Queued),
        RunStatus::Running => (Tone::Accent, "circle-play", RunText::Running),
        RunStatus::Waiting => (Tone::Warn, "clock", RunText::Waiting),
        RunStatus::Succeeded => (Tone::Ok, "circle-check", RunText::Succeeded),
        RunStatus::Stopped => (Tone::Plain, "circle-stop", RunText::Stopped),
        RunStatus::Failed => (Tone::Bad, "circle-x", RunText::Failed),
        RunStatus::OutcomeUnknown => (Tone::Odd, "circle-question-mark", RunText::OutcomeUnknown),
        RunStatus::Canceled => (Tone::Plain, "ban", RunText::Canceled),
    }
}

/// The state of a connection.
#[component]
pub fn ConnectionTag(
    /// The state.
    state: ConnectionState,
) -> impl IntoView {
    let (tone, icon, text) = match state {
        ConnectionState::Authorized => (Tone::Ok, "circle-check", ConnectionText::Authorized),
        ConnectionState::NeedsReauthorization => (
            Tone::Warn,
            "triangle-alert",
            ConnectionText::NeedsReauthorization,
        ),
        ConnectionState::Revoking => (Tone::Plain, "clock", ConnectionText::Revoking),
    };
    view! { <Tag tone icon>{t(text)}</Tag> }
}
