//! One import: what it reads, what its plan would do, why it stands still, how far it is, what became of it.

use std::time::Duration;

use api::{DirectoryImport, ImportStatus};
use leptos::prelude::*;
use leptos::task::spawn_local;

pub mod csv;
pub mod differences;
pub mod lines;
pub mod words;

use super::Opened;
use super::header::{DirectoryFrame, Place};
use super::imports::{PlanMenu, is_open};
use crate::i18n::texts::{DirectoryText, PlanText};
use crate::i18n::{Moment, count, t, use_speech};
use crate::kit::{Button, ButtonKind, Dialog, Icon, LinkButton, ProgressBar, refused, use_toasts};
use crate::rpc::{self, Refusal};
use lines::Lines;
use words::{number, status_tag, why_read};

/// How often an import that goes on is asked how far it is.
const LOOK: Duration = Duration::from_millis(1_000);

/// The page.
#[component]
pub fn Plan(
    /// The directory.
    opened: Opened,
    /// The import.
    import: DirectoryImport,
) -> impl IntoView {
    let id = StoredValue::new(import.id.clone());
    let is_full = import.is_full;
    let created_at = import.created_at;
    let import = RwSignal::new(import);
    follow(import);
    let may_change = opened.may_change;
    let directory = StoredValue::new(opened.directory.id.clone());
    let status = Memo::new(move |_| import.with(|import| import.status));
    let is_asking = RwSignal::new(false);
    let is_canceling = RwSignal::new(false);
    let actions =
        move || may_change.then(|| view! { <Actions directory import is_asking is_canceling/> });
    view! {
        <DirectoryFrame opened place=Place::Imports actions import>
            <div class="directory-page">
                <header class="plan-head">
                    <a class="plan-back" href=directory.with_value(|id| Place::Imports.href(id))>
                        <Icon name="chevron-left"/>
                        {t(DirectoryText::Imports)}
                    </a>
                    <h2>{t(PlanText::Import)}" · "<Moment at=created_at/></h2>
                    {move || import.with(status_tag)}
                    <span class="muted">{t(if is_full { PlanText::Full } else { PlanText::Changes })}</span>
                    <span class="muted">{move || why_read(&import.read().reading).map(|text| t(text).get())}</span>
                </header>
                <div role="status">{move || view! { <State import=import.get()/> }}</div>
                {move || (!import.read().counts.is_null()).then(|| view! { <Counts import/> })}
                <Lines
                    directory=directory.get_value()
                    import=id.get_value()
                    status
                    counts=Signal::derive(move || import.with(|import| import.counts.clone()))
                    failed=Signal::derive(move || import.with(|import| import.lines.get("failed").copied().unwrap_or(0)))
                />
            </div>
            <Approval import open=is_asking/>
            <Cancel import open=is_canceling/>
        </DirectoryFrame>
    }
}

/// Asks how far an import is while it goes on, and once more when it does not any longer.
fn follow(import: RwSignal<DirectoryImport>) {
    Effect::new(move |was: Option<()>| {
        if was.is_some() {
            return;
        }
        let is_asking = StoredValue::new(false);
        let ask = move || {
            let moving = import.try_with_untracked(|import| {
                matches!(
                    import.status,
                    ImportStatus::Planning | ImportStatus::Running
                )
                .then(|| import.id.clone())
            });
            let Some(id) = moving.flatten() else { return };
            if is_asking.try_get_value().unwrap_or(true) {
                return;
            }
            is_asking.set_value(true);
            spawn_local(async move {
                if let Ok(now) = rpc::open_import(id).await {
                    import.try_set(now);
                }
                is_asking.try_set_value(false);
            });
        };
        if let Ok(clock) = set_interval_with_handle(ask, LOOK) {
            on_cleanup(move || clock.clear());
        }
    });
}

