//! All messages of the pages, by subject, and what may stand in a slot.

use leptos::prelude::Signal;

use super::format::count;
use super::{Speech, t};
use crate::rpc::Refusal;

mod ad_imports;
mod ad_mapping;
mod ad_rules;
mod audit;
mod budget;
mod canvas;
mod connections;
mod directories;
mod editing;
mod editor;
mod errors;
mod fields;
mod flows;
mod folders;
mod home;
mod imports;
mod inspecting;
mod kinds;
mod kit;
mod lookups;
mod outline;
mod people;
mod running;
mod runs;
mod search;
mod settings;
mod shell;
mod tables;
mod templates;
mod trace;
mod versions;
mod web;

pub use ad_imports::{PlanText, WhyText};
pub use ad_mapping::MappingText;
pub use ad_rules::RuleText;
pub use audit::{AuditText, audit_kind, audit_verb};
pub use budget::BudgetText;
pub use canvas::CanvasText;
pub use connections::ConnectionText;
pub use directories::DirectoryText;
pub use editing::EditingText;
pub use editor::EditorText;
pub use errors::{ErrorText, refusal_message};
pub use fields::FieldText;
pub use flows::FlowText;
pub use folders::FolderText;
pub use home::HomeText;
pub use imports::ImportText;
pub use inspecting::InspectText;
pub use kinds::KindText;
pub use kit::KitText;
pub use lookups::LookupText;
pub use outline::OutlineText;
pub use people::PeopleText;
pub use running::RunningText;
pub use runs::RunText;
pub use search::SearchText;
pub use settings::SettingsText;
pub use shell::ShellText;
pub use tables::TableText;
pub use templates::TemplateText;
pub use trace::TraceText;
pub use versions::VersionText;
pub use web::WebText;

/// Returns why something was refused, as a signal that follows the language.
pub fn refusal_text(refusal: Refusal) -> Signal<String> {
    t(refusal_message(refusal))
}

/// Returns why something was refused, once.
pub fn refusal_text_now(speech: Speech, refusal: &Refusal) -> String {
    speech.say_now(&refusal_message(refusal.clone()))
}

/// What may stand in the slot of a message.
pub trait Slot {
    /// Returns the slot as it is written in a sentence.
    fn shown(&self) -> String;

    /// Tells whether the slot is a count of exactly one.
    fn is_one(&self) -> bool {
        false
    }
}

impl Slot for String {
    fn shown(&self) -> String {
        self.clone()
    }
}

macro_rules! counts {
    ($($ty:ty),+) => {$(
        impl Slot for $ty {
            fn shown(&self) -> String {
                count(i64::try_from(*self).unwrap_or(i64::MAX))
            }

            fn is_one(&self) -> bool {
                *self == 1
            }
        }
    )+};
}
counts!(i64, usize, u64, u32);

/// Tells whether the first slot is a count of one.
pub(crate) fn is_one(slots: &[&dyn Slot]) -> bool {
    slots.first().is_some_and(|slot| slot.is_one())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Language, Message};

    /// Texts that are the same in both languages on purpose: names, codes and bare figures.
    const SAME: [&str; 5] = ["Nagare", "Bearer", "{n}%", "{used} / {limit}", "p95 {took}"];

    #[test]
    fn every_message_is_there_in_both_languages_and_differs() {
        let tables = [
            ShellText::ALL,
            AuditText::ALL,
            InspectText::ALL,
            SearchText::ALL,
            KitText::ALL,
            LookupText::ALL,
            OutlineText::ALL,
            ErrorText::ALL,
            PeopleText::ALL,
            HomeText::ALL,
            FlowText::ALL,
            FolderText::ALL,
            ImportText::ALL,
            RunText::ALL,
            RunningText::ALL,
            ConnectionText::ALL,
            DirectoryText::ALL,
            RuleText::ALL,
            MappingText::ALL,
            PlanText::ALL,
            WhyText::ALL,
            BudgetText::ALL,
            TableText::ALL,
            SettingsText::ALL,
            TemplateText::ALL,
            CanvasText::ALL,
            EditingText::ALL,
            EditorText::ALL,
            FieldText::ALL,
            KindText::ALL,
            TraceText::ALL,
            VersionText::ALL,
            WebText::ALL,
        ];
        let mut wrong = Vec::new();
        for (key, english, japanese) in tables.into_iter().flatten() {
            if english.is_empty() || japanese.is_empty() {
                wrong.push(format!("{key} is empty"));
            }
            if english == japanese && !SAME.contains(english) {
                wrong.push(format!("{key} says `{english}` in both languages"));
            }
            if slots(english) != slots(japanese) {
                wrong.push(format!("{key} has different slots"));
            }
            if english.contains('!') || english.to_lowercase().contains("please") {
                wrong.push(format!("{key} begs or shouts: `{english}`"));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn counts_are_bent_in_english_only() {
        let runs = |n: i64, language| RunText::Runs { n }.say(language);
        assert_eq!(runs(1, Language::English), "1 run");
        assert_eq!(runs(11_173, Language::English), "11,173 runs");
        assert_eq!(runs(1, Language::Japanese), "実行 1 件");
    }

    fn slots(text: &str) -> Vec<&str> {
        let mut slots: Vec<&str> = text
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split('}').next())
            .collect();
        slots.sort_unstable();
        slots.dedup();
        slots
    }
}
