//! Trees in box-drawing characters.

use crate::base::escape_hostile;

/// A node: its lines, and what hangs below.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// The first line is the node's own; the others stand under it.
    pub lines: Vec<String>,
    /// The branches.
    pub children: Vec<Tree>,
}

impl Tree {
    /// A node of one line.
    pub fn new(line: impl Into<String>) -> Tree {
        Tree { lines: vec![line.into()], children: Vec::new() }
    }

    /// Draws the tree, one line each, hostile characters escaped, ending with a line end.
    pub fn draw(&self) -> String {
        let mut out = String::new();
        self.draw_under("", "", &mut out);
        out
    }

    fn draw_under(&self, first: &str, rest: &str, out: &mut String) {
        for (n, line) in self.lines.iter().enumerate() {
            let bar = if n > 0 && !self.children.is_empty() { "│ " } else { "" };
            let lead = if n == 0 { first } else { rest };
            out.push_str(lead);
            out.push_str(bar);
            if n > 0 && bar.is_empty() {
                out.push_str("  ");
            }
            out.push_str(&escape_hostile(line));
            out.push('\n');
        }
        for (n, child) in self.children.iter().enumerate() {
            let last = n + 1 == self.children.len();
            let (tee, bar) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            child.draw_under(&format!("{rest}{tee}"), &format!("{rest}{bar}"), out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn branches_hang_below_their_node() {
        let mut root = Tree::new("root");
        root.lines.push("said of the root".into());
        let mut child = Tree::new("child");
        child.children.push(Tree::new("leaf\u{202e}"));
        root.children = vec![child, Tree { lines: vec!["last".into(), "more".into()], children: vec![] }];
        insta::assert_snapshot!(root.draw());
    }
}
