//! Floor 7: The façade for embedding programs.
