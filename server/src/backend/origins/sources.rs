//! One step back from a place of a run: what a field took its value from, what an output was made of.

use api::{OriginEnd, RunView, StepRun, ValueRef};
use flow::{Binding, FieldKey, Input, InputRef, OutputRef, RunId, Step, StepId};

/// A place of a run.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Place {
    /// What went in.
    Input(InputRef),
    /// What came out.
    Output(OutputRef),
}

/// A way back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// To a place of the same run.
    Here(Place),
    /// To what a helper run returned.
    Into {
        /// The helper run.
        run: RunId,
        /// The field that it returned.
        field: FieldKey,
    },
    /// To what the calling run handed over.
    Out {
        /// The calling run.
        run: RunId,
        /// The argument.
        place: Place,
    },
}

/// All ways back from a place, and why it is the end where there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ways {
    pub(super) on: Vec<Way>,
    pub(super) end: OriginEnd,
}

impl Place {
    /// Returns the place that is asked for; nothing where the flow has no such field.
    pub(super) fn asked(view: &RunView, at: &ValueRef) -> Option<Self> {
        let step = view.flow.step(&at.step)?;
        if !at.is_input {
            let has = step.output(&at.field).is_some()
                || (did(view, &at.step)?.outputs.iter()).any(|value| value.field == at.field);
            return has.then(|| {
                Self::Output(OutputRef {
                    step: at.step.clone(),
                    field: at.field.clone(),
                    path: at.path.clone(),
                })
            });
        }
        let mut own = places_of(step).into_iter();
        own.find(|(place, _)| place.field == at.field && !place.yields)
            .map(|(place, _)| Self::Input(place))
    }

    pub(super) fn step(&self) -> &StepId {
        match self {
            Self::Input(at) => &at.step,
            Self::Output(at) => &at.step,
        }
    }

    pub(super) fn field(&self) -> &FieldKey {
        match self {
            Self::Input(at) => &at.field,
            Self::Output(at) => &at.field,
        }
    }

    pub(super) fn path(&self) -> &[String] {
        match self {
            Self::Input(_) => &[],
            Self::Output(at) => &at.path,
        }
    }

    pub(super) fn is_input(&self) -> bool {
        matches!(self, Self::Input(_))
    }
}

/// Returns what the flow calls a field.
pub(super) fn label(view: &RunView, place: &Place) -> String {
    let found = view.flow.step(place.step()).and_then(|step| match place {
        Place::Input(at) => input(step, at).map(|input| input.label.clone()),
        Place::Output(at) => step.output(&at.field).map(|output| output.label.clone()),
    });
    found.unwrap_or_else(|| place.field().key.clone())
}

/// Goes one step back.
pub(super) fn ways(view: &RunView, place: &Place) -> Ways {
    let Some(step) = view.flow.step(place.step()) else {
        return end(OriginEnd::Made);
    };
    match place {
        Place::Input(at) => match input(step, at) {
            Some(input) => into_field(view, step, input),
            None => end(OriginEnd::Empty),
        },
        Place::Output(at) => out_of_card(view, step, at),
    }
}

/// Returns what a helper run returned as this field: the fields of the cards that ended it.
pub(super) fn returns(view: &RunView, field: &FieldKey) -> Vec<Place> {
    let ended = view.steps.iter().rev().find_map(|did| {
        let step = view.flow.step(&did.step)?;
        step.card.is("control", "return").then_some(step)
    });
    let Some(step) = ended else {
        return Vec::new();
    };
    let all: Vec<_> = (step.inputs.iter())
        .filter(|input| !input.option && !input.binding.is_blank())
        .collect();
    let named: Vec<_> = all.iter().filter(|input| input.key == *field).collect();
    // A loop takes the one value that came back, whatever it is called.
    let taken = if named.is_empty() {
        all.iter().collect()
    } else {
        named
    };
    let place = |input: &&&Input| Place::Input(InputRef::of(step.id.clone(), input.key.clone()));
    taken.iter().map(place).collect()
}

fn into_field(view: &RunView, step: &Step, input: &Input) -> Ways {
    let mut on = Vec::new();
    input
        .binding
        .each_source(&mut |source| on.push(Way::Here(Place::Output(source.clone()))));
    if let Binding::Item { .. } = &input.binding {
        on.extend(listed(step).map(Way::Here));
    }
    let is_pinned = did(view, &step.id).is_some_and(|did| did.is_pinned);
    let end = match &input.binding {
        _ if is_pinned => OriginEnd::Pinned,
        Binding::Empty => OriginEnd::Empty,
        _ => OriginEnd::Typed,
    };
    Ways { on, end }
}

/// The list, or the object, whose items a loop hands over.
fn listed(step: &Step) -> Option<Place> {
    let own = step.inputs.iter().filter(|input| !input.arg);
    let found = own
        .filter(|input| !input.option)
        .find(|input| ["list", "object"].contains(&input.key.key.as_str()))?;
    Some(Place::Input(InputRef::of(
        step.id.clone(),
        found.key.clone(),
    )))
}

