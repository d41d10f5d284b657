//! Choosing which fields a card shows: those of the catalogue, and those that the schemas of the org give it.

use flow::{FieldKey, FieldSpec, StepId, Type};
use leptos::prelude::*;

use super::attributes::{Refresh, SchemaNote};
use crate::canvas::wires::{Which, links};
use crate::editor::org::{SchemaKey, Told};
use crate::editor::org_fields::{OfSchema, Side, fields_of, is_gone, of_schemas};
use crate::editor::state::Editor;
use crate::i18n::texts::{EditorText, LookupText};
use crate::i18n::{t, use_speech};
use crate::kit::Icon;

/// Where a field comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    /// The catalogue.
    Catalogue,
    /// A schema of the org, or the flow itself while the schema is not known.
    Org,
    /// The flow; the org is known not to have it.
    Gone,
}

#[derive(Clone, Debug, PartialEq)]
struct Choosable {
    key: FieldKey,
    label: String,
    ty: Type,
    required: bool,
    /// Cannot be taken off the card.
    fixed: bool,
    origin: Origin,
}

/// The fields that can be on a card, with check marks for those that are.
#[component]
pub(super) fn ChooseFields(editor: Editor, id: StepId) -> impl IntoView {
    view! {
        <Chooser editor id=id.clone() side=Side::Inputs/>
        <Chooser editor id side=Side::Outputs/>
    }
}

#[component]
fn Chooser(editor: Editor, id: StepId, side: Side) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let schemas = schemas_of(editor, &id, side);
    let all = all_fields(editor, &id, side, schemas);
    let keys = Memo::new(move |_| {
        let mut keys: Vec<SchemaKey> =
            schemas.with(|all| all.iter().filter_map(|of| of.key.clone()).collect());
        keys.dedup();
        keys
    });
    // The org is asked when the fields come into sight, and again for another connection or application.
    Effect::new(move || {
        for key in keys.get() {
            editor.org.ask_schema(key, false);
        }
    });
    let step = editor.board.step(&id);
    let is_shown = move |key: &FieldKey| {
        step.with(|step| {
            step.as_ref().is_some_and(|step| match side {
                Side::Inputs => step
                    .inputs
                    .iter()
                    .any(|input| input.key == *key && !input.hidden),
                Side::Outputs => step
                    .outputs
                    .iter()
                    .any(|output| output.key == *key && !output.hidden),
            })
        })
    };
    let count = move || all.with(|all| all.iter().filter(|field| is_shown(&field.key)).count());
    let offers = Memo::new(move |_| {
        let fixed = side == Side::Inputs && all.with(|all| all.iter().all(|field| field.fixed));
        let has_schemas = schemas.with(|schemas| !schemas.is_empty());
        has_schemas || (all.with(|all| !all.is_empty()) && !fixed)
    });
    let found = move |is_of_org: bool| {
        let text = search.get().trim().to_lowercase();
        let is_asked_for = move |field: &Choosable| {
            format!("{} {}", field.key, field.label)
                .to_lowercase()
                .contains(&text)
        };
        let mut found = all.get();
        found.retain(|field| {
            (field.origin != Origin::Catalogue) == is_of_org && is_asked_for(field)
        });
        found
    };
    let heading = match side {
        Side::Inputs => EditorText::ChooseInputs,
        Side::Outputs => EditorText::ChooseOutputs,
    };
    let id = StoredValue::new(id);
    let is_shown = Callback::new(move |key: FieldKey| is_shown(&key));
    let rows = move |is_of_org: bool| {
        let row = move |field| view! { <ChooseRow editor id=id.get_value() side field is_shown/> };
        found(is_of_org).into_iter().map(row).collect_view()
    };
    let org_name = move || {
        let key = keys.with(|keys| keys.first().map(|key| key.connection.clone()));
        editor.board.connections.with(|all| {
            let known = all.iter().find(|known| Some(&known.id) == key.as_ref());
            known.map(|known| known.name.clone()).unwrap_or_default()
        })
    };
    move || {
        offers.get().then(|| {
            view! {
                <section class="inspector-part">
                    <h3>
                        {t(heading.clone())}
                        <span class="muted number">{move || format!("{} / {}", count(), all.with(Vec::len))}</span>
                    </h3>
                    {move || (all.with(Vec::len) > 8).then(|| view! {
                        <div class="palette-search">
                            <Icon name="search"/>
                            <input class="input" type="search" aria-label=t(EditorText::SearchFields) placeholder=t(EditorText::SearchFields) bind:value=search/>
                        </div>
                    })}
                    <ul class="choose-list">{move || rows(false)}</ul>
                    {move || schemas.with(|schemas| !schemas.is_empty()).then(|| view! {
                        <div class="choose-org">
                            <h4>
                                {move || t(LookupText::FromOrg { name: org_name() }).get()}
                                <Refresh editor keys/>
                            </h4>
                            <ul class="choose-list">{move || rows(true)}</ul>
                            <SchemaNote editor keys has_fields=Signal::derive(move || {
                                all.with(|all| all.iter().any(|field| field.origin != Origin::Catalogue))
                            })/>
                        </div>
                    })}
                </section>
            }
        })
    }
}