#[component]
fn Actions(
    directory: StoredValue<String>,
    import: RwSignal<DirectoryImport>,
    is_asking: RwSignal<bool>,
    is_canceling: RwSignal<bool>,
) -> impl IntoView {
    move || {
        let status = import.with(|import| import.status);
        let may_approve = matches!(status, ImportStatus::Planned | ImportStatus::Roadblock);
        let approve = match status {
            ImportStatus::Roadblock => PlanText::ApproveRoadblock,
            _ => PlanText::Approve,
        };
        view! {
            {is_open(status).then(|| view! {
                <Button icon="ban" on_press=move || is_canceling.set(true)>{t(PlanText::Cancel)}</Button>
            })}
            {may_approve.then(|| view! {
                <Button
                    kind=if status == ImportStatus::Roadblock { ButtonKind::Danger } else { ButtonKind::Primary }
                    icon="play"
                    on_press=move || is_asking.set(true)
                >
                    {t(approve)}
                </Button>
            })}
            {(!is_open(status)).then(|| view! { <PlanMenu directory=directory.get_value()/> })}
        }
    }
}

/// In one banner: what goes on, or what stands against it.
#[component]
fn State(import: DirectoryImport) -> impl IntoView {
    let line = |state: &str| import.lines.get(state).copied().unwrap_or(0);
    let (done, failed) = (line("done"), line("failed"));
    let all = import.lines.values().sum::<i64>();
    match import.status {
        ImportStatus::Planning => view! {
            <div class="banner" data-tone="accent">
                <Icon name="search"/>
                <div class="banner-text">
                    <p>{t(PlanText::ReadingNow)}</p>
                    {(all > 0).then(|| view! { <p class="hint">{t(PlanText::ReadSoFar { n: all })}</p> })}
                    <ProgressBar label=t(PlanText::Planning)/>
                </div>
            </div>
        }
        .into_any(),
        ImportStatus::Planned => {
            let is_nothing = line("planned") == 0;
            let text = if is_nothing { PlanText::NothingToDo } else { PlanText::PlannedText };
            banner("accent", "list-checks", None, t(text).get())
        }
        ImportStatus::Roadblock => {
            let text = PlanText::RoadblockText {
                removed: number(&import.roadblock, "removed"),
                total: number(&import.roadblock, "total"),
                percent: number(&import.roadblock, "percent"),
            };
            banner("bad", "shield-alert", Some(PlanText::RoadblockTitle), t(text).get())
        }
        ImportStatus::Running => {
            let whole = usize::try_from(all).unwrap_or(0);
            let part = usize::try_from(done + failed).unwrap_or(0);
            view! {
                <div class="banner" data-tone="accent">
                    <Icon name="upload"/>
                    <div class="banner-text">
                        <p>{t(PlanText::RunningText { done: done + failed, all })}</p>
                        <ProgressBar label=t(PlanText::Running) done=Signal::derive(move || part) all=Signal::derive(move || whole)/>
                    </div>
                </div>
            }
            .into_any()
        }
        ImportStatus::Completed => view! { <Report import/> }.into_any(),
        ImportStatus::Failed => {
            banner("bad", "circle-x", Some(PlanText::FailedTitle), import.error.unwrap_or_default())
        }
        ImportStatus::Canceled => banner("plain", "ban", None, t(PlanText::CanceledText).get()),
    }
}

fn banner(
    tone: &'static str,
    icon: &'static str,
    title: Option<PlanText>,
    text: String,
) -> AnyView {
    view! {
        <div class="banner" data-tone=tone>
            <Icon name=icon/>
            <div class="banner-text">
                {title.map(|title| view! { <p class="row-name">{t(title)}</p> })}
                <p>{text}</p>
            </div>
        </div>
    }
    .into_any()
}

/// What became of it.
#[component]
fn Report(import: DirectoryImport) -> impl IntoView {
    let speech = use_speech();
    let line = |state: &str| import.lines.get(state).copied().unwrap_or(0);
    let (done, failed) = (line("done"), line("failed"));
    let (tone, icon) = if failed > 0 {
        ("warn", "triangle-alert")
    } else {
        ("ok", "circle-check")
    };
    let took = import.begun_at.zip(import.ended_at);
    let took = move || {
        took.map(|(from, to)| {
            let took = crate::i18n::duration_ms(to - from, speech.language());
            speech.say(&PlanText::Took { took })
        })
    };
    view! {
        <div class="banner" data-tone=tone>
            <Icon name=icon/>
            <div class="banner-text">
                <p>{t(PlanText::CompletedText { n: done })}" "<span class="muted">{took}</span></p>
                {(failed > 0).then(|| view! { <p>{t(PlanText::FailedText { n: failed })}</p> })}
            </div>
            {(failed > 0).then(|| view! { <LinkButton href="?kind=failed">{t(PlanText::ShowFailed)}</LinkButton> })}
        </div>
    }
}

