//! The `katak` command.

fn main() {}
