//! Arguments and environment: two lists of strings, handed over in the same way.

use crate::{Errno, GuestMemory, WasiCtx, memory::offset};

/// Stores how many strings there are, and how many bytes they take with their final NULs.
fn sizes(strings: &[Vec<u8>], mem: &mut GuestMemory<'_>, count: u32, size: u32) -> Result<(), Errno> {
    let bytes: usize = strings.iter().map(|string| string.len() + 1).sum();
    mem.write(count, u32::try_from(strings.len()).map_err(|_| Errno::Overflow)?)?;
    mem.write(size, u32::try_from(bytes).map_err(|_| Errno::Overflow)?)
}

/// Stores the strings one after another at `buf`, each with a final NUL, and their addresses at `pointers`.
fn store(strings: &[Vec<u8>], mem: &mut GuestMemory<'_>, mut pointers: u32, mut buf: u32) -> Result<(), Errno> {
    for string in strings {
        let len = u32::try_from(string.len()).map_err(|_| Errno::Overflow)?;
        mem.write(pointers, buf)?;
        mem.bytes_mut(buf, len)?.copy_from_slice(string);
        buf = offset(buf, len)?;
        mem.write(buf, 0u8)?;
        buf = offset(buf, 1)?;
        pointers = offset(pointers, 4)?;
    }
    Ok(())
}

impl WasiCtx {
    /// Stores the arguments at `argv_buf` and their addresses at `argv`.
    pub fn args_get(&mut self, mem: &mut GuestMemory<'_>, argv: u32, argv_buf: u32) -> Result<(), Errno> {
        store(&self.args, mem, argv, argv_buf)
    }

    /// Stores the number of arguments and of their bytes.
    pub fn args_sizes_get(&mut self, mem: &mut GuestMemory<'_>, count: u32, size: u32) -> Result<(), Errno> {
        sizes(&self.args, mem, count, size)
    }

    /// Stores the environment, `NAME=value` each, at `environ_buf` and the addresses at `environ`.
    pub fn environ_get(&mut self, mem: &mut GuestMemory<'_>, environ: u32, environ_buf: u32) -> Result<(), Errno> {
        store(&self.env, mem, environ, environ_buf)
    }

    /// Stores the number of environment variables and of their bytes.
    pub fn environ_sizes_get(&mut self, mem: &mut GuestMemory<'_>, count: u32, size: u32) -> Result<(), Errno> {
        sizes(&self.env, mem, count, size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::WasiCtxBuilder;

    #[test]
    fn strings_are_stored_with_their_addresses() {
        let mut ctx = WasiCtxBuilder::new().args(&["prog", "é"]).env("A", "b=c").build();
        let mut bytes = [0xff; 64];
        let mem = &mut GuestMemory::new(&mut bytes);
        ctx.args_sizes_get(mem, 0, 4).unwrap();
        assert_eq!((mem.read::<u32>(0), mem.read::<u32>(4)), (Ok(2), Ok(8)));
        ctx.args_get(mem, 0, 16).unwrap();
        assert_eq!((mem.read::<u32>(0), mem.read::<u32>(4)), (Ok(16), Ok(21)));
        assert_eq!(mem.bytes(16, 8).unwrap(), "prog\0é\0".as_bytes());
        ctx.environ_sizes_get(mem, 0, 4).unwrap();
        assert_eq!((mem.read::<u32>(0), mem.read::<u32>(4)), (Ok(1), Ok(6)));
        ctx.environ_get(mem, 0, 16).unwrap();
        assert_eq!(mem.bytes(16, 6).unwrap(), b"A=b=c\0");
    }

    #[test]
    fn buffers_out_of_bounds_fault() {
        let mut ctx = WasiCtxBuilder::new().arg("prog").build();
        let mut bytes = [0; 16];
        let mem = &mut GuestMemory::new(&mut bytes);
        assert_eq!(ctx.args_get(mem, 0, 12), Err(Errno::Fault));
        assert_eq!(ctx.args_get(mem, u32::MAX, 0), Err(Errno::Fault));
        assert_eq!(ctx.args_sizes_get(mem, 0, 13), Err(Errno::Fault));
    }
}
