//! Tests of the functions as a guest sees them: arguments in memory, results in memory.

mod any_input;
mod dirs;
mod files;
mod poll;
mod streams;

use crate::{DirPerms, Errno, FilePerms, GuestMemory, OutputPipe, Rights, WasiCtx, WasiCtxBuilder};
use tempfile::TempDir;

/// Where the tests put things in guest memory.
const RESULT: u32 = 0;
const IOVS: u32 = 64;
const PATH: u32 = 256;
const PATH2: u32 = 4608;
const BUF: u32 = 16384;
const MEMORY_BYTES: usize = 65536;

const READ: Rights = Rights::FD_READ;
const WRITE: Rights = Rights::FD_WRITE;
const CREATE: u32 = 1;
const DIRECTORY: u32 = 2;
const EXCLUSIVE: u32 = 4;
const TRUNCATE: u32 = 8;
const FOLLOW: u32 = 1;
/// Descriptor of the directory that a [`Guest`] is given.
const ROOT: u32 = 3;

/// A program's view: its context, its memory, and a directory of the host.
struct Guest {
    ctx: WasiCtx,
    bytes: Vec<u8>,
    dir: TempDir,
    out: OutputPipe,
}

impl Guest {
    fn new() -> Self {
        Self::with(DirPerms::all(), FilePerms::all(), |_| {})
    }

    fn with(dirs: DirPerms, files: FilePerms, more: impl FnOnce(&mut WasiCtxBuilder)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let out = OutputPipe::new();
        let mut builder = WasiCtxBuilder::new();
        builder.stdout(Box::new(out.clone())).preopened_dir(dir.path(), "/", dirs, files).unwrap();
        more(&mut builder);
        Self { ctx: builder.build(), bytes: vec![0; MEMORY_BYTES], dir, out }
    }

    /// Calls `function` with the context and the memory.
    fn call<T>(&mut self, function: impl FnOnce(&mut WasiCtx, &mut GuestMemory<'_>) -> T) -> T {
        function(&mut self.ctx, &mut GuestMemory::new(&mut self.bytes))
    }

    fn put(&mut self, at: u32, bytes: &[u8]) -> u32 {
        let len = u32::try_from(bytes.len()).unwrap();
        self.call(|_, mem| mem.bytes_mut(at, len).unwrap().copy_from_slice(bytes));
        len
    }

    fn u32(&mut self) -> u32 {
        self.call(|_, mem| mem.read(RESULT).unwrap())
    }

    fn u64(&mut self, at: u32) -> u64 {
        self.call(|_, mem| mem.read(at).unwrap())
    }

    fn iovec(&mut self, ptr: u32, len: u32) {
        self.call(|_, mem| {
            mem.write(IOVS, ptr).unwrap();
            mem.write(IOVS + 4, len).unwrap();
        });
    }

    fn open_with(
        &mut self,
        dir: u32,
        path: &str,
        lookup: u32,
        open: u32,
        rights: Rights,
        flags: u32,
    ) -> Result<u32, Errno> {
        let len = self.put(PATH, path.as_bytes());
        let bits = rights.bits();
        self.call(|ctx, mem| ctx.path_open(mem, dir, lookup, PATH, len, open, bits, u64::MAX, flags, RESULT))?;
        Ok(self.u32())
    }

    fn open(&mut self, path: &str, open: u32, rights: Rights) -> Result<u32, Errno> {
        self.open_with(ROOT, path, FOLLOW, open, rights, 0)
    }

    fn close(&mut self, fd: u32) {
        self.call(|ctx, mem| ctx.fd_close(mem, fd)).unwrap();
    }

    fn write(&mut self, fd: u32, bytes: &[u8]) -> Result<u32, Errno> {
        let len = self.put(BUF, bytes);
        self.iovec(BUF, len);
        self.call(|ctx, mem| ctx.fd_write(mem, fd, IOVS, 1, RESULT))?;
        Ok(self.u32())
    }

    fn read(&mut self, fd: u32, len: u32) -> Result<Vec<u8>, Errno> {
        self.iovec(BUF, len);
        self.call(|ctx, mem| ctx.fd_read(mem, fd, IOVS, 1, RESULT))?;
        let count = self.u32();
        Ok(self.call(|_, mem| mem.bytes(BUF, count).unwrap().to_vec()))
    }

    fn seek(&mut self, fd: u32, offset: i64, whence: u32) -> Result<u64, Errno> {
        self.call(|ctx, mem| ctx.fd_seek(mem, fd, offset, whence, RESULT))?;
        Ok(self.u64(RESULT))
    }

    /// Calls a function of one path.
    fn at(
        &mut self,
        path: &str,
        function: impl FnOnce(&mut WasiCtx, &mut GuestMemory<'_>, u32, u32, u32) -> Result<(), Errno>,
    ) -> Result<(), Errno> {
        let len = self.put(PATH, path.as_bytes());
        self.call(|ctx, mem| function(ctx, mem, ROOT, PATH, len))
    }

    fn mkdir(&mut self, path: &str) -> Result<(), Errno> {
        self.at(path, WasiCtx::path_create_directory)
    }

    fn rmdir(&mut self, path: &str) -> Result<(), Errno> {
        self.at(path, WasiCtx::path_remove_directory)
    }

    fn unlink(&mut self, path: &str) -> Result<(), Errno> {
        self.at(path, WasiCtx::path_unlink_file)
    }

    fn rename(&mut self, from: &str, to: &str) -> Result<(), Errno> {
        let to_len = self.put(PATH2, to.as_bytes());
        self.at(from, |ctx, mem, fd, path, len| ctx.path_rename(mem, fd, path, len, fd, PATH2, to_len))
    }

    fn link(&mut self, from: &str, to: &str) -> Result<(), Errno> {
        let to_len = self.put(PATH2, to.as_bytes());
        self.at(from, |ctx, mem, fd, path, len| ctx.path_link(mem, fd, 0, path, len, fd, PATH2, to_len))
    }

    fn symlink(&mut self, target: &str, at: &str) -> Result<(), Errno> {
        let len = self.put(PATH2, target.as_bytes());
        self.at(at, |ctx, mem, fd, path, path_len| ctx.path_symlink(mem, PATH2, len, fd, path, path_len))
    }

    /// File type and size of what is at `path`.
    fn stat(&mut self, path: &str, lookup: u32) -> Result<(u64, u64), Errno> {
        self.at(path, |ctx, mem, fd, path, len| ctx.path_filestat_get(mem, fd, lookup, path, len, BUF))?;
        Ok((self.u64(BUF + 16), self.u64(BUF + 32)))
    }
}
