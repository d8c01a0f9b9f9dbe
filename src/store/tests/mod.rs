//! Tests of the base: one suite for the base on disk and its twin in memory,
//! then crashes, damage and concurrent use.

mod crashes;
mod damage;
mod dump;
mod made;
mod shaky;
mod suite;
