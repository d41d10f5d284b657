//! What the mapping page works with: the rows as they are edited, what the server says of them, and the person who is looked at.

use std::time::Duration;

use api::{
    AttributeFacts, CheckMapping, DirectoryPerson, FindPeople, MappingPreview, MappingRow,
    MappingView, PreviewMapping,
};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value as Json;

use super::rows::{Flaw, Line, find, is_published, read};
use crate::rpc::{self, Refusal};

/// So long nothing is typed before the server is asked.
const QUIET: Duration = Duration::from_millis(350);
/// Steps that can be taken back.
const STEPS: usize = 100;

/// Which rows are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// All.
    All,
    /// Those without which nobody is imported.
    Required,
    /// Those that differ from the published table.
    Changed,
    /// Those with something to look at.
    Problems,
}

/// A person through the mapping.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// What the server shows, without its lines.
    pub okta_user: Option<String>,
    /// What an import would do.
    pub verdict: Json,
    /// Toward Okta.
    pub to_okta: Vec<Line>,
    /// Toward the directory.
    pub to_ad: Vec<Line>,
}

impl Seen {
    /// Reads what the server shows.
    pub fn of(preview: &MappingPreview) -> Self {
        let mut to_ad: Vec<Line> = read(&preview.to_ad);
        // Nothing goes back of somebody who is not in the org yet.
        for line in to_ad.iter_mut().filter(|_| preview.okta_user.is_none()) {
            line.value = None;
            line.differs = false;
            line.troubles.clear();
        }
        Self {
            okta_user: preview.okta_user.clone(),
            verdict: preview.verdict.clone(),
            to_okta: read(&preview.to_okta),
            to_ad,
        }
    }
}

/// The state of the page.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The directory.
    pub id: StoredValue<String>,
    /// The rows as they are edited.
    pub rows: RwSignal<Vec<MappingRow>>,
    /// The rows as they are stored, and the revision of the directory.
    pub stored: RwSignal<(Vec<MappingRow>, i64)>,
    /// The published table.
    pub published: StoredValue<Vec<MappingRow>>,
    /// What is known of its attributes.
    pub facts: StoredValue<Vec<AttributeFacts>>,
    /// What is wrong with rows.
    pub flaws: RwSignal<Vec<Flaw>>,
    /// The properties of the org's users.
    pub properties: RwSignal<Option<Vec<String>>>,
    /// Who is looked at.
    pub person: RwSignal<Option<DirectoryPerson>>,
    /// Both sides of this person.
    pub seen: RwSignal<Option<Result<Seen, Refusal>>>,
    /// The attribute whose row is open.
    pub chosen: RwSignal<Option<String>>,
    /// Which rows are shown.
    pub shown: RwSignal<Shown>,
    /// What is searched.
    pub text: RwSignal<String>,
    /// Earlier rows, newest last.
    pub before: RwSignal<Vec<Vec<MappingRow>>>,
    /// Somebody else saved meanwhile: their rows and revision.
    pub theirs: RwSignal<Option<(Vec<MappingRow>, i64)>>,
    /// It can be edited.
    pub can_change: bool,
}

impl Desk {
    /// The state of a page that was just opened.
    pub fn new(id: String, mapping: MappingView, can_change: bool) -> Self {
        let desk = Self {
            id: StoredValue::new(id),
            flaws: RwSignal::new(read(&mapping.flaws)),
            stored: RwSignal::new((mapping.rows.clone(), mapping.revision)),
            rows: RwSignal::new(mapping.rows),
            published: StoredValue::new(mapping.published),
            facts: StoredValue::new(mapping.attributes),
            properties: RwSignal::new(None),
            person: RwSignal::new(None),
            seen: RwSignal::new(None),
            chosen: RwSignal::new(None),
            shown: RwSignal::new(Shown::All),
            text: RwSignal::new(String::new()),
            before: RwSignal::new(Vec::new()),
            theirs: RwSignal::new(None),
            can_change,
        };
        desk.find_first_person();
        desk.keep_checked();
        desk.keep_previewed();
        desk
    }

    /// Changes the rows; the step can be taken back.
    pub fn edit(self, change: impl FnOnce(&mut Vec<MappingRow>)) {
        if !self.can_change {
            return;
        }
        let old = self.rows.get_untracked();
        let mut rows = old.clone();
        change(&mut rows);
        if rows == old {
            return;
        }
        self.before.update(|before| {
            before.push(old);
            if before.len() > STEPS {
                before.remove(0);
            }
        });
        self.rows.set(rows);
    }

    /// Changes one row.
    pub fn edit_row(self, ad: &str, change: impl FnOnce(&mut MappingRow)) {
        self.edit(|rows| {
            if let Some(row) = rows.iter_mut().find(|row| row.ad == ad) {
                change(row);
            }
        });
    }

