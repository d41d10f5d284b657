//! What may come next: cards that follow the selected one in practice, then cards that can take what it gives or that work
//! on the same thing.

use flow::{Base, CardKey, CardKind, CardSpec, Catalogue, FieldSpec, Fit, fit};

/// So many are suggested.
const MOST: usize = 4;
/// A card that was counted as following the selected one, the most frequent first.
const COUNTED: i32 = 200;
const COUNTED_LESS: i32 = 20;
/// A card of the same app that needs the same thing.
const SAME_THING: i32 = 90;
/// A card that takes a list, an object or a file that the selected one gives.
const TAKES_WHOLE: i32 = 70;
/// A card of the same app whose required input is called like an output.
const TAKES_BY_NAME: i32 = 100;

/// Returns the cards that may follow a card, best first.
pub(super) fn suggested(after: &CardKey, catalogue: &Catalogue) -> Vec<CardKey> {
    let Some(spec) = catalogue.card(after) else {
        return Vec::new();
    };
    let mut ranked: Vec<(i32, &CardKey)> = catalogue
        .cards()
        .filter(|card| card.listed && card.kind != CardKind::Event && card.key != spec.key)
        .filter_map(|card| {
            let points = counted(spec, card) + related(spec, card);
            (points > 0).then_some((points, &card.key))
        })
        .collect();
    // Cards of the same points stay in the order of the catalogue.
    ranked.sort_by_key(|(points, _)| -points);
    ranked
        .into_iter()
        .take(MOST)
        .map(|(_, key)| key.clone())
        .collect()
}

fn counted(spec: &CardSpec, card: &CardSpec) -> i32 {
    let rank = spec.guide.follows.iter().position(|key| *key == card.key);
    rank.map_or(0, |rank| {
        COUNTED - COUNTED_LESS * i32::try_from(rank).unwrap_or(0)
    })
}

fn related(spec: &CardSpec, card: &CardSpec) -> i32 {
    let is_same_app = spec.connector.is_some() && spec.connector == card.connector;
    let needed: Vec<&FieldSpec> = card
        .inputs
        .iter()
        .filter(|input| input.required && !input.option)
        .collect();
    if needed.is_empty() {
        return 0;
    }
    let mut points = 0;
    if is_same_app {
        let shared = |input: &&&FieldSpec| {
            spec.inputs
                .iter()
                .any(|own| own.required && own.key == input.key)
        };
        let named = |input: &&&FieldSpec| {
            spec.outputs
                .iter()
                .any(|output| is_called_like(output, input))
        };
        if needed.iter().filter(shared).count() == needed.len() {
            points += SAME_THING;
        } else if needed.iter().filter(named).count() == needed.len() {
            points += TAKES_BY_NAME;
        }
    } else if needed.iter().any(|input| takes_whole(spec, input)) {
        points += TAKES_WHOLE;
    }
    points
}

/// An output such as `ID` of the group `Okta User`, and an input such as `User ID`.
fn is_called_like(output: &FieldSpec, input: &FieldSpec) -> bool {
    let words = |field: &FieldSpec| {
        let group = field.key.group.as_deref().unwrap_or_default();
        let mut words: Vec<String> = format!("{group} {}", field.key.key)
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| {
                !word.is_empty() && !["or", "okta"].contains(&word.to_lowercase().as_str())
            })
            .map(str::to_lowercase)
            .collect();
        words.sort_unstable();
        words.dedup();
        words
    };
    let (given, wanted) = (words(output), words(input));
    given.len() > 1
        && given.iter().all(|word| wanted.contains(word))
        && fit(&output.ty, &input.ty) == Fit::Same
}

/// A list goes to cards over lists, an object to cards over objects, a file to cards over files.
fn takes_whole(spec: &CardSpec, input: &FieldSpec) -> bool {
    let is_whole =
        |field: &FieldSpec| field.ty.list || matches!(field.ty.base, Base::Object | Base::File);
    is_whole(input)
        && spec
            .outputs
            .iter()
            .filter(|output| output.shown)
            .any(|output| {
                is_whole(output)
                    && output.ty.list == input.ty.list
                    && fit(&output.ty, &input.ty) == Fit::Same
            })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas::example::catalogue;

    #[test]
    fn cards_on_the_same_thing_are_suggested_and_counted_ones_come_first() {
        let of = |catalogue: &Catalogue, card: &str| -> Vec<String> {
            let keys = suggested(&CardKey::parse(card).unwrap(), catalogue).into_iter();
            keys.map(|key| key.to_string()).collect()
        };
        let plain = catalogue();
        assert_eq!(of(&plain, "okta:suspendUser"), ["okta:readUser"]);
        let mut cards: Vec<CardSpec> = plain.into();
        for card in &mut cards {
            if card.key.is("okta", "suspendUser") {
                card.guide.follows = vec![CardKey::new("string", "compose")];
            }
        }
        let counted = Catalogue::from(cards);
        assert_eq!(
            of(&counted, "okta:suspendUser"),
            ["string:compose", "okta:readUser"]
        );
        assert!(of(&counted, "slack:post").is_empty());
    }
}
