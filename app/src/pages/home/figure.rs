//! A figure with its name, a note, and a line of the last hours.

use leptos::prelude::*;

/// One figure.
#[component]
pub fn Figure(
    /// What is counted.
    #[prop(into)]
    name: Signal<String>,
    /// The figure, as written.
    figure: String,
    /// What to compare it with.
    #[prop(optional_no_strip)]
    note: Option<Signal<String>>,
    /// The last hours; no line where empty.
    #[prop(optional)]
    hours: Vec<i64>,
) -> impl IntoView {
    let line = (hours.len() > 1 && hours.iter().any(|hour| *hour > 0)).then(|| line(&hours));
    view! {
        <div class="panel figure">
            <dt>{name}</dt>
            <dd class="figure-number">{figure}</dd>
            <dd class="figure-note">{note}</dd>
            {line
                .map(|line| {
                    view! {
                        <svg
                            class="sparkline"
                            viewBox="0 0 100 30"
                            preserveAspectRatio="none"
                            aria-hidden="true"
                        >
                            <path class="sparkline-area" d=format!("{line}V30H0Z")/>
                            <path class="sparkline-line" d=line/>
                        </svg>
                    }
                })}
        </div>
    }
}

/// Returns the path of a line through `values` in a box of 100 by 30, with a little room above and below.
fn line(values: &[i64]) -> String {
    let highest = values.iter().copied().max().unwrap_or(1).max(1);
    let last = i64::try_from(values.len().saturating_sub(1))
        .unwrap_or(1)
        .max(1);
    let mut path = String::new();
    for (index, value) in (0_i64..).zip(values) {
        let x = index * 1_000 / last;
        let y = 290 - value.clamp(&0, &highest) * 270 / highest;
        let command = if index == 0 { 'M' } else { 'L' };
        path.push_str(&format!(
            "{command}{}.{} {}.{}",
            x / 10,
            x % 10,
            y / 10,
            y % 10
        ));
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_spans_the_box() {
        assert_eq!(line(&[0, 5, 10]), "M0.0 29.0L50.0 15.5L100.0 2.0");
        assert_eq!(line(&[0, 0]), "M0.0 29.0L100.0 29.0");
    }
}
