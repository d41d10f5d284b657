//! How values are made, in one table: left the directory, right the Okta profile, both with the values of one chosen person.

use api::{ErrorCode, MappingView, SaveMapping};
use leptos::prelude::*;

pub mod add;
pub mod conflict;
pub mod desk;
pub mod expression;
pub mod foot;
pub mod inspector;
pub mod person;
pub mod rows;
pub mod table;
pub mod tried;
pub mod words;

use super::Opened;
use super::guard::LeaveGuard;
use super::header::{DirectoryFrame, Place};
use super::overview::OrgWarning;
use crate::i18n::t;
use crate::i18n::texts::{MappingText, RuleText};
use crate::kit::{
    Button, ButtonKind, Dialog, Icon, Menu, MenuItem, Tag, Tone, refused, use_toasts,
};
use crate::rpc::{self, Refusal};
use add::AddAttribute;
use conflict::Conflict;
use desk::{Desk, Shown};
use foot::Foot;
use inspector::Inspector;
use person::PersonPicker;
use rows::{Flaw, changed};
use table::Table;

/// The page.
#[component]
pub fn Mapping(
    /// The directory.
    opened: Opened,
    /// Its mapping.
    mapping: MappingView,
) -> impl IntoView {
    let desk = Desk::new(opened.directory.id.clone(), mapping, opened.may_change);
    let save = save_action(desk);
    let is_adding = RwSignal::new(false);
    let is_resetting = RwSignal::new(false);
    let is_dirty = Memo::new(move |_| desk.is_dirty());
    let is_unread = Memo::new(move |_| desk.flaws.with(|flaws| flaws.iter().any(Flaw::stops)));
    let actions = move || {
        desk.can_change.then(|| {
            view! { <Actions desk save is_dirty is_unread is_adding is_resetting/> }
        })
    };
    let has_warning = opened.org().is_none() || !opened.lacks().is_empty();
    view! {
        <DirectoryFrame opened=opened.clone() place=Place::Mapping actions>
            <div class="mapping" class:mapping-open=move || desk.chosen.read().is_some()>
                <div class="mapping-main">
                    {has_warning.then(|| view! { <div class="mapping-note"><OrgWarning opened/></div> })}
                    <Conflict desk save/>
                    {refused(move || save.value().get().filter(|last| !is_conflict(last)))}
                    {move || (is_dirty.get() && is_unread.get()).then(|| view! {
                        <p class="mapping-note field-error" role="status">{t(MappingText::Unread)}</p>
                    })}
                    <Bar desk/>
                    <Table desk/>
                    <Foot desk/>
                </div>
                <Inspector desk/>
            </div>
            <AddAttribute desk open=is_adding/>
            <ResetAll desk open=is_resetting/>
            <LeaveGuard is_dirty/>
        </DirectoryFrame>
    }
}

/// Saving, with what came of it.
pub type Save = Action<(), Result<(), Refusal>>;

fn is_conflict(last: &Result<(), Refusal>) -> bool {
    last.as_ref()
        .err()
        .is_some_and(|refusal| refusal.code() == Some(ErrorCode::Conflict))
}

/// Saves the rows. Where only something else of the directory changed meanwhile, nobody has to know; where the rows did, the page
/// asks.
fn save_action(desk: Desk) -> Save {
    let toasts = use_toasts();
    Action::new(move |(): &()| {
        let rows = desk.rows.get_untracked();
        let (stored, revision) = desk.stored.get_untracked();
        let id = desk.id.get_value();
        async move {
            let published = desk.published.with_value(|table| *table == rows);
            let request = |revision| SaveMapping {
                revision,
                rows: (!published).then(|| rows.clone()),
            };
            let mut answer = rpc::save_mapping(id.clone(), request(revision)).await;
            if let Err(refusal) = &answer
                && refusal.code() == Some(ErrorCode::Conflict)
            {
                let now = rpc::read_mapping(id.clone()).await?;
                if now.rows != stored {
                    desk.theirs.set(Some((now.rows, now.revision)));
                    return answer.map(|_| ());
                }
                answer = rpc::save_mapping(id, request(now.revision)).await;
            }
            let saved = answer?;
            desk.theirs.set(None);
            desk.flaws.set(rows::read(&saved.flaws));
            desk.stored.set((saved.rows, saved.revision));
            toasts.say(&MappingText::Saved);
            Ok(())
        }
    })
}

