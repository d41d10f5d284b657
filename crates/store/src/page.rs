//! Pages of lists: always bounded.

/// The most items that one page holds.
pub const MAX_PAGE: u32 = 500;

/// One page of a list and where the next one begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T, C> {
    /// The items.
    pub items: Vec<T>,
    /// Pass it to get the next page; absent on the last one.
    pub next: Option<C>,
}

/// Returns how many rows to ask for: one more than the page holds, which tells whether there is a next page.
pub(crate) fn rows_to_ask(limit: u32) -> i64 {
    i64::from(limit.clamp(1, MAX_PAGE)) + 1
}

impl<T, C> Page<T, C> {
    /// Cuts rows that were asked for with [`rows_to_ask`] to a page.
    pub(crate) fn cut(mut items: Vec<T>, limit: u32, cursor: impl Fn(&T) -> C) -> Self {
        let size = limit.clamp(1, MAX_PAGE) as usize;
        let more = items.len() > size;
        items.truncate(size);
        let next = if more { items.last().map(cursor) } else { None };
        Self { items, next }
    }
}
