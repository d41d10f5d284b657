//! The list of what an org offers for a field: opened by a click or a key, narrowed by typing, walked with the arrows.
//! The org is asked when the list opens and when the text rests for a moment.

use std::time::Duration;

use api::{Choices, LookUp, OrgChoice};
use flow::{Binding, Entered, FlowEdit, InputRef};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::HtmlElement;

use super::Editor;
use super::org_fields::Side;
use crate::i18n::texts::LookupText;
use crate::rpc::{self, Refusal};

/// Typing rests this long before the org is asked.
const REST: Duration = Duration::from_millis(160);

/// The open list.
#[derive(Clone, Debug, PartialEq)]
pub struct Picker {
    /// The field.
    pub at: InputRef,
    /// It was opened in the inspector, not on the canvas.
    pub in_panel: bool,
    /// Where the field's box is in the window: left, top, width, bottom.
    pub anchor: (f64, f64, f64, f64),
    /// What was typed since the list opened; nothing while what is stored stands there.
    pub text: Option<String>,
    /// What the org said to that.
    pub said: Said,
    /// Position of the highlighted row.
    pub chosen: Option<usize>,
    /// What is asked, without the text.
    question: Option<LookUp>,
    /// The option may be left to the run.
    entered: Option<(Entered, String)>,
    /// Values of earlier cards may go in as well.
    pub takes_values: bool,
    /// Counts the questions, so that late answers are known as such.
    asked: u32,
}

/// What the org said.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// Nothing yet.
    Loading,
    /// These choices.
    Choices(Choices),
    /// Nothing, and why.
    Refused(Refusal),
    /// It was not asked: the card has no connection.
    NoConnection,
    /// It was not asked: the list depends on an option that is not chosen.
    NoParent,
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// Left to the run: the value of the option, and what the field is called that gives the value.
    AtRunTime(String, String),
    /// Something of the org.
    Choice(OrgChoice),
    /// What was typed.
    AsTyped(String),
    /// The next page.
    More,
}

impl Picker {
    /// Returns the rows in order.
    pub fn rows(&self) -> Vec<Row> {
        let text = self.text.as_deref().unwrap_or_default().trim();
        let mut rows = Vec::new();
        if let Some((entered, label)) = self.entered.as_ref().filter(|_| text.is_empty()) {
            rows.push(Row::AtRunTime(entered.value.clone(), label.clone()));
        }
        let mut is_exact = text.is_empty();
        if let Said::Choices(found) = &self.said {
            is_exact |= found.choices.iter().any(|choice| choice.id == text);
            rows.extend(found.choices.iter().cloned().map(Row::Choice));
            if found.next.is_some() {
                rows.push(Row::More);
            }
        }
        if !is_exact {
            rows.push(Row::AsTyped(text.to_owned()));
        }
        rows
    }

    /// The first choice of a search, so that Enter takes it.
    fn first_found(&self) -> Option<usize> {
        let has_text = self
            .text
            .as_deref()
            .is_some_and(|text| !text.trim().is_empty());
        let first = || {
            self.rows()
                .iter()
                .position(|row| matches!(row, Row::Choice(_)))
        };
        if has_text { first() } else { None }
    }
}

impl Editor {
    /// Opens the list beside a field and asks the org.
    pub fn open_picker(self, at: &InputRef, element: &HtmlElement, in_panel: bool) {
        let is_open = self.picker.with_untracked(|picker| {
            picker
                .as_ref()
                .is_some_and(|picker| picker.at == *at && picker.in_panel == in_panel)
        });
        if is_open || self.air.with_untracked(Option::is_some) {
            return;
        }
        let Some(asking) = self.asking(at) else {
            return;
        };
        let rect = element.get_bounding_client_rect();
        self.values.set(None);
        self.picker.set(Some(Picker {
            at: at.clone(),
            in_panel,
            anchor: (rect.left(), rect.top(), rect.width(), rect.bottom()),
            text: None,
            said: asking.hindered.unwrap_or(Said::Loading),
            chosen: None,
            question: asking.question,
            entered: asking.entered,
            takes_values: asking.takes_values,
            asked: 0,
        }));
        self.ask(None, false);
    }

