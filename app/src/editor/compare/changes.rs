//! What differs, in words: a sentence for each change, beside the canvas.

use leptos::prelude::*;

use super::{History, Source};
use crate::canvas::marks::Mark;
use crate::i18n::t;
use crate::i18n::texts::VersionText;

/// The changes in the order in which the flow is read.
#[component]
pub(super) fn ChangeList(history: History) -> impl IntoView {
    let rows = Memo::new(move |_| {
        let marks: Vec<Mark> = history.changes().iter().map(Mark::of).collect();
        let rows: Vec<(usize, Mark, String)> = marks
            .into_iter()
            .zip(history.sentences())
            .enumerate()
            .map(|(index, (mark, text))| (index, mark, text))
            .collect();
        rows
    });
    let is_alone = move || history.from.get() == Source::Nothing;
    view! {
        {move || (!is_alone()).then(|| view! {
            <section class="changes" aria-label=t(VersionText::Changes)>
                <h2>{t(VersionText::Changes)}</h2>
                {move || rows.with(Vec::is_empty).then(|| view! { <p class="muted changes-none">{t(VersionText::NothingChanged)}</p> })}
                <ol>
                    {move || rows.get().into_iter().map(|(index, mark, text)| view! {
                        <li>
                            <button
                                class="change"
                                type="button"
                                aria-current=move || (history.at.get() == Some(index)).then_some("true")
                                on:click=move |_| history.go_to(index)
                            >
                                <span class="change-mark" data-mark=mark.name() aria-hidden="true">{mark.sign()}</span>
                                <span>{text}</span>
                            </button>
                        </li>
                    }).collect_view()}
                </ol>
            </section>
        })}
    }
}

/// Each change as a sign and a sentence, now.
pub(super) fn signed(history: History) -> Vec<(&'static str, String)> {
    untrack(move || {
        let marks = history.changes();
        let signs = marks.iter().map(|change| Mark::of(change).sign());
        signs.zip(history.sentences()).collect()
    })
}
