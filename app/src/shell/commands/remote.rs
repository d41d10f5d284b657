//! What the server finds by name, a moment after the last key.

use std::time::Duration;

use api::{QuickFind, QuickKind, QuickThing};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::items::{Act, Group, Item, Only, Typed};
use crate::i18n::Speech;
use crate::i18n::texts::SearchText;
use crate::kit::run_status;
use crate::rpc::{self, Refusal};

/// The server is asked when nothing was typed for so long.
const PAUSE: Duration = Duration::from_millis(130);

/// What the server said.
#[derive(Clone, Copy)]
pub(super) struct Remote {
    pub(super) things: RwSignal<Vec<QuickThing>>,
    /// The server could not be reached.
    pub(super) is_away: RwSignal<bool>,
    /// It was asked and has not answered.
    pub(super) is_asked: RwSignal<bool>,
}

impl Remote {
    /// Asks whenever what is typed changes and the palette is open.
    pub(super) fn of(typed: RwSignal<String>, is_open: RwSignal<bool>) -> Self {
        let remote = Self {
            things: RwSignal::new(Vec::new()),
            is_away: RwSignal::new(false),
            is_asked: RwSignal::new(false),
        };
        let timer = StoredValue::new(None::<TimeoutHandle>);
        Effect::new(move || {
            if let Some(timer) = timer.get_value() {
                timer.clear();
            }
            let text = typed.get();
            let find = question(&text).filter(|_| is_open.get());
            remote.is_asked.set(find.is_some());
            let Some(find) = find else {
                remote.things.set(Vec::new());
                return;
            };
            let ask = move || remote.ask(find, text, typed);
            timer.set_value(set_timeout_with_handle(ask, PAUSE).ok());
        });
        on_cleanup(move || {
            if let Some(timer) = timer.try_get_value().flatten() {
                timer.clear();
            }
        });
        remote
    }

    fn ask(self, find: QuickFind, text: String, typed: RwSignal<String>) {
        spawn_local(async move {
            let answer = rpc::quick_find(find).await;
            // Something else was typed meanwhile.
            if typed.try_with_untracked(|now| *now == text) != Some(true) {
                return;
            }
            self.is_asked.try_set(false);
            self.is_away.try_set(answer == Err(Refusal::Unreachable));
            self.things
                .try_set(answer.map(|found| found.things).unwrap_or_default());
        });
    }
}

/// What to ask; nothing where the server has nothing to say.
fn question(text: &str) -> Option<QuickFind> {
    let typed = Typed::read(text);
    let only = match typed.only {
        Some(Only::Actions) => return None,
        Some(Only::Runs) => Some(QuickKind::Run),
        Some(Only::People) => Some(QuickKind::Person),
        None if typed.text.is_empty() => return None,
        None => None,
    };
    Some(QuickFind {
        text: typed.text.chars().take(200).collect(),
        only,
    })
}

/// Returns things of the server as items.
pub(super) fn items(things: Vec<QuickThing>, speech: Speech) -> Vec<Item> {
    things
        .into_iter()
        .map(|thing| item(thing, speech))
        .collect()
}

fn item(thing: QuickThing, speech: Speech) -> Item {
    let id = &thing.id;
    let (group, icon, to) = match thing.kind {
        QuickKind::Flow => (Group::Flows, "workflow", format!("/flows/{id}")),
        QuickKind::Run => (Group::Runs, "history", format!("/runs/{id}")),
        QuickKind::Person => (Group::People, "user", "/settings".to_owned()),
        QuickKind::Connection => (Group::Connections, "plug", format!("/connections/{id}")),
        QuickKind::Table => (Group::Tables, "table-2", format!("/tables/{id}")),
    };
    let status = thing.status.map(|status| speech.say(&run_status(status).2));
    let about = match (thing.kind, status) {
        (QuickKind::Run, status) => format!("{} · {id}", status.unwrap_or_default()),
        (QuickKind::Flow, _) => {
            let state = if thing.is_on {
                SearchText::FlowOn
            } else {
                SearchText::FlowOff
            };
            let state = speech.say(&state);
            if thing.about.is_empty() {
                state
            } else {
                format!("{} · {state}", thing.about)
            }
        }
        _ => thing.about,
    };
    Item::new(group, icon, thing.name, Act::Go(to)).about(about)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_is_asked_for_what_it_knows() {
        assert_eq!(question(">dark"), None);
        assert_eq!(question("  "), None);
        assert_eq!(question("#").unwrap().only, Some(QuickKind::Run));
        let people = question("＠ada").unwrap();
        assert_eq!(
            (people.text.as_str(), people.only),
            ("ada", Some(QuickKind::Person))
        );
        assert_eq!(question("read").unwrap().only, None);
        assert_eq!(question(&"x".repeat(900)).unwrap().text.len(), 200);
    }
}
