//! Real packs, where they are at hand: they are not part of the repository.

use std::path::PathBuf;

use flopack::{Imported, export, import, same};
use flow::{Binding, FlowEdit, Place, Step, apply};
use serde_json::Value as Json;

use crate::fixtures::Counter;
use crate::invariants;

fn packs() -> Vec<(String, Vec<u8>)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/templates");
    let Ok(folders) = std::fs::read_dir(&root) else {
        println!(
            "\n*** NO REAL PACKS at {}: nothing was compared ***\n",
            root.display()
        );
        return Vec::new();
    };
    let mut packs: Vec<_> = folders
        .map(|folder| folder.unwrap().path())
        .filter_map(|folder| {
            let text = std::fs::read(folder.join("workflow.flopack")).ok()?;
            Some((folder.file_name()?.to_string_lossy().into_owned(), text))
        })
        .collect();
    packs.sort();
    packs
}

fn read(name: &str, text: &[u8]) -> Imported {
    import(text, &mut Counter(0)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn every_real_pack_comes_out_as_it_went_in() {
    let packs = packs();
    let (mut flows, mut cards, mut wrong) = (0, 0, Vec::new());
    for (name, text) in &packs {
        let pack = read(name, text);
        flows += pack.flows.len();
        cards += pack.cards;
        let odd = pack
            .problems
            .iter()
            .filter(|problem| problem.code != "folder_missing" && problem.code != "error_flow");
        wrong.extend(odd.map(|problem| format!("{name}: {problem:?}")));
        let exported = export(&pack.view()).unwrap();
        let original = serde_json::from_slice(text).unwrap();
        wrong.extend(
            same(&original, &exported)
                .first()
                .map(|difference| format!("{name}: {difference}")),
        );
    }
    assert_eq!(wrong, [""; 0]);
    if !packs.is_empty() {
        assert_eq!((packs.len(), flows, cards), (125, 560, 6913));
    }
}

#[test]
fn real_flows_without_skeletons_give_the_same_documents() {
    for (name, text) in packs() {
        let pack = read(&name, &text);
        let mut view = pack.view();
        view.skeleton = None;
        view.flows.iter_mut().for_each(|flow| flow.skeleton = None);
        let exported = export(&view).unwrap();
        invariants::hold(&exported);
        let again = read(&name, exported.to_string().as_bytes());
        for (before, after) in pack.flows.iter().zip(&again.flows) {
            assert_eq!(before.flow, after.flow, "{name}");
        }
    }
}

/// Changes a flow and tells whether there was something to change.
type Change = fn(&mut flow::Flow) -> bool;

fn each<'a>(steps: &'a mut [Step], change: &mut dyn FnMut(&mut Step) -> bool) -> bool {
    steps.iter_mut().any(|step| {
        change(step)
            || step
                .lanes
                .iter_mut()
                .any(|lane| each(&mut lane.steps, change))
    })
}

fn retype(flow: &mut flow::Flow) -> bool {
    each(&mut flow.steps, &mut |step| {
        let typed = step.inputs.iter_mut().find(|input| {
            matches!(
                &input.binding,
                Binding::Constant {
                    value: Json::String(_)
                }
            )
        });
        typed.is_some_and(|input| {
            input.binding = Binding::constant("changed by a test");
            true
        })
    })
}

fn unlink(flow: &mut flow::Flow) -> bool {
    each(&mut flow.steps, &mut |step| {
        let linked = step
            .inputs
            .iter_mut()
            .find(|input| matches!(input.binding, Binding::Output { .. }));
        linked.is_some_and(|input| {
            input.binding = Binding::Empty;
            true
        })
    })
}

fn swap(flow: &mut flow::Flow) -> bool {
    let count = flow.steps.len();
    if count > 2 {
        flow.steps.swap(count - 1, count - 2);
    }
    count > 2
}

fn replan(flow: &mut flow::Flow) -> bool {
    flow.schedule.as_mut().is_some_and(|schedule| {
        schedule.hours.push_str(",23");
        true
    })
}

fn retitle(flow: &mut flow::Flow) -> bool {
    each(&mut flow.steps, &mut |step| {
        step.title = Some("changed by a test".into());
        true
    })
}

#[test]
fn the_comparison_sees_every_kind_of_change() {
    let changes: [(&str, Change); 5] = [
        ("schedule", replan),
        ("constant", retype),
        ("link", unlink),
        ("order", swap),
        ("title", retitle),
    ];
    let mut counts = [0; 5];
    let packs = packs();
    for (name, text) in &packs {
        let mut pack = read(name, text);
        let mut changed = Vec::new();
        for (number, flow) in pack.flows.iter_mut().enumerate() {
            let which = if flow.flow.schedule.is_some() {
                0
            } else {
                1 + number % 4
            };
            if changes[which].1(&mut flow.flow) {
                counts[which] += 1;
                changed.push((changes[which].0, flow.flow.id.to_string()));
            }
        }
        let exported = export(&pack.view()).unwrap();
        let original = serde_json::from_slice(text).unwrap();
        let differences = same(&original, &exported);
        for (what, flow) in changed {
            let seen = differences
                .iter()
                .any(|line| line.starts_with(&format!("flow {flow}")));
            assert!(seen, "{name}: a changed {what} in {flow} was not seen");
        }
    }
    assert!(
        packs.is_empty() || counts.iter().all(|count| *count >= 40),
        "{counts:?}"
    );
}

#[test]
fn real_flows_can_be_edited() {
    for (name, text) in packs() {
        let mut pack = read(&name, &text);
        for (number, flow) in pack.flows.iter_mut().enumerate() {
            let ids: Vec<_> = flow
                .flow
                .all_steps()
                .into_iter()
                .skip(1)
                .map(|step| step.id.clone())
                .collect();
            let Some(moved) = ids.get((number * 7 + 3) % ids.len().max(1)) else {
                continue;
            };
            let edit = if number % 2 == 0 {
                FlowEdit::RemoveStep {
                    step: moved.clone(),
                }
            } else {
                FlowEdit::MoveStep {
                    step: moved.clone(),
                    to: Place {
                        lane: None,
                        index: 1,
                    },
                }
            };
            apply(&mut flow.flow, edit).unwrap();
        }
        let exported = export(&pack.view()).unwrap();
        invariants::hold(&exported);
        let again = read(&name, exported.to_string().as_bytes());
        for (before, after) in pack.flows.iter().zip(&again.flows) {
            let ids = |flow: &flow::Flow| -> Vec<String> {
                flow.all_steps()
                    .iter()
                    .map(|step| step.id.to_string())
                    .collect()
            };
            // a lane that gives an outer value has got an Assign card for it
            let mut after = ids(&after.flow);
            after.retain(|id| ids(&before.flow).contains(id));
            assert_eq!(ids(&before.flow), after, "{name} {}", before.flow.name);
        }
    }
}
