//! Statistics: medians, bootstrap intervals, false-discovery control.

/// The median; of none, 0.
pub fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

/// A quantile, linear between neighbours (Hyndman and Fan, "Sample Quantiles in Statistical Packages", type 7); of none, 0.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the position is within the slice")]
pub fn quantile(values: &[f64], q: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let position = q.clamp(0.0, 1.0) * last as f64;
    let low = position.floor() as usize;
    let high = position.ceil() as usize;
    sorted[low] + (sorted[high] - sorted[low]) * (position - low as f64)
}

/// The geometric mean of positive values; of none, 1.
pub fn geometric_mean(values: impl IntoIterator<Item = f64>) -> f64 {
    let (sum, count) = values.into_iter().fold((0.0, 0_u32), |(sum, count), v| (sum + v.ln(), count + 1));
    if count == 0 { 1.0 } else { (sum / f64::from(count)).exp() }
}

/// A reproducible generator: xorshift64* (Vigna, "An experimental exploration of Marsaglia's xorshift generators, scrambled").
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// A generator for a seed.
    pub fn new(seed: u64) -> Self {
        // Zero is the one state it cannot leave.
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// The next number.
    pub fn next_u64(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `limit`, which is not 0.
    pub fn below(&mut self, limit: usize) -> usize {
        let product = u128::from(self.next_u64()) * limit as u128;
        usize::try_from(product >> 64).expect("below a usize")
    }

    /// A number from 0 up to, not including, 1.
    pub fn unit(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Resamples of a bootstrap.
const RESAMPLES: usize = 2000;

/// The medians of resamples with replacement, sorted. The same values give the same medians.
fn bootstrap_medians(values: &[f64]) -> Vec<f64> {
    let mut random = Random::new(0x6761_6e74_7279);
    let mut resample = vec![0.0; values.len()];
    let mut medians: Vec<_> = (0..RESAMPLES)
        .map(|_| {
            resample.fill_with(|| values[random.below(values.len())]);
            median(&resample)
        })
        .collect();
    medians.sort_unstable_by(f64::total_cmp);
    medians
}

/// The 95 % interval of the median, by percentile bootstrap.
pub fn interval(values: &[f64]) -> (f64, f64) {
    if values.is_empty() {
        return (0.0, 0.0);
    }
    let medians = bootstrap_medians(values);
    (quantile(&medians, 0.025), quantile(&medians, 0.975))
}

/// A paired comparison.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paired {
    /// Median of the differences.
    pub median: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end of its 95 % interval.
    pub high: f64,
    /// Two-sided probability of a median so far from 0 if nothing differs.
    pub p: f64,
}

/// Compares by differences of pairs: interval by bootstrap, probability by the exact signed-rank test (Wilcoxon, "Individual
/// Comparisons by Ranking Methods"), which single outliers do not move and which assumes no distribution.
pub fn paired(differences: &[f64]) -> Paired {
    let (low, high) = interval(differences);
    Paired { median: median(differences), low, high, p: signed_rank_p(differences) }
}

/// Compares two groups whose values belong to nobody of the other: interval of the difference of medians by bootstrap of both,
/// probability by dealing the values out again at random (a permutation test).
pub fn unpaired(a: &[f64], b: &[f64]) -> Paired {
    if a.is_empty() || b.is_empty() {
        return Paired { median: 0.0, low: 0.0, high: 0.0, p: 1.0 };
    }
    let center = median(b) - median(a);
    let mut random = Random::new(0x756e_7061);
    let resampled = |values: &[f64], random: &mut Random| {
        median(&values.iter().map(|_| values[random.below(values.len())]).collect::<Vec<_>>())
    };
    let differences: Vec<f64> = (0..RESAMPLES).map(|_| resampled(b, &mut random) - resampled(a, &mut random)).collect();
    let mut all: Vec<f64> = a.iter().chain(b).copied().collect();
    let mut extreme = 1_u32;
    for _ in 0..RESAMPLES {
        for i in (1..all.len()).rev() {
            all.swap(i, random.below(i + 1));
        }
        let (left, right) = all.split_at(a.len());
        extreme += u32::from((median(right) - median(left)).abs() >= center.abs());
    }
    Paired {
        median: center,
        low: quantile(&differences, 0.025),
        high: quantile(&differences, 0.975),
        p: f64::from(extreme) / (RESAMPLES as f64 + 1.0),
    }
}

/// The probability that ranks of differences, with signs dealt out at random, are so far out of balance.
#[allow(clippy::cast_precision_loss, reason = "ranks of a few processes")]
fn signed_rank_p(differences: &[f64]) -> f64 {
    let mut order: Vec<f64> = differences.iter().copied().filter(|d| *d != 0.0).collect();
    order.sort_unstable_by(|a, b| a.abs().total_cmp(&b.abs()));
    let positive: usize = order.iter().enumerate().filter(|(_, d)| **d > 0.0).map(|(rank, _)| rank + 1).sum();
    let largest = order.len() * (order.len() + 1) / 2;
    // The share of sign patterns with each sum of positive ranks, one rank after the other.
    let mut share = vec![0.0; largest + 1];
    share[0] = 1.0;
    for rank in 1..=order.len() {
        for sum in (0..=largest).rev() {
            let with = if sum >= rank { share[sum - rank] } else { 0.0 };
            share[sum] = f64::midpoint(share[sum], with);
        }
    }
    let far = positive.max(largest - positive);
    (2.0 * share[far..].iter().sum::<f64>()).min(1.0)
}

/// Which hypotheses to reject so that at most the share `rate` of the rejected is expected to be true (Benjamini and Hochberg,
/// "Controlling the False Discovery Rate").
pub fn discoveries(p: &[f64], rate: f64) -> Vec<bool> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_unstable_by(|a, b| p[*a].total_cmp(&p[*b]));
    let count = p.len() as f64;
    let last = order.iter().enumerate().rev().find(|(rank, i)| p[**i] <= rate * (*rank as f64 + 1.0) / count);
    let mut rejected = vec![false; p.len()];
    if let Some((last, _)) = last {
        order[..=last].iter().for_each(|i| rejected[*i] = true);
    }
    rejected
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_interpolate() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), 2.5);
        assert_eq!(quantile(&[0.0, 10.0], 0.25), 2.5);
        assert_eq!(median(&[]), 0.0);
    }

    #[test]
    fn the_interval_covers_the_median_and_narrows_with_values() {
        let mut random = Random::new(7);
        let few: Vec<f64> = (0..10).map(|_| random.unit()).collect();
        let many: Vec<f64> = (0..1000).map(|_| random.unit()).collect();
        let width = |(low, high): (f64, f64)| high - low;
        assert!(interval(&few).0 <= median(&few) && median(&few) <= interval(&few).1);
        assert!(width(interval(&many)) < width(interval(&few)));
    }

    #[test]
    fn false_discoveries_are_controlled_as_in_the_paper() {
        // The example of section 3.2 of the paper: four of fifteen are rejected at 5 %.
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
            0.7590, 1.0,
        ];
        assert_eq!(discoveries(&p, 0.05).iter().filter(|r| **r).count(), 4);
        assert_eq!(discoveries(&[], 0.05), Vec::<bool>::new());
    }

    #[test]
    fn signed_ranks_give_the_probabilities_of_the_tables() {
        let all_positive: Vec<f64> = (1..=5).map(f64::from).collect();
        assert_eq!(signed_rank_p(&all_positive), 2.0 / 32.0);
        // Sum of negative ranks 3 of 6 differences: 5 of 64 patterns have at most 3, to either side.
        assert_eq!(signed_rank_p(&[-1.0, -2.0, 3.0, 4.0, 5.0, 6.0]), 10.0 / 64.0);
        assert_eq!(signed_rank_p(&[1.0, -2.0, 0.0]), 1.0);
        assert_eq!(signed_rank_p(&[]), 1.0);
    }

    #[test]
    fn equal_sides_seldom_differ_and_a_shift_is_found() {
        let mut random = Random::new(11);
        let mut noise = || (0..8).map(|_| random.unit() - 0.5).sum::<f64>() * 0.02;
        let mut alarms = 0;
        for _ in 0..60 {
            let same: Vec<f64> = (0..20).map(|_| noise() - noise()).collect();
            alarms += u32::from(paired(&same).p < 0.01);
        }
        assert!(alarms <= 3, "{alarms} of 60 at 1 %");
        let shifted: Vec<f64> = (0..20).map(|_| 0.05 + noise() - noise()).collect();
        let found = paired(&shifted);
        assert!(found.p < 0.01 && found.low > 0.0, "{found:?}");
    }
}
