//! What a user does to the flow, as edits: adding, moving, deleting, mapping, choosing.

mod adding;
mod cases;
mod connecting;
mod copying;
mod fields;
mod mapping;
mod moving;
mod removing;

use flow::{CardKey, FieldKey, Flow, FlowEdit, Output, Step, StepId, Type};

use crate::canvas::reading::place_of;

/// The edit that puts a changed card in the place of the card of the same id.
pub(super) fn replace(flow: &Flow, changed: Step) -> Option<FlowEdit> {
    let at = place_of(flow, &changed.id)?;
    Some(FlowEdit::Batch {
        edits: vec![
            FlowEdit::RemoveStep {
                step: changed.id.clone(),
            },
            FlowEdit::AddStep {
                step: Box::new(changed),
                at,
            },
        ],
    })
}

/// Returns a new id for a card: nine letters and digits, as in Okta's packs.
pub(super) fn new_id() -> StepId {
    const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    let id: String = (0..9)
        .map(|_| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a random number below 62"
            )]
            let index = (js_sys::Math::random() * 62.0) as usize;
            char::from(LETTERS.get(index).copied().unwrap_or(b'x'))
        })
        .collect();
    StepId::from(id)
}

/// Returns a card without fields.
pub(crate) fn bare_step(card: &CardKey) -> Step {
    Step {
        id: new_id(),
        card: card.clone(),
        title: None,
        note: None,
        connection: None,
        inputs: Vec::new(),
        outputs: Vec::new(),
        lanes: Vec::new(),
        on_error: flow::OnError::default(),
        collapsed: false,
    }
}

/// Returns an output of the user's, for cards whose outputs follow from a choice.
pub(super) fn own_output(key: FieldKey, ty: Type) -> Output {
    Output {
        custom: true,
        ..Output::new(key, ty)
    }
}
