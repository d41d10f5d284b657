//! What is done with several runs at once, one after the other, with progress, a way to stop, and what became of each.

use std::collections::BTreeSet;

use api::{Again, AgainFrom, AgainVersion};
use flow::RunId;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Listed;
use crate::i18n::t;
use crate::i18n::texts::{InspectText, KitText, RunningText, TraceText, refusal_text};
use crate::kit::{Button, ButtonKind, Choice, Dialog, Icon, ProgressBar, SelectField};
use crate::rpc::{self, Refusal};

/// What is done with each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    Again,
    Cancel,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Progress {
    done: usize,
    all: usize,
}

/// What became of one run; the new run, where there is one.
type Became = (RunId, Result<Option<RunId>, Refusal>);

/// What the parts share.
#[derive(Clone, Copy)]
struct Work {
    chosen: RwSignal<BTreeSet<RunId>>,
    deed: RwSignal<Option<Deed>>,
    /// `start` or `card`.
    from: RwSignal<String>,
    /// `same` or `current`.
    version: RwSignal<String>,
    asks: RwSignal<bool>,
    progress: RwSignal<Option<Progress>>,
    stops: RwSignal<bool>,
    results: RwSignal<Vec<Became>>,
    tells: RwSignal<bool>,
}

/// The bar at the bottom, while runs are chosen.
#[component]
pub fn BulkBar(listed: Listed) -> impl IntoView {
    let work = Work {
        chosen: listed.chosen,
        deed: RwSignal::new(None),
        from: RwSignal::new("start".to_owned()),
        version: RwSignal::new("same".to_owned()),
        asks: RwSignal::new(false),
        progress: RwSignal::new(None),
        stops: RwSignal::new(false),
        results: RwSignal::new(Vec::new()),
        tells: RwSignal::new(false),
    };
    let count = Memo::new(move |_| work.chosen.with(BTreeSet::len));
    let ask = move |what| {
        work.deed.set(Some(what));
        work.asks.set(true);
    };
    view! {
        {move || (count.get() > 0 || work.progress.read().is_some()).then(|| view! {
            <div class="bulk-bar floating" role="region" aria-label=t(RunningText::Selected { n: count.get() })>
                <span role="status">{move || match work.progress.get() {
                    Some(Progress { done, all }) => t(RunningText::BulkProgress { done, all }).get(),
                    None => t(RunningText::Selected { n: count.get() }).get(),
                }}</span>
                {move || match work.progress.get() {
                    Some(Progress { done, all }) => view! {
                        <ProgressBar label=t(RunningText::BulkProgress { done, all }) done=Signal::stored(done) all=Signal::stored(all)/>
                        <Button on_press=move || work.stops.set(true)>{t(RunningText::Stop)}</Button>
                    }
                    .into_any(),
                    None => view! {
                        <Button icon="rotate-ccw" on_press=move || ask(Deed::Again)>{t(RunningText::Again)}</Button>
                        <Button icon="circle-stop" on_press=move || ask(Deed::Cancel)>{t(RunningText::CancelSelected)}</Button>
                        <Button kind=ButtonKind::Bare icon="x" label=t(KitText::Cancel) on_press=move || work.chosen.update(BTreeSet::clear)/>
                    }
                    .into_any(),
                }}
            </div>
        })}
        <Asking work count/>
        <Dialog open=work.tells title=t(InspectText::Results) wide=true>
            <Results work/>
            <div class="dialog-foot">
                <Button kind=ButtonKind::Primary on_press=move || work.tells.set(false)>{t(KitText::Close)}</Button>
            </div>
        </Dialog>
    }
}

/// Asks before: where each begins, and with which version.
#[component]
fn Asking(work: Work, count: Memo<usize>) -> impl IntoView {
    let title = Signal::derive(move || {
        let n = count.get();
        t(match work.deed.get() {
            Some(Deed::Cancel) => RunningText::BulkCancelTitle { n },
            _ => RunningText::BulkTitle { n },
        })
        .get()
    });
    let choice = |value: &str, text: InspectText| Choice {
        value: value.to_owned(),
        label: t(text).get(),
    };
    let begins = Signal::derive(move || {
        vec![
            choice("start", InspectText::FromStart),
            choice("card", InspectText::FromFailed),
        ]
    });
    let versions = Signal::derive(move || {
        vec![
            choice("same", InspectText::VersionThen),
            choice("current", InspectText::VersionNow),
        ]
    });
    view! {
        <Dialog open=work.asks title>
            {move || match work.deed.get() {
                Some(Deed::Cancel) => view! { <p>{t(TraceText::CancelText)}</p> }.into_any(),
                _ => view! {
                    <p>{t(RunningText::BulkText)}</p>
                    <SelectField label=t(InspectText::FromWhere) name="bulk-from" value=work.from choices=begins/>
                    <SelectField label=t(InspectText::WhichVersion) name="bulk-version" value=work.version choices=versions/>
                }
                .into_any(),
            }}
            <div class="dialog-foot">
                <Button on_press=move || work.asks.set(false)>{t(KitText::Cancel)}</Button>
                {move || match work.deed.get() {
                    Some(Deed::Cancel) => view! { <Button kind=ButtonKind::Danger on_press=move || work.start()>{t(RunningText::CancelSelected)}</Button> }.into_any(),
                    _ => view! { <Button kind=ButtonKind::Primary icon="rotate-ccw" on_press=move || work.start()>{t(RunningText::AgainDo)}</Button> }.into_any(),
                }}
            </div>
        </Dialog>
    }
}

