//! What somebody should look at, grouped by cause: one action each, and putting it away with a reason.

use api::{Attention, AttentionCause as Cause, Dismiss, Home};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::i18n::texts::{ConnectionText, HomeText, KitText};
use crate::i18n::{LocalTime, Speech, t, use_local_time, use_speech};
use crate::kit::{
    Button, ButtonKind, Dialog, Icon, LinkButton, Tag, TextField, Tone, forget_refusal, refused,
    use_toasts,
};
use crate::rpc;

/// The list of what needs attention.
#[component]
pub(super) fn AttentionList(
    home: RwSignal<Home>,
    #[prop(into)] on_changed: Callback<()>,
) -> impl IntoView {
    let of = move |is_away: bool| {
        Memo::new(move |_| {
            home.with(|home| {
                let items = home
                    .attention
                    .iter()
                    .filter(|item| item.dismissed.is_some() == is_away);
                items.cloned().collect::<Vec<_>>()
            })
        })
    };
    let (open, away) = (of(false), of(true));
    let number = Memo::new(move |_| open.with(Vec::len));
    let asked = RwSignal::new(None::<(Attention, String)>);
    view! {
        <section class="panel attention" aria-labelledby="attention">
            <div class="panel-head">
                <h2 id="attention">{t(HomeText::NeedsAttention)}</h2>
                {move || (number.get() > 0).then(|| view! { <Tag tone=Tone::Bad>{number.get()}</Tag> })}
            </div>
            {move || (number.get() == 0).then(|| view! {
                <p class="calm">
                    <Icon name="circle-check"/>
                    {t(HomeText::NothingNeeded)}
                </p>
            })}
            <ul class="rows">
                <For each=move || open.get() key=|item| format!("{item:?}") children=move |item| view! { <Row item asked/> }/>
            </ul>
            {move || away.with(|away| !away.is_empty()).then(|| view! { <Away away on_changed/> })}
            <AskWhy asked on_changed/>
        </section>
    }
}

/// How an item is drawn.
#[derive(PartialEq)]
struct Shown {
    tone: Tone,
    icon: &'static str,
    name: String,
    note: String,
    href: String,
}

fn shown(what: &Cause, speech: Speech, local: LocalTime) -> Shown {
    let clock = |at: i64| local.civil(at).full(speech.language());
    let (tone, icon, name, note, href) = match what.clone() {
        Cause::Failed {
            run,
            flow_name,
            error,
            count,
            since,
            ..
        } => {
            let time = clock(since);
            let counted = speech.say(&HomeText::FailedSince { n: count, time });
            let note = if error.is_empty() {
                counted
            } else {
                format!("{counted} · {error}")
            };
            (
                Tone::Bad,
                "circle-x",
                flow_name,
                note,
                format!("/runs/{run}"),
            )
        }
        Cause::OutcomeUnknown {
            run,
            flow_name,
            count,
            ..
        } => (
            Tone::Odd,
            "circle-question-mark",
            speech.say(&HomeText::UnknownTitle { flow: flow_name }),
            speech.say(&HomeText::UnknownRuns { n: count }),
            format!("/runs/{run}"),
        ),
        Cause::Reauthorize {
            connection,
            name,
            flows,
        } => (
            Tone::Warn,
            "plug",
            speech.say(&HomeText::SignInExpired { name }),
            speech.say(&HomeText::FlowsStop { n: flows }),
            format!("/connections/{connection}"),
        ),
        Cause::Limit {
            connection,
            name,
            bucket,
            left,
            limit,
            waiting,
        } => (
            Tone::Warn,
            "hourglass",
            speech.say(&HomeText::LimitTitle { name }),
            speech.say(&HomeText::LimitScarce {
                bucket,
                left,
                limit,
                waiting,
            }),
            format!("/connections/{connection}"),
        ),
        Cause::Overdue {
            flow,
            flow_name,
            at,
        } => (
            Tone::Warn,
            "alarm-clock",
            speech.say(&HomeText::OverdueTitle { flow: flow_name }),
            speech.say(&HomeText::OverdueText { time: clock(at) }),
            format!("/flows/{flow}"),
        ),
        Cause::Draft {
            flow,
            flow_name,
            problems,
        } => (
            Tone::Plain,
            "file-text",
            speech.say(&HomeText::DraftTitle { flow: flow_name }),
            speech.say(&HomeText::DraftText { n: problems }),
            format!("/flows/{flow}"),
        ),
    };
    Shown {
        tone,
        icon,
        name,
        note,
        href,
    }
}

fn action(what: &Cause) -> Signal<String> {
    match what {
        Cause::OutcomeUnknown { .. } => t(HomeText::Decide),
        Cause::Reauthorize { .. } => t(ConnectionText::Reauthorize),
        _ => t(HomeText::Open),
    }
}

