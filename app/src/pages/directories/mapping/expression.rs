//! An expression as it is typed: with a mark at the character where it cannot be read, the functions that begin like the word at the
//! caret, and what comes of it for the person who is looked at.

use leptos::html;
use leptos::prelude::*;

use super::desk::Desk;
use super::rows::{FlawKind, Line, Problem, TroubleKind};
use super::words::{chief, of_flaw, of_trouble};
use crate::i18n::t;
use crate::i18n::texts::MappingText;

/// Which of the two expressions of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From the directory to Okta.
    ToOkta,
    /// From Okta to the directory.
    ToAd,
}

/// Functions as Okta writes them, with their arguments.
const FUNCTIONS: [&str; 31] = [
    "String.append(text, suffix)",
    "String.join(separator, text, …)",
    "String.len(text)",
    "String.removeSpaces(text)",
    "String.replace(text, match, replacement)",
    "String.replaceFirst(text, match, replacement)",
    "String.startsWith(text, beginning)",
    "String.stringContains(text, part)",
    "String.stringSwitch(text, default, key, value, …)",
    "String.substring(text, start, end)",
    "String.substringAfter(text, mark)",
    "String.substringBefore(text, mark)",
    "String.toLowerCase(text)",
    "String.toUpperCase(text)",
    "substringAfter(text, mark)",
    "substringBefore(text, mark)",
    "toLowerCase(text)",
    "toUpperCase(text)",
    "Arrays.contains(list, value)",
    "Arrays.get(list, position)",
    "Arrays.size(list)",
    "Arrays.toCsvString(list)",
    "Convert.toInt(text)",
    "Convert.toNum(text)",
    "Iso3166Convert.toAlpha2(code)",
    "Iso3166Convert.toName(code)",
    "Iso3166Convert.toNumeric(code)",
    "Time.fromWindowsToIso8601(ticks)",
    "Time.now(zone, format)",
    "getManagerUser(\"active_directory\").login",
    "hasDirectoryUser()",
];

/// What may stand where the word before the caret is: functions, and the names of the root.
fn offers(text: &str, caret: usize, names: &[String]) -> (String, Vec<String>) {
    let before: String = text.chars().take(caret).collect();
    let is_word = |letter: char| letter.is_alphanumeric() || "._".contains(letter);
    let word: String = before
        .chars()
        .rev()
        .take_while(|letter| is_word(*letter))
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    if word.chars().count() < 2 {
        return (word, Vec::new());
    }
    let folded = word.to_lowercase();
    let all = names.iter().cloned().chain(FUNCTIONS.map(str::to_owned));
    let offers = all.filter(|offer| {
        let folded_offer = offer.to_lowercase();
        let short = folded_offer.split('.').nth(1).unwrap_or_default();
        folded_offer != folded && (folded_offer.starts_with(&folded) || short.starts_with(&folded))
    });
    (word.clone(), offers.take(6).collect())
}

/// The function whose brackets the caret stands in.
fn signature(text: &str, caret: usize) -> Option<&'static str> {
    let before: Vec<char> = text.chars().take(caret).collect();
    let mut depth = 0_i32;
    let mut open = None;
    for (at, letter) in before.iter().enumerate().rev() {
        match letter {
            ')' => depth += 1,
            '(' if depth == 0 => {
                open = Some(at);
                break;
            }
            '(' => depth -= 1,
            _ => {}
        }
    }
    let head: String = before.get(..open?)?.iter().collect();
    let is_word = |letter: char| letter.is_alphanumeric() || "._".contains(letter);
    let name = head.rsplit(|letter: char| !is_word(letter)).next()?;
    FUNCTIONS
        .into_iter()
        .find(|function| function.split('(').next() == Some(name))
}

/// A text in three: before a character, the character, after it. Counted from 1; beyond the end nothing is marked.
fn around(text: &str, position: usize) -> (String, String, String) {
    let letters: Vec<char> = text.chars().collect();
    let at = position.saturating_sub(1).min(letters.len());
    let part = |from: usize, to: usize| {
        letters
            .get(from..to.min(letters.len()))
            .unwrap_or_default()
            .iter()
            .collect()
    };
    (part(0, at), part(at, at + 1), part(at + 1, letters.len()))
}