#[component]
fn Actions(
    desk: Desk,
    save: Save,
    is_dirty: Memo<bool>,
    is_unread: Memo<bool>,
    is_adding: RwSignal<bool>,
    is_resetting: RwSignal<bool>,
) -> impl IntoView {
    view! {
        {move || is_dirty.get().then(|| view! { <Tag tone=Tone::Warn icon="circle-dot">{t(RuleText::Unsaved)}</Tag> })}
        <Button
            kind=ButtonKind::Bare
            icon="undo-2"
            label=t(MappingText::Undo)
            disabled=Signal::derive(move || desk.before.with(Vec::is_empty))
            on_press=move || desk.undo()
        />
        <Menu label=t(MappingText::More) face=|| view! { <span class="button button-icon"><Icon name="ellipsis"/></span> }>
            <MenuItem on_press=move || is_adding.set(true)>{t(MappingText::Add)}</MenuItem>
            <MenuItem on_press=move || is_resetting.set(true)>{t(MappingText::ResetAll)}</MenuItem>
        </Menu>
        <Button
            kind=ButtonKind::Primary
            icon="save"
            busy=save.pending()
            disabled=Signal::derive(move || !is_dirty.get() || is_unread.get())
            on_press=move || { save.dispatch(()); }
        >
            {t(MappingText::Save)}
        </Button>
    }
}

/// Search, views, and whose values are shown.
#[component]
fn Bar(desk: Desk) -> impl IntoView {
    let view_of = move |shown: Shown, text: fn(usize) -> MappingText| {
        let n = Memo::new(move |_| {
            desk.rows
                .with(|rows| rows.iter().filter(|row| desk.fits(row, shown)).count())
        });
        view! {
            <button
                class="tab"
                type="button"
                aria-pressed=move || (desk.shown.get() == shown).to_string()
                on:click=move |_| desk.shown.set(shown)
            >
                {move || t(text(n.get())).get()}
            </button>
        }
    };
    view! {
        <div class="mapping-bar">
            <div class="search" role="search">
                <Icon name="search"/>
                <input
                    class="input"
                    type="search"
                    aria-label=t(MappingText::Find)
                    placeholder=t(MappingText::Find)
                    bind:value=desk.text
                />
            </div>
            <div class="tabs" role="group" aria-label=t(MappingText::Show)>
                {view_of(Shown::All, |n| MappingText::ShowAll { n })}
                {view_of(Shown::Required, |n| MappingText::ShowRequired { n })}
                {view_of(Shown::Changed, |n| MappingText::ShowChanged { n })}
                {view_of(Shown::Problems, |n| MappingText::ShowProblems { n })}
            </div>
            <PersonPicker desk/>
        </div>
    }
}

/// Asks before everything is put back.
#[component]
fn ResetAll(desk: Desk, open: RwSignal<bool>) -> impl IntoView {
    let n = move || {
        desk.rows
            .with(|rows| desk.published.with_value(|table| changed(rows, table)))
    };
    view! {
        <Dialog open title=t(MappingText::ResetTitle)>
            <p>{move || t(MappingText::ResetText { n: n() }).get()}</p>
            <div class="dialog-foot">
                <Button on_press=move || open.set(false)>{t(crate::i18n::texts::KitText::Cancel)}</Button>
                <Button kind=ButtonKind::Danger on_press=move || {
                    desk.edit(|rows| *rows = desk.published.get_value());
                    open.set(false);
                }>
                    {t(MappingText::ResetDo)}
                </Button>
            </div>
        </Dialog>
    }
}