#[component]
fn Row(item: Attention, asked: RwSignal<Option<(Attention, String)>>) -> impl IntoView {
    let (speech, local) = (use_speech(), use_local_time());
    let what = StoredValue::new(item.what.clone());
    let shown = Memo::new(move |_| what.with_value(|what| shown(what, speech, local)));
    let name = move || shown.with(|shown| shown.name.clone());
    let note = move || shown.with(|shown| shown.note.clone());
    let (tone, icon, href) =
        shown.with_untracked(|shown| (shown.tone, shown.icon, shown.href.clone()));
    let label = Signal::derive(move || speech.say(&HomeText::DismissNamed { name: name() }));
    view! {
        <li class="row">
            <span class="tone-icon" data-tone=tone.tag()><Icon name=icon/></span>
            <div class="row-text">
                <p class="row-name ellipsis" title=name>{name}</p>
                <p class="row-note" title=note>{note}</p>
            </div>
            <LinkButton href=href>
                {what.with_value(action)}
                <span class="visually-hidden">{move || format!(" {}", name())}</span>
            </LinkButton>
            <Button
                kind=ButtonKind::Bare
                icon="x"
                label
                on_press=move || asked.set(Some((item.clone(), name())))
            />
        </li>
    }
}

/// What was put away, with who and why, folded.
#[component]
fn Away(away: Memo<Vec<Attention>>, on_changed: Callback<()>) -> impl IntoView {
    let toasts = use_toasts();
    let (speech, local) = (use_speech(), use_local_time());
    let back = move |key: String| {
        spawn_local(async move {
            if let Err(refusal) = rpc::restore(key).await {
                toasts.refuse(&refusal);
            }
            on_changed.run(());
        });
    };
    let rows = move || {
        away.get().into_iter().map(|item| {
            let shown = shown(&item.what, speech, local);
            let why = item.dismissed.clone().map(|away| {
                speech.say(&HomeText::AwayBy { person: away.person, reason: away.reason })
            });
            let label = t(HomeText::BringBackNamed { name: shown.name.clone() });
            view! {
                <li class="row">
                    <div class="row-text">
                        <p class="row-name ellipsis">{shown.name}</p>
                        <p class="row-note">{why}</p>
                    </div>
                    <Button kind=ButtonKind::Bare icon="undo-2" label on_press=move || back(item.key.clone())/>
                </li>
            }
        }).collect_view()
    };
    view! {
        <details class="away">
            <summary>{move || t(HomeText::ShowAway { n: away.with(Vec::len) })}</summary>
            <ul class="rows">{rows}</ul>
        </details>
    }
}

/// Asks why nobody has to look.
#[component]
fn AskWhy(asked: RwSignal<Option<(Attention, String)>>, on_changed: Callback<()>) -> impl IntoView {
    let speech = use_speech();
    let toasts = use_toasts();
    let open = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    Effect::new(move || open.set(asked.read().is_some()));
    Effect::new(move |was_open: Option<bool>| {
        let is_open = open.get();
        if was_open == Some(true) && !is_open {
            asked.set(None);
            reason.set(String::new());
        }
        is_open
    });
    let title = Signal::derive(move || {
        let name = asked.get().map(|(_, name)| name).unwrap_or_default();
        speech.say(&HomeText::DismissTitle { name })
    });
    let dismiss = Action::new(move |(): &()| {
        let item = asked.get_untracked().map(|(item, _)| item);
        let reason = reason.get_untracked();
        async move {
            let Some(item) = item else {
                return Ok::<(), rpc::Refusal>(());
            };
            let key = item.key.clone();
            rpc::dismiss(Dismiss {
                key: item.key,
                mark: item.mark,
                reason,
            })
            .await?;
            open.set(false);
            on_changed.run(());
            toasts.say_with_undo(&HomeText::Dismissed, move || {
                let key = key.clone();
                spawn_local(async move {
                    if let Err(refusal) = rpc::restore(key).await {
                        toasts.refuse(&refusal);
                    }
                    on_changed.run(());
                });
            });
            Ok(())
        }
    });
    forget_refusal(open, dismiss);
    view! {
        <Dialog open title>
            <form class="form" on:submit=move |event| { event.prevent_default(); dismiss.dispatch(()); }>
                {refused(move || dismiss.value().get())}
                <p>{t(HomeText::DismissText)}</p>
                <TextField
                    label=t(HomeText::DismissReason)
                    name="dismiss-reason"
                    value=reason
                    required=true
                    first=true
                    hint=t(HomeText::DismissExample)
                />
                <div class="dialog-foot">
                    <Button on_press=move || open.set(false)>{t(KitText::Cancel)}</Button>
                    <Button kind=ButtonKind::Primary submit=true busy=dismiss.pending()>{t(HomeText::Dismiss)}</Button>
                </div>
            </form>
        </Dialog>
    }
}
