//! "Who uses this?" for what a card refers to: its connection, its table, the flows that it calls, and the card itself.

use flow::search::{Known, SpotKind, spots};
use flow::{Catalogue, Flow, StepId};
use leptos::prelude::*;

use crate::editor::state::Editor;
use crate::i18n::texts::SearchText;
use crate::i18n::{t, use_speech};
use crate::kit::Icon;
use crate::pages::search::who_uses;

/// Links to the search over all flows.
#[component]
pub fn WhoUses(editor: Editor, id: StepId) -> impl IntoView {
    let speech = use_speech();
    let board = editor.board;
    let things = Memo::new(move |_| board.flow.with(|flow| things_of(flow, &id)));
    let name = move |kind: SpotKind, id: &str| -> String {
        let known = match kind {
            SpotKind::Connection => board.connections.with(|all| {
                let found = all.iter().find(|one| one.id.as_str() == id);
                found.map(|one| one.name.clone())
            }),
            SpotKind::Table => board.tables.with(|all| {
                let found = all.iter().find(|one| one.id.as_str() == id);
                found.map(|one| one.name.clone())
            }),
            SpotKind::Helper => board.callable.with(|all| {
                let found = all.iter().find(|one| one.id.as_str() == id);
                found.map(|one| one.name.clone())
            }),
            _ => Some(speech.say(&SearchText::WhoUsesCard)),
        };
        known.unwrap_or_else(|| id.to_owned())
    };
    let link = move |(kind, id): (SpotKind, String)| {
        let (filter, icon) = match kind {
            SpotKind::Connection => ("connection", "plug"),
            SpotKind::Table => ("table", "table-2"),
            SpotKind::Helper => ("helper", "workflow"),
            _ => ("card", "search"),
        };
        let href = who_uses(filter, &id);
        view! {
            <li>
                <a class="uses-link" href=href>
                    <Icon name=icon/>
                    <span class="ellipsis">{move || name(kind, &id)}</span>
                </a>
            </li>
        }
    };
    view! {
        <section class="inspector-part">
            <h3>{t(SearchText::WhoUses)}</h3>
            <ul class="uses-links">{move || things.get().into_iter().map(link).collect_view()}</ul>
        </section>
    }
}

/// What a card refers to, with the card's key last.
fn things_of(flow: &Flow, id: &StepId) -> Vec<(SpotKind, String)> {
    let (catalogue, names) = (Catalogue::default(), std::collections::HashMap::new());
    let known = Known {
        catalogue: &catalogue,
        names: &names,
    };
    let mut things = Vec::new();
    for spot in spots(flow, known) {
        let is_thing = matches!(
            spot.kind,
            SpotKind::Connection | SpotKind::Table | SpotKind::Helper | SpotKind::Card
        );
        let thing = (spot.kind, spot.text.to_string());
        if spot.step == Some(id) && is_thing && !things.contains(&thing) {
            things.push(thing);
        }
    }
    things.sort_by_key(|(kind, _)| *kind == SpotKind::Card);
    things
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas::example::branched;

    #[test]
    fn a_card_names_its_connection_and_itself() {
        let mut flow = branched();
        flow.step_mut(&"read".into()).unwrap().connection = Some("c1".into());
        assert_eq!(
            things_of(&flow, &"read".into()),
            [
                (SpotKind::Connection, "c1".to_owned()),
                (SpotKind::Card, "okta:readUser".to_owned())
            ]
        );
    }
}
