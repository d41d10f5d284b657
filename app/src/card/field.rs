//! The input fields of a card: label, type, and a box that fits the type: text with values in it, a list to choose
//! from, a number, JSON.

use flow::{Base, Binding, Input, InputRef, Lookup, Severity, StepId, Type};
use leptos::prelude::*;
use web_sys::MouseEvent;

use super::choice::{ChoiceBox, choices};
use super::literal::LiteralBox;
use super::lookup::{LookupBox, is_typed};
use super::pill::Pill;
use super::refusal::Refusal;
use super::rich::RichBox;
use super::stop::stop;
use super::truth::{FileBox, TruthBox};
use super::types::{TypePicker, type_name, type_value};
use super::value::{brief, pretty};
use super::warning::FieldTrouble;
use crate::canvas::board::{Board, use_board};
use crate::canvas::geometry::Rect;
use crate::canvas::mapping::{Target, field_groups};
use crate::canvas::marks::was_text;
use crate::canvas::rows::InputRow;
use crate::canvas::template::holds_text;
use crate::canvas::wires::Which;
use crate::editor::{Air, Editor, InPanel, Over, address, use_editor};
use crate::i18n::texts::{CanvasText, LookupText};
use crate::i18n::{Speech, t, use_speech};
use crate::kit::Icon;

/// The input fields of a card, each where the layout says.
#[component]
pub(super) fn InputRows(id: StepId) -> impl IntoView {
    let board = use_board();
    let place = board.place(&id);
    let rows = Memo::new(move |_| {
        place
            .with(|place| place.as_ref().map(|card| card.rows.inputs.clone()))
            .unwrap_or_default()
    });
    let more = Memo::new(move |_| {
        place.with(|place| place.as_ref().and_then(|card| card.rows.more_inputs))
    });
    let add =
        Memo::new(move |_| place.with(|place| place.as_ref().and_then(|card| card.rows.add_input)));
    let of_more = id.clone();
    view! {
        <For each=move || rows.get() key=|row| row.at.clone() let(row)>
            <PlacedField rows row/>
        </For>
        {move || {
            let (y, n) = more.get()?;
            let id = of_more.clone();
            Some(
                view! {
                    <button
                        class="card-more"
                        type="button"
                        tabindex="-1"
                        style:top=format!("{y}px")
                        on:click=move |_| board.unfolded.update(|unfolded| { unfolded.inputs.insert(id.clone()); })
                    >
                        {t(CanvasText::MoreFields { n })}
                    </button>
                },
            )
        }}
        {move || add.get().map(|y| view! { <AddField id=id.clone() y as_output=false/> })}
    }
}

/// A field at the place that the layout gives it.
#[component]
pub(super) fn PlacedField(rows: Memo<Vec<InputRow>>, row: InputRow) -> impl IntoView {
    let at = row.at.clone();
    let has_label = row.has_label;
    let bounds = Memo::new(move |_| {
        rows.with(|rows| {
            rows.iter()
                .find(|known| known.at == at)
                .map_or(Rect::default(), |row| row.bounds)
        })
    });
    view! {
        <div
            class="field-row"
            style:left=move || format!("{:.1}px", bounds.get().x)
            style:top=move || format!("{:.1}px", bounds.get().y)
            style:width=move || format!("{:.1}px", bounds.get().w)
            style:height=move || format!("{:.1}px", bounds.get().h)
        >
            <Field at=row.at has_label/>
        </div>
    }
}

