//! The guest's memory, seen through checked accesses.
//!
//! Everything a guest passes by address goes through here: an access that is not inside the memory is [`Errno::Fault`], whatever
//! the address and the length. Scalars are little-endian and need no alignment.

use crate::Errno;

/// A view of a guest's linear memory for the duration of one call.
#[derive(Debug)]
pub struct GuestMemory<'a> {
    bytes: &'a mut [u8],
}

/// An integer that lies in guest memory.
pub trait Scalar: Copy {
    /// Size in bytes.
    const SIZE: u32;
    /// Decodes `Self::SIZE` bytes.
    fn decode(bytes: &[u8]) -> Self;
    /// Encodes into `Self::SIZE` bytes.
    fn encode(self, bytes: &mut [u8]);
}

macro_rules! scalars {
    ($($ty:ty = $size:literal),*) => { $(
        impl Scalar for $ty {
            const SIZE: u32 = $size;
            fn decode(bytes: &[u8]) -> Self {
                let mut raw = [0; $size];
                raw.copy_from_slice(bytes);
                Self::from_le_bytes(raw)
            }
            fn encode(self, bytes: &mut [u8]) {
                bytes.copy_from_slice(&self.to_le_bytes());
            }
        }
    )* };
}
scalars!(u8 = 1, u16 = 2, u32 = 4, u64 = 8);

/// One buffer of a scatter or gather operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct IoVec {
    pub(crate) ptr: u32,
    pub(crate) len: u32,
}

/// Buffers in one call, as on Linux (`IOV_MAX`). Bounds what a call allocates.
const MAX_IOVECS: u32 = 1024;

/// Bytes in a path, as on Linux (`PATH_MAX`).
const MAX_PATH_BYTES: u32 = 4096;

impl<'a> GuestMemory<'a> {
    /// Wraps the bytes of a memory.
    pub fn new(bytes: &'a mut [u8]) -> Self {
        Self { bytes }
    }

    /// The `len` bytes at `ptr`.
    pub fn bytes(&self, ptr: u32, len: u32) -> Result<&[u8], Errno> {
        self.bytes.get(range(ptr, len)?).ok_or(Errno::Fault)
    }

    /// The `len` bytes at `ptr`, to be written.
    pub fn bytes_mut(&mut self, ptr: u32, len: u32) -> Result<&mut [u8], Errno> {
        self.bytes.get_mut(range(ptr, len)?).ok_or(Errno::Fault)
    }

    /// Checks that `len` bytes at `ptr` are inside. Called before an effect whose result could not be delivered otherwise.
    pub fn check(&self, ptr: u32, len: u32) -> Result<(), Errno> {
        self.bytes(ptr, len).map(|_| ())
    }

    /// Reads the scalar at `ptr`.
    pub fn read<T: Scalar>(&self, ptr: u32) -> Result<T, Errno> {
        self.bytes(ptr, T::SIZE).map(T::decode)
    }

    /// Writes the scalar at `ptr`.
    pub fn write<T: Scalar>(&mut self, ptr: u32, value: T) -> Result<(), Errno> {
        self.bytes_mut(ptr, T::SIZE).map(|bytes| value.encode(bytes))
    }

    /// The text at `ptr`. What is not UTF-8 is [`Errno::Ilseq`].
    pub fn text(&self, ptr: u32, len: u32) -> Result<&str, Errno> {
        std::str::from_utf8(self.bytes(ptr, len)?).map_err(|_| Errno::Ilseq)
    }

    /// The path at `ptr`: text without NUL, of a length that a host could accept.
    pub(crate) fn path(&self, ptr: u32, len: u32) -> Result<&str, Errno> {
        self.check(ptr, len)?;
        if len > MAX_PATH_BYTES {
            return Err(Errno::Nametoolong);
        }
        let path = self.text(ptr, len)?;
        if path.contains('\0') { Err(Errno::Inval) } else { Ok(path) }
    }

