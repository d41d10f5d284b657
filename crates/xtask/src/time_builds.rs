//! How long a person waits after changing one line: of a view, of a card, of the engine.
//!
//! A line is put at the top of a file, so that everything below moves as in real work. The file is put
//! back however the measurement ends, unless somebody else has changed it meanwhile.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::afterwards::Afterwards;
use crate::front::{self, Profile};
use crate::workspace::{Workspace, run};

/// What is changed, and the files to choose from: the first that exists.
const CHANGES: [(&str, &[&str]); 3] = [
    ("a view", &["app/src/pages/home.rs", "app/src/lib.rs"]),
    (
        "a card",
        &[
            "crates/cards/src/functions/text/case.rs",
            "crates/cards/src/lib.rs",
        ],
    ),
    ("the engine", &["crates/engine/src/lib.rs"]),
];

/// Puts the changed file back, if it still is what the measurement made of it.
const PUT_BACK: &str = "if cmp -s \"$1\" \"$3\"; then cat \"$2\" > \"$1\"; \
    else echo \"$1 was changed meanwhile and is left as it is\" >&2; fi; rm -f \"$2\" \"$3\"";

/// Measures and prints a table in seconds.
pub(crate) fn measure(workspace: &Workspace) -> Result<()> {
    eprintln!("warming up");
    build(workspace)?;
    let unchanged = build(workspace)?;
    let mut rows = vec![("nothing", String::new(), unchanged)];
    for (what, files) in CHANGES {
        let file = files
            .iter()
            .find(|file| workspace.root().join(file).is_file())
            .with_context(|| format!("no file to change for {what}"))?;
        eprintln!("changing {file}");
        let changed = change(&workspace.root().join(file))?;
        let times = build(workspace);
        drop(changed);
        rows.push((what, (*file).to_owned(), times?));
        build(workspace)?;
    }
    eprintln!("\nchanged      front  server   total  file");
    for (what, file, (front, server)) in rows {
        eprintln!(
            "{what:<11} {:>6.1} {:>7.1} {:>7.1}  {file}",
            front.as_secs_f64(),
            server.as_secs_f64(),
            (front + server).as_secs_f64()
        );
    }
    Ok(())
}

/// Adds a line to `file`; dropping the answer puts the file back.
fn change(file: &Path) -> Result<Afterwards> {
    let original = fs::read_to_string(file)?;
    let changed = format!("// one more line\n{original}");
    let copy = |name: &str| -> PathBuf {
        env::temp_dir().join(format!("nagare-{name}-{}", std::process::id()))
    };
    let (kept, made) = (copy("original"), copy("changed"));
    fs::write(&kept, &original)?;
    fs::write(&made, &changed)?;
    let put_back = Afterwards::run(PUT_BACK, &[file, &kept, &made])?;
    fs::write(file, changed)?;
    Ok(put_back)
}

fn build(workspace: &Workspace) -> Result<(Duration, Duration)> {
    let start = Instant::now();
    front::build(workspace, Profile::Dev)?;
    let front = start.elapsed();
    run(&mut workspace.cargo(["build", "--package", "server"]))?;
    Ok((front, start.elapsed() - front))
}
