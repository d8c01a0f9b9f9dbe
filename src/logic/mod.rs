//! Floor 2: The rule language as pure data.
