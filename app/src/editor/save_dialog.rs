//! Saving a version: its name, why, and what it changes.

use api::SaveVersion;
use flow::{Flow, FlowEdit, diff};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::change_text::Told;
use super::draft::DraftState;
use super::state::Editor;
use crate::i18n::t;
use crate::i18n::texts::{EditorText, VersionText};
use crate::kit::{Button, ButtonKind, Dialog};
use crate::rpc;

/// So many changes are listed before the rest is counted.
const LISTED: usize = 8;

/// Asks for a name and a note; both may stay empty.
#[component]
pub fn SaveDialog(editor: Editor) -> impl IntoView {
    let open = editor.saving;
    let name = RwSignal::new(String::new());
    let note = RwSignal::new(String::new());
    let before = RwSignal::new(None::<(i64, Flow)>);
    Effect::new(move || {
        if open.get() {
            name.set(String::new());
            note.set(String::new());
            before.set(None);
            fetch_newest(editor, before);
        }
    });
    let title = Signal::derive(move || {
        let flow = editor.board.flow.with(|flow| flow.name.clone());
        editor.speech.say(&VersionText::SaveTitle { flow })
    });
    let changes = Memo::new(move |_| {
        if !open.get() {
            return Vec::new();
        }
        before.with(|before| {
            let Some((_, old)) = before else {
                return Vec::new();
            };
            sentences(editor, old)
        })
    });
    let save = move || {
        open.set(false);
        editor.save_as(name.get_untracked(), note.get_untracked());
    };
    view! {
        <Dialog open title>
            <form
                class="save-version"
                on:submit=move |event| {
                    event.prevent_default();
                    save();
                }
            >
                <label class="field">
                    <span class="field-title">{t(VersionText::Name)}</span>
                    <input class="input" maxlength=api::MAX_VERSION_NAME.to_string() autofocus=true placeholder=t(VersionText::NameHint) bind:value=name/>
                </label>
                <label class="field">
                    <span class="field-title">{t(VersionText::Note)}</span>
                    <textarea class="input" rows="2" maxlength=api::MAX_VERSION_NOTE.to_string() placeholder=t(VersionText::NoteHint) bind:value=note></textarea>
                </label>
                <label class="save-data">
                    <input
                        type="checkbox"
                        prop:checked=move || editor.board.flow.with(|flow| flow.saves_data)
                        on:change=move |event| {
                            editor.edit(FlowEdit::KeepData { saves_data: event_target_checked(&event) });
                        }
                    />
                    {t(VersionText::KeepData)}
                </label>
                <section class="save-changes" aria-label=t(VersionText::Changes)>
                    <h3>{move || heading(editor, before, changes.with(Vec::len))}</h3>
                    <ul>
                        {move || changes.with(|all| all.iter().take(LISTED).map(|text| view! { <li>{text.clone()}</li> }).collect_view())}
                    </ul>
                    {move || {
                        let more = changes.with(Vec::len).saturating_sub(LISTED);
                        (more > 0).then(|| view! { <p class="muted">{t(VersionText::More { n: more })}</p> })
                    }}
                </section>
                <div class="dialog-foot">
                    <Button on_press=move || open.set(false)>{t(VersionText::Cancel)}</Button>
                    <Button kind=ButtonKind::Primary submit=true>{t(VersionText::Save)}</Button>
                </div>
            </form>
        </Dialog>
    }
}

/// What the newest version holds.
fn fetch_newest(editor: Editor, before: RwSignal<Option<(i64, Flow)>>) {
    let id = editor.board.flow.with_untracked(|flow| flow.id.clone());
    spawn_local(async move {
        let newest = rpc::list_versions(id.clone())
            .await
            .ok()
            .and_then(|rows| rows.first().map(|row| row.number));
        match newest {
            Some(number) => {
                if let Ok(version) = rpc::read_version(id, number).await {
                    before.try_set(Some((number, version.document)));
                }
            }
            None => {
                before.try_set(Some((0, Flow::new(id, ""))));
            }
        }
    });
}

fn heading(editor: Editor, before: RwSignal<Option<(i64, Flow)>>, count: usize) -> String {
    let say = |text: &VersionText| editor.speech.say(text);
    let number = before.with(|before| before.as_ref().map(|(number, _)| *number));
    match number {
        None => String::new(),
        Some(0) => say(&VersionText::FirstVersion),
        Some(number) => {
            let since = say(&VersionText::Since {
                version: format!("v{number}"),
            });
            let count = match count {
                0 => say(&VersionText::NothingChanged),
                n => say(&VersionText::Count { n }),
            };
            format!("{since} · {count}")
        }
    }
}

fn sentences(editor: Editor, old: &Flow) -> Vec<String> {
    let catalogue = editor.board.catalogue.read();
    let connections = editor.board.connections.read();
    let now = editor.board.flow.read().published();
    let found = diff(old, &now);
    let told = Told {
        old,
        new: &found.new,
        catalogue: &catalogue,
        connections: &connections,
        speech: editor.speech,
    };
    found
        .changes
        .iter()
        .map(|change| told.sentence(change))
        .collect()
}

impl Editor {
    /// Asks for a name and makes a version of the draft.
    pub fn save_version(self) {
        let is_ready =
            self.row.with_untracked(Option::is_some) && !self.draft.is_read_only.get_untracked();
        if is_ready {
            self.saving.set(true);
        }
    }

    /// Makes a version of the draft.
    fn save_as(self, name: String, note: String) {
        let toasts = self.toasts;
        spawn_local(async move {
            if !self.draft.save_now(self).await {
                toasts.warn(&EditorText::DraftNotKept);
                return;
            }
            let id = self.board.flow.with_untracked(|flow| flow.id.clone());
            match rpc::save_version(SaveVersion { id, name, note }).await {
                Ok(version) => {
                    self.row.update(|row| {
                        if let Some(row) = row {
                            row.version = Some(version.number);
                        }
                    });
                    let is_kept = self
                        .draft
                        .state
                        .with_untracked(|state| *state == DraftState::Kept);
                    if is_kept {
                        self.draft.state.set(DraftState::Version);
                    }
                    toasts.say(&EditorText::VersionSaved { n: version.number });
                }
                Err(refusal) => toasts.refuse(&refusal),
            }
        });
    }
}