/// A field with its label.
#[component]
pub fn Field(
    /// Which.
    at: InputRef,
    /// The label is drawn.
    #[prop(default = true)]
    has_label: bool,
) -> impl IntoView {
    let (board, editor, speech) = (use_board(), use_editor(), use_speech());
    let input = input_of(board, &at);
    let label = label_of(board, &at);
    let ty = Memo::new(move |_| input.with(|input| input.as_ref().map(|input| input.ty.clone())));
    let badge = move || ty.get().map(|ty| ty.badge());
    let type_title = move || ty.get().map(|ty| type_name(speech, &ty));
    let required =
        Memo::new(move |_| input.with(|input| input.as_ref().is_some_and(|input| input.required)));
    let is_custom = Memo::new(move |_| {
        input.with(|input| input.as_ref().is_some_and(|input| input.custom)) && !board.is_run()
    });
    let is_gone = {
        let at = at.clone();
        Memo::new(move |_| editor.is_some_and(|editor| editor.is_gone(&at)))
    };
    let (removed, retyped) = (at.clone(), at.clone());
    let line = has_label.then(|| {
        view! {
            <div class="field-label">
                <span class="field-name ellipsis" title=move || label.get()>{move || label.get()}</span>
                {move || required.get().then(|| view! { <span class="field-required" aria-hidden="true">"*"</span> })}
                {move || is_gone.get().then(|| {
                    let gone = t(LookupText::Gone);
                    view! { <span class="field-gone" role="img" aria-label=gone title=gone><Icon name="triangle-alert"/></span> }
                })}
                {move || {
                    let editor = editor.filter(|_| is_custom.get())?;
                    let (removed, retyped) = (removed.clone(), retyped.clone());
                    let name = t(CanvasText::RemoveField { field: label.get() });
                    Some(
                        view! {
                            <button
                                class="field-remove"
                                type="button"
                                tabindex=stop()
                                aria-label=name
                                title=name
                                on:click=move |_| editor.remove_field(&removed.step, &removed.field)
                            >
                                <Icon name="x"/>
                            </button>
                            <TypePicker
                                class="field-type"
                                chosen=Signal::derive(move || ty.get().map(|ty| type_value(&ty).to_owned()).unwrap_or_default())
                                on_choose=move |ty| editor.retype(&retyped, &ty)
                            />
                        },
                    )
                }}
                <span class="badge" data-badge=badge title=type_title></span>
            </div>
        }
    });
    let warned = at.clone();
    let last = (editor.is_some() && use_context::<InPanel>().is_some())
        .then(|| super::trial::last_input(board, &at));
    view! {
        {line}
        <FieldTrouble at=warned/>
        <FieldBox at/>
        {last}
    }
}

/// What kind of box a field gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A value of a run.
    Shown,
    /// Text with values in it.
    Rich,
    /// One value, or something typed.
    Mapped,
    /// Something of an org.
    Lookup,
    /// A list to choose from.
    Choice,
    /// True or False.
    Truth,
    /// A file of an earlier card.
    File,
    /// Something typed.
    Literal,
}

fn kind_of(board: Board, input: &Input, at: &InputRef) -> Kind {
    if board.is_run() {
        Kind::Shown
    } else if is_mapped_whole(input) {
        Kind::Mapped
    } else if is_typed(&input.binding)
        && !input.ty.list
        && lookup_of(board, at).is_some_and(Lookup::is_of_org)
    {
        Kind::Lookup
    } else if input.ty == Type::one(Base::Boolean) && input.choices.is_empty() {
        Kind::Truth
    } else if input.ty.base == Base::File {
        Kind::File
    } else if chooses(board, input, at) {
        Kind::Choice
    } else if holds_text(input) {
        Kind::Rich
    } else {
        Kind::Literal
    }
}

/// One value fills the field: text cannot stand beside it.
fn is_mapped_whole(input: &Input) -> bool {
    match input.binding {
        Binding::Item { .. } => true,
        Binding::Output { .. } | Binding::Template { .. } => !holds_text(input),
        Binding::Empty | Binding::Constant { .. } => false,
    }
}

fn chooses(board: Board, input: &Input, at: &InputRef) -> bool {
    let is_one = !input.ty.list;
    !input.choices.is_empty()
        || (is_one && matches!(input.ty.base, Base::Flow | Base::Boolean))
        || (is_one && use_editor().is_some_and(|editor| !editor.org_choices(at).is_empty()))
        || lookup_of(board, at) == Some(Lookup::Tables)
}

/// Returns the list that a field's choices come from.
pub(super) fn lookup_of(board: Board, at: &InputRef) -> Option<Lookup> {
    board.names(|names| {
        let step = names.flow.step(&at.step)?;
        let spec = names.catalogue.card(&step.card)?;
        spec.inputs
            .iter()
            .find(|field| field.key == at.field)?
            .lookup
    })
}

