//! Numbers that look random and are the same on every run.

/// A linear congruential generator.
pub struct Random(u64);

impl Random {
    /// One that starts from this seed.
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(n.max(1))) as u32
    }

    /// A number below `n`, small ones far more often.
    pub fn skewed(&mut self, n: u32) -> u32 {
        let bound = self.below(n) + 1;
        self.below(bound)
    }

    /// Pairs of numbers below `a` and `b`, sorted, each once.
    pub fn pairs(&mut self, count: usize, a: u32, b: u32) -> Vec<[u32; 2]> {
        let mut pairs: Vec<_> = (0..count).map(|_| [self.below(a), self.below(b)]).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }
}
