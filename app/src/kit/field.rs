//! Form fields: a label above, a hint or what is wrong below.

use leptos::prelude::*;

/// A field for one line of text.
#[component]
pub fn TextField(
    /// What it is called.
    #[prop(into)]
    label: Signal<String>,
    /// Name in the form; also its id.
    name: &'static str,
    /// Its text.
    value: RwSignal<String>,
    /// Type of the input element.
    #[prop(default = "text")]
    kind: &'static str,
    /// Must be filled.
    #[prop(optional)]
    required: bool,
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// An example.
    #[prop(optional)]
    placeholder: &'static str,
    /// Shortest text that is accepted.
    #[prop(optional)]
    min_length: Option<u32>,
    /// Gets the focus when the page opens.
    #[prop(optional)]
    first: bool,
    /// What belongs here.
    #[prop(into, optional)]
    hint: Option<Signal<String>>,
    /// What is wrong.
    #[prop(into, optional)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let described = move || {
        let has_note = hint.is_some() || error.read().is_some();
        has_note.then(|| format!("{name}-note"))
    };
    view! {
        <div class="field">
            <label for=name>
                {label}
                {required.then(|| view! { <span class="required" aria-hidden="true">" *"</span> })}
            </label>
            <input
                class="input"
                id=name
                name=name
                type=kind
                required=required
                autocomplete=autocomplete
                autofocus=first
                spellcheck="false"
                placeholder=placeholder
                minlength=min_length.map(|length| length.to_string())
                aria-describedby=described
                aria-invalid=move || error.read().is_some().then_some("true")
                bind:value=value
            />
            {move || note(name, hint, error)}
        </div>
    }
}

fn note(
    name: &str,
    hint: Option<Signal<String>>,
    error: Signal<Option<String>>,
) -> Option<impl IntoView + use<>> {
    let id = format!("{name}-note");
    let wrong = error.get();
    let class = if wrong.is_some() {
        "field-error"
    } else {
        "hint"
    };
    let text = wrong.or_else(|| hint.map(|hint| hint.get()))?;
    Some(view! { <p class=class id=id>{text}</p> })
}

/// Something to choose from a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The value.
    pub value: String,
    /// What it is called.
    pub label: String,
}

/// A field that offers a list.
#[component]
pub fn SelectField(
    /// What it is called.
    #[prop(into)]
    label: Signal<String>,
    /// Name in the form; also its id.
    #[prop(into)]
    name: String,
    /// The chosen value.
    value: RwSignal<String>,
    /// What it offers.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The label is for screen readers only.
    #[prop(optional)]
    label_hidden: bool,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for=name.clone() class:visually-hidden=label_hidden>{label}</label>
            <select
                class="input select"
                id=name.clone()
                name=name
                on:change=move |event| value.set(event_target_value(&event))
            >
                {move || {
                    let chosen = value.get();
                    let options = choices.get().into_iter().map(|choice| {
                        let is_chosen = choice.value == chosen;
                        view! { <option value=choice.value selected=is_chosen prop:selected=is_chosen>{choice.label}</option> }
                    });
                    options.collect_view()
                }}
            </select>
        </div>
    }
}