    /// Text was typed: the list narrows when it rests.
    pub fn type_into_picker(self, text: &str) {
        let mut asked = 0;
        self.picker.update(|picker| {
            if let Some(picker) = picker {
                picker.text = Some(text.to_owned());
                picker.chosen = None;
                picker.asked += 1;
                asked = picker.asked;
                if picker.question.is_some() {
                    picker.said = Said::Loading;
                }
            }
        });
        set_timeout(
            move || {
                let rests = self.picker.try_with_untracked(|picker| {
                    picker.as_ref().is_some_and(|picker| picker.asked == asked)
                });
                if rests == Some(true) {
                    self.ask(None, false);
                }
            },
            REST,
        );
    }

    /// Asks the org; `after` is the cursor of a further page.
    fn ask(self, after: Option<String>, fresh: bool) {
        let mut request = None;
        self.picker.update(|picker| {
            if let Some(picker) = picker {
                picker.asked += 1;
                request = picker.question.clone().map(|question| {
                    let search = picker.text.clone().unwrap_or_default();
                    let more = after.is_some();
                    (
                        LookUp {
                            search: search.trim().to_owned(),
                            after,
                            fresh,
                            ..question
                        },
                        picker.asked,
                        more,
                    )
                });
            }
        });
        let Some((request, asked, is_more)) = request else {
            return;
        };
        spawn_local(async move {
            let answer = rpc::look_up(request).await;
            self.picker.try_update(|picker| {
                if let Some(picker) = picker.as_mut().filter(|picker| picker.asked == asked) {
                    picker.hear(answer, is_more);
                }
            });
            self.say_count(asked);
        });
    }

    /// Tells a screen reader how much was found.
    fn say_count(self, asked: u32) {
        let count = self.picker.try_with_untracked(|picker| {
            let picker = picker.as_ref().filter(|picker| picker.asked == asked)?;
            match &picker.said {
                Said::Choices(found) => Some((found.choices.len(), found.next.is_some())),
                _ => None,
            }
        });
        match count.flatten() {
            Some((n, true)) => self.say(&LookupText::CountAndMore { n }),
            Some((n, false)) => self.say(&LookupText::Count { n }),
            None => {}
        }
    }

    /// Asks the org again although its answer is known.
    pub fn refresh_picker(self) {
        self.picker.update(|picker| {
            if let Some(picker) = picker
                && picker.question.is_some()
            {
                picker.said = Said::Loading;
            }
        });
        self.ask(None, true);
    }

    /// Moves the highlight.
    pub fn walk_picker(self, by: isize) {
        self.picker.update(|picker| {
            if let Some(picker) = picker {
                let count = picker.rows().len().max(1);
                picker.chosen = Some(match picker.chosen {
                    None if by > 0 => 0,
                    None => count - 1,
                    Some(here) => (here + count).saturating_add_signed(by) % count,
                });
            }
        });
    }

    /// Takes the highlighted row; without one an emptied field becomes empty.
    pub fn take_chosen(self) {
        let Some(picker) = self.picker.get_untracked() else {
            return;
        };
        let rows = picker.rows();
        match picker.chosen.and_then(|index| rows.get(index)) {
            Some(row) => self.take_row(row),
            None if picker.text.as_deref() == Some("") => {
                self.picker.set(None);
                self.choose(&picker.at, Binding::Empty);
                self.say(&LookupText::Clear);
            }
            None => {}
        }
    }

