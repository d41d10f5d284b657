//! Every template is whole: its cards exist, it says everything in both languages, and nothing keeps it from being turned
//! on but a missing connection.

use std::cell::Cell;
use std::collections::{BTreeMap, HashSet};

use cards::Language;
use flow::{Granted, ProblemCode, Severity};

use super::{Chosen, all, draw, expand};

fn chosen_ids() -> impl Fn() -> String {
    let next = Cell::new(0);
    move || {
        next.set(next.get() + 1);
        format!("id{}", next.get())
    }
}

#[test]
fn every_template_can_be_turned_on_once_it_has_connections() {
    let mut wrong = Vec::new();
    for template in all().unwrap() {
        for language in [Language::En, Language::Ja] {
            let connections = BTreeMap::from([("okta".to_owned(), "c1".into())]);
            let answers = template
                .asks
                .iter()
                .map(|ask| (ask.key.clone(), ask.example.clone()));
            let new_id = chosen_ids();
            let chosen = Chosen {
                language,
                connections: &connections,
                answers: &answers.collect(),
                new_id: &new_id,
            };
            let made = expand(template, &chosen).unwrap();
            for flow in &made.flows {
                let problems = flow::check(flow, cards::catalogue(language), &Granted::default());
                let errors = problems.iter().filter(|problem| {
                    problem.severity == Severity::Error && problem.code != ProblemCode::MissingScope
                });
                wrong.extend(
                    errors.map(|problem| format!("{} {}: {problem:?}", template.id, flow.name)),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_template_says_everything_in_both_languages() {
    let mut ids = HashSet::new();
    for template in all().unwrap() {
        assert!(ids.insert(&template.id), "{} is there twice", template.id);
        let texts = [&template.title, &template.summary, &template.overview];
        let lists = template.needs.iter().chain(&template.steps);
        let flows = template
            .flows
            .iter()
            .flat_map(|flow| [&flow.name, &flow.description]);
        let tables = template.tables.iter().map(|table| &table.name);
        for text in texts.into_iter().chain(lists).chain(flows).chain(tables) {
            assert!(
                !text.en.is_empty() && !text.ja.is_empty(),
                "{}: {text:?}",
                template.id
            );
            assert_ne!(text.en, text.ja, "{}", template.id);
        }
        assert!(template.summary.en.ends_with('.') && template.summary.ja.ends_with('。'));
    }
    assert!(ids.len() >= 12);
}

#[test]
fn a_picture_shows_every_card_inside_its_edges() {
    for template in all().unwrap() {
        let new_id = chosen_ids();
        let chosen = Chosen {
            language: Language::En,
            connections: &BTreeMap::new(),
            answers: &BTreeMap::new(),
            new_id: &new_id,
        };
        for flow in expand(template, &chosen).unwrap().flows {
            let picture = draw(&flow);
            assert_eq!(
                picture.plates.len(),
                flow.all_steps().len(),
                "{}",
                flow.name
            );
            for plate in &picture.plates {
                let is_inside = plate.x >= 0.0
                    && plate.y >= 0.0
                    && plate.x + plate.width <= picture.width
                    && plate.y + 52.0 <= picture.height;
                assert!(is_inside, "{}: {plate:?}", flow.name);
            }
        }
    }
}
