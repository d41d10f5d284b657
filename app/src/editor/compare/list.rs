//! The list of versions, with what can be done with each, and the drafts that gave way to others.

use api::{KeptReason, KeptRow, RenameVersion, VersionRow};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{History, Source};
use crate::i18n::texts::{EditorText, VersionText};
use crate::i18n::{Moment, t};
use crate::kit::{Button, ButtonKind, Dialog, EmptyState, ErrorBox, Loading, Tag, Tone};
use crate::rpc;

/// The draft, the versions, newest first, and the drafts that gave way.
#[component]
pub(super) fn VersionList(history: History) -> impl IntoView {
    let renaming = RwSignal::new(None::<VersionRow>);
    view! {
        <section class="versions-side" aria-label=t(VersionText::List)>
            <h2>{t(EditorText::Versions)}</h2>
            <ul class="versions-list" data-scrolls>
                <DraftItem history/>
                {move || match history.versions.get() {
                    None => view! { <li><Loading/></li> }.into_any(),
                    Some(Err(refusal)) => view! { <li><ErrorBox refusal/></li> }.into_any(),
                    Some(Ok(rows)) if rows.is_empty() => {
                        view! { <li><EmptyState icon="history" text=t(EditorText::NoVersions)/></li> }.into_any()
                    }
                    Some(Ok(rows)) => {
                        rows.into_iter()
                            .map(|row| view! { <VersionItem history row renaming/> })
                            .collect_view()
                            .into_any()
                    }
                }}
                {move || {
                    let kept = history.kept.get();
                    (!kept.is_empty()).then(|| view! {
                        <li><h3 class="versions-others">{t(VersionText::Others)}</h3></li>
                        {kept.into_iter().map(|row| view! { <KeptItem history row/> }).collect_view()}
                    })
                }}
            </ul>
            <RenameDialog history renaming/>
        </section>
    }
}

/// What is shown as "after" is the chosen one.
fn is_chosen(history: History, source: Source) -> impl Fn() -> bool + Copy + Send + Sync {
    let source = StoredValue::new(source);
    move || source.with_value(|source| history.to.with(|to| to == source))
}

#[component]
fn DraftItem(history: History) -> impl IntoView {
    let chosen = is_chosen(history, Source::Draft);
    let open = move |_| {
        let newest = history.versions.with_untracked(|rows| {
            let rows = rows.as_ref()?.as_ref().ok()?;
            rows.first().map(|row| Source::Version(row.number))
        });
        history.to.set(Source::Draft);
        history.from.set(newest.unwrap_or(Source::Nothing));
    };
    view! {
        <li class="version-row" data-chosen=move || chosen().to_string()>
            <button class="version-open" type="button" aria-pressed=move || chosen().to_string() on:click=open>
                <span class="version-number" aria-hidden="true">"\u{2022}"</span>
                <span class="version-name">{t(VersionText::Draft)}</span>
                <span></span>
                <span class="version-facts">{t(VersionText::DraftNow)}</span>
            </button>
        </li>
    }
}

#[component]
fn VersionItem(
    history: History,
    row: VersionRow,
    renaming: RwSignal<Option<VersionRow>>,
) -> impl IntoView {
    let number = row.number;
    let chosen = is_chosen(history, Source::Version(number));
    let speech = history.editor.speech;
    let open = move |_| {
        history.to.set(Source::Version(number));
        history.from.set(match number {
            1 => Source::Nothing,
            _ => Source::Version(number - 1),
        });
    };
    let count = row
        .changes
        .and_then(|count| usize::try_from(count).ok())
        .map(|n| format!(" · {}", speech.say(&VersionText::Count { n })));
    let name = if row.name.is_empty() {
        speech.say(&VersionText::Version { n: number })
    } else {
        row.name.clone()
    };
    let what = name.clone();
    let note = (!row.note.is_empty())
        .then(|| view! { <span class="version-note">{row.note.clone()}</span> });
    let (author, at, is_active) = (row.author.clone(), row.created_at, row.is_active);
    let actions = move || {
        let (what, row) = (what.clone(), row.clone());
        let can_edit = !history.editor.draft.is_read_only.get();
        (chosen() && can_edit).then(|| view! {
            <div class="version-actions">
                <Button on_press=move || history.restore(Source::Version(number), what.clone())>{t(VersionText::Restore)}</Button>
                <Button kind=ButtonKind::Bare on_press=move || renaming.set(Some(row.clone()))>{t(VersionText::Rename)}</Button>
            </div>
        })
    };
    view! {
        <li class="version-row" data-chosen=move || chosen().to_string()>
            <button class="version-open" type="button" aria-pressed=move || chosen().to_string() on:click=open>
                <span class="version-number">{format!("v{number}")}</span>
                <span class="version-name" title=name.clone()>{name.clone()}</span>
                <span>{is_active.then(|| view! { <Tag tone=Tone::Ok icon="circle-check">{t(EditorText::Active)}</Tag> })}</span>
                <span class="version-facts">{author}" · "<Moment at/>{count}</span>
                {note}
            </button>
            {actions}
        </li>
    }
}

