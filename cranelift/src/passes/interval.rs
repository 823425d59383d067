//! Sets of integers of a fixed width: intervals that may wrap around.

/// The integers `low, low + 1, ..., low + width`, modulo `2^bits`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Interval {
    bits: u32,
    low: u64,
    width: u64,
}

impl Interval {
    /// All integers of `bits` bits, 1 to 64.
    pub(super) fn full(bits: u32) -> Self {
        Self { bits, low: 0, width: mask(bits) }
    }

    /// One integer.
    pub(super) fn exact(bits: u32, value: u64) -> Self {
        Self { bits, low: value & mask(bits), width: 0 }
    }

    /// The integers from `low` to `high`, which are of `bits` bits.
    pub(super) fn between(bits: u32, low: u64, high: u64) -> Self {
        debug_assert!(low <= high && high <= mask(bits), "an interval that does not wrap");
        Self { bits, low, width: high - low }
    }

    fn starting(bits: u32, low: u64, width: u128) -> Self {
        match u64::try_from(width) {
            Ok(width) if width < mask(bits) => Self { bits, low: low & mask(bits), width },
            _ => Self::full(bits),
        }
    }

    pub(super) fn bits(self) -> u32 {
        self.bits
    }

    /// All integers with no more significant bits than the greatest element.
    pub(super) fn low_bits(self) -> Self {
        let ones = u64::MAX.checked_shr(self.max().leading_zeros()).unwrap_or(0);
        Self::between(self.bits, 0, ones)
    }

    /// Whether all elements of the other are elements of this, as far as their bounds tell.
    pub(super) fn has(self, other: Self) -> bool {
        let ((a, b), (c, d)) = (self.bounds(), other.bounds());
        a <= c && d <= b
    }

    pub(super) fn is_full(self) -> bool {
        self.width == mask(self.bits)
    }

    /// The only element, if there is just one.
    pub(super) fn single(self) -> Option<u64> {
        (self.width == 0).then_some(self.low)
    }

    /// The least and the greatest element, without sign.
    pub(super) fn bounds(self) -> (u64, u64) {
        match self.low.checked_add(self.width) {
            Some(high) if high <= mask(self.bits) => (self.low, high),
            _ => (0, mask(self.bits)),
        }
    }

    /// The greatest element, without sign.
    pub(super) fn max(self) -> u64 {
        self.bounds().1
    }

    /// Sums of elements.
    pub(super) fn add(self, other: Self) -> Self {
        Self::starting(self.bits, self.low.wrapping_add(other.low), u128::from(self.width) + u128::from(other.width))
    }

    /// Differences of elements.
    pub(super) fn sub(self, other: Self) -> Self {
        let low = self.low.wrapping_sub(other.low).wrapping_sub(other.width);
        Self::starting(self.bits, low, u128::from(self.width) + u128::from(other.width))
    }

    /// Products of elements.
    pub(super) fn mul(self, other: Self) -> Self {
        let ((a, b), (c, d)) = (self.bounds(), other.bounds());
        match (a.checked_mul(c), b.checked_mul(d)) {
            (Some(low), Some(high)) if high <= mask(self.bits) => Self::between(self.bits, low, high),
            _ => Self::full(self.bits),
        }
    }

    /// The elements, and `steps` times `step` more or less.
    pub(super) fn stretched(self, step: i64, steps: u64) -> Self {
        let far = u128::from(step.unsigned_abs()) * u128::from(steps);
        let low = if step < 0 { self.low.wrapping_sub(low_bits(far)) } else { self.low };
        Self::starting(self.bits, low, u128::from(self.width) + far)
    }

    /// The elements of both, and maybe more.
    pub(super) fn union(self, other: Self) -> Self {
        let hull = |a: Self, b: Self| {
            let gap = b.low.wrapping_sub(a.low) & mask(a.bits);
            Self::starting(a.bits, a.low, u128::from(a.width).max(u128::from(gap) + u128::from(b.width)))
        };
        hull(self, other).narrower(hull(other, self))
    }

