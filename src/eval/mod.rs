//! Floor 5: Runs plans.
