//! Tests of the base: one suite for the base on disk and its twin in memory,
//! then crashes, damage and concurrent use.

mod damage;
mod dump;
mod made;
mod suite;
