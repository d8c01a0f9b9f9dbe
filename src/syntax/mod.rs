//! Floor 3: RON text to rule files with a span for every term.
