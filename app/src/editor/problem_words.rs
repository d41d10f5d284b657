//! The sentence for each problem, in the reader's language.

use flow::{Problem, ProblemCode};

use crate::i18n::Speech;
use crate::i18n::texts::{EditorText, FieldText, KindText};

/// Returns the sentence for a problem.
pub fn problem_text(speech: Speech, problem: &Problem) -> String {
    let about = || problem.about.clone();
    let (editor, field) = (EditorTextOr::Editor, EditorTextOr::Field);
    let text = match problem.code {
        ProblemCode::Empty => editor(EditorText::ProblemEmpty),
        ProblemCode::NoEvent => editor(EditorText::ProblemNoEvent),
        ProblemCode::MisplacedEvent => editor(EditorText::ProblemMisplacedEvent),
        ProblemCode::UnknownCard => editor(EditorText::ProblemUnknownCard),
        ProblemCode::NoConnection => editor(EditorText::ProblemNoConnection),
        ProblemCode::UnknownConnection => field(FieldText::UnknownConnection),
        ProblemCode::RequiredEmpty => editor(EditorText::ProblemRequiredEmpty),
        ProblemCode::SourceGone => editor(EditorText::ProblemSourceGone),
        ProblemCode::SourceLater => editor(EditorText::ProblemSourceLater),
        ProblemCode::SourceInLane => field(FieldText::SourceInLane),
        ProblemCode::TypeMismatch => editor(EditorText::ProblemTypeMismatch),
        ProblemCode::DoubleField => field(FieldText::DoubleField { field: about() }),
        ProblemCode::MissingScope => editor(EditorText::ProblemMissingScope {
            scopes: problem.scopes.join(", "),
        }),
        ProblemCode::NoHelper => editor(EditorText::ProblemNoHelper),
        ProblemCode::UnknownHelper => field(FieldText::UnknownHelper),
        ProblemCode::HelperChanged => field(FieldText::HelperChanged { flow: about() }),
        ProblemCode::CallsItself => field(FieldText::CallsItself { flow: about() }),
        ProblemCode::UnknownTable => field(FieldText::UnknownTable),
        ProblemCode::UnknownColumn => field(FieldText::UnknownColumn { column: about() }),
        ProblemCode::NoSchedule => editor(EditorText::ProblemNoSchedule),
        ProblemCode::NoReturn => field(FieldText::NoReturn),
        ProblemCode::Unreachable => field(FieldText::Unreachable),
        ProblemCode::ReturnInside => field(FieldText::ReturnInside),
        ProblemCode::LooksSecret => field(FieldText::LooksSecret),
        code => EditorTextOr::Kind(kind_text(code)),
    };
    match text {
        EditorTextOr::Editor(text) => speech.say(&text),
        EditorTextOr::Field(text) => speech.say(&text),
        EditorTextOr::Kind(text) => speech.say(&text),
    }
}

/// A message of one of three tables.
enum EditorTextOr {
    Editor(EditorText),
    Field(FieldText),
    Kind(KindText),
}

/// Sentences about comparisons and about what a kind of flow cannot have.
fn kind_text(code: ProblemCode) -> KindText {
    match code {
        ProblemCode::ComparesTextNumber => KindText::ComparesTextNumber,
        ProblemCode::ComparesTextDate => KindText::ComparesTextDate,
        ProblemCode::ComparesTextTruth => KindText::ComparesTextTruth,
        ProblemCode::ComparesNumbersAsText => KindText::ComparesNumbersAsText,
        ProblemCode::NotInDelegated => KindText::NotInDelegated,
        ProblemCode::DelegatedInput => KindText::DelegatedInput,
        _ => KindText::ComparesOtherTypes,
    }
}

/// Returns the stable name of a kind of problem, for style sheets, stories and support.
pub fn code_name(code: ProblemCode) -> String {
    serde_json::to_value(code)
        .ok()
        .and_then(|code| code.as_str().map(str::to_owned))
        .unwrap_or_default()
}
