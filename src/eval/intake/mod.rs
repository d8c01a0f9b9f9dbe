//! Fact files at memory's speed: pieces of the file on several threads, each
//! with tables of its own that are joined afterwards.

mod fields;
mod sort;
mod spread;
mod words;

use super::cells::Cells;
use super::rows;
use crate::base::EntityNames;
use crate::logic::typed::Relation;
use fields::{Layout, Piece};
use sort::{Share, on_threads};
use spread::Spread;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

/// Bytes read at once.
const BLOCK: usize = 1 << 18;
/// Fewer bytes than these aren't worth a thread.
const PIECE: u64 = 1 << 20;
/// How many places of a file are looked into beforehand, most bytes of each,
/// and most of the file, as a fraction.
const PLACES: u64 = 48;
const LOOK: u64 = 1 << 14;
const PART: u64 = 16;
/// Fewer bytes than these are read before they are shared out.
const LARGE: u64 = 1 << 21;

/// Rows as final cells, sorted and without repeats.
pub(super) struct Intake {
    pub(super) cells: Vec<u32>,
    /// Lines read.
    pub(super) rows: usize,
}

/// Reads a file of one relation; `None` where something in it is odd, so that
/// the plain reader has to look.
pub(super) fn read(
    relation: &Relation,
    path: &Path,
    names: &EntityNames,
    cells: &mut Cells,
    threads: usize,
) -> Option<Intake> {
    let stride = rows::width(relation.columns.len()).filter(|_| !relation.columns.is_empty())?;
    let csv = path.extension().is_some_and(|ending| ending == "csv");
    let size = std::fs::metadata(path).ok()?.len();
    let mut layout = Layout {
        fields: relation.columns.iter().enumerate().map(|(n, column)| (column.1, n)).collect(),
        separator: if csv { b',' } else { b'\t' },
        stride,
    };
    let mut start = 0;
    if csv {
        (layout.fields, start) = header(relation, path)?;
    } else if size >= 3 {
        let mut mark = [0; 3];
        File::open(path).ok()?.read_exact(&mut mark).ok()?;
        start = if mark == *b"\xef\xbb\xbf" { 3 } else { 0 };
    }
    let threads =
        if threads == 0 { std::thread::available_parallelism().map_or(1, |n| n.get()) } else { threads };
    let share = ((size - start.min(size)) / threads as u64 + 1).max(PIECE);
    let mut ranges = Vec::new();
    let mut from = start;
    while from < size {
        ranges.push((from, (from + share).min(size)));
        from += share;
    }
    let sample =
        if layout.short_ints() && size - start >= LARGE { sample(path, &layout, start, size) } else { None };
    let mut spread = None;
    let line = sample.map(|(found, line)| {
        spread = Some(found);
        line
    });
    let read: Option<Vec<Piece>> = on_threads(ranges, |(from, to)| {
        let mut made = Piece { spread: spread.as_ref(), ..Piece::default() };
        if let (Some(spread), Some(line)) = (&spread, line) {
            made.share.buckets = spread.buckets(((to - from) / line) as usize, stride);
        }
        piece(path, &layout, from == start, (from, to), made)
    })
    .into_iter()
    .collect();
    let mut pieces = match read {
        Some(pieces) => pieces,
        None if csv => vec![quoted(path, &layout)?],
        None => return None,
    };
    let globals: Vec<_> = pieces.iter().map(|piece| piece.globals(cells, names)).collect();
    let all: Vec<_> = pieces.iter_mut().zip(&globals).collect();
    on_threads(all, |(piece, globals)| piece.settle(&layout, globals));
    let rows = pieces.iter().map(|piece| piece.rows).sum();
    let pieces: Vec<Share> = pieces.into_iter().map(|piece| piece.share).collect();
    Some(Intake { cells: sorted(pieces, spread, stride, threads), rows })
}

fn sorted(pieces: Vec<Share>, spread: Option<Spread>, stride: usize, threads: usize) -> Vec<u32> {
    match stride {
        1 => sort::sort::<1>(pieces, spread, threads),
        2 => sort::sort::<2>(pieces, spread, threads),
        3 => sort::sort::<3>(pieces, spread, threads),
        4 => sort::sort::<4>(pieces, spread, threads),
        _ => rows::sort(pieces.into_iter().flat_map(|piece| piece.cells).collect(), stride),
    }
}

