//! Random bytes: the host's, or a reproducible sequence.

use crate::{Errno, GuestMemory, WasiCtx};
use std::io;

/// Where a guest's random bytes come from.
pub trait Random: Send {
    /// Fills `bytes`.
    fn fill(&mut self, bytes: &mut [u8]) -> io::Result<()>;
}

/// The host's generator, fit for cryptography.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&mut self, bytes: &mut [u8]) -> io::Result<()> {
        getrandom::fill(bytes).map_err(io::Error::other)
    }
}

/// A sequence that its seed determines, for fuzzing and reproducible runs. Not fit for cryptography.
///
/// The generator is SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators").
#[derive(Clone, Debug)]
pub struct SeededRandom {
    state: u64,
}

impl SeededRandom {
    /// The sequence of `seed`.
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

impl Random for SeededRandom {
    fn fill(&mut self, bytes: &mut [u8]) -> io::Result<()> {
        for chunk in bytes.chunks_mut(8) {
            let next = self.next().to_le_bytes();
            chunk.copy_from_slice(&next[..chunk.len()]);
        }
        Ok(())
    }
}

impl WasiCtx {
    /// Fills `len` bytes at `buf` with random bytes.
    pub fn random_get(&mut self, mem: &mut GuestMemory<'_>, buf: u32, len: u32) -> Result<(), Errno> {
        Ok(self.random.fill(mem.bytes_mut(buf, len)?)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::WasiCtxBuilder;

    #[test]
    fn the_host_fills_what_was_asked_and_no_more() {
        let mut bytes = [0; 64];
        let mut ctx = WasiCtxBuilder::new().build();
        ctx.random_get(&mut GuestMemory::new(&mut bytes), 8, 32).unwrap();
        assert_eq!((&bytes[..8], &bytes[40..]), (&[0; 8][..], &[0; 24][..]));
        assert_ne!(bytes[8..40], [0; 32]);
        assert_eq!(ctx.random_get(&mut GuestMemory::new(&mut bytes), 60, 5), Err(Errno::Fault));
    }

    #[test]
    fn a_seed_determines_the_bytes() {
        let run = |seed| {
            let mut bytes = [0; 13];
            let mut ctx = WasiCtxBuilder::new().secure_random(SeededRandom::new(seed)).build();
            ctx.random_get(&mut GuestMemory::new(&mut bytes), 0, 13).unwrap();
            bytes
        };
        assert_eq!(run(1), run(1));
        assert_ne!(run(1), run(2));
    }
}
