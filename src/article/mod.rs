//! Floor 2: Reading articles: plain text and JSON lines, zones, sentences.
