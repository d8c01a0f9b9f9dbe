//! Floor 8: The command line.
