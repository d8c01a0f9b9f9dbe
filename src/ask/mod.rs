//! Floor 6: Questions to answers.
