//! Floor 4: Stratum to plan: join order, column orders, filters.