/// Returns what a draft that gave way is called.
pub(super) fn kept_name(reason: KeptReason) -> VersionText {
    match reason {
        KeptReason::Restored => VersionText::KeptRestored,
        KeptReason::Conflict => VersionText::KeptConflict,
    }
}

#[component]
fn KeptItem(history: History, row: KeptRow) -> impl IntoView {
    let source = StoredValue::new(Source::Kept(row.id.clone()));
    let chosen = is_chosen(history, source.get_value());
    let reason = row.reason;
    let open = move |_| {
        history.to.set(source.get_value());
        history.from.set(Source::Draft);
    };
    let actions = move || {
        let can_edit = !history.editor.draft.is_read_only.get();
        (chosen() && can_edit).then(|| {
            view! {
                <div class="version-actions">
                    <Button on_press=move || {
                        let what = history.editor.speech.say_now(&kept_name(reason));
                        history.restore(source.get_value(), what);
                    }>{t(VersionText::Restore)}</Button>
                </div>
            }
        })
    };
    view! {
        <li class="version-row" data-chosen=move || chosen().to_string()>
            <button class="version-open" type="button" aria-pressed=move || chosen().to_string() on:click=open>
                <span class="version-number" aria-hidden="true">"\u{21ba}"</span>
                <span class="version-name">{t(kept_name(reason))}</span>
                <span></span>
                <span class="version-facts">{row.author.clone()}" · "<Moment at=row.created_at/></span>
            </button>
            {actions}
        </li>
    }
}

/// Another name and note for a version; what it holds never changes.
#[component]
fn RenameDialog(history: History, renaming: RwSignal<Option<VersionRow>>) -> impl IntoView {
    let open = RwSignal::new(false);
    let (name, note) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    Effect::new(move || {
        if let Some(row) = renaming.get() {
            name.set(row.name);
            note.set(row.note);
            open.set(true);
        }
    });
    Effect::new(move || {
        if !open.get() && renaming.with_untracked(Option::is_some) {
            renaming.set(None);
        }
    });
    let title = Signal::derive(move || {
        let n = renaming.with(|row| row.as_ref().map_or(0, |row| row.number));
        history.editor.speech.say(&VersionText::RenameTitle { n })
    });
    let save = move || {
        let Some(row) = renaming.get_untracked() else {
            return;
        };
        let request = RenameVersion {
            id: history.flow_id(),
            number: row.number,
            name: name.get_untracked(),
            note: note.get_untracked(),
        };
        spawn_local(async move {
            match rpc::rename_version(request).await {
                Ok(renamed) => {
                    history.versions.update(|rows| {
                        let rows = rows.iter_mut().flatten().flatten();
                        rows.filter(|row| row.number == renamed.number)
                            .for_each(|row| *row = renamed.clone());
                    });
                    open.set(false);
                }
                Err(refusal) => history.editor.toasts.refuse(&refusal),
            }
        });
    };
    view! {
        <Dialog open title>
            <form class="save-version" on:submit=move |event| { event.prevent_default(); save(); }>
                <label class="field">
                    <span class="field-title">{t(VersionText::Name)}</span>
                    <input class="input" maxlength=api::MAX_VERSION_NAME.to_string() autofocus=true bind:value=name/>
                </label>
                <label class="field">
                    <span class="field-title">{t(VersionText::Note)}</span>
                    <textarea class="input" rows="3" maxlength=api::MAX_VERSION_NOTE.to_string() bind:value=note></textarea>
                </label>
                <div class="dialog-foot">
                    <Button on_press=move || open.set(false)>{t(VersionText::Cancel)}</Button>
                    <Button kind=ButtonKind::Primary submit=true>{t(VersionText::Rename)}</Button>
                </div>
            </form>
        </Dialog>
    }
}