    /// Takes the last step back.
    pub fn undo(self) {
        if let Some(rows) = self.before.try_update(Vec::pop).flatten() {
            self.rows.set(rows);
        }
    }

    /// There is something that is not saved.
    pub fn is_dirty(self) -> bool {
        self.rows
            .with(|rows| self.stored.with(|(stored, _)| rows != stored))
    }

    /// A row as it is edited.
    pub fn row(self, ad: &str) -> Option<MappingRow> {
        self.rows.with(|rows| find(rows, ad).cloned())
    }

    /// What is wrong with a row.
    pub fn flaws_of(self, ad: &str) -> Vec<Flaw> {
        self.flaws.with(|flaws| {
            let of = flaws.iter().filter(|flaw| flaw.ad == ad);
            of.cloned().collect()
        })
    }

    /// Properties of a row that goes to Okta which users of the org do not have.
    pub fn absent(self, row: &MappingRow) -> Vec<String> {
        if !row.to_okta.is_on {
            return Vec::new();
        }
        self.properties.with(|known| {
            let Some(known) = known else {
                return Vec::new();
            };
            let absent = row.okta.iter().filter(|name| !known.contains(name));
            absent.cloned().collect()
        })
    }

    /// The lines of a row for the person who is looked at: toward Okta, and back.
    pub fn lines(self, ad: &str) -> (Vec<Line>, Option<Line>) {
        self.seen.with(|seen| {
            let Some(Ok(seen)) = seen else {
                return (Vec::new(), None);
            };
            let to_okta = seen.to_okta.iter().filter(|line| line.ad == ad);
            let to_ad = seen.to_ad.iter().find(|line| line.ad == ad);
            (to_okta.cloned().collect(), to_ad.cloned())
        })
    }

    /// Whether there is something to look at in a row.
    pub fn has_problem(self, row: &MappingRow) -> bool {
        let (to_okta, to_ad) = self.lines(&row.ad);
        !self.flaws_of(&row.ad).is_empty()
            || !self.absent(row).is_empty()
            || to_okta
                .iter()
                .chain(&to_ad)
                .any(|line| !line.troubles.is_empty())
    }

    /// Whether a row belongs to a view.
    pub fn fits(self, row: &MappingRow, shown: Shown) -> bool {
        match shown {
            Shown::All => true,
            Shown::Required => row.is_required,
            Shown::Changed => self.published.with_value(|table| !is_published(row, table)),
            Shown::Problems => self.has_problem(row),
        }
    }

    fn find_first_person(self) {
        Effect::new(move |was: Option<()>| {
            if was.is_some() {
                return;
            }
            let id = self.id.get_value();
            spawn_local(async move {
                let answer = rpc::find_people(id, FindPeople::default()).await;
                match answer {
                    Ok(people) => {
                        if self.person.try_with_untracked(Option::is_none) == Some(true) {
                            self.person.try_set(people.into_iter().next());
                        }
                    }
                    Err(refusal) => {
                        self.seen.try_set(Some(Err(refusal)));
                    }
                }
            });
        });
    }

    fn keep_checked(self) {
        let turn = StoredValue::new(0_u32);
        Effect::new(move |was: Option<()>| {
            let rows = self.rows.get();
            turn.update_value(|turn| *turn += 1);
            let mine = turn.get_value();
            let request = CheckMapping {
                rows: Some(rows),
                asks_org: was.is_none(),
            };
            let wait = if was.is_none() { Duration::ZERO } else { QUIET };
            set_timeout(
                move || {
                    let Some(id) = self.id.try_get_value() else {
                        return;
                    };
                    if turn.try_get_value() != Some(mine) {
                        return;
                    }
                    spawn_local(async move {
                        let Ok(check) = rpc::check_mapping(id, request).await else {
                            return;
                        };
                        if let Some(properties) = check.properties {
                            self.properties.try_set(Some(properties));
                        }
                        if turn.try_get_value() == Some(mine) {
                            self.flaws.try_set(read(&check.flaws));
                        }
                    });
                },
                wait,
            );
        });
    }

    fn keep_previewed(self) {
        let turn = StoredValue::new(0_u32);
        Effect::new(move || {
            let rows = self.rows.get();
            let Some(person) = self.person.get() else {
                return;
            };
            turn.update_value(|turn| *turn += 1);
            let mine = turn.get_value();
            let request = PreviewMapping {
                person: person.name,
                rows: Some(rows),
            };
            set_timeout(
                move || {
                    let Some(id) = self.id.try_get_value() else {
                        return;
                    };
                    if turn.try_get_value() != Some(mine) {
                        return;
                    }
                    spawn_local(async move {
                        let answer = rpc::preview_mapping(id, request).await;
                        if turn.try_get_value() == Some(mine) {
                            self.seen
                                .try_set(Some(answer.map(|preview| Seen::of(&preview))));
                        }
                    });
                },
                QUIET,
            );
        });
    }
}
