//! Buttons. One filled button per screen; destructive ones say what they destroy.

use leptos::prelude::*;

use super::Icon;

/// How loud a button is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one filled button.
    Primary,
    /// An edge and a label.
    #[default]
    Quiet,
    /// A label only.
    Bare,
    /// Filled and red: destroys something.
    Danger,
    /// An edge and a red label: leads to something destructive.
    DangerQuiet,
}

impl ButtonKind {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Quiet => "button",
            Self::Bare => "button button-bare",
            Self::Danger => "button button-danger",
            Self::DangerQuiet => "button button-danger-quiet",
        }
    }
}

/// A button. Without children it shows its icon only and needs a label.
#[component]
pub fn Button(
    /// How loud.
    #[prop(optional)]
    kind: ButtonKind,
    /// Icon before the text.
    #[prop(optional)]
    icon: Option<&'static str>,
    /// Sends the form it stands in.
    #[prop(optional)]
    submit: bool,
    /// Name for an icon button, shown as tooltip too.
    #[prop(into, optional)]
    label: Option<Signal<String>>,
    /// Cannot be pressed.
    #[prop(into, optional)]
    disabled: Signal<bool>,
    /// Something is under way: the button stays pressable by nobody and says so.
    #[prop(into, optional)]
    busy: Signal<bool>,
    /// What it does.
    #[prop(into, optional)]
    on_press: Option<Callback<()>>,
    /// Its text.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let is_icon_only = children.is_none();
    view! {
        <button
            class=kind.class()
            class:button-icon=is_icon_only
            type=if submit { "submit" } else { "button" }
            aria-label=label
            title=label
            disabled=move || disabled.get() || busy.get()
            aria-busy=move || busy.get().then_some("true")
            on:click=move |_| {
                if let Some(press) = on_press {
                    press.run(());
                }
            }
        >
            {icon.map(|name| view! { <Icon name=name/> })}
            {children.map(|children| children())}
        </button>
    }
}

/// A link that looks like a button.
#[component]
pub fn LinkButton(
    /// Where to.
    #[prop(into)]
    href: Signal<String>,
    /// How loud.
    #[prop(optional)]
    kind: ButtonKind,
    /// Icon before the text.
    #[prop(optional)]
    icon: Option<&'static str>,
    /// Its text.
    children: Children,
) -> impl IntoView {
    view! {
        <a class=kind.class() href=href>
            {icon.map(|name| view! { <Icon name=name/> })}
            {children()}
        </a>
    }
}
