//! Lines of a plan as CSV (RFC 4180), fetched part by part and kept as a file.

use api::{ImportLine, LineQuery};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::words::{text, texts};
use crate::i18n::texts::PlanText;
use crate::kit::ToastBox;
use crate::rpc;

const HEAD: &str = "number,action,state,name,login,guid,okta_user,rules,reason,missing,error\r\n";
/// Lines that are fetched together, the most that the server gives.
const PART: i64 = 500;

/// Writes a line.
fn line(line: &ImportLine) -> String {
    let detail = &line.detail;
    let fields = [
        line.number.to_string(),
        line.action.clone(),
        line.state.clone(),
        line.name.clone(),
        text(detail, "login").unwrap_or_default().to_owned(),
        line.guid.clone(),
        line.okta_user.clone().unwrap_or_default(),
        texts(detail, "rules").join(" "),
        text(detail, "reason").unwrap_or_default().to_owned(),
        texts(detail, "missing").join(" "),
        line.error.clone().unwrap_or_default(),
    ];
    let mut written = fields.map(|field| cell(&field)).join(",");
    written.push_str("\r\n");
    written
}

/// Writes a field. One that a spreadsheet would take for a formula gets an apostrophe before it.
fn cell(field: &str) -> String {
    let is_formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let field = if is_formula {
        format!("'{field}")
    } else {
        field.to_owned()
    };
    if field.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field
    }
}

/// An export that is under way.
#[derive(Clone, Copy, Default)]
pub struct Export {
    /// Lines that were written; nothing where none is under way.
    pub written: RwSignal<Option<i64>>,
}

impl Export {
    /// Stops it.
    pub fn stop(self) {
        self.written.try_set(None);
    }

    /// Fetches all lines of a query and keeps them as a file.
    pub fn begin(self, import: String, query: LineQuery, toasts: ToastBox) {
        if self.written.try_get_untracked().flatten().is_some() {
            return;
        }
        self.written.set(Some(0));
        spawn_local(async move {
            // With the mark at its beginning spreadsheets read Japanese names right.
            let mut file = format!("\u{feff}{HEAD}");
            let mut after = None;
            let mut count = 0;
            loop {
                let part = LineQuery {
                    after,
                    limit: Some(PART),
                    ..query.clone()
                };
                let page = match rpc::list_import_lines(import.clone(), part).await {
                    Ok(page) => page,
                    Err(refusal) => {
                        self.stop();
                        toasts.refuse(&refusal);
                        return;
                    }
                };
                // Stopped, or the page is gone.
                if self.written.try_get_untracked().flatten().is_none() {
                    return;
                }
                count += i64::try_from(page.lines.len()).unwrap_or(0);
                file.extend(page.lines.iter().map(line));
                self.written.try_set(Some(count));
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            self.stop();
            let name = format!("import-{import}.csv");
            if crate::pages::flows::export::save(&name, &file).is_some() {
                toasts.say(&PlanText::Exported { file: name });
            } else {
                leptos::logging::warn!("the file cannot be saved");
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn fields_are_quoted_and_no_formula_begins() {
        for (field, written) in [
            ("plain", "plain"),
            ("CN=A,OU=B", "\"CN=A,OU=B\""),
            ("say \"x\"", "\"say \"\"x\"\"\""),
            ("=1+1", "'=1+1"),
            ("-x,y", "\"'-x,y\""),
            ("山田", "山田"),
        ] {
            assert_eq!(cell(field), written);
        }
    }

    #[test]
    fn a_line_has_a_field_for_each_name_of_the_head() {
        let one = ImportLine {
            number: 7,
            guid: "g".to_owned(),
            name: "CN=A".to_owned(),
            action: "ignore".to_owned(),
            detail: json!({ "rules": ["AD-R1", "AD-R3"], "missing": ["sn"], "reason": "required_attribute_missing" }),
            state: "done".to_owned(),
            okta_user: None,
            error: None,
        };
        assert_eq!(
            line(&one),
            "7,ignore,done,CN=A,,g,,AD-R1 AD-R3,required_attribute_missing,sn,\r\n"
        );
        assert_eq!(HEAD.matches(',').count(), line(&one).matches(',').count());
    }
}
