//! Floor 7: Rule authors' tests.