    /// The `count` buffers described at `ptr`, all inside the memory. Empty ones are left out.
    ///
    /// More than [`MAX_IOVECS`] buffers, or buffers that sum up to more than 4 GiB (they may overlap), are [`Errno::Inval`].
    pub(crate) fn iovecs(&self, ptr: u32, count: u32) -> Result<Vec<IoVec>, Errno> {
        let raw = self.bytes(ptr, count.checked_mul(8).ok_or(Errno::Fault)?)?;
        if count > MAX_IOVECS {
            return Err(Errno::Inval);
        }
        let mut total = 0u32;
        let mut iovecs = Vec::with_capacity(raw.len() / 8);
        for raw in raw.chunks_exact(8) {
            let iovec = IoVec { ptr: u32::decode(&raw[..4]), len: u32::decode(&raw[4..]) };
            self.check(iovec.ptr, iovec.len)?;
            total = total.checked_add(iovec.len).ok_or(Errno::Inval)?;
            if iovec.len != 0 {
                iovecs.push(iovec);
            }
        }
        Ok(iovecs)
    }
}

fn range(ptr: u32, len: u32) -> Result<std::ops::Range<usize>, Errno> {
    let start = usize::try_from(ptr).map_err(|_| Errno::Fault)?;
    let len = usize::try_from(len).map_err(|_| Errno::Fault)?;
    Ok(start..start.checked_add(len).ok_or(Errno::Fault)?)
}

/// `base + by`, an address. Wrapping around is [`Errno::Fault`].
pub(crate) fn offset(base: u32, by: u32) -> Result<u32, Errno> {
    base.checked_add(by).ok_or(Errno::Fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accesses_out_of_bounds_fault() {
        let mut bytes = [0; 16];
        let mut mem = GuestMemory::new(&mut bytes);
        assert_eq!(mem.write(12, 7u32), Ok(()));
        assert_eq!(mem.read::<u32>(12), Ok(7));
        assert_eq!(mem.write(13, 7u32), Err(Errno::Fault));
        assert_eq!(mem.read::<u64>(u32::MAX), Err(Errno::Fault));
        assert_eq!(mem.bytes(u32::MAX, u32::MAX), Err(Errno::Fault));
        assert_eq!(mem.bytes(16, 0), Ok(&[][..]));
        assert_eq!(mem.bytes(17, 0), Err(Errno::Fault));
    }

    #[test]
    fn iovecs_are_checked_as_a_whole() {
        let mut bytes = [0; 64];
        let mut mem = GuestMemory::new(&mut bytes);
        mem.write(0, 32u32).unwrap();
        mem.write(4, 8u32).unwrap();
        mem.write(8, 40u32).unwrap();
        assert_eq!(mem.iovecs(0, 2), Ok(vec![IoVec { ptr: 32, len: 8 }]));
        mem.write(12, 25u32).unwrap();
        assert_eq!(mem.iovecs(0, 2), Err(Errno::Fault));
        assert_eq!(mem.iovecs(0, 0x2000_0000), Err(Errno::Fault));
        assert_eq!(mem.iovecs(0, u32::MAX), Err(Errno::Fault));
        assert_eq!(mem.iovecs(60, 1), Err(Errno::Fault));
        let mut bytes = vec![0; 8 * 1025];
        assert_eq!(GuestMemory::new(&mut bytes).iovecs(0, 1025), Err(Errno::Inval));
        assert_eq!(GuestMemory::new(&mut bytes).iovecs(0, 1024), Ok(vec![]));
    }

    #[test]
    fn paths_are_text_without_nul() {
        let mut bytes = *b"a\0b\xff";
        let mem = GuestMemory::new(&mut bytes);
        assert_eq!(mem.path(0, 1), Ok("a"));
        assert_eq!(mem.path(0, 2), Err(Errno::Inval));
        assert_eq!(mem.path(2, 2), Err(Errno::Ilseq));
        let mut bytes = vec![b'a'; 5000];
        assert_eq!(GuestMemory::new(&mut bytes).path(0, 5000), Err(Errno::Nametoolong));
    }
}