fn schemas_of(editor: Editor, id: &StepId, side: Side) -> Memo<Vec<OfSchema>> {
    let (board, step) = (editor.board, editor.board.step(id));
    Memo::new(move |_| {
        step.with(|step| {
            let step = step.as_ref()?;
            Some(of_schemas(step, &board.spec(step)?, side))
        })
        .unwrap_or_default()
    })
}

/// The fields of the catalogue, those of the org, and those that only the flow has.
fn all_fields(
    editor: Editor,
    id: &StepId,
    side: Side,
    schemas: Memo<Vec<OfSchema>>,
) -> Memo<Vec<Choosable>> {
    let (board, step) = (editor.board, editor.board.step(id));
    Memo::new(move |_| {
        step.with(|step| {
            let step = step.as_ref()?;
            let spec = board.spec(step)?;
            let known: Vec<FieldSpec> = side.known(&spec).cloned().collect();
            let mut all: Vec<Choosable> = known
                .iter()
                .map(|field| choosable(field, &known, Origin::Catalogue))
                .collect();
            let schemas = schemas.get();
            for of in &schemas {
                if let Some(Told::Attributes(attributes)) =
                    of.key.as_ref().and_then(|key| editor.org.schema(key))
                {
                    let fields = fields_of(&of.fields, &attributes, &spec, side);
                    all.extend(
                        fields
                            .iter()
                            .map(|field| choosable(field, &fields, Origin::Org)),
                    );
                }
            }
            for (key, label, ty) in side.on_card(step) {
                let of = schemas.iter().find(|of| {
                    key.group.as_deref() == Some(of.fields.group.as_str())
                        && key.key.starts_with(&of.fields.prefix)
                });
                if let Some(of) = of.filter(|_| all.iter().all(|field| field.key != key)) {
                    let told = of.key.as_ref().and_then(|key| editor.org.schema(key));
                    let gone = matches!(&told, Some(Told::Attributes(attributes))
                        if is_gone(&of.fields, attributes, &spec, side, &key));
                    all.push(Choosable {
                        key,
                        label,
                        ty,
                        required: false,
                        fixed: false,
                        origin: if gone { Origin::Gone } else { Origin::Org },
                    });
                }
            }
            Some(all)
        })
        .unwrap_or_default()
    })
}

#[component]
fn ChooseRow(
    editor: Editor,
    id: StepId,
    side: Side,
    field: Choosable,
    is_shown: Callback<FieldKey, bool>,
) -> impl IntoView {
    let (board, speech) = (editor.board, use_speech());
    let source = flow::OutputRef {
        step: id.clone(),
        field: field.key.clone(),
        path: Vec::new(),
    };
    let uses = move || {
        board
            .flow
            .with(|flow| links(flow, &Which::From(source.clone())).len())
    };
    let (shown, toggled) = (field.key.clone(), field.key.clone());
    let badge = field.ty.badge();
    let is_gone = field.origin == Origin::Gone;
    let gone = t(LookupText::Gone);
    view! {
        <li>
            <label class="choose-row">
                <input
                    type="checkbox"
                    prop:checked=move || is_shown.run(shown.clone())
                    disabled=field.fixed
                    on:change=move |event| {
                        let on = event_target_checked(&event);
                        match side {
                            Side::Inputs => editor.show_input(&id, &toggled, on),
                            Side::Outputs => editor.show_output(&id, &toggled, on),
                        }
                    }
                />
                <span class="ellipsis" title=field.key.to_string()>{field.label.clone()}</span>
                {(field.required && !field.fixed).then(|| view! { <span class="choose-required">{t(EditorText::Required)}</span> })}
                {is_gone.then(|| view! { <span class="field-gone" role="img" aria-label=gone title=gone><Icon name="triangle-alert"/></span> })}
                {move || {
                    let n = uses();
                    (side == Side::Outputs && n > 0).then(|| view! { <span class="choose-uses">{speech.say(&EditorText::UsedIn { n })}</span> })
                }}
                <span class="badge" data-badge=badge></span>
            </label>
        </li>
    }
}

/// The group is said only where it tells fields of one label apart.
fn choosable(field: &FieldSpec, all: &[FieldSpec], origin: Origin) -> Choosable {
    let is_double = all
        .iter()
        .filter(|other| other.label == field.label)
        .count()
        > 1;
    let label = match &field.key.group {
        Some(group) if is_double => format!("{group} › {}", field.label),
        _ => field.label.clone(),
    };
    Choosable {
        key: field.key.clone(),
        label,
        ty: field.ty.clone(),
        required: field.required,
        fixed: field.required && origin == Origin::Catalogue,
        origin,
    }
}