/// The box of a field.
#[component]
pub fn FieldBox(
    /// Which.
    at: InputRef,
) -> impl IntoView {
    let (board, editor) = (use_board(), use_editor());
    let input = input_of(board, &at);
    let kind = {
        let at = at.clone();
        Memo::new(move |_| {
            input.with(|input| input.as_ref().map(|input| kind_of(board, input, &at)))
        })
    };
    let label = label_of(board, &at);
    let answer = answer_of(&at);
    let problem = {
        let at = at.clone();
        Memo::new(move |_| {
            board.problems.with(|problems| {
                // What only surprises is told beside the field.
                problems.iter().any(|problem| {
                    problem.input.as_ref() == Some(&at) && problem.severity == Severity::Error
                })
            })
        })
    };
    let refused_at = at.clone();
    let dropped = at.clone();
    let on_click = move |event: MouseEvent| {
        let is_dropped = editor.is_some_and(|editor| editor.drop_on(&dropped));
        let traces = !is_dropped
            && !dropped.yields
            && event.alt_key()
            && board.trace(&dropped.step, &dropped.field, true, &[]);
        if is_dropped || traces {
            event.stop_propagation();
        }
    };
    let (lights, focused) = (at.clone(), at.clone());
    let is_lit = {
        let at = at.clone();
        Memo::new(move |_| {
            board.known.trail.with(|trail| {
                trail
                    .as_ref()
                    .is_some_and(|trail| !trail.links.is_empty() && trail.targets.contains(&at))
            })
        })
    };
    let name_of_box = address(&at);
    let (before, edited, entered) = (at.clone(), at.clone(), at.clone());
    let was = Memo::new(move |_| was_text(board, &before));
    let peer = Memo::new(move |_| board.marks.at_field(&edited));
    view! {
        <div
            class="field-box"
            data-kind=move || kind.get().map(|kind| format!("{kind:?}").to_lowercase())
            data-answer=move || answer.get()
            data-at=name_of_box
            class:problem=move || problem.get()
            data-was=move || was.with(Option::is_some).then_some("true")
            data-editor=move || peer.with(|peer| peer.as_ref().map(|peer| peer.initials.clone()))
            style:--peer=move || peer.with(|peer| peer.as_ref().map(|peer| peer.colour))
            on:focusin=move |event| {
                board.lit_by_focus.set(Some(Which::To(focused.clone())));
                if let Some(editor) = editor {
                    editor.room.enter_field(editor, &entered, &event);
                }
            }
            on:click:capture=on_click
            class:lit=move || is_lit.get()
            on:pointerenter=move |_| {
                if editor.is_none_or(|editor| editor.air.with_untracked(Option::is_none)) {
                    board.lit.set(Some(Which::To(lights.clone())));
                }
            }
            on:pointerleave=move |_| board.lit.set(None)
            on:focusout=move |_| board.lit_by_focus.set(None)
        >
            {move || was.get().map(|text| view! { <del class="field-was" title=text.clone()>{text.clone()}</del> })}
            {move || match kind.get()? {
                Kind::Shown => Some(view! { <ShownBox at=at.clone() label/> }.into_any()),
                Kind::Rich => Some(view! { <RichBox at=at.clone() label/> }.into_any()),
                Kind::Mapped => Some(view! { <MappedBox at=at.clone()/> }.into_any()),
                Kind::Lookup => Some(view! { <LookupBox at=at.clone() label/> }.into_any()),
                Kind::Choice => Some(view! { <ChoiceBox at=at.clone() label/> }.into_any()),
                Kind::Truth => Some(view! { <TruthBox at=at.clone() label/> }.into_any()),
                Kind::File => Some(view! { <FileBox at=at.clone() label/> }.into_any()),
                Kind::Literal => Some(view! { <LiteralBox at=at.clone() label/> }.into_any()),
            }}
            <Refusal at=refused_at/>
        </div>
    }
}