/// One expression of a row.
#[component]
pub fn ExpressionField(
    desk: Desk,
    ad: StoredValue<String>,
    way: Way,
    /// The direction is on.
    is_on: Signal<bool>,
    /// The most characters that the other side takes.
    most: Option<i64>,
) -> impl IntoView {
    let (id, side, title) = match way {
        Way::ToOkta => ("expression-to-okta", "to_okta", MappingText::IntoOkta),
        Way::ToAd => ("expression-to-ad", "to_ad", MappingText::IntoAd),
    };
    let area = NodeRef::<html::Textarea>::new();
    let caret = RwSignal::new(0_usize);
    let text = Memo::new(move |_| {
        let row = ad.with_value(|ad| desk.row(ad));
        row.map(|row| match way {
            Way::ToOkta => row.to_okta.expression,
            Way::ToAd => row.to_ad.expression,
        })
        .unwrap_or_default()
    });
    let set = move |text: String| {
        ad.with_value(|ad| {
            desk.edit_row(ad, |row| match way {
                Way::ToOkta => row.to_okta.expression = text,
                Way::ToAd => row.to_ad.expression = text,
            })
        });
    };
    let line = Memo::new(move |_| {
        let (to_okta, to_ad) = ad.with_value(|ad| desk.lines(ad));
        match way {
            Way::ToOkta => chief(&to_okta).cloned(),
            Way::ToAd => to_ad,
        }
    });
    let wrong = Memo::new(move |_| wrong_in(desk, &ad.get_value(), side, line.get().as_ref()));
    let note = format!("{id}-note");
    view! {
        <div class="field expression" class:expression-off=move || !is_on.get()>
            <label for=id>{t(MappingText::Expression)}" · "{t(title)}</label>
            <textarea
                class="input mono"
                id=id
                rows="2"
                spellcheck="false"
                autocomplete="off"
                aria-describedby=note.clone()
                aria-invalid=move || wrong.read().is_some().then_some("true")
                node_ref=area
                prop:value=text
                on:input=move |event| {
                    set(event_target_value(&event));
                    caret.set(caret_of(area));
                }
                on:keyup=move |_| caret.set(caret_of(area))
                on:click=move |_| caret.set(caret_of(area))
            ></textarea>
            <div id=note role="status">
                {move || wrong.get().map(|(text_of, problem)| view! { <Wrong text=text.get() words=text_of problem/> })}
            </div>
            <Offers desk way text caret set=set area/>
            {move || line.get().filter(|_| is_on.get() && wrong.read().is_none()).map(|line| view! { <Outcome line most/> })}
        </div>
    }
}

/// What is wrong with an expression: as it is, or for the person who is looked at.
fn wrong_in(
    desk: Desk,
    ad: &str,
    side: &str,
    line: Option<&Line>,
) -> Option<(MappingText, Option<Problem>)> {
    let flaws = desk.flaws_of(ad);
    let flaw = flaws
        .into_iter()
        .find(|flaw| flaw.side == side && flaw.stops());
    if let Some(flaw) = flaw {
        let problem = match &flaw.kind {
            FlawKind::Expression { problem } => Some(problem.clone()),
            _ => None,
        };
        return Some((of_flaw(&flaw)?, problem));
    }
    let kind = &line?.troubles.first()?.kind;
    let problem = match kind {
        TroubleKind::Expression { problem } => Some(problem.clone()),
        _ => None,
    };
    Some((of_trouble(kind)?, problem))
}

fn caret_of(area: NodeRef<html::Textarea>) -> usize {
    let area = area.get_untracked();
    let at = area
        .as_ref()
        .and_then(|area| area.selection_start().ok().flatten())
        .unwrap_or(0);
    let at = usize::try_from(at).unwrap_or(0);
    // The browser counts UTF-16 units.
    let text = area.map(|area| area.value()).unwrap_or_default();
    let mut units = 0;
    text.chars()
        .take_while(|letter| {
            let is_before = units < at;
            units += letter.len_utf16();
            is_before
        })
        .count()
}

/// The words, and the expression with the character marked.
#[component]
fn Wrong(text: String, words: MappingText, problem: Option<Problem>) -> impl IntoView {
    let marked = problem.map(|problem| {
        let (before, at, after) = around(&text, problem.position);
        let at = if at.is_empty() { "␣".to_owned() } else { at };
        view! { <code class="expression-marked" aria-hidden="true">{before}<mark>{at}</mark>{after}</code> }
    });
    view! {
        <p class="field-error">{t(words)}</p>
        {marked}
    }
}

