//! The keys while a value is in hand.

use std::collections::HashMap;

use flow::InputRef;
use leptos::prelude::*;

use crate::canvas::board::focus_card;
use crate::canvas::geometry::Point;
use crate::canvas::keyboard::Command;
use crate::canvas::mapping::Target;
use crate::canvas::reading::Way;
use crate::editor::state::{Air, Editor, Over};
use crate::i18n::texts::EditorText;

impl Editor {
    /// The keys while a value is in hand: arrows walk over the fields that can take it.
    pub(super) fn carry(self, command: Command) -> bool {
        let Some(Air::Value {
            targets, source, ..
        }) = self.air.get_untracked()
        else {
            return false;
        };
        match command {
            Command::Go(Way::On | Way::In) => self.walk_targets(&targets, 1),
            Command::Go(Way::Back | Way::Out) => self.walk_targets(&targets, -1),
            Command::EnterCard => {
                if let Some(Over::Input(at)) = self.over.get_untracked() {
                    self.put_back();
                    self.map(&source, &at, None);
                    focus_card(&at.step);
                }
            }
            Command::Escape => {
                self.put_back();
                self.say(&EditorText::PutBack);
            }
            _ => return false,
        }
        true
    }

    fn walk_targets(self, targets: &HashMap<InputRef, Target>, by: isize) {
        let taking: Vec<InputRef> = self.board.layout.with_untracked(|layout| {
            let cards = layout
                .cards
                .iter()
                .flat_map(|card| card.inputs().map(|row| row.at).collect::<Vec<_>>());
            let lanes = layout
                .lanes
                .iter()
                .flat_map(|lane| lane.inputs().map(|row| row.at).collect::<Vec<_>>());
            cards
                .chain(lanes)
                .filter(|at| targets.get(at).is_some_and(Target::takes))
                .collect()
        });
        let here = self.over.with_untracked(|over| match over {
            Some(Over::Input(at)) => taking.iter().position(|known| known == at),
            _ => None,
        });
        let count = taking.len();
        if count == 0 {
            return;
        }
        let next = match here {
            None if by > 0 => 0,
            None => count - 1,
            Some(here) => (here + count).saturating_add_signed(by) % count,
        };
        if let Some(at) = taking.get(next) {
            self.board.reveal(&at.step);
            self.over.set(Some(Over::Input(at.clone())));
            let (card, field) = (
                self.board.title_now(&at.step),
                self.board.names_now(|names| names.input_at(at)),
            );
            self.say(&EditorText::OverField { card, field });
            self.move_air_to(at);
        }
    }

    /// Draws the value in hand beside the field that it is over.
    fn move_air_to(self, at: &InputRef) {
        let place = self.board.layout.with_untracked(|layout| {
            let card = layout.card(&at.step)?;
            let own = card.inputs().find(|row| row.at == *at);
            let row = own.or_else(|| {
                layout
                    .lane(&at.step, at.lane.as_ref()?)?
                    .inputs()
                    .find(|row| row.at == *at)
            })?;
            Some(row.field)
        });
        if let Some(field) = place {
            let screen = self
                .board
                .viewport
                .get_untracked()
                .to_screen(field.center());
            let origin = self.board.origin.get_value();
            self.pointer
                .set(Point::new(screen.x + origin.x, screen.y + origin.y));
        }
    }
}