    /// Takes a row.
    pub fn take_row(self, row: &Row) {
        let Some(picker) = self.picker.get_untracked() else {
            return;
        };
        let chosen = match row {
            Row::More => {
                if let Said::Choices(found) = &picker.said {
                    self.ask(found.next.clone(), false);
                }
                return;
            }
            Row::AtRunTime(value, label) => {
                self.picker.set(None);
                self.leave_to_run(&picker, value);
                label.clone()
            }
            Row::Choice(choice) => {
                self.picker.set(None);
                if let Some(question) = &picker.question {
                    let (connection, what) = (&question.connection, question.what);
                    self.org.learn(connection, what, &choice.id, &choice.name);
                }
                self.choose(&picker.at, Binding::constant(choice.id.clone()));
                choice.name.clone()
            }
            Row::AsTyped(text) => {
                self.picker.set(None);
                self.choose(&picker.at, Binding::constant(text.clone()));
                text.clone()
            }
        };
        self.say(&LookupText::Chosen { name: chosen });
    }

    /// The option says so, and the field that gives the value comes onto the card.
    fn leave_to_run(self, picker: &Picker, value: &str) {
        let mut edits = vec![FlowEdit::Bind {
            input: picker.at.clone(),
            binding: Binding::constant(value),
        }];
        if let Some((entered, _)) = &picker.entered {
            edits.extend(self.showing(&picker.at.step, Side::Inputs, &entered.field));
        }
        self.edit(FlowEdit::Batch { edits });
    }
}

impl Picker {
    fn hear(&mut self, answer: Result<Choices, Refusal>, is_more: bool) {
        match (answer, &mut self.said) {
            (Ok(page), Said::Choices(found)) if is_more => {
                found.choices.extend(page.choices);
                found.next = page.next;
            }
            (Ok(page), said) => {
                *said = Said::Choices(page);
                self.chosen = self.first_found();
            }
            (Err(refusal), said) => *said = Said::Refused(refusal),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flow::{FieldKey, StepId};

    fn picker(text: &str, found: &[(&str, &str)], next: Option<&str>) -> Picker {
        let choices = found.iter().map(|(id, name)| OrgChoice {
            id: (*id).to_owned(),
            name: (*name).to_owned(),
        });
        let mut picker = Picker {
            at: InputRef::of(StepId::from("a"), FieldKey::plain("application")),
            in_panel: false,
            anchor: (0.0, 0.0, 0.0, 0.0),
            text: Some(text.to_owned()),
            said: Said::Loading,
            chosen: None,
            question: None,
            entered: Some((
                Entered {
                    value: "-- Enter --".to_owned(),
                    field: FieldKey::plain("id"),
                },
                "ID".to_owned(),
            )),
            takes_values: false,
            asked: 0,
        };
        let page = Choices {
            choices: choices.collect(),
            next: next.map(str::to_owned),
            asked_at: 0,
        };
        picker.hear(Ok(page), false);
        picker
    }

    #[track_caller]
    fn check(picker: &Picker, expected: &[&str], chosen: Option<usize>) {
        let rows: Vec<String> = picker
            .rows()
            .iter()
            .map(|row| match row {
                Row::AtRunTime(..) => "later".to_owned(),
                Row::Choice(choice) => choice.name.clone(),
                Row::AsTyped(text) => format!("“{text}”"),
                Row::More => "more".to_owned(),
            })
            .collect();
        assert_eq!(rows, expected);
        assert_eq!(picker.chosen, chosen);
    }

    #[test]
    fn a_search_highlights_what_it_found_and_offers_what_was_typed() {
        let two = [("0oa1", "Slack"), ("0oa2", "Salesforce")];
        check(
            &picker("", &two, None),
            &["later", "Slack", "Salesforce"],
            None,
        );
        check(
            &picker("s", &two, Some("c")),
            &["Slack", "Salesforce", "more", "“s”"],
            Some(0),
        );
        check(&picker("0oa9", &[], None), &["“0oa9”"], None);
        check(&picker("0oa1", &two[..1], None), &["Slack"], Some(0));
    }

    #[test]
    fn a_further_page_stands_below_the_first() {
        let mut picker = picker("s", &[("0oa1", "Slack")], Some("c"));
        let page = Choices {
            choices: vec![OrgChoice {
                id: "0oa2".to_owned(),
                name: "Salesforce".to_owned(),
            }],
            ..Choices::default()
        };
        picker.hear(Ok(page), true);
        check(&picker, &["Slack", "Salesforce", "“s”"], Some(0));
    }
}
