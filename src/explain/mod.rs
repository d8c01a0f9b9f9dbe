//! Floor 6: Proofs and their checker.
