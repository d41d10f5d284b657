//! The stylesheet and the other static files: `style/order.txt` names the sheets in the order they apply.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// Joins the sheets into `site/style.css` and copies every other file (the icons) as it is.
pub(crate) fn publish(style: &Path, site: &Path) -> Result<()> {
    let mut files = Vec::new();
    list(style, &mut files)?;
    let order = fs::read_to_string(style.join("order.txt")).context(
        "style/order.txt is missing; it lists the stylesheets, one a line, tokens.css first",
    )?;
    let sheets = sheets(&order);
    let mut unlisted: BTreeSet<PathBuf> = files
        .iter()
        .filter(|file| file.extension().is_some_and(|ext| ext == "css"))
        .filter_map(|file| file.strip_prefix(style).ok().map(Path::to_path_buf))
        .collect();

    let mut joined = String::new();
    for sheet in sheets {
        if !unlisted.remove(Path::new(sheet)) {
            bail!("style/order.txt names {sheet} twice, or there is no such file in style/");
        }
        joined.push_str(&fs::read_to_string(style.join(sheet))?);
        joined.push('\n');
    }
    if let Some(forgotten) = unlisted.first() {
        bail!(
            "style/{} is not named in style/order.txt",
            forgotten.display()
        );
    }

    write_changed(&site.join("style.css"), joined.as_bytes())?;
    for file in files {
        let name = file.strip_prefix(style)?;
        let is_asset = file
            .extension()
            .is_some_and(|ext| ext != "css" && ext != "txt" && ext != "md");
        if is_asset {
            write_changed(&site.join(name), &fs::read(&file)?)?;
        }
    }
    Ok(())
}

/// The names in an order file: one a line, `#` starts a comment.
fn sheets(order: &str) -> Vec<&str> {
    order
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
}

fn list(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    let entries = fs::read_dir(folder)
        .with_context(|| format!("the folder {} cannot be read", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, found)?;
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(())
}

/// Leaves an unchanged file alone, so that its time stamp stays and browsers keep their copy.
fn write_changed(file: &Path, content: &[u8]) -> Result<()> {
    if fs::read(file).is_ok_and(|old| old == content) {
        return Ok(());
    }
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(file, content).with_context(|| format!("{} cannot be written", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for (file, content) in files {
            fs::write(folder.join(file), content).unwrap();
        }
        folder
    }

    #[test]
    fn sheets_are_joined_in_the_listed_order_and_icons_copied() {
        let style = folder(
            "joined",
            &[
                ("order.txt", "# first\ntokens.css\n\nbase.css\n"),
                ("base.css", "b{}"),
                ("tokens.css", "a{}"),
                ("icons.svg", "<svg/>"),
            ],
        );
        let site = folder("site", &[]);
        publish(&style, &site).unwrap();
        assert_eq!(
            fs::read_to_string(site.join("style.css")).unwrap(),
            "a{}\nb{}\n"
        );
        assert_eq!(
            fs::read_to_string(site.join("icons.svg")).unwrap(),
            "<svg/>"
        );
        assert!(!site.join("order.txt").exists());
        fs::remove_dir_all(&style).unwrap();
        fs::remove_dir_all(&site).unwrap();
    }

    #[test]
    fn a_forgotten_sheet_and_a_missing_sheet_are_refused() {
        let style = folder("forgotten", &[("order.txt", ""), ("lost.css", "")]);
        let error = publish(&style, &style.join("site")).unwrap_err();
        assert!(error.to_string().contains("lost.css"), "{error}");

        fs::write(style.join("order.txt"), "lost.css\nghost.css").unwrap();
        let error = publish(&style, &style.join("site")).unwrap_err();
        assert!(error.to_string().contains("ghost.css"), "{error}");
        fs::remove_dir_all(&style).unwrap();
    }
}
