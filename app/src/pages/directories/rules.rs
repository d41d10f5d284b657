//! Import rules of a directory: whose users, under which name, who they are in the org, what happens to those who go, and when.

use api::{ErrorCode, ImportRoad, ImportSettings, ImportTimetable, SaveDirectory};
use leptos::prelude::*;

pub mod choices;
pub mod road;
pub mod selection;
pub mod timetable;
pub mod units;

use super::guard::LeaveGuard;
use super::header::{DirectoryFrame, Place};
use super::{Fetched, Opened};
use crate::i18n::t;
use crate::i18n::texts::RuleText;
use crate::kit::{Button, ButtonKind, ErrorBox, Icon, Loading, Tag, Tone, use_toasts};
use crate::rpc::{self, Refusal};
use choices::{Confirmation, Matching, Removal, Safeguard, Username};
use road::RoadPanel;
use selection::Chosen;
use timetable::TimetablePanel;
use units::Units;

/// What is edited on the page.
#[derive(Clone, Copy)]
pub struct Draft {
    /// All but the units and the timetable.
    pub settings: RwSignal<ImportSettings>,
    /// The selected units.
    pub units: RwSignal<Chosen>,
    /// When imports begin by themselves.
    pub timetable: RwSignal<ImportTimetable>,
    /// A field holds what cannot be used.
    pub is_wrong: RwSignal<bool>,
    /// It can be edited.
    pub can_change: bool,
}

impl Draft {
    /// Changes the settings.
    pub fn edit(self, change: impl FnOnce(&mut ImportSettings)) {
        self.settings.update(change);
    }

    fn now(self) -> (ImportSettings, ImportTimetable) {
        let settings = ImportSettings {
            units: self.units.get(),
            ..self.settings.get()
        };
        (settings, self.timetable.get())
    }
}

/// The page.
#[component]
pub fn Rules(
    /// The directory.
    opened: Opened,
    /// Reads the directory again.
    #[prop(into)]
    on_reload: Callback<()>,
) -> impl IntoView {
    let directory = opened.directory.clone();
    let draft = Draft {
        settings: RwSignal::new(directory.settings.clone()),
        units: RwSignal::new(directory.settings.units.clone()),
        timetable: RwSignal::new(directory.timetable.clone()),
        is_wrong: RwSignal::new(false),
        can_change: opened.may_change,
    };
    let saved = RwSignal::new((directory.settings.clone(), directory.timetable.clone()));
    let is_dirty = Memo::new(move |_| saved.with(|saved| draft.now() != *saved));
    let kept = RwSignal::new(directory);
    let save = save_action(draft, kept, saved);
    let is_unusable = Memo::new(move |_| {
        draft.is_wrong.get()
            || draft
                .units
                .with(|units| units.as_ref().is_some_and(Vec::is_empty))
            || draft.settings.with(|settings| {
                matches!(&settings.road, ImportRoad::Sessions(source) if source.is_empty())
            })
    });
    let can_change = opened.may_change;
    let actions = move || {
        can_change.then(|| {
            view! {
                {move || is_dirty.get().then(|| view! { <Tag tone=Tone::Warn icon="circle-dot">{t(RuleText::Unsaved)}</Tag> })}
                <Button
                    kind=ButtonKind::Primary
                    icon="save"
                    busy=save.pending()
                    disabled=Signal::derive(move || !is_dirty.get() || is_unusable.get())
                    on_press=move || { save.dispatch(()); }
                >
                    {t(RuleText::Save)}
                </Button>
            }
        })
    };
    view! {
        <DirectoryFrame opened=opened.clone() place=Place::Rules actions>
            <div class="directory-page">
                {move || save.value().get().and_then(Result::err).map(|refusal| {
                    view! { <Refused refusal draft save kept on_reload/> }
                })}
                <div class="rules-columns">
                    <UnitsPanel id=opened.directory.id.clone() draft/>
                    <fieldset class="rules-side" disabled=!can_change>
                        <Username draft/>
                        <Matching draft/>
                        <Confirmation draft/>
                        <Removal draft/>
                        <Safeguard draft/>
                        <TimetablePanel draft/>
                        <RoadPanel draft connection=opened.directory.connection.clone()/>
                    </fieldset>
                </div>
            </div>
            <LeaveGuard is_dirty/>
        </DirectoryFrame>
    }
}

type Save = Action<(), Result<(), Refusal>>;

fn save_action(
    draft: Draft,
    kept: RwSignal<api::DirectoryView>,
    saved: RwSignal<(ImportSettings, ImportTimetable)>,
) -> Save {
    let toasts = use_toasts();
    Action::new(move |(): &()| {
        let (settings, timetable) = untrack(|| draft.now());
        let old = kept.get_untracked();
        async move {
            let after = rpc::save_directory(SaveDirectory {
                id: Some(old.id),
                revision: old.revision,
                name: old.name,
                host: old.host,
                port: old.port,
                security: old.security,
                authorities: old.authorities,
                account: old.account,
                password: None,
                connection: old.connection,
                settings,
                timetable,
            })
            .await?;
            saved.set((after.settings.clone(), after.timetable.clone()));
            draft.units.set(after.settings.units.clone());
            draft.settings.set(after.settings.clone());
            draft.timetable.set(after.timetable.clone());
            kept.set(after);
            toasts.say(&RuleText::Saved);
            Ok(())
        }
    })
}

/// Why it was not saved. Where somebody else saved meanwhile, the two ways out.
#[component]
fn Refused(
    refusal: Refusal,
    draft: Draft,
    save: Save,
    kept: RwSignal<api::DirectoryView>,
    on_reload: Callback<()>,
) -> impl IntoView {
    if refusal.code() != Some(ErrorCode::Conflict) {
        return view! { <ErrorBox refusal/> }.into_any();
    }
    let over = Action::new(move |(): &()| {
        let id = kept.with_untracked(|kept| kept.id.clone());
        async move {
            // What they changed about the place stays; the rules are mine.
            if let Ok(theirs) = rpc::open_directory(id).await {
                kept.set(theirs);
                save.dispatch(());
            }
        }
    });
    view! {
        <div class="banner" data-tone="warn" role="alert">
            <Icon name="triangle-alert"/>
            <div class="banner-text"><p>{t(RuleText::Conflict)}</p></div>
            <Button on_press=move || {
                draft.is_wrong.set(false);
                on_reload.run(());
            }>
                {t(RuleText::LoadTheirs)}
            </Button>
            <Button busy=over.pending() on_press=move || { over.dispatch(()); }>{t(RuleText::SaveMine)}</Button>
        </div>
    }
    .into_any()
}

#[component]
fn UnitsPanel(id: String, draft: Draft) -> impl IntoView {
    let units = Fetched::new(move || rpc::list_units(id.clone()));
    view! {
        <section class="panel" aria-labelledby="units-title">
            <div class="panel-head"><h2 id="units-title">{t(RuleText::Units)}</h2></div>
            <p class="panel-lead">{t(RuleText::UnitsText)}</p>
            <div class="panel-body units">
                {move || match units.answer.get() {
                    None => view! { <Loading/><p class="hint">{t(RuleText::UnitsLoading)}</p> }.into_any(),
                    Some(Ok(units)) => {
                        view! { <Units units chosen=draft.units can_change=draft.can_change/> }.into_any()
                    }
                    Some(Err(refusal)) => {
                        view! { <ErrorBox refusal on_retry=move || units.retry()/> }.into_any()
                    }
                }}
            </div>
        </section>
    }
}
