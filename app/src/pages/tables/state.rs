//! What the grid of a table knows: the rows that were fetched, page by page, what is on the screen, and where the person is.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::time::Duration;

use api::{RowChange, RowPage, RowQuery, TableColumn, TableRow};
use flow::{RowId, TableId};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::cell::read;
use crate::i18n::texts::TableText;
use crate::kit::{ToastBox, use_toasts};
use crate::rpc;

/// Rows that are fetched together.
pub const PAGE: usize = 100;
/// Height of a row in pixels, as in the stylesheet.
pub const ROW: f64 = 32.0;
/// Pages that are kept; older ones are fetched again when they are seen again.
const KEPT: usize = 40;
/// Where scrolling rests for so long, rows are fetched.
const REST: Duration = Duration::from_millis(60);

/// Which rows, and in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Column to sort by.
    pub sort: Option<String>,
    /// From the greatest to the least.
    pub descending: bool,
    /// The filter as JSON text.
    pub filter: Option<String>,
    /// A text to find anywhere.
    pub text: String,
}

impl Asked {
    /// Returns the question for a page.
    pub fn page(&self, offset: usize) -> RowQuery {
        RowQuery {
            offset: i64::try_from(offset).unwrap_or(i64::MAX),
            limit: i64::try_from(PAGE).ok(),
            sort: self.sort.clone(),
            descending: self.descending,
            filter: self.filter.clone(),
            text: (!self.text.trim().is_empty()).then(|| self.text.clone()),
        }
    }

    /// Tells whether some rows may be left out.
    pub fn narrows(&self) -> bool {
        self.filter.is_some() || !self.text.trim().is_empty()
    }
}

/// The grid of one table. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Grid {
    /// The table.
    pub table: StoredValue<TableId>,
    /// Its columns.
    pub columns: StoredValue<Vec<TableColumn>>,
    /// Which rows.
    pub asked: RwSignal<Asked>,
    /// How many meet the question.
    pub total: RwSignal<usize>,
    /// How many the table has.
    pub all: RwSignal<i64>,
    /// Where the person is: row and column.
    pub active: RwSignal<(usize, usize)>,
    /// What is typed over the active cell.
    pub typed: RwSignal<Option<String>>,
    /// Rows that were picked out.
    pub picked: RwSignal<BTreeSet<RowId>>,
    /// First row on the screen, and how many fit.
    pub seen: RwSignal<(usize, usize)>,
    /// Rows are being fetched.
    pub is_waiting: RwSignal<bool>,
    pages: RwSignal<HashMap<usize, Vec<TableRow>>>,
    under_way: StoredValue<HashSet<usize>>,
    /// Counts what was asked, so that late answers to an earlier question are dropped.
    question: StoredValue<u64>,
    toasts: ToastBox,
}

impl Grid {
    /// Returns the grid with its first page.
    pub fn new(page: RowPage) -> Self {
        let total = usize::try_from(page.matching).unwrap_or(0);
        let rest = Timer::default();
        let grid = Self {
            table: StoredValue::new(page.table.id),
            columns: StoredValue::new(page.table.columns),
            asked: RwSignal::new(Asked::default()),
            total: RwSignal::new(total),
            all: RwSignal::new(page.table.rows),
            active: RwSignal::new((0, 0)),
            typed: RwSignal::new(None),
            picked: RwSignal::new(BTreeSet::new()),
            seen: RwSignal::new((0, 40)),
            is_waiting: RwSignal::new(false),
            pages: RwSignal::new(HashMap::from([(0, page.rows)])),
            under_way: StoredValue::new(HashSet::new()),
            question: StoredValue::new(0),
            toasts: use_toasts(),
        };
        Effect::new(move |before: Option<Asked>| {
            let asked = grid.asked.get();
            if before.is_some_and(|before| before != asked) {
                grid.reload();
            }
            asked
        });
        Effect::new(move || {
            grid.seen.track();
            rest.restart(REST, move || grid.fetch_seen());
        });
        grid
    }

    /// Returns a row that was fetched.
    pub fn row(self, index: usize) -> Option<TableRow> {
        self.pages
            .with(|pages| pages.get(&(index / PAGE))?.get(index % PAGE).cloned())
    }

    fn row_now(self, index: usize) -> Option<TableRow> {
        self.pages
            .with_untracked(|pages| pages.get(&(index / PAGE))?.get(index % PAGE).cloned())
    }

    /// Fetches everything anew.
    pub fn reload(self) {
        self.question.update_value(|question| *question += 1);
        self.under_way.update_value(HashSet::clear);
        self.typed.set(None);
        self.picked.set(BTreeSet::new());
        let (first, _) = self.seen.get_untracked();
        self.fetch(first / PAGE, true);
    }

    fn fetch_seen(self) {
        let Some((first, count)) = self.seen.try_get_untracked() else {
            return;
        };
        let last = (first + count).min(self.total.get_untracked().saturating_sub(1));
        for page in first / PAGE..=last / PAGE {
            let is_there = self.pages.with_untracked(|pages| pages.contains_key(&page));
            if !is_there {
                self.fetch(page, false);
            }
        }
    }