    /// The smaller of two sets, each of which has all values in question.
    pub(super) fn narrower(self, other: Self) -> Self {
        if other.width < self.width { other } else { self }
    }

    /// The elements that are at most `high` and at least `low`, and maybe more.
    pub(super) fn clamped(self, low: u64, high: u64) -> Self {
        let (a, b) = self.bounds();
        let (a, b) = (a.max(low), b.min(high));
        // A condition that cannot hold: nobody gets here, so that anything is true.
        if a <= b { self.narrower(Self::between(self.bits, a, b)) } else { Self::exact(self.bits, 0) }
    }

    /// The same numbers with more bits.
    pub(super) fn extended(self, bits: u32) -> Self {
        let (low, high) = self.bounds();
        Self::between(bits, low, high)
    }

    /// The lowest bits of the numbers.
    pub(super) fn reduced(self, bits: u32) -> Self {
        // Reduction commutes with stepping through an interval.
        Self::starting(bits, self.low, self.width.into())
    }
}

/// The greatest integer of `bits` bits.
pub(super) fn mask(bits: u32) -> u64 {
    u64::MAX >> (64 - bits)
}

/// The lowest 64 bits.
fn low_bits(value: u128) -> u64 {
    u64::try_from(value & u128::from(u64::MAX)).expect("64 bits")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn elements(interval: Interval) -> std::collections::BTreeSet<u64> {
        (0..=interval.width).map(|i| (interval.low + i) & mask(interval.bits)).collect()
    }

    fn all() -> impl Iterator<Item = Interval> {
        (0..8).flat_map(|low| {
            (0..8).map(move |width| if width == 7 { Interval::full(3) } else { Interval { bits: 3, low, width } })
        })
    }

    /// Whatever two elements give lies in the interval that the operation gives.
    fn check(name: &str, op: fn(Interval, Interval) -> Interval, of: fn(u64, u64) -> u64) {
        for a in all() {
            for b in all() {
                let result = elements(op(a, b));
                for x in elements(a) {
                    for y in elements(b) {
                        let value = of(x, y) & 7;
                        assert!(result.contains(&value), "{name} of {a:?} and {b:?} misses {value}");
                    }
                }
            }
        }
    }

    #[test]
    fn operations_miss_nothing() {
        check("add", Interval::add, u64::wrapping_add);
        check("sub", Interval::sub, u64::wrapping_sub);
        check("mul", Interval::mul, u64::wrapping_mul);
        check("union", Interval::union, |x, _| x);
        check("union", Interval::union, |_, y| y);
    }

    #[test]
    fn conversions_and_steps_miss_nothing() {
        for a in all() {
            for x in elements(a) {
                assert!(elements(a.extended(5)).contains(&x), "{a:?}");
                assert!(elements(a.reduced(2)).contains(&(x & 3)), "{a:?}");
                assert!((a.bounds().0..=a.bounds().1).contains(&x), "{a:?}");
                assert!(elements(a.low_bits()).contains(&x) && a.low_bits().has(a), "{a:?}");
                if (2..=5).contains(&x) {
                    assert!(elements(a.clamped(2, 5)).contains(&x), "{a:?}");
                }
                for step in [-3_i64, -1, 1, 2] {
                    for k in 0..=4 {
                        let there = x.wrapping_add_signed(step * k) & 7;
                        assert!(elements(a.stretched(step, 4)).contains(&there), "{a:?} {step}");
                    }
                }
            }
        }
    }

    #[test]
    fn intervals_wrap() {
        let below_zero = Interval::between(32, 0xffff_c000, 0xffff_fffc);
        assert_eq!(below_zero.add(Interval::exact(32, 17408)).bounds(), (1024, 17404));
        assert!(below_zero.add(Interval::full(32)).is_full());
    }
}