/// How the rows of a large file are to be shared out, by what stands in some
/// places of it, and the bytes of a line; `None` where that isn't worth it.
fn sample(path: &Path, layout: &Layout, start: u64, size: u64) -> Option<(Spread, u64)> {
    if layout.stride > sort::WIDEST {
        return None;
    }
    let mut file = File::open(path).ok()?;
    let look = LOOK.min((size - start) / PLACES / PART);
    let mut block = vec![0; look as usize];
    let (mut piece, mut bytes) = (Piece::default(), 0);
    for place in 0..PLACES {
        file.seek(SeekFrom::Start(start + (size - start - look) * place / (PLACES - 1))).ok()?;
        file.read_exact(&mut block).ok()?;
        let begin = if place == 0 { 0 } else { memchr::memchr(b'\n', &block)? + 1 };
        bytes += piece.short_ints(layout, &block[begin..]) as u64;
    }
    let line = bytes.checked_div(piece.rows as u64)?.max(1);
    // A few odd lines are no matter, but most must be read this way.
    if bytes < PLACES * look / 2 || rows::ascends(&piece.share.cells, layout.stride) {
        return None;
    }
    let second = |row: &[u32]| row.get(1).copied().unwrap_or_default();
    let rows: Vec<[u32; 2]> =
        piece.share.cells.chunks_exact(layout.stride).map(|row| [row[0], second(row)]).collect();
    Some((Spread::of(&rows, ((size - start) / line) as usize), line))
}

/// The fields of a CSV file in the order of its header, and where its records
/// begin.
fn header(relation: &Relation, path: &Path) -> Option<(Vec<(crate::base::Type, usize)>, u64)> {
    let mut line = Vec::new();
    BufReader::new(File::open(path).ok()?).take(1 << 16).read_until(b'\n', &mut line).ok()?;
    if line.last() != Some(&b'\n') || line.contains(&b'"') {
        return None;
    }
    let text = std::str::from_utf8(&line).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = text.strip_suffix('\n')?;
    let text = text.strip_suffix('\r').unwrap_or(text);
    let place = |title: &str| relation.columns.iter().position(|column| *column.0 == *title.trim());
    let order: Vec<usize> = text.split(',').map(place).collect::<Option<_>>()?;
    let mut distinct = order.clone();
    distinct.sort_unstable();
    distinct.dedup();
    if distinct.len() != relation.columns.len() || order.len() != distinct.len() {
        return None;
    }
    Some((order.into_iter().map(|n| (relation.columns[n].1, n)).collect(), line.len() as u64))
}

/// The lines that begin within a range of the file.
fn piece<'a>(
    path: &Path,
    layout: &Layout,
    whole_line: bool,
    (from, to): (u64, u64),
    mut piece: Piece<'a>,
) -> Option<Piece<'a>> {
    let mut file = File::open(path).ok()?;
    // The line that the range's first byte belongs to may begin before it.
    let mut at = if whole_line { from } else { from - 1 };
    file.seek(SeekFrom::Start(at)).ok()?;
    let mut skipping = !whole_line;
    let mut block = vec![0; BLOCK];
    let mut held = 0;
    loop {
        if held == block.len() {
            block.resize(block.len() * 2, 0);
        }
        let got = read_some(&mut file, &mut block[held..]).ok()?;
        let ended = got == 0;
        held += got;
        if ended && held > 0 && block[held - 1] != b'\n' {
            if held == block.len() {
                block.push(0);
            }
            block[held] = b'\n';
            held += 1;
        }
        let mut begin = 0;
        if skipping {
            match memchr::memchr(b'\n', &block[..held]) {
                Some(end) => (begin, skipping) = (end + 1, false),
                None if ended => return Some(piece),
                None => {
                    at += held as u64;
                    held = 0;
                    continue;
                }
            }
        }
        // Lines that begin in the range, as far as they are there.
        let mut end = memchr::memrchr(b'\n', &block[..held]).map_or(begin, |n| (n + 1).max(begin));
        let mut done = ended;
        if at + end as u64 > to {
            let limit = usize::try_from(to.saturating_sub(at)).ok()?;
            if limit <= begin {
                return Some(piece);
            }
            // The last of them begins before the limit.
            end = memchr::memchr(b'\n', &block[limit - 1..held]).map_or(end, |n| limit + n);
            done = true;
        }
        if piece.spread.is_none() && piece.share.cells.is_empty() && end > begin {
            let lines = memchr::memchr_iter(b'\n', &block[begin..end]).count() as u64;
            let rows = (to - from) / ((end - begin) as u64 / lines.max(1)).max(1) + lines;
            piece.share.cells.reserve(usize::try_from(rows).ok()?.min(1 << 30) * layout.stride);
        }
        piece.lines(layout, &block[begin..end])?;
        if done {
            return Some(piece);
        }
        block.copy_within(end..held, 0);
        at += end as u64;
        held -= end;
    }
}

fn read_some(file: &mut File, to: &mut [u8]) -> io::Result<usize> {
    loop {
        match file.read(to) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            done => return done,
        }
    }
}

/// A CSV file with quotes, from the start.
fn quoted(path: &Path, layout: &Layout) -> Option<Piece<'static>> {
    let mut piece = Piece::default();
    super::facts_file::records(path, &mut |record| piece.record(layout, record.iter()))?;
    Some(piece)
}
