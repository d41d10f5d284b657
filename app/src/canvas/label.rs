//! What cards and fields are called in the reader's language: the catalogue's names where it knows the card, else the
//! names in the document.

use flow::{
    CardKey, CardSpec, Catalogue, FieldKey, FieldSpec, Flow, FlowKind, Input, InputRef, Output,
    OutputRef, Step, StepId, StepIndex,
};

/// Names things of a flow.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    /// The flow.
    pub flow: &'a Flow,
    /// The catalogue in the reader's language.
    pub catalogue: &'a Catalogue,
    /// The flow's cards by id, where somebody has looked them up already.
    pub index: Option<&'a StepIndex>,
}

impl<'a> Names<'a> {
    fn step(&self, id: &StepId) -> Option<&'a Step> {
        match self.index {
            Some(index) => index.step(self.flow, id),
            None => self.flow.step(id),
        }
    }

    /// Returns what a card is called in the catalogue. The start of a scheduled flow has an entry of its own there, though
    /// it is the card of a helper flow in the document.
    pub fn spec(&self, step: &Step) -> Option<&CardSpec> {
        let is_start = self
            .flow
            .steps
            .first()
            .is_some_and(|first| first.id == step.id);
        if is_start && self.flow.kind() == FlowKind::Scheduled {
            let scheduled = self.catalogue.card(&CardKey::new("control", "scheduled"));
            if scheduled.is_some() {
                return scheduled;
            }
        }
        self.catalogue.card(&step.card)
    }

    /// Returns the title of a card.
    pub fn card(&self, step: &Step) -> String {
        match (&step.title, self.spec(step)) {
            (Some(title), Some(spec)) if *title != spec.name_en && !title.is_empty() => {
                title.clone()
            }
            (_, Some(spec)) => spec.name.clone(),
            (Some(title), None) => title.clone(),
            (None, None) => step.card.method().to_owned(),
        }
    }

    /// Returns what stands below the title: the card's own name where it was renamed, in Japanese its English name,
    /// else its app or category.
    pub fn subtitle(&self, step: &Step) -> String {
        let Some(spec) = self.spec(step) else {
            return flow::connector_name(step.card.module());
        };
        let title = self.card(step);
        if title != spec.name {
            spec.name.clone()
        } else if spec.name_en != spec.name {
            spec.name_en.clone()
        } else {
            spec.category.clone()
        }
    }

    /// Returns the label of an input.
    pub fn input(&self, step: &Step, input: &Input) -> String {
        let spec = self.catalogue.card(&step.card);
        let fields = spec.map(|spec| spec.inputs.as_slice()).unwrap_or_default();
        let lanes = spec.into_iter().flat_map(|spec| &spec.lanes);
        let known = known(fields, &input.key).or_else(|| {
            lanes
                .into_iter()
                .find_map(|lane| known_in_lane(&lane.inputs, &input.key))
        });
        let label = match known {
            Some(field) if !input.custom && !input.arg => &field.label,
            _ => &input.label,
        };
        let same = |other: &&Input| other.label == input.label && !other.hidden;
        let is_double = step.inputs.iter().filter(same).count() > 1;
        with_group(&input.key, label, is_double)
    }

    /// Returns the label of the input at an address.
    pub fn input_at(&self, at: &InputRef) -> String {
        let step = self.step(&at.step);
        match step.and_then(|step| Some((step, step.input_at(at)?))) {
            Some((step, input)) => self.input(step, input),
            None => at.field.key.clone(),
        }
    }

    /// Returns the label of an output.
    pub fn output(&self, step: &Step, output: &Output) -> String {
        let spec = self.catalogue.card(&step.card);
        let fields = spec.map(|spec| spec.outputs.as_slice()).unwrap_or_default();
        let label = match known(fields, &output.key) {
            Some(field) if !output.custom => &field.label,
            _ => &output.label,
        };
        let same = |other: &&Output| other.label == output.label && !other.hidden;
        let is_double = step.outputs.iter().filter(same).count() > 1;
        with_group(&output.key, label, is_double)
    }

    /// Returns the label of a value: its output's and the keys down to it.
    pub fn source(&self, source: &OutputRef) -> String {
        let Some(step) = self.step(&source.step) else {
            return source.field.key.clone();
        };
        let Some(output) = step.output(&source.field) else {
            return source.field.key.clone();
        };
        let mut label = self.output(step, output);
        let mut ty = output.ty.clone();
        for key in &source.path {
            let known = ty.keys.iter().find(|known| known.key == *key).cloned();
            label.push_str(" › ");
            label.push_str(key_label(known.as_ref(), key));
            ty = ty.at(std::slice::from_ref(key));
        }
        label
    }

    /// Returns the label of the last key of a value, for rows that stand under their object.
    pub fn last(&self, source: &OutputRef) -> String {
        let Some((key, above)) = source.path.split_last() else {
            return self.source(source);
        };
        let output = self
            .step(&source.step)
            .and_then(|step| step.output(&source.field));
        let keys = output.map(|output| output.ty.at(above).keys.clone());
        let known = keys
            .iter()
            .flat_map(|keys| keys.iter())
            .find(|known| known.key == *key);
        key_label(known, key).to_owned()
    }
}

