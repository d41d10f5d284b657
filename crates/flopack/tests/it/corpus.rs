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