/// One value in a field that holds no text.
#[component]
fn MappedBox(at: InputRef) -> impl IntoView {
    let (board, editor) = (use_board(), use_editor());
    let input = input_of(board, &at);
    let binding =
        Memo::new(move |_| input.with(|input| input.as_ref().map(|input| input.binding.clone())));
    move || {
        let (at, binding) = (at.clone(), binding.get()?);
        let remove = editor.map(|editor| {
            Callback::new(move |()| {
                editor.bind(&at, Binding::Empty);
            })
        });
        Some(match remove {
            Some(remove) => {
                view! { <div class="field-pills"><Pill binding on_remove=remove/></div> }.into_any()
            }
            None => view! { <div class="field-pills"><Pill binding/></div> }.into_any(),
        })
    }
}

/// The value that a field had in the run; what it is mapped to where the card was not reached.
#[component]
fn ShownBox(at: InputRef, label: Memo<String>) -> impl IntoView {
    let (board, speech) = (use_board(), use_speech());
    let input = input_of(board, &at);
    let did = board.step_run(&at.step);
    let is_own = at.lane.is_none();
    let has_group = at.field.group.is_some();
    let field = at.field.clone();
    let value = Memo::new(move |_| {
        did.with(|did| {
            let inputs = &did.as_ref()?.inputs;
            let found = inputs
                .iter()
                .find(|value| value.field == field && (is_own || has_group));
            found.map(|found| found.value.clone())
        })
    });
    move || {
        let input = input.get()?;
        if let Some(value) = value.get() {
            let whole = pretty(&value);
            let line = choice_label(board, speech, &input, &at, &brief(&value));
            return Some(
                view! {
                    <span class="field-value ellipsis" role="textbox" aria-readonly="true" aria-label=label.get() title=whole>
                        {line}
                    </span>
                }
                .into_any(),
            );
        }
        let parts = crate::canvas::template::parts(&input.binding);
        let shown = parts.into_iter().map(|part| match part {
            flow::Part::Text { text } => choice_label(board, speech, &input, &at, &text).into_any(),
            flow::Part::Value { binding, .. } => view! { <Pill binding=*binding/> }.into_any(),
        });
        Some(view! { <div class="field-pills">{shown.collect_view()}</div> }.into_any())
    }
}

/// What a value is called where it was chosen from a list.
pub(crate) fn choice_label(
    board: Board,
    speech: Speech,
    input: &Input,
    at: &InputRef,
    text: &str,
) -> String {
    choices(board, speech, input, at)
        .into_iter()
        .find(|(value, _)| value == text)
        .map_or_else(|| text.to_owned(), |(_, label)| label)
}

/// Returns an input as a signal that changes only with it.
pub(super) fn input_of(board: Board, at: &InputRef) -> Memo<Option<Input>> {
    let at = at.clone();
    Memo::new(move |_| {
        board
            .with_step(&at.step, |step| step.input_at(&at).cloned())
            .flatten()
    })
}

/// On the canvas only the fields of the card that the keyboard is in are tab stops; in the inspector all are.
pub(super) fn tab_stop(board: Board, at: &InputRef) -> Signal<&'static str> {
    if use_context::<InPanel>().is_some() {
        return Signal::stored("0");
    }
    let id = at.step.clone();
    Signal::derive(move || {
        let is_entered = board.entered.with(|entered| entered.as_ref() == Some(&id));
        if is_entered { "0" } else { "-1" }
    })
}

fn label_of(board: Board, at: &InputRef) -> Memo<String> {
    let at = at.clone();
    Memo::new(move |_| board.names(|names| names.input_at(&at)))
}

/// What the field answers to the value in the air, for the style sheet.
fn answer_of(at: &InputRef) -> Memo<Option<&'static str>> {
    let (editor, at) = (use_editor(), at.clone());
    Memo::new(move |_| {
        let editor = editor?;
        let is_over = editor
            .over
            .with(|over| matches!(over, Some(Over::Input(input)) if *input == at));
        editor.air.with(|air| {
            let Some(Air::Value { targets, .. }) = air else {
                return None;
            };
            Some(match targets.get(&at)? {
                Target::Fits if is_over => "fits-over",
                Target::Fits => "fits",
                Target::Converts(_) if is_over => "converts-over",
                Target::Converts(_) => "converts",
                Target::Refused(_) if is_over => "refused-over",
                Target::Refused(_) => "refused",
            })
        })
    })
}

