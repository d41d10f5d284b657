//! What is done with several runs at once, one after the other, with progress and a way to stop.

use api::{Again, AgainFrom, AgainVersion};
use flow::RunId;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Listed;
use crate::i18n::texts::{KitText, RunningText, TraceText, refusal_text_now};
use crate::i18n::{t, use_speech};
use crate::kit::{Button, ButtonKind, Dialog, use_toasts};
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

/// The bar at the bottom, while runs are chosen.
#[component]
pub fn BulkBar(listed: Listed) -> impl IntoView {
    let chosen = listed.chosen;
    let count = Memo::new(move |_| chosen.with(std::collections::BTreeSet::len));
    let deed = RwSignal::new(None::<Deed>);
    let open = RwSignal::new(false);
    let progress = RwSignal::new(None::<Progress>);
    let stops = RwSignal::new(false);
    let ask = move |what| {
        deed.set(Some(what));
        open.set(true);
    };
    let title = Signal::derive(move || {
        let n = count.get();
        t(match deed.get() {
            Some(Deed::Cancel) => RunningText::BulkCancelTitle { n },
            _ => RunningText::BulkTitle { n },
        })
        .get()
    });
    let (toasts, speech) = (use_toasts(), use_speech());
    let start = move || {
        let Some(what) = deed.get_untracked() else {
            return;
        };
        open.set(false);
        stops.set(false);
        let runs: Vec<RunId> = chosen.get_untracked().into_iter().collect();
        spawn_local(async move {
            let failed = each(what, runs, chosen, progress, stops).await;
            progress.try_set(None);
            if let Some((n, refusal)) = failed {
                let why = refusal_text_now(speech, &refusal);
                toasts.warn(&RunningText::BulkFailed { n, why });
            }
        });
    };
    view! {
        {move || (count.get() > 0 || progress.read().is_some()).then(|| view! {
            <div class="bulk-bar floating" role="region" aria-label=t(RunningText::Selected { n: count.get() })>
                <span role="status">{move || match progress.get() {
                    Some(Progress { done, all }) => t(RunningText::BulkProgress { done, all }).get(),
                    None => t(RunningText::Selected { n: count.get() }).get(),
                }}</span>
                {move || if progress.read().is_some() {
                    view! { <Button on_press=move || stops.set(true)>{t(RunningText::Stop)}</Button> }.into_any()
                } else {
                    view! {
                        <Button icon="rotate-ccw" on_press=move || ask(Deed::Again)>{t(RunningText::AgainSelected)}</Button>
                        <Button icon="circle-stop" on_press=move || ask(Deed::Cancel)>{t(RunningText::CancelSelected)}</Button>
                        <Button kind=ButtonKind::Bare icon="x" label=t(KitText::Cancel) on_press=move || chosen.update(std::collections::BTreeSet::clear)/>
                    }
                    .into_any()
                }}
            </div>
        })}
        <Dialog open title>
            <p>{move || match deed.get() {
                Some(Deed::Cancel) => t(TraceText::CancelText).get(),
                _ => t(RunningText::BulkText).get(),
            }}</p>
            <div class="dialog-foot">
                <Button on_press=move || open.set(false)>{t(KitText::Cancel)}</Button>
                {move || match deed.get() {
                    Some(Deed::Cancel) => view! { <Button kind=ButtonKind::Danger on_press=start>{t(RunningText::CancelSelected)}</Button> }.into_any(),
                    _ => view! { <Button kind=ButtonKind::Primary icon="rotate-ccw" on_press=start>{t(RunningText::AgainSelected)}</Button> }.into_any(),
                }}
            </div>
        </Dialog>
    }
}

/// Does it to one after the other; those that went well are chosen no more. Returns how many did not, and why the first
/// of them.
async fn each(
    what: Deed,
    runs: Vec<RunId>,
    chosen: RwSignal<std::collections::BTreeSet<RunId>>,
    progress: RwSignal<Option<Progress>>,
    stops: RwSignal<bool>,
) -> Option<(usize, Refusal)> {
    let all = runs.len();
    let mut failed: Option<(usize, Refusal)> = None;
    for (done, id) in runs.into_iter().enumerate() {
        progress.try_set(Some(Progress { done, all }));
        if stops.try_get_untracked().unwrap_or(true) {
            break;
        }
        let answer = match what {
            Deed::Again => again(id.clone()).await,
            Deed::Cancel => rpc::cancel_run(id.clone()).await.map(|_| ()),
        };
        match answer {
            Ok(()) => {
                chosen.try_update(|chosen| chosen.remove(&id));
            }
            Err(refusal) => {
                failed = Some(match failed {
                    Some((n, first)) => (n + 1, first),
                    None => (1, refusal),
                });
            }
        }
    }
    failed
}

async fn again(id: RunId) -> Result<(), Refusal> {
    let request = Again {
        id,
        from: AgainFrom::Start,
        version: AgainVersion::Same,
        inputs: None,
        repeat_unsure: false,
    };
    rpc::run_again(request).await.map(|_| ())
}