/// The figures of the plan.
#[component]
fn Counts(import: RwSignal<DirectoryImport>) -> impl IntoView {
    const FIGURES: [(&str, PlanText); 8] = [
        ("seen", PlanText::Seen),
        ("created", PlanText::Created),
        ("updated", PlanText::Updated),
        ("removed", PlanText::Removed),
        ("awaiting", PlanText::Awaiting),
        ("left", PlanText::Left),
        ("forgotten", PlanText::Forgotten),
        ("unchanged", PlanText::Unchanged),
    ];
    let figures = FIGURES.map(|(name, text)| {
        let n = move || count(number(&import.read().counts, name));
        view! { <div><dt>{t(text)}</dt><dd class="number">{n}</dd></div> }
    });
    view! { <dl class="plan-counts" aria-label=t(PlanText::Counts)>{figures.collect_view()}</dl> }
}

/// Asks before something is written.
#[component]
fn Approval(import: RwSignal<DirectoryImport>, open: RwSignal<bool>) -> impl IntoView {
    let approve = Action::new(move |(): &()| {
        let id = import.with_untracked(|import| import.id.clone());
        async move {
            let now = rpc::approve_import(id).await?;
            import.set(now);
            open.set(false);
            Ok::<(), Refusal>(())
        }
    });
    crate::kit::forget_refusal(open, approve);
    view! {
        <Dialog open title=t(PlanText::ApproveTitle)>
            {refused(move || approve.value().get())}
            <Counts import/>
            {move || {
                let gone = number(&import.read().counts, "removed");
                (gone > 0).then(|| view! { <p class="field-warning">{t(PlanText::ApproveGone { n: gone })}</p> })
            }}
            <div class="dialog-foot">
                <Button on_press=move || open.set(false)>{t(crate::i18n::texts::KitText::Cancel)}</Button>
                <Button
                    kind=if import.with_untracked(|import| import.status) == ImportStatus::Roadblock { ButtonKind::Danger } else { ButtonKind::Primary }
                    busy=approve.pending()
                    on_press=move || { approve.dispatch(()); }
                >
                    {move || {
                        let is_stopped = import.with(|import| import.status) == ImportStatus::Roadblock;
                        t(if is_stopped { PlanText::ApproveRoadblock } else { PlanText::Approve }).get()
                    }}
                </Button>
            </div>
        </Dialog>
    }
}

#[component]
fn Cancel(import: RwSignal<DirectoryImport>, open: RwSignal<bool>) -> impl IntoView {
    let toasts = use_toasts();
    let cancel = Action::new(move |(): &()| {
        let id = import.with_untracked(|import| import.id.clone());
        async move {
            let now = rpc::cancel_import(id).await?;
            import.set(now);
            open.set(false);
            toasts.say(&PlanText::Canceled);
            Ok::<(), Refusal>(())
        }
    });
    crate::kit::forget_refusal(open, cancel);
    view! {
        <Dialog open title=t(PlanText::CancelTitle)>
            {refused(move || cancel.value().get())}
            <p>
                {move || {
                    let is_running = import.with(|import| import.status) == ImportStatus::Running;
                    t(if is_running { PlanText::CancelText } else { PlanText::CancelPlanText }).get()
                }}
            </p>
            <div class="dialog-foot">
                <Button on_press=move || open.set(false)>{t(PlanText::Keep)}</Button>
                <Button kind=ButtonKind::Danger busy=cancel.pending() on_press=move || { cancel.dispatch(()); }>
                    {t(PlanText::Cancel)}
                </Button>
            </div>
        </Dialog>
    }
}
