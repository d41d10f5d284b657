//! What a plan's words mean: actions, rules, reasons, states. Pure, but for tags.

use api::{DirectoryImport, ImportLine, ImportStatus};
use leptos::prelude::*;
use serde_json::Value as Json;

use crate::i18n::t;
use crate::i18n::texts::{PlanText, WhyText};
use crate::kit::{Tag, Tone};

/// A number of an object; 0 where it has none.
pub fn number(json: &Json, name: &str) -> i64 {
    json.get(name).and_then(Json::as_i64).unwrap_or(0)
}

/// A text of an object.
pub fn text<'a>(json: &'a Json, name: &str) -> Option<&'a str> {
    json.get(name).and_then(Json::as_str)
}

/// The texts of a list of an object.
pub fn texts(json: &Json, name: &str) -> Vec<String> {
    let list = json.get(name).and_then(Json::as_array);
    let texts = list.into_iter().flatten().filter_map(Json::as_str);
    texts.map(str::to_owned).collect()
}

/// A value as it is shown.
pub fn shown(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Null => String::new(),
        other => other.to_string(),
    }
}

/// How an import stands, as a tag.
pub fn status_tag(import: &DirectoryImport) -> impl IntoView + use<> {
    let failed = import.lines.get("failed").copied().unwrap_or(0);
    let (tone, icon, text) = match import.status {
        ImportStatus::Planning => (Tone::Accent, "circle-play", PlanText::Planning),
        ImportStatus::Planned => (Tone::Warn, "clock", PlanText::Planned),
        ImportStatus::Roadblock => (Tone::Bad, "shield-alert", PlanText::Roadblock),
        ImportStatus::Running => (Tone::Accent, "circle-play", PlanText::Running),
        ImportStatus::Completed if failed > 0 => (
            Tone::Warn,
            "triangle-alert",
            PlanText::CompletedWithFailures,
        ),
        ImportStatus::Completed => (Tone::Ok, "circle-check", PlanText::Completed),
        ImportStatus::Failed => (Tone::Bad, "circle-x", PlanText::Failed),
        ImportStatus::Canceled => (Tone::Plain, "ban", PlanText::Canceled),
    };
    view! { <Tag tone icon>{t(text)}</Tag> }
}

/// What is done to somebody: tone, icon, word.
pub fn action(line: &ImportLine) -> (Tone, &'static str, PlanText) {
    let act = line.detail.get("act").unwrap_or(&Json::Null);
    match line.action.as_str() {
        "create" if act.get("is_activated") == Some(&Json::Bool(true)) => {
            (Tone::Ok, "user-plus", PlanText::DoCreateActive)
        }
        "create" => (Tone::Ok, "user-plus", PlanText::DoCreate),
        "link" => (Tone::Accent, "link", PlanText::DoLink),
        "update" => (Tone::Accent, "user-pen", PlanText::DoUpdate),
        "reactivate" => (Tone::Accent, "user-check", PlanText::DoReactivate),
        "await" => (Tone::Warn, "clock", PlanText::DoAwait),
        "remove" => match text(act, "removal") {
            Some("suspend") => (Tone::Bad, "user-x", PlanText::DoSuspend),
            Some("keep") => (Tone::Plain, "user-x", PlanText::DoKeep),
            _ => (Tone::Bad, "user-x", PlanText::DoDeactivate),
        },
        "forget" => (Tone::Plain, "user-minus", PlanText::DoForget),
        "ignore" => (Tone::Plain, "ban", PlanText::DoIgnore),
        _ => (Tone::Plain, "ban", PlanText::DoSkip),
    }
}

