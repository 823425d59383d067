//! Choices of cranelift-codegen at random, all of them legal: the order of blocks and values, registers' contents that nobody
//! reads, branches that are not simplified ("chaos mode").

use arbitrary::{Arbitrary, Unstructured};
use cranelift_codegen::control::ControlPlane;
use gantry_abi::CompileError;

/// How many bytes of choices a function has. Once they are used up, choices are the usual ones.
const BYTES: u32 = 2048;

/// Choices that depend on a seed and a function alone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chaos(u64);

impl Chaos {
    pub(crate) fn new(seed: u64) -> Result<Self, CompileError> {
        Ok(Self(seed))
    }

    /// The choices of a function.
    pub(crate) fn control(self, func: u32) -> ControlPlane {
        let mut state = self.0 ^ u64::from(func) << 32;
        // As a list is made of bytes: each element behind one that says that there is another.
        let bytes: Vec<u8> = (0..BYTES).flat_map(|_| [1, random(&mut state)]).collect();
        ControlPlane::arbitrary(&mut Unstructured::new(&bytes)).unwrap_or_default()
    }
}

/// `SplitMix64`'s upper byte.
fn random(state: &mut u64) -> u8 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (z >> 56).to_le_bytes()[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_have_choices_of_their_own() {
        let choices = |seed, func| {
            let mut control = Chaos::new(seed).unwrap().control(func);
            (0..256).map(|_| control.get_decision()).collect::<Vec<_>>()
        };
        assert_eq!(choices(1, 2), choices(1, 2));
        assert_ne!(choices(1, 2), choices(1, 3));
        assert_ne!(choices(1, 2), choices(2, 2));
        let yes = choices(1, 2).into_iter().filter(|&yes| yes).count();
        assert!((64..192).contains(&yes), "{yes} of 256 choices");
    }
}
