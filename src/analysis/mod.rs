//! Floor 3: What can be said of a program without running it.
