//! A counter of two atomic halves, for processors without atomic numbers of 64 bits. Whoever reads in the moment between the carry out of the
//! lower half and that into the upper one sees a value that is too small by 2^32: once in as many steps, and for a deadline
//! that means that it is noticed at the next look.

use core::sync::atomic::{AtomicU32, Ordering};

/// Which half is the lower one in memory.
const LOW: usize = if cfg!(target_endian = "little") { 0 } else { 1 };

/// A counter.
#[derive(Debug)]
#[repr(C, align(8))]
pub(crate) struct Counter([AtomicU32; 2]);

impl Counter {
    #[expect(clippy::cast_possible_truncation, reason = "taken apart")]
    pub(crate) const fn new(value: u64) -> Self {
        let (low, high) = (value as u32, (value >> 32) as u32);
        Self(if LOW == 0 {
            [AtomicU32::new(low), AtomicU32::new(high)]
        } else {
            [AtomicU32::new(high), AtomicU32::new(low)]
        })
    }

    fn join(low: u32, high: u32) -> u64 {
        u64::from(high) << 32 | u64::from(low)
    }

    pub(crate) fn get(&self) -> u64 {
        loop {
            let high = self.0[1 - LOW].load(Ordering::SeqCst);
            let low = self.0[LOW].load(Ordering::SeqCst);
            if self.0[1 - LOW].load(Ordering::SeqCst) == high {
                return Self::join(low, high);
            }
        }
    }

    /// Advances by one and gives the value before.
    pub(crate) fn advance(&self) -> u64 {
        let low = self.0[LOW].fetch_add(1, Ordering::SeqCst);
        let high = match low {
            u32::MAX => self.0[1 - LOW].fetch_add(1, Ordering::SeqCst),
            _ => self.0[1 - LOW].load(Ordering::SeqCst),
        };
        Self::join(low, high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carries_and_is_one_number_in_memory() {
        let counter = Counter::new(u64::from(u32::MAX) - 1);
        let before: [u64; 3] = core::array::from_fn(|_| counter.advance());
        assert_eq!(before, [0xffff_fffe, 0xffff_ffff, 0x1_0000_0000]);
        assert_eq!(counter.get(), 0x1_0000_0001);
        // SAFETY: the counter has the size and alignment of the number, and nobody changes it.
        assert_eq!(unsafe { (&raw const counter).cast::<u64>().read() }, 0x1_0000_0001);
    }
}
