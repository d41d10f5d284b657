//! The current item of a list, as a value for the arguments of the helper flow that is called for each.

use flow::{Base, Binding, Flow, InputRef, Step, Type};

use super::type_of;

/// Returns what an argument can take of the current item: the whole, and each of its known keys. Empty where the card
/// does not go through a list.
pub fn items(flow: &Flow, at: &InputRef) -> Vec<(Option<String>, Type)> {
    let Some(step) = flow
        .step(&at.step)
        .filter(|step| at.arg && goes_through(step))
    else {
        return Vec::new();
    };
    let item = item_type(flow, step);
    let keys = item
        .keys
        .iter()
        .map(|known| (Some(known.key.clone()), known.ty.clone()));
    std::iter::once((None, item.clone())).chain(keys).collect()
}

fn goes_through(step: &Step) -> bool {
    matches!(
        (step.card.module(), step.card.method()),
        ("list", _) | ("object", "each" | "map")
    )
}

/// The type of one item of the list that the card is given.
fn item_type(flow: &Flow, step: &Step) -> Type {
    let list = step.inputs.iter().find(|input| !input.arg && input.ty.list);
    let source = list.and_then(|input| match &input.binding {
        Binding::Output { source, .. } => type_of(flow, source),
        _ => None,
    });
    match source {
        Some(ty) if ty.list => Type { list: false, ..ty },
        _ => Type::one(Base::Any),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas::example::{branched, output, step};
    use flow::{CardKey, FieldKey, Input, KeyType};

    #[test]
    fn an_argument_takes_the_item_and_its_keys() {
        let mut flow = branched();
        let users = Type {
            list: true,
            ..Type::object_with(vec![KeyType {
                key: "login".into(),
                label: None,
                ty: Type::one(Base::Text),
            }])
        };
        let read = flow.step_mut(&"read".into()).unwrap();
        read.outputs
            .push(flow::Output::new(FieldKey::plain("Users"), users.clone()));
        let mut each = step("each", "string:compose");
        each.card = CardKey::new("list", "each");
        let list = Input {
            binding: Binding::output(output("read", "Users")),
            ..Input::new(FieldKey::plain("list"), users)
        };
        let arg = Input {
            arg: true,
            ..Input::new(FieldKey::plain("user"), Type::one(Base::Text))
        };
        each.inputs = vec![list, arg];
        flow.steps.push(each);
        let at = InputRef {
            arg: true,
            ..InputRef::of("each".into(), FieldKey::plain("user"))
        };
        let offered: Vec<_> = items(&flow, &at).into_iter().map(|item| item.0).collect();
        assert_eq!(offered, [None, Some("login".to_owned())]);
        let own = InputRef::of("each".into(), FieldKey::plain("list"));
        assert!(items(&flow, &own).is_empty());
    }
}
