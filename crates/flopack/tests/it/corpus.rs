//! Real packs, where they are at hand: they are not part of the repository.

use std::path::PathBuf;

use flopack::{NewIds, import};

pub(crate) struct Counter(pub(crate) usize);

impl NewIds for Counter {
    fn id(&mut self) -> String {
        self.0 += 1;
        format!("new{}", self.0)
    }
}

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
        .map(|folder| folder.unwrap().path().join("workflow.flopack"))
        .filter(|path| path.exists())
        .map(|path| {
            (
                path.parent()
                    .unwrap()
                    .file_name()
                    .unwrap()
                    .to_string_lossy()
                    .into_owned(),
                std::fs::read(&path).unwrap(),
            )
        })
        .collect();
    packs.sort();
    packs
}

#[test]
fn every_real_pack_is_understood() {
    let packs = packs();
    if packs.is_empty() {
        return;
    }
    let (mut flows, mut cards) = (0, 0);
    let mut problems = std::collections::BTreeMap::new();
    for (name, text) in &packs {
        let pack = import(text, &mut Counter(0)).unwrap_or_else(|error| panic!("{name}: {error}"));
        flows += pack.flows.len();
        cards += pack.cards;
        for problem in &pack.problems {
            problems
                .entry(problem.code.clone())
                .or_insert_with(Vec::new)
                .push(format!("{name}: {problem:?}"));
        }
    }
    for (code, list) in &problems {
        println!("{code} {}: {}", list.len(), list[0]);
    }
    assert_eq!((packs.len(), flows, cards), (125, 560, 6913));
}

#[test]
fn every_real_pack_comes_out_as_it_went_in() {
    let mut wrong = 0;
    for (name, text) in packs() {
        let pack = import(&text, &mut Counter(0)).unwrap();
        let exported = flopack::export(&pack.view()).unwrap();
        if let Ok(folder) = std::env::var("FLOPACK_OUT") {
            std::fs::write(format!("{folder}/{name}.flopack"), exported.to_string()).unwrap();
        }
        let original = serde_json::from_slice(&text).unwrap();
        let differences = flopack::same(&original, &exported);
        if !differences.is_empty() {
            wrong += 1;
            println!(
                "{name}: {}\n  {}",
                differences.len(),
                differences[..differences.len().min(4)].join("\n  ")
            );
        }
    }
    assert_eq!(wrong, 0, "packs that changed on the way");
}

#[test]
fn bare() {
    let mut wrong = 0;
    for (name, text) in packs() {
        let pack = import(&text, &mut Counter(0)).unwrap();
        let mut view = pack.view();
        view.skeleton = None;
        for flow in &mut view.flows {
            flow.skeleton = None;
        }
        let exported = flopack::export(&view).unwrap();
        if let Ok(folder) = std::env::var("FLOPACK_BARE") {
            std::fs::write(format!("{folder}/{name}.flopack"), exported.to_string()).unwrap();
        }
        let again = import(exported.to_string().as_bytes(), &mut Counter(0)).unwrap();
        for (a, b) in pack.flows.iter().zip(&again.flows) {
            if a.flow != b.flow {
                wrong += 1;
                let (a, b) = (serde_json::to_string_pretty(&a.flow).unwrap(), serde_json::to_string_pretty(&b.flow).unwrap());
                if wrong < 25 {
                let at = a.lines().zip(b.lines()).position(|(a, b)| a != b).unwrap_or(0);
                println!("{name}: line {at}\n{}\n---\n{}", a.lines().skip(at.saturating_sub(6)).take(12).collect::<Vec<_>>().join("\n"), b.lines().skip(at.saturating_sub(6)).take(12).collect::<Vec<_>>().join("\n"));
                }
            }
        }
        let left: Vec<_> = again.problems.iter().filter(|p| !pack.problems.contains(p)).collect();
        if !left.is_empty() { println!("{name}: {:?}", &left[..1]); }
    }
    println!("wrong {wrong}");
}