/// What a rule means.
pub fn rule(name: &str) -> Option<WhyText> {
    Some(match name {
        "AD-R1" => WhyText::R1,
        "AD-R2" => WhyText::R2,
        "AD-R3" => WhyText::R3,
        "AD-R4" => WhyText::R4,
        "AD-R5" => WhyText::R5,
        "AD-R6" => WhyText::R6,
        "AD-R7" => WhyText::R7,
        "AD-R8" => WhyText::R8,
        "AD-R9" => WhyText::R9,
        "AD-R10" => WhyText::R10,
        "AD-R11" => WhyText::R11,
        "AD-R12" => WhyText::R12,
        "AD-R13" => WhyText::R13,
        "AD-R14" => WhyText::R14,
        "AD-R15" => WhyText::R15,
        "AD-R16" => WhyText::R16,
        "AD-R17" => WhyText::R17,
        _ => return None,
    })
}

/// What a reason means.
pub fn reason(word: &str) -> Option<WhyText> {
    Some(match word {
        "critical_system_object" => WhyText::Critical,
        "account_disabled" => WhyText::Disabled,
        "not_in_directory" => WhyText::NotThere,
        "out_of_ou_selection" => WhyText::OutOfUnits,
        "required_attribute_missing" => WhyText::NeedsAttribute,
        "required_custom_attribute_missing" => WhyText::NeedsCustom,
        "ignored_user_absent_from_full_import" => WhyText::LostRequired,
        "waits_for_next_import" => WhyText::WaitsForNext,
        "already_deactivated" => WhyText::AlreadyGone,
        "invalid_username" => WhyText::NoUsername,
        "duplicate_username" => WhyText::SameUsername,
        "ignored_by_administrator" => WhyText::PutAside,
        _ => return None,
    })
}

/// What was read, and why.
pub fn why_read(reading: &Json) -> Option<PlanText> {
    let why = text(reading, "why");
    Some(match why {
        Some("first") => PlanText::WhyFirst,
        Some("asked") => PlanText::WhyAsked,
        Some("other_controller") => PlanText::WhyOtherController,
        Some("numbers_went_back") => PlanText::WhyNumbersWentBack,
        Some("units_changed") => PlanText::WhyUnitsChanged,
        Some("unit_vanished") => PlanText::WhyUnitVanished,
        _ if reading.is_object() => PlanText::WhyChanges,
        _ => return None,
    })
}

/// The first part of a distinguished name, as people call it.
pub fn called(name: &str) -> String {
    let mut called = String::new();
    let mut letters = name.chars().skip_while(|letter| *letter != '=').skip(1);
    while let Some(letter) = letters.next() {
        match letter {
            ',' => break,
            '\\' => called.extend(letters.next()),
            other => called.push(other),
        }
    }
    if called.is_empty() {
        name.to_owned()
    } else {
        called
    }
}

/// All of a distinguished name but its first part.
pub fn place(name: &str) -> String {
    let mut is_escaped = false;
    for (at, letter) in name.char_indices() {
        match letter {
            '\\' => is_escaped = !is_escaped,
            ',' if !is_escaped => return name.get(at + 1..).unwrap_or_default().to_owned(),
            _ => is_escaped = false,
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_are_read_as_people_call_them() {
        for (name, people, rest) in [
            ("CN=山田 花子,OU=Staff,DC=x", "山田 花子", "OU=Staff,DC=x"),
            ("CN=Sato\\, Ken,OU=A", "Sato, Ken", "OU=A"),
            ("nobody", "nobody", ""),
        ] {
            assert_eq!(
                (called(name).as_str(), place(name).as_str()),
                (people, rest)
            );
        }
    }

    #[test]
    fn every_rule_has_a_meaning() {
        assert!((1..=17).all(|number| rule(&format!("AD-R{number}")).is_some()));
        assert_eq!(rule("AD-R18"), None);
    }

    #[test]
    fn numbers_and_texts_are_read_where_they_are() {
        let json = json!({ "n": 3, "why": "first", "rules": ["a", 1] });
        assert_eq!((number(&json, "n"), number(&Json::Null, "n")), (3, 0));
        assert_eq!(texts(&json, "rules"), ["a"]);
        assert_eq!(why_read(&json), Some(PlanText::WhyFirst));
        assert_eq!(why_read(&Json::Null), None);
    }
}
