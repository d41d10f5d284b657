//! What a card does when it is reached: found once, while compiling.

use cards::{Repeat, Run, Seed};
use flow::{Args, Base, CardError, CardKey, Outputs};

use super::Field;

/// What a card does.
#[derive(Clone, Debug)]
pub(crate) enum Meaning {
    /// Starts the flow; its outputs come from outside.
    Start,
    /// Nothing.
    Nothing,
    Pure(fn(&Args) -> Result<Outputs, CardError>),
    Seeded(fn(&Args, &Seed) -> Result<Outputs, CardError>),
    Call(Repeat),
    /// A call whose records go to a helper flow; the index of the input that names the flow.
    Stream(usize),
    If,
    Branch,
    Guard,
    ContinueIf,
    Return,
    ReturnRaw,
    Throw,
    ThrowIf,
    Close,
    CallFlow,
    CallFlowAsync,
    Loop(Loop),
    WaitFor,
    WaitUntil,
    Pause,
    PauseRaw,
    /// The catalogue does not have it.
    Unavailable,
    /// A container inside too many others.
    TooDeep,
}

/// Ways to call a helper flow many times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Loop {
    Each,
    EachIgnoringErrors,
    Map,
    Filter,
    Find,
    Reduce,
    Repeat,
    ObjectEach,
    ObjectMap,
    ObjectProcess,
}

impl Meaning {
    pub(crate) fn of(
        card: &CardKey,
        inputs: &[Field],
        run_of: &dyn Fn(&CardKey) -> Option<Run>,
    ) -> Self {
        if let Some(control) = Self::of_control(card) {
            return control;
        }
        match run_of(card) {
            Some(Run::Pure(eval)) => Self::Pure(eval),
            Some(Run::Seeded(eval)) => Self::Seeded(eval),
            Some(Run::Call { repeatable }) => match inputs.iter().position(streams_to) {
                Some(input) => Self::Stream(input),
                None => Self::Call(repeatable),
            },
            Some(Run::Control) | None => Self::Unavailable,
        }
    }

    fn of_control(card: &CardKey) -> Option<Self> {
        Some(match card.as_str() {
            "control:noop" | "control:comment" => Self::Nothing,
            "control:if" => Self::If,
            "control:branch" => Self::Branch,
            "control:tryCatch" => Self::Guard,
            "control:continueIf" => Self::ContinueIf,
            "control:return" => Self::Return,
            "control:returnRaw" => Self::ReturnRaw,
            "control:throw" => Self::Throw,
            "control:throwIf" => Self::ThrowIf,
            "httpfunctions:close" => Self::Close,
            "control:spawn" => Self::CallFlow,
            "control:run" => Self::CallFlowAsync,
            "control:wait" => Self::WaitFor,
            "control:until" => Self::WaitUntil,
            "control:pause" => Self::Pause,
            "control:pauseRaw" => Self::PauseRaw,
            "control:times" => Self::Loop(Loop::Repeat),
            "list:each" => Self::Loop(Loop::Each),
            "list:asyncEach" => Self::Loop(Loop::EachIgnoringErrors),
            "list:map" => Self::Loop(Loop::Map),
            "list:filter" => Self::Loop(Loop::Filter),
            "list:find" => Self::Loop(Loop::Find),
            "list:reduce" => Self::Loop(Loop::Reduce),
            "object:each" => Self::Loop(Loop::ObjectEach),
            "object:map" => Self::Loop(Loop::ObjectMap),
            "object:process" => Self::Loop(Loop::ObjectProcess),
            _ => return None,
        })
    }
}

/// The input of a streaming card that names the helper flow for its records.
fn streams_to(input: &Field) -> bool {
    input.ty.base == Base::Flow
        && input.key.group.as_deref() == Some("Streaming")
        && !input.is_unbound()
}