/// Functions and names that begin like what is being typed; Tab walks to them, Enter takes one.
#[component]
fn Offers(
    desk: Desk,
    way: Way,
    text: Memo<String>,
    caret: RwSignal<usize>,
    #[prop(into)] set: Callback<String>,
    area: NodeRef<html::Textarea>,
) -> impl IntoView {
    let names = Memo::new(move |_| {
        desk.rows.with(|rows| match way {
            Way::ToOkta => rows
                .iter()
                .map(|row| format!("appuser.{}", row.app))
                .collect::<Vec<_>>(),
            Way::ToAd => desk.properties.with(|known| {
                let known = known.iter().flatten();
                known.map(|name| format!("user.{name}")).collect()
            }),
        })
    });
    let take = move |offer: &str, word: &str| {
        let insert = offer.split('(').next().unwrap_or(offer);
        let insert = if offer.contains('(') {
            format!("{insert}(")
        } else {
            insert.to_owned()
        };
        let all: Vec<char> = text.get_untracked().chars().collect();
        let at = caret.get_untracked().min(all.len());
        let from = at.saturating_sub(word.chars().count());
        let head: String = all.get(..from).unwrap_or_default().iter().collect();
        let tail: String = all.get(at..).unwrap_or_default().iter().collect();
        caret.set(from + insert.chars().count());
        set.run(format!("{head}{insert}{tail}"));
        if let Some(area) = area.get_untracked()
            && area.focus().is_err()
        {
            leptos::logging::warn!("the expression cannot be focused");
        }
    };
    move || {
        let (word, found) = offers(&text.get(), caret.get(), &names.read());
        let hint = signature(&text.get(), caret.get());
        let has_offers = !found.is_empty() && caret.get() > 0;
        view! {
            {hint.map(|hint| view! { <p class="expression-hint mono">{hint}</p> })}
            {has_offers.then(|| view! {
                <ul class="expression-offers" aria-label=t(MappingText::Functions)>
                    {found.into_iter().map(|offer| {
                        let (word, shown) = (word.clone(), offer.clone());
                        view! {
                            <li>
                                <button class="mono" type="button" on:click=move |_| take(&offer, &word)>{shown}</button>
                            </li>
                        }
                    }).collect_view()}
                </ul>
            })}
        }
    }
}

/// What comes of it, and how long that is.
#[component]
fn Outcome(line: Line, most: Option<i64>) -> impl IntoView {
    let value = line.value.unwrap_or_default();
    let is = value.chars().count();
    let length = match most {
        Some(most) if most < 10_000 => MappingText::CharactersOf { is, most },
        _ => MappingText::Characters { is },
    };
    let is_empty = value.is_empty();
    view! {
        <p class="expression-result">
            <span class="label">{t(MappingText::Result)}</span>
            " "
            {if is_empty {
                view! { <span class="muted">{t(MappingText::Nothing)}</span> }.into_any()
            } else {
                view! { <output class="mono">{value}</output> }.into_any()
            }}
            {(!is_empty).then(|| view! { <span class="hint">{t(length)}</span> })}
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_before_the_caret_is_completed() {
        let names = ["appuser.firstName".to_owned()];
        let (word, found) = offers("String.toU", 10, &names);
        assert_eq!(
            (word.as_str(), found),
            ("String.toU", vec!["String.toUpperCase(text)".to_owned()])
        );
        let (_, found) = offers("x + first", 9, &names);
        assert_eq!(found, ["appuser.firstName"]);
        assert!(offers("a", 1, &names).1.is_empty());
    }

    #[test]
    fn the_function_around_the_caret_is_told() {
        let text = "substringBefore(user.login, String.len(user.x))";
        assert_eq!(signature(text, 20), Some("substringBefore(text, mark)"));
        assert_eq!(signature(text, 42), Some("String.len(text)"));
        assert_eq!(signature(text, 5), None);
    }

    #[test]
    fn a_character_is_marked_by_its_number() {
        let of = |text: &str, position: usize| {
            let (before, at, after) = around(text, position);
            format!("{before}[{at}]{after}")
        };
        assert_eq!(of("山田花", 2), "山[田]花");
        assert_eq!(of("ab", 3), "ab[]");
        assert_eq!(of("", 1), "[]");
        assert_eq!(of("ab", 99), "ab[]");
    }
}
