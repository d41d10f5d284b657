//! A value in a field: the number of its card, its name, in the colour of where it comes from.

use flow::{Binding, OutputRef};
use leptos::prelude::*;

use super::stop::stop;
use crate::canvas::board::{Board, use_board};
use crate::canvas::wires::Which;
use crate::i18n::t;
use crate::i18n::texts::CanvasText;
use crate::kit::Icon;

/// A value in a field.
#[component]
pub fn Pill(
    /// Where the value comes from: an output or an item of a list.
    binding: Binding,
    /// Takes it out of the field.
    #[prop(into, optional)]
    on_remove: Option<Callback<()>>,
) -> impl IntoView {
    let board = use_board();
    let source = match &binding {
        Binding::Output { source, .. } => Some(source.clone()),
        _ => None,
    };
    let converts = matches!(
        &binding,
        Binding::Output {
            convert: Some(_),
            ..
        }
    );
    let (light, label) = (source.clone(), StoredValue::new(binding));
    let (family, lit) = (source.clone(), source.clone());
    view! {
        <span
            class="pill"
            class:lit=move || lit.as_ref().is_some_and(|source| board.is_lit(source))
            data-family=move || family.as_ref().map_or("list", |source| board.family(&source.step))
            on:pointerenter=move |_| board.lit.set(light.clone().map(Which::From))
            on:pointerleave=move |_| board.lit.set(None)
        >
            <span class="pill-number number">
                {move || source.as_ref().and_then(|source| board.number(&source.step))}
            </span>
            <span class="pill-name ellipsis">{move || label.with_value(|binding| pill_label(board, binding))}</span>
            {converts.then(|| view! { <Icon name="arrow-left-right"/> })}
            {on_remove
                .map(|remove| {
                    let label = t(CanvasText::RemoveValue);
                    view! {
                        <button class="pill-remove" type="button" tabindex=stop() aria-label=label title=label on:click=move |_| remove.run(())>
                            <Icon name="x"/>
                        </button>
                    }
                })}
        </span>
    }
}

/// Returns what a pill is called; the source's card is said by its number.
pub(crate) fn pill_label(board: Board, binding: &Binding) -> String {
    match binding {
        Binding::Output { source, .. } => source_label(board, source),
        Binding::Item { path } => match path {
            Some(path) => format!("{} › {path}", board.speech.say(&CanvasText::Item)),
            None => board.speech.say(&CanvasText::Item),
        },
        Binding::Constant { value } => super::value::brief(value),
        Binding::Empty | Binding::Template { .. } => String::new(),
    }
}

fn source_label(board: Board, source: &OutputRef) -> String {
    board.names(|names| names.source(source))
}
