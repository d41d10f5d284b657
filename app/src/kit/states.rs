//! What stands where content is missing: not yet, not at all, or refused.

use leptos::prelude::*;

use super::{Button, ButtonKind, Icon, LinkButton};
use crate::i18n::t;
use crate::i18n::texts::{ErrorText, KitText, PeopleText, refusal_text};
use crate::rpc::Refusal;

/// A thin bar that appears only when the wait can be felt.
#[component]
pub fn Loading() -> impl IntoView {
    view! {
        <div class="loading" role="status">
            <span class="visually-hidden">{t(KitText::Loading)}</span>
        </div>
    }
}

/// A progress bar; without a count it says only that something goes on.
#[component]
pub fn ProgressBar(
    /// How much is done.
    #[prop(into, optional)]
    done: Option<Signal<usize>>,
    /// How much there is.
    #[prop(into, optional)]
    all: Option<Signal<usize>>,
    /// What is measured.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! {
        <progress
            class="progress"
            aria-label=label
            max=move || all.map(|all| all.get().max(1).to_string())
            value=move || done.map(|done| done.get().to_string())
        ></progress>
    }
}

/// What belongs here, and how to get it here.
#[component]
pub fn EmptyState(
    /// Icon of what belongs here.
    icon: &'static str,
    /// One sentence.
    #[prop(into)]
    text: Signal<String>,
    /// The one action, and a link to learn.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <span class="tile"><Icon name=icon/></span>
            <p>{text}</p>
            <div class="actions">{children.map(|children| children())}</div>
        </div>
    }
}

/// Shows why what was tried last was refused, in the form or dialog where it was tried.
pub fn refused<T>(
    last: impl Fn() -> Option<Result<T, Refusal>> + Send + Sync + 'static,
) -> impl IntoView {
    move || {
        let refusal = last().and_then(Result::err);
        refusal.map(|refusal| view! { <ErrorBox refusal/> })
    }
}

/// An error in place of what could not be shown.
#[component]
pub fn ErrorBox(
    /// What went wrong.
    refusal: Refusal,
    /// Tries again.
    #[prop(into, optional)]
    on_retry: Option<Callback<()>>,
) -> impl IntoView {
    let has_left = refusal.code() == Some(api::ErrorCode::SignInNeeded);
    let id = match &refusal {
        Refusal::Answered(error) => error.error_id.clone(),
        Refusal::Unreachable => None,
    };
    view! {
        <div class="banner" data-tone="bad" role="alert">
            <Icon name="circle-x"/>
            <div class="banner-text">
                <p>{refusal_text(refusal)}</p>
                {id.map(|id| view! { <p class="hint">{t(ErrorText::ErrorId { id })}</p> })}
            </div>
            {has_left
                .then(|| {
                    view! { <LinkButton href="/sign-in">{t(PeopleText::SignInAction)}</LinkButton> }
                })}
            {on_retry
                .filter(|_| !has_left)
                .map(|retry| {
                    view! {
                        <Button kind=ButtonKind::Quiet icon="rotate-ccw" on_press=retry>
                            {t(KitText::TryAgain)}
                        </Button>
                    }
                })}
        </div>
    }
}