fn side(as_output: bool) -> &'static str {
    if as_output { "outputs" } else { "inputs" }
}

/// Puts the focus back on "Add field", once the card is drawn again.
fn focus_add_field(id: &StepId, as_output: bool) {
    let button = format!(
        ":is(.card[data-step='{id}'], [data-outline='{id}']) .add-field[data-side='{}'] > button",
        side(as_output)
    );
    request_animation_frame(move || {
        request_animation_frame(move || crate::canvas::board::focus_first(&button));
    });
}

/// "Add field" of a card that takes fields of the user's.
#[component]
pub(crate) fn AddField(id: StepId, y: f64, as_output: bool) -> impl IntoView {
    // Where one may only look there is none.
    use_editor().map(|editor| view! { <AddFieldOf editor id y as_output/> })
}

#[component]
fn AddFieldOf(editor: Editor, id: StepId, y: f64, as_output: bool) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let name = RwSignal::new(String::new());
    let ty = RwSignal::new("text".to_owned());
    let board = use_board();
    let groups = board.flow.with_untracked(|flow| {
        flow.step(&id)
            .map_or(&[][..], |step| field_groups(&step.card))
    });
    let group = RwSignal::new(groups.first().copied().unwrap_or_default().to_owned());
    let add = {
        let id = id.clone();
        move || {
            let given = name.get_untracked().trim().to_owned();
            let given = match group.get_untracked().as_str() {
                _ if given.is_empty() => given,
                "" => given,
                group => format!("{group}.{given}"),
            };
            editor.add_field(
                &id,
                &given,
                &super::named_type(&ty.get_untracked()),
                as_output,
            );
            name.set(String::new());
            is_open.set(false);
            focus_add_field(&id, as_output);
        }
    };
    let first = NodeRef::<leptos::html::Input>::new();
    Effect::new(move || {
        if let Some(first) = first.get()
            && first.focus().is_err()
        {
            leptos::logging::warn!("the name of the field cannot be focused");
        }
    });
    let left = id.clone();
    let is_over = move || {
        !as_output
            && editor
                .over
                .with(|over| matches!(over, Some(Over::AddField(card)) if *card == id))
    };
    view! {
        <div class="add-field" data-side=side(as_output) class:over=is_over style:top=format!("{y}px") on:pointerdown=|event| event.stop_propagation()>
            {move || {
                if !is_open.get() {
                    return view! {
                        <button class="card-more" type="button" tabindex=stop() on:click=move |_| is_open.set(true)>
                            <Icon name="plus"/>
                            {t(if as_output { CanvasText::AddOutput } else { CanvasText::AddField })}
                        </button>
                    }
                    .into_any();
                }
                let add = add.clone();
                let confirm = add.clone();
                let left = left.clone();
                view! {
                    <form
                        class="add-field-form"
                        on:submit=move |event| {
                            event.prevent_default();
                            add();
                        }
                        on:keydown=move |event| {
                            event.stop_propagation();
                            if event.key() == "Escape" && !event.is_composing() {
                                is_open.set(false);
                                focus_add_field(&left, as_output);
                            }
                        }
                    >
                        <input class="input" aria-label=t(CanvasText::FieldName) maxlength="100" node_ref=first bind:value=name/>
                        {(groups.len() > 1).then(|| view! {
                            <select class="input select add-field-group" aria-label=t(CanvasText::FieldGroup) on:change=move |event| group.set(event_target_value(&event))>
                                {groups.iter().map(|name| view! { <option value=*name>{*name}</option> }).collect_view()}
                            </select>
                        })}
                        <TypePicker chosen=ty on_choose=move |chosen| ty.set(type_value(&chosen).to_owned())/>
                        <button class="bar-button" type="button" aria-label=t(CanvasText::AddThisField) on:click=move |_| confirm()>
                            <Icon name="check"/>
                        </button>
                    </form>
                }
                .into_any()
            }}
        </div>
    }
}