/// What became of each run, and how many were not reached.
#[component]
fn Results(work: Work) -> impl IntoView {
    let left = move || work.chosen.with(BTreeSet::len);
    view! {
        <ul class="bulk-results">
            {move || {
                let all = work.results.get();
                all.into_iter().map(|result| view! { <Outcome result/> }).collect_view()
            }}
        </ul>
        {move || {
            let failed = work.results.with(|all| all.iter().filter(|(_, what)| what.is_err()).count());
            let n = left().saturating_sub(failed);
            (n > 0).then(|| view! { <p class="hint">{t(InspectText::NotDone { n })}</p> })
        }}
    }
}

#[component]
fn Outcome(result: Became) -> impl IntoView {
    let (run, what) = result;
    let short = crate::pages::run_page::short(&run);
    let link = view! { <a class="mono" href=format!("/runs/{run}")>{short}</a> };
    match what {
        Ok(Some(new)) => view! {
            <li data-state="succeeded">
                <Icon name="circle-check"/>{link}
                <span>{t(InspectText::DoneAgain)}</span>
                <a href=format!("/runs/{new}")>{t(InspectText::OpenNew)}</a>
            </li>
        }
        .into_any(),
        Ok(None) => view! {
            <li data-state="succeeded"><Icon name="circle-check"/>{link}<span>{t(InspectText::DoneCanceled)}</span></li>
        }
        .into_any(),
        Err(refusal) => view! {
            <li data-state="failed"><Icon name="circle-x"/>{link}<span>{refusal_text(refusal)}</span></li>
        }
        .into_any(),
    }
}

impl Work {
    /// Does it to one after the other; those that went well are chosen no more.
    fn start(self) {
        let Some(deed) = self.deed.get_untracked() else {
            return;
        };
        self.asks.set(false);
        self.stops.set(false);
        self.results.set(Vec::new());
        let runs: Vec<RunId> = self.chosen.get_untracked().into_iter().collect();
        let how = (
            chosen_from(&self.from.get_untracked()),
            chosen_version(&self.version.get_untracked()),
        );
        spawn_local(async move {
            let all = runs.len();
            for (done, id) in runs.into_iter().enumerate() {
                self.progress.try_set(Some(Progress { done, all }));
                if self.stops.try_get_untracked().unwrap_or(true) {
                    break;
                }
                let answer = match deed {
                    Deed::Again => again(id.clone(), how).await.map(Some),
                    Deed::Cancel => rpc::cancel_run(id.clone()).await.map(|_| None),
                };
                if answer.is_ok() {
                    self.chosen.try_update(|chosen| chosen.remove(&id));
                }
                self.results
                    .try_update(|results| results.push((id, answer)));
            }
            self.progress.try_set(None);
            self.tells.try_set(true);
        });
    }
}

fn chosen_from(word: &str) -> AgainFrom {
    match word {
        "card" => AgainFrom::Card,
        _ => AgainFrom::Start,
    }
}

fn chosen_version(word: &str) -> AgainVersion {
    match word {
        "current" => AgainVersion::Current,
        _ => AgainVersion::Same,
    }
}

async fn again(id: RunId, (from, version): (AgainFrom, AgainVersion)) -> Result<RunId, Refusal> {
    let request = Again {
        id,
        from,
        version,
        inputs: None,
        repeat_unsure: false,
    };
    rpc::run_again(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_is_what_is_asked_for() {
        assert_eq!(chosen_from("card"), AgainFrom::Card);
        assert_eq!(chosen_from("start"), AgainFrom::Start);
        assert_eq!(chosen_version("current"), AgainVersion::Current);
        assert_eq!(chosen_version("same"), AgainVersion::Same);
    }
}
