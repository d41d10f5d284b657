//! In one line what an import would do with the person who is looked at.

use leptos::prelude::*;
use serde_json::Value as Json;

use super::desk::{Desk, Seen};
use super::words::{Mark, mark};
use crate::i18n::t;
use crate::i18n::texts::{MappingText, WhyText};
use crate::kit::{Tag, Tone, refused};
use crate::pages::directories::plan::words::{reason, rule, text, texts};

/// How many values change, are new, go back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sums {
    changes: usize,
    new: usize,
    back: usize,
}

fn sums(seen: &Seen) -> Sums {
    let marks = seen.to_okta.iter().filter_map(mark);
    let mut sums = Sums {
        back: seen.to_ad.iter().filter(|line| line.differs).count(),
        ..Sums::default()
    };
    for mark in marks {
        match mark {
            Mark::Changes => sums.changes += 1,
            Mark::New => sums.new += 1,
            Mark::Fallback => {}
        }
    }
    sums
}

/// What would become of the person: tone, icon, word.
fn outcome(seen: &Seen, sums: Sums) -> (Tone, &'static str, MappingText) {
    match text(&seen.verdict, "outcome") {
        Some("ignored") => (Tone::Plain, "ban", MappingText::WouldIgnore),
        Some("skipped") => (Tone::Plain, "ban", MappingText::WouldSkip),
        Some("deactivate" | "deprovision") => (Tone::Bad, "user-x", MappingText::WouldGo),
        Some("unchanged" | "forget_import_record") => {
            (Tone::Plain, "check", MappingText::WouldStay)
        }
        _ if seen.okta_user.is_none() => (Tone::Ok, "user-plus", MappingText::WouldCreate),
        _ if sums.changes + sums.new == 0 => (Tone::Plain, "check", MappingText::WouldStay),
        _ => (Tone::Accent, "user-pen", MappingText::WouldUpdate),
    }
}

fn why(verdict: &Json) -> Option<WhyText> {
    text(verdict, "reason").and_then(reason)
}

/// The foot of the table.
#[component]
pub fn Foot(desk: Desk) -> impl IntoView {
    let problems = Memo::new(move |_| {
        desk.rows
            .with(|rows| rows.iter().filter(|row| desk.has_problem(row)).count())
    });
    view! {
        <div class="mapping-foot" role="status">
            {move || match desk.seen.get() {
                None => view! { <span class="muted">{t(MappingText::PersonFirst)}</span> }.into_any(),
                Some(Err(refusal)) => refused(move || Some(Err::<(), _>(refusal.clone()))).into_any(),
                Some(Ok(seen)) => drawn(&seen, problems),
            }}
        </div>
    }
}

fn drawn(seen: &Seen, problems: Memo<usize>) -> AnyView {
    let sums = sums(seen);
    let (tone, icon, word) = outcome(seen, sums);
    let rules = texts(&seen.verdict, "rules");
    let meaning: Vec<String> = rules
        .iter()
        .map(|name| match rule(name) {
            Some(text) => format!("{name}: {}", t(text).get_untracked()),
            None => name.clone(),
        })
        .collect();
    let mut parts = Vec::new();
    parts.extend((sums.changes > 0).then_some(MappingText::SumChanges { n: sums.changes }));
    parts.extend((sums.new > 0).then_some(MappingText::SumNew { n: sums.new }));
    parts.extend((sums.back > 0).then_some(MappingText::SumBack { n: sums.back }));
    let parts = parts
        .into_iter()
        .map(|part| view! { <span>{t(part)}</span> });
    let why = why(&seen.verdict);
    view! {
        <Tag tone icon>{t(word)}</Tag>
        <span class="mapping-sums">
            {why.map(|why| view! { <span>{t(why)}</span> })}
            {parts.collect_view()}
            {move || {
                let n = problems.get();
                (n > 0).then(|| view! { <span>{t(MappingText::SumProblems { n })}</span> })
            }}
        </span>
        <span class="muted mapping-rules" title=meaning.join("\n")>{t(MappingText::RulesPassed { n: rules.len() })}</span>
    }
    .into_any()
}
