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
    result.unwrap_or_else(|panic| {
        let message = panic.downcast_ref::<String>().map(String::as_str);
        let message = message.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("it can't be read");
        Err(StoreError::Damaged(message.lines().next().unwrap_or("").to_owned()))
    })
}
