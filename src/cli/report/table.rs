//! Tables that fit the terminal.

use crate::base::escape_hostile;
use comfy_table::{ContentArrangement, Table, presets};

/// Draws rows under a header; hostile characters are escaped.
pub fn table(header: &[String], rows: &[Vec<String>]) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(header.iter().map(|cell| escape_hostile(cell).into_owned()));
    for row in rows {
        table.add_row(row.iter().map(|cell| escape_hostile(cell).into_owned()));
    }
    table.trim_fmt()
}