fn key_label<'a>(known: Option<&'a flow::KeyType>, key: &'a str) -> &'a str {
    known
        .and_then(|known| known.label.as_deref())
        .unwrap_or(key)
}

fn known<'a>(fields: &'a [FieldSpec], key: &FieldKey) -> Option<&'a FieldSpec> {
    fields.iter().find(|field| field.key == *key)
}

/// Imported cases of If/ElseIf carry the lane's id as the group of their fields.
fn known_in_lane<'a>(fields: &'a [FieldSpec], key: &FieldKey) -> Option<&'a FieldSpec> {
    fields.iter().find(|field| field.key.key == key.key)
}

/// The group tells fields of one label apart: `Okta User › ID` and `Group › ID`.
fn with_group(key: &FieldKey, label: &str, is_double: bool) -> String {
    match &key.group {
        Some(group) if is_double && !label.starts_with(group.as_str()) => {
            format!("{group} › {label}")
        }
        _ => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas::example::{branched, catalogue, output};

    #[test]
    fn names_come_from_the_catalogue_and_titles_from_the_user() {
        let mut flow = branched();
        let catalogue = catalogue();
        flow.step_mut(&"read".into()).unwrap().title = Some("Read the manager".into());
        let names = Names {
            flow: &flow,
            catalogue: &catalogue,
            index: None,
        };
        let read = flow.step(&"read".into()).unwrap();
        assert_eq!(names.card(read), "Read the manager");
        assert_eq!(names.subtitle(read), "Read User");
        let event = flow.step(&"event".into()).unwrap();
        assert_eq!(
            (names.card(event).as_str(), names.subtitle(event).as_str()),
            ("User Added to Group", "Okta")
        );
    }

    #[test]
    fn a_value_inside_an_object_is_called_by_its_way() {
        let flow = branched();
        let catalogue = catalogue();
        let names = Names {
            flow: &flow,
            catalogue: &catalogue,
            index: None,
        };
        let mut source = output("event", "User");
        source.path = vec!["name".into()];
        assert_eq!(names.source(&source), "User › name");
        assert_eq!(names.last(&source), "name");
    }

    #[test]
    fn fields_of_one_label_are_told_apart_by_their_groups() {
        let mut flow = branched();
        let event = flow.step_mut(&"event".into()).unwrap();
        for group in ["Okta User", "Group"] {
            let key = FieldKey::in_group(group, "Display Name");
            event
                .outputs
                .push(Output::new(key, flow::Type::one(flow::Base::Text)));
        }
        let catalogue = catalogue();
        let names = Names {
            flow: &flow,
            catalogue: &catalogue,
            index: None,
        };
        let event = flow.step(&"event".into()).unwrap();
        let label = |index: usize| names.output(event, &event.outputs[index]);
        assert_eq!(
            (label(0), label(2)),
            ("ID".into(), "Okta User › Display Name".into())
        );
    }
}
