//! Panics inside the storage crate become errors: on a damaged file it may
//! stumble where it trusts its own pages.

use super::StoreError;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// Whether a panic on this thread will be told as an error, so that a panic
/// hook need not print it.
pub fn panics_are_told() -> bool {
    DEPTH.get() > 0
}

/// Runs this, telling a panic as damage. What was touched is not used again:
/// the caller gives up the base on any error but a refusal.
pub(super) fn guarded<T>(run: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
    DEPTH.set(DEPTH.get() + 1);
    let result = catch_unwind(AssertUnwindSafe(run));
    DEPTH.set(DEPTH.get() - 1);
    // What the crate says of its own insides helps nobody.
    result.unwrap_or_else(|_| Err(StoreError::damaged("its pages can't be followed")))
}
