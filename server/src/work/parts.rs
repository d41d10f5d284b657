//! A journal on its way to disk: entries are cut into parts of a bounded size, and a page that a stream has handed over
//! is shortened to the fact that it was there, so that a journal does not grow with the records that went through.

use engine::{Entry, Event, Path};
use flow::RunId;
use store::Write;

/// Entries are written in parts of about this many bytes at most.
const PART: usize = 1 << 20;

/// The pages of a run whose records are in the journal and still needed.
#[derive(Debug, Default)]
pub(super) struct OpenPages(Vec<OpenPage>);

#[derive(Debug)]
struct OpenPage {
    path: Path,
    number: u64,
    seq: i64,
    /// What takes the place of the part.
    short: String,
}

impl OpenPages {
    /// Returns what writes `entries` as parts from `next` on, and shortens the parts whose pages are done now.
    pub(super) fn writes(
        &mut self,
        run: &RunId,
        entries: &[Entry],
        mut next: impl FnMut() -> i64,
    ) -> Vec<Write> {
        let mut writes = Vec::new();
        for part in cut(entries) {
            let seq = next();
            self.open(part, seq);
            writes.push(Write::Journal {
                run: run.clone(),
                seq,
                entries: as_list(part.iter()),
            });
        }
        for entry in entries {
            if let Event::PageDone { number, .. } = &entry.event {
                writes.extend(self.close(run, &entry.path, *number));
            }
        }
        writes
    }

    fn open(&mut self, part: &[Entry], seq: i64) {
        for entry in part {
            if let Event::Page { number, .. } = &entry.event {
                let short: Vec<Entry> = part.iter().map(shortened).collect();
                self.0.push(OpenPage {
                    path: entry.path.clone(),
                    number: *number,
                    seq,
                    short: as_list(short.iter()),
                });
            }
        }
    }

    fn close(&mut self, run: &RunId, path: &Path, number: u64) -> Option<Write> {
        let is_done = |page: &OpenPage| page.path == *path && page.number <= number;
        let at = self.0.iter().position(is_done)?;
        let page = self.0.swap_remove(at);
        // Another card's page in the same part is still needed.
        if self.0.iter().any(|other| other.seq == page.seq) {
            return None;
        }
        Some(Write::Shorten {
            run: run.clone(),
            seq: page.seq,
            entries: page.short,
        })
    }
}

/// The entry without the records of a page.
fn shortened(entry: &Entry) -> Entry {
    let mut entry = entry.clone();
    if let Event::Page { records, .. } = &mut entry.event {
        records.clear();
    }
    entry
}

/// Cuts entries so that each part but the last is just over the bound.
fn cut(entries: &[Entry]) -> impl Iterator<Item = &[Entry]> {
    let mut size = 0;
    entries.chunk_by(move |entry, _| {
        size += text(entry).map_or(0, |text| text.len());
        let goes_on = size <= PART;
        if !goes_on {
            size = 0;
        }
        goes_on
    })
}

fn as_list<'e>(entries: impl Iterator<Item = &'e Entry>) -> String {
    let mut list = String::from("[");
    for text in entries.filter_map(text) {
        if list.len() > 1 {
            list.push(',');
        }
        list.push_str(&text);
    }
    list.push(']');
    list
}

fn text(entry: &Entry) -> Option<String> {
    serde_json::to_string(entry).ok()
}

#[cfg(test)]
mod tests {
    use flow::Value;

    use super::*;

    fn entry(path: &str, event: Event) -> Entry {
        Entry {
            at_ms: 1,
            path: Path::new(path),
            private: false,
            event,
        }
    }

    fn page(path: &str, number: u64, bytes: usize) -> Entry {
        let event = Event::Page {
            number,
            first: number * 200,
            records: vec![Value::text("x".repeat(bytes))],
            next: Some("cursor".to_owned()),
            calls: Vec::new(),
        };
        entry(path, event)
    }

    fn done(path: &str, number: u64) -> Entry {
        let event = Event::PageDone {
            number,
            streamed: 200,
            next: None,
        };
        entry(path, event)
    }

    /// Writes batch after batch; returns the bytes that are in the journal in the end.
    fn kept(batches: &[Vec<Entry>]) -> Vec<(i64, usize)> {
        let mut pages = OpenPages::default();
        let mut seq = 0;
        let mut kept = std::collections::BTreeMap::new();
        for entries in batches {
            let next = || {
                seq += 1;
                seq - 1
            };
            for write in pages.writes(&RunId::from("r"), entries, next) {
                match write {
                    Write::Journal { seq, entries, .. } | Write::Shorten { seq, entries, .. } => {
                        serde_json::from_str::<Vec<Entry>>(&entries).unwrap();
                        kept.insert(seq, entries.len());
                    }
                    other => panic!("{other:?}"),
                }
            }
        }
        kept.into_iter().collect()
    }

    #[test]
    fn a_page_that_is_done_takes_no_more_room() {
        let batches: Vec<Vec<Entry>> = (0..100)
            .flat_map(|number| [vec![page("s", number, 50_000)], vec![done("s", number)]])
            .collect();
        let kept = kept(&batches);
        assert_eq!(kept.len(), 200);
        assert!(kept.iter().all(|(_, bytes)| *bytes < 300), "{kept:?}");
    }

    #[test]
    fn a_page_under_way_is_kept_whole() {
        let kept = kept(&[
            vec![page("s", 0, 50_000)],
            vec![done("s", 0), page("s", 1, 50_000)],
            vec![page("t", 0, 70_000)],
        ]);
        assert!(kept[0].1 < 300 && kept[1].1 > 50_000 && kept[2].1 > 70_000);
    }

    #[test]
    fn long_journals_are_cut_into_parts() {
        let entries: Vec<Entry> = (0..5).map(|number| page("s", number, 700_000)).collect();
        let parts: Vec<usize> = cut(&entries).map(<[Entry]>::len).collect();
        assert_eq!(parts, [2, 2, 1]);
        assert_eq!(cut(&[]).count(), 0);
    }
}
