//! Pictures of flows, drawn from the model by the layout of the canvas, with every card folded to a plate.

use api::{Picture, Plate, Said};
use app::canvas::layout::{Layout, Shape, editing};
use app::canvas::rows::Unfolded;
use cards::Language;
use flow::{Flow, Step};

/// Room around the picture.
const MARGIN: f64 = 16.0;

/// Draws a flow.
pub(crate) fn draw(flow: &Flow) -> Picture {
    let mut folded = flow.clone();
    fold(&mut folded.steps);
    let catalogue = cards::catalogue(Language::En);
    let unfolded = Unfolded::default();
    let layout = Layout::of(&editing(&folded, catalogue, &unfolded), None);
    let used = layout.cards.iter().map(|card| card.rect);
    let Some(bounds) = used.reduce(|all, rect| all.with(rect)) else {
        return Picture::default();
    };
    let (left, top) = (bounds.x - MARGIN, bounds.y - MARGIN);
    let mut picture = Picture {
        width: bounds.w + 2.0 * MARGIN,
        height: bounds.h + 2.0 * MARGIN,
        ..Picture::default()
    };
    for card in &layout.cards {
        let Some(step) = folded.step(&card.id) else {
            continue;
        };
        if card.shape == Shape::Container {
            let rect = card.rect;
            picture
                .frames
                .push((rect.x - left, rect.y - top, rect.w, rect.h, card.level));
        }
        picture.plates.push(plate(
            step,
            card.rect.x - left,
            card.rect.y - top,
            card.rect.w,
            card.number,
        ));
    }
    for lane in &layout.lanes {
        let rect = lane.rect;
        picture
            .frames
            .push((rect.x - left, rect.y - top, rect.w, rect.h, lane.level + 1));
    }
    let right = bounds.x + bounds.w;
    // The line to "+ Add card" behind the last card leads nowhere here.
    picture.lines = layout
        .spine
        .iter()
        .filter(|(_, to)| to.x <= right)
        .map(|(from, to)| (from.x - left, from.y - top, to.x - left, to.y - top))
        .collect();
    picture
}

fn fold(steps: &mut [Step]) {
    for step in steps {
        step.collapsed = step.lanes.is_empty();
        for lane in &mut step.lanes {
            fold(&mut lane.steps);
        }
    }
}

fn plate(step: &Step, x: f64, y: f64, width: f64, number: Option<usize>) -> Plate {
    let english = cards::catalogue(Language::En).card(&step.card);
    let japanese = cards::catalogue(Language::Ja).card(&step.card);
    let own = step.title.clone();
    let named = |spec: Option<&flow::CardSpec>| {
        own.clone()
            .or_else(|| spec.map(|spec| spec.name.clone()))
            .unwrap_or_else(|| step.card.method().to_owned())
    };
    Plate {
        x,
        y,
        width,
        family: english
            .map_or("http", |spec| spec.family.token())
            .to_owned(),
        icon: english.map_or_else(|| "box".to_owned(), |spec| spec.icon.clone()),
        title: Said {
            en: named(english),
            ja: named(japanese),
        },
        number,
    }
}
