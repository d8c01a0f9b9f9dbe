//! Floor 3: Article to mentions to claims, by lexicons and patterns given as RON data.
