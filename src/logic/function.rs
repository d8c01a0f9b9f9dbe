//! The built-in functions, tests and aggregates by name.

macro_rules! names {
    ($(#[$doc:meta])* $type:ident { $($(#[$vdoc:meta])* $variant:ident $name:literal $arity:expr,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type { $($(#[$vdoc])* $variant,)* }
        impl $type {
            /// All of them.
            pub const ALL: &'static [$type] = &[$($type::$variant,)*];
            /// The name in rule files.
            pub fn name(self) -> &'static str { match self { $($type::$variant => $name,)* } }
            /// The one of a name.
            pub fn from_name(name: &str) -> Option<$type> {
                match name { $($name => Some($type::$variant),)* _ => None }
            }
            /// Least and greatest number of arguments.
            pub fn arity(self) -> (usize, usize) { match self { $($type::$variant => $arity,)* } }
        }
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.name()) }
        }
    };
}

names! {
    /// A function of a term.
    Function {
        /// Sum of two numbers.
        Add "add" (2, 2),
        /// Difference.
        Sub "sub" (2, 2),
        /// Product.
        Mul "mul" (2, 2),
        /// Quotient, towards zero on ints.
        Div "div" (2, 2),
        /// Remainder, with the sign of the dividend.
        Rem "rem" (2, 2),
        /// Power.
        Pow "pow" (2, 2),
        /// Absolute value.
        Abs "abs" (1, 1),
        /// Negation.
        Neg "neg" (1, 1),
        /// The lesser of two.
        Least "least" (2, 2),
        /// The greater of two.
        Greatest "greatest" (2, 2),
        /// Bitwise and.
        Band "band" (2, 2),
        /// Bitwise or.
        Bor "bor" (2, 2),
        /// Bitwise exclusive or.
        Bxor "bxor" (2, 2),
        /// Shift left.
        Shl "shl" (2, 2),
        /// Arithmetic shift right.
        Shr "shr" (2, 2),
        /// Texts one after the other.
        Concat "concat" (2, 64),
        /// Number of characters.
        Length "length" (1, 1),
        /// Lower case.
        Lower "lower" (1, 1),
        /// Upper case.
        Upper "upper" (1, 1),
        /// `slice(text, start, length)` in characters from 0.
        Slice "slice" (3, 3),
        /// `replace(text, from, to)`, every occurrence.
        Replace "replace" (3, 3),
        /// Any value as text.
        ToText "to_text" (1, 1),
        /// Text as int: optional sign and digits.
        ToInt "to_int" (1, 1),
        /// Year of a date as int; without one the literal fails.
        Year "year" (1, 1),
        /// Month of a date as int; without one the literal fails.
        Month "month" (1, 1),
        /// Days from the first day of one date to that of another; unknown dates fail the literal.
        DaysBetween "days_between" (2, 2),
    }
}

names! {
    /// A condition that is no atom.
    Test {
        /// Equal; binds a variable from either side.
        Eq "eq" (2, 2),
        /// Not equal.
        Ne "ne" (2, 2),
        /// Less.
        Lt "lt" (2, 2),
        /// Less or equal.
        Le "le" (2, 2),
        /// Greater.
        Gt "gt" (2, 2),
        /// Greater or equal.
        Ge "ge" (2, 2),
        /// `contains(text, part)`.
        Contains "contains" (2, 2),
        /// `starts_with(text, part)`.
        StartsWith "starts_with" (2, 2),
        /// `ends_with(text, part)`.
        EndsWith "ends_with" (2, 2),
        /// `matches(text, pattern)`: the whole text, the `regex` crate's syntax.
        Matches "matches" (2, 2),
        /// `before(a, b)`: a's period ends before b's begins.
        Before "before" (2, 2),
        /// `after(a, b)`: b's period ends before a's begins.
        After "after" (2, 2),
        /// `within(a, b)`: a's period lies inside b's.
        Within "within" (2, 2),
        /// `range(x, low, high)`: binds the ints low ≤ x < high, or tests.
        Range "range" (3, 3),
    }
}

names! {
    /// An aggregate over solutions.
    AggregateOp {
        /// How many distinct.
        Count "count" (1, 2),
        /// Sum.
        Sum "sum" (1, 2),
        /// Least.
        Min "min" (1, 2),
        /// Greatest.
        Max "max" (1, 2),
    }
}
