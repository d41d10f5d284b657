//! A figure with its name, a note, and a line of the last hours.

use leptos::prelude::*;

/// A figure with its name, what it is compared with, and its course.
#[component]
pub(super) fn Figure(
    /// What it counts.
    #[prop(into)]
    name: Signal<String>,
    /// The figure, as written.
    figure: Signal<String>,
    /// What to compare it with.
    note: Signal<String>,
    /// The comparison is bad news.
    #[prop(optional)]
    is_worse: Signal<bool>,
    /// Colour of the course.
    tone: &'static str,
    /// The parts of the span; holes where there is no value.
    course: Signal<Vec<Option<i64>>>,
) -> impl IntoView {
    let path = Memo::new(move |_| course.with(|course| line(course)));
    view! {
        <div class="panel figure" data-course=tone>
            <dt>{name}</dt>
            <dd class="figure-number">{figure}</dd>
            <dd class="figure-note" class:figure-worse=is_worse>{note}</dd>
            {move || {
                path.get()
                    .map(|path| {
                        view! {
                            <svg
                                class="sparkline"
                                viewBox="0 0 100 30"
                                preserveAspectRatio="none"
                                aria-hidden="true"
                            >
                                <path class="sparkline-area" d=format!("{path}V30H0Z")/>
                                <path class="sparkline-line" d=path/>
                            </svg>
                        }
                    })
            }}
        </div>
    }
}

/// Returns the path of a line through `values` in a box of 100 by 30, with a little room above and below. A hole keeps the
/// height before it. Nothing to draw where nothing but zeros or holes is.
fn line(values: &[Option<i64>]) -> Option<String> {
    let highest = values
        .iter()
        .flatten()
        .copied()
        .max()
        .filter(|highest| *highest > 0)?;
    let last = i64::try_from(values.len()).ok()? - 1;
    if last < 1 {
        return None;
    }
    let mut path = String::new();
    let mut height = values.iter().flatten().next().copied().unwrap_or(0);
    for (index, value) in (0_i64..).zip(values) {
        height = value.unwrap_or(height);
        let x = index * 1_000 / last;
        let y = 290 - height.clamp(0, highest).saturating_mul(270) / highest;
        let command = if index == 0 { 'M' } else { 'L' };
        path.push_str(&format!(
            "{command}{}.{} {}.{}",
            x / 10,
            x % 10,
            y / 10,
            y % 10
        ));
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_spans_the_box() {
        let of = |values: &[i64]| line(&values.iter().copied().map(Some).collect::<Vec<_>>());
        assert_eq!(
            of(&[0, 5, 10]).as_deref(),
            Some("M0.0 29.0L50.0 15.5L100.0 2.0")
        );
        assert_eq!(of(&[0, 0]), None);
        assert_eq!(of(&[7]), None);
        assert_eq!(
            line(&[None, Some(4), None]).as_deref(),
            Some("M0.0 2.0L50.0 2.0L100.0 2.0")
        );
    }
}