    /// Fetches a page; with `anew` it is the only one that is kept.
    fn fetch(self, page: usize, anew: bool) {
        let is_new = self
            .under_way
            .try_update_value(|under_way| under_way.insert(page));
        if is_new != Some(true) {
            return;
        }
        self.is_waiting.set(true);
        let question = self.question.get_value();
        let (table, query) = (
            self.table.get_value(),
            self.asked.get_untracked().page(page * PAGE),
        );
        spawn_local(async move {
            let answer = rpc::list_rows(table, query).await;
            if self.question.try_get_value() != Some(question) {
                return;
            }
            self.under_way.update_value(|under_way| {
                under_way.remove(&page);
            });
            self.is_waiting
                .set(self.under_way.with_value(|under_way| !under_way.is_empty()));
            match answer {
                Ok(found) => self.take(page, found, anew),
                Err(refusal) => self.toasts.refuse(&refusal),
            }
        });
    }

    fn take(self, page: usize, found: RowPage, anew: bool) {
        let total = usize::try_from(found.matching).unwrap_or(0);
        self.all.set(found.table.rows);
        self.total.set(total);
        self.pages.update(|pages| {
            if anew {
                pages.clear();
            }
            if pages.len() >= KEPT {
                let farthest = pages
                    .keys()
                    .copied()
                    .max_by_key(|other| other.abs_diff(page));
                if let Some(farthest) = farthest {
                    pages.remove(&farthest);
                }
            }
            pages.insert(page, found.rows);
        });
        if anew {
            // Fewer rows than before: what is on the screen may be another page.
            let (first, count) = self.seen.get_untracked();
            self.seen.set((first.min(total.saturating_sub(1)), count));
        }
    }

    /// Moves to a cell, inside of the table.
    pub fn go(self, row: usize, column: usize) {
        let columns = self.columns.with_value(Vec::len);
        let rows = self.total.get_untracked();
        self.active.set((
            row.min(rows.saturating_sub(1)),
            column.min(columns.saturating_sub(1)),
        ));
    }

    /// Begins to type over the active cell, with `text` or with what it holds.
    pub fn begin(self, text: Option<String>) {
        let (row, column) = self.active.get_untracked();
        let (Some(row), Some(name)) = (self.row_now(row), self.column_name(column)) else {
            return;
        };
        let held = || super::cell::typed(row.cells.get(&name));
        self.typed.set(Some(text.unwrap_or_else(held)));
    }

    fn column_name(self, column: usize) -> Option<String> {
        self.columns
            .with_value(|columns| columns.get(column).map(|column| column.name.clone()))
    }

    /// Stores `text` in the active cell.
    pub fn write(self, text: &str) {
        let (index, column) = self.active.get_untracked();
        self.typed.set(None);
        let column = self
            .columns
            .with_value(|columns| columns.get(column).cloned());
        let (Some(row), Some(column)) = (self.row_now(index), column) else {
            return;
        };
        if super::cell::typed(row.cells.get(&column.name)) == text {
            return;
        }
        let cell = match read(&column, text) {
            Ok(cell) => cell,
            Err(message) => {
                self.toasts.warn(&message);
                return;
            }
        };
        let change = RowChange {
            cells: [(column.name, cell)].into_iter().collect(),
        };
        let table = self.table.get_value();
        spawn_local(async move {
            match rpc::update_row(table, row.id, change).await {
                Ok(row) => self.replace(index, row),
                Err(refusal) => self.toasts.refuse(&refusal),
            }
        });
    }

    fn replace(self, index: usize, row: TableRow) {
        self.pages.try_update(|pages| {
            let place = pages
                .get_mut(&(index / PAGE))
                .and_then(|page| page.get_mut(index % PAGE));
            if let Some(place) = place.filter(|place| place.id == row.id) {
                *place = row;
            }
        });
    }

    /// Picks a row out, or puts it back.
    pub fn pick(self, index: usize) {
        let Some(row) = self.row_now(index) else {
            return;
        };
        self.picked.update(|picked| {
            if !picked.remove(&row.id) {
                picked.insert(row.id);
            }
        });
    }

    /// Sorts by a column, then the other way, then not.
    pub fn sort(self, column: &str) {
        self.asked.update(|asked| {
            let is_same = asked.sort.as_deref() == Some(column);
            (asked.sort, asked.descending) = match (is_same, asked.descending) {
                (false, _) => (Some(column.to_owned()), false),
                (true, false) => (Some(column.to_owned()), true),
                (true, true) => (None, false),
            };
        });
    }

    /// Says something about the rows.
    pub fn say(self, message: &TableText) {
        self.toasts.say(message);
    }
}

/// One thing that is done when nothing else was asked for a while.
#[derive(Clone, Copy, Default)]
pub struct Timer {
    handle: StoredValue<Option<TimeoutHandle>>,
}

impl Timer {
    /// Does `then` after `rest`, unless it is asked again before.
    pub fn restart(self, rest: Duration, then: impl FnOnce() + 'static) {
        if let Some(handle) = self.handle.try_get_value().flatten() {
            handle.clear();
        }
        if let Ok(handle) = set_timeout_with_handle(then, rest) {
            self.handle.try_set_value(Some(handle));
        }
    }
}
