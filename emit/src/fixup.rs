//! How a place in code is patched with the distance to a target: the shape that every ISA's `reloc.rs` fills in.
//!
//! The code buffer uses forms for branches inside a function, the linker for relocations between functions. Neither
//! knows an instruction: a form carries its range and the function that patches it.

/// One way to encode a distance in an instruction (or a pair of them).
#[derive(Debug)]
pub struct FixupForm {
    /// Name in messages.
    pub name: &'static str,
    /// Bytes that patching touches.
    pub size: u32,
    /// Smallest distance from the place to the target.
    pub min: i64,
    /// Largest distance from the place to the target.
    pub max: i64,
    /// The distance must be a multiple of this.
    pub align: i64,
    /// Writes the distance, which is in range and aligned, into the `size` bytes of the place.
    pub patch: fn(&mut [u8], i64),
    /// What can stand in for a target that is out of range.
    pub veneer: Option<&'static Veneer>,
}

/// A piece of code that jumps anywhere within the range of another form.
#[derive(Debug)]
pub struct Veneer {
    /// The instructions before patching.
    pub code: &'static [u8],
    /// Where in them the form applies.
    pub at: u32,
    /// How they are patched.
    pub form: &'static FixupForm,
}

impl FixupForm {
    /// Whether a distance can be encoded.
    pub fn reaches(&self, distance: i64) -> bool {
        (self.min..=self.max).contains(&distance) && distance % self.align == 0
    }

    /// Patches the place at `at` in `code` with the distance to `to`. Returns `false` (and patches nothing) if it is out
    /// of range or not aligned.
    ///
    /// # Panics
    ///
    /// If the place does not lie in `code`.
    pub fn apply(&self, code: &mut [u8], at: u32, to: i64) -> bool {
        let distance = to - i64::from(at);
        if !self.reaches(distance) {
            return false;
        }
        let start = usize::try_from(at).expect("offsets fit the host's addresses");
        let size = usize::try_from(self.size).expect("a few bytes");
        (self.patch)(&mut code[start..start + size], distance);
        true
    }
}

impl Veneer {
    /// Its length in bytes.
    pub fn len(&self) -> u32 {
        u32::try_from(self.code.len()).expect("a few instructions")
    }

    /// Always `false`: a veneer has instructions.
    pub fn is_empty(&self) -> bool {
        self.code.is_empty()
    }
}

/// Reads a little-endian instruction word.
pub(crate) fn word_le(bytes: &[u8]) -> u32 {
    u32::from_le_bytes(bytes[..4].try_into().expect("four bytes"))
}

/// Replaces the bits of `mask` in a little-endian instruction word by those of `value`.
pub(crate) fn patch_word_le(bytes: &mut [u8], mask: u32, value: u32) {
    let word = (word_le(bytes) & !mask) | (value & mask);
    bytes[..4].copy_from_slice(&word.to_le_bytes());
}

/// The low 32 bits of a distance in two's complement.
pub(crate) const fn low32(distance: i64) -> u32 {
    let [a, b, c, d, ..] = distance.to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}