fn out_of_card(view: &RunView, step: &Step, at: &OutputRef) -> Ways {
    let Some(did) = did(view, &step.id) else {
        return end(OriginEnd::Empty);
    };
    if did.is_pinned {
        return end(OriginEnd::Pinned);
    }
    if view
        .flow
        .steps
        .first()
        .is_some_and(|first| first.id == step.id)
    {
        return handed_over(view, at);
    }
    if !step.lanes.is_empty() {
        return out_of_lanes(step, did, at);
    }
    let mut on: Vec<Way> = helper_of(did, at).into_iter().collect();
    let own: Vec<&Input> = (step.inputs.iter())
        .filter(|input| !input.arg && !input.key.is("", "flo"))
        .collect();
    // Cards that hand their fields on give each under its own name.
    let same = own
        .iter()
        .find(|input| input.custom && input.key == at.field);
    let taken: Vec<&&Input> = match same {
        Some(same) => vec![same],
        None if !on.is_empty() => Vec::new(),
        None => own.iter().filter(|input| takes_value(input)).collect(),
    };
    let place = |input: &&&Input| {
        let at = InputRef::of(step.id.clone(), input.key.clone());
        Way::Here(Place::Input(at))
    };
    on.extend(taken.iter().map(place));
    Ways {
        on,
        end: OriginEnd::Made,
    }
}

fn takes_value(input: &Input) -> bool {
    let mut has_source = false;
    input.binding.each_source(&mut |_| has_source = true);
    has_source
}

/// What a helper flow starts with comes from the card that called it.
fn handed_over(view: &RunView, at: &OutputRef) -> Ways {
    let called = view.called_by.as_ref().filter(|_| {
        // Which item it is, and who called, is the caller's own doing.
        at.field.group.as_deref() != Some("context")
    });
    let on = called.map(|called| {
        let argument = InputRef {
            arg: true,
            ..InputRef::of(called.step.clone(), at.field.clone())
        };
        Way::Out {
            run: called.run.clone(),
            place: Place::Input(argument),
        }
    });
    Ways {
        on: on.into_iter().collect(),
        end: OriginEnd::Start,
    }
}

/// The value of a container is what the lane that ran gives.
fn out_of_lanes(step: &Step, did: &StepRun, at: &OutputRef) -> Ways {
    let taken = step
        .lanes
        .iter()
        .find(|lane| did.lane.as_deref() == Some(lane.id.as_str()));
    let found = taken.and_then(|lane| {
        let given = lane.yields.iter().find(|input| input.key == at.field)?;
        let place = InputRef {
            lane: Some(lane.id.clone()),
            yields: true,
            ..InputRef::of(step.id.clone(), given.key.clone())
        };
        Some(Way::Here(Place::Input(place)))
    });
    Ways {
        on: found.into_iter().collect(),
        end: OriginEnd::Made,
    }
}

/// The helper run that gave a value: the only one, or the one of the item that is asked for.
fn helper_of(did: &StepRun, at: &OutputRef) -> Option<Way> {
    let item = at.path.first().and_then(|key| key.parse::<usize>().ok());
    let child = match (did.helpers, item) {
        (1, _) => did.children.first(),
        (_, Some(item)) => did.children.iter().find(|child| child.index == Some(item)),
        _ => None,
    }?;
    Some(Way::Into {
        run: child.run.clone(),
        field: at.field.clone(),
    })
}

/// All fields of a card that take a value, with their places.
fn places_of(step: &Step) -> Vec<(InputRef, &Input)> {
    let own = step.inputs.iter().map(|input| {
        let at = InputRef {
            arg: input.arg,
            ..InputRef::of(step.id.clone(), input.key.clone())
        };
        (at, input)
    });
    let in_lanes = step.lanes.iter().flat_map(|lane| {
        let of_lane = move |input: &Input, yields| InputRef {
            lane: Some(lane.id.clone()),
            yields,
            ..InputRef::of(step.id.clone(), input.key.clone())
        };
        let conditions = lane
            .inputs
            .iter()
            .map(move |input| (of_lane(input, false), input));
        conditions.chain(
            lane.yields
                .iter()
                .map(move |input| (of_lane(input, true), input)),
        )
    });
    own.chain(in_lanes).collect()
}

fn input<'s>(step: &'s Step, at: &InputRef) -> Option<&'s Input> {
    let mut all = places_of(step).into_iter();
    all.find(|(place, _)| place == at).map(|(_, input)| input)
}

fn did<'v>(view: &'v RunView, id: &StepId) -> Option<&'v StepRun> {
    view.steps.iter().rev().find(|did| did.step == *id)
}

fn end(end: OriginEnd) -> Ways {
    Ways {
        on: Vec::new(),
        end,
    }
}
