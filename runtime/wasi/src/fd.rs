//! Reading and writing descriptors, and what the guest does with their numbers.

use crate::memory::IoVec;
use crate::table::Object;
use crate::types::{FdFlags, FdStat, Rights};
use crate::{Errno, GuestMemory, WasiCtx, sys};
use std::io::{self, IoSlice, Read, Seek, SeekFrom, Write};

/// Repeats `call` while a signal interrupts it.
fn retry<T>(mut call: impl FnMut() -> io::Result<T>) -> Result<T, Errno> {
    loop {
        match call() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return Ok(result?),
        }
    }
}

/// Fills `iovecs` in turn with what `read(bytes, number of bytes read before)` delivers, until one is not filled.
///
/// An error after the first bytes ends the transfer; the guest meets it again in its next call.
fn scatter(
    mem: &mut GuestMemory<'_>,
    iovecs: &[IoVec],
    mut read: impl FnMut(&mut [u8], u64) -> io::Result<usize>,
) -> Result<u32, Errno> {
    let mut total = 0u32;
    for iovec in iovecs {
        let buf = mem.bytes_mut(iovec.ptr, iovec.len)?;
        match retry(|| read(buf, u64::from(total))) {
            Ok(count) => {
                // A `Read` of the embedder may claim anything.
                let count = u32::try_from(count).map_err(|_| Errno::Io)?.min(iovec.len);
                total += count;
                if count < iovec.len {
                    break;
                }
            }
            Err(error) if total == 0 => return Err(error),
            Err(_) => break,
        }
    }
    Ok(total)
}

/// The buffers as slices of the guest's memory.
fn gather<'m>(mem: &'m GuestMemory<'_>, iovecs: &[IoVec]) -> Result<Vec<IoSlice<'m>>, Errno> {
    iovecs.iter().map(|iovec| mem.bytes(iovec.ptr, iovec.len).map(IoSlice::new)).collect()
}

/// The number of bytes that `write` took, as far as the guest can have been told about them.
fn taken(count: usize, iovecs: &[IoVec]) -> Result<u32, Errno> {
    let most: u32 = iovecs.iter().map(|iovec| iovec.len).sum();
    Ok(u32::try_from(count).map_err(|_| Errno::Io)?.min(most))
}

impl WasiCtx {
    /// Reads from `fd` into the buffers; stores the number of bytes at `nread`, 0 at the end.
    pub fn fd_read(
        &mut self,
        mem: &mut GuestMemory<'_>,
        fd: u32,
        iovs: u32,
        iovs_len: u32,
        nread: u32,
    ) -> Result<(), Errno> {
        let descriptor = self.table.get_mut(fd)?;
        if matches!(descriptor.object, Object::Dir(_)) {
            return Err(Errno::Badf);
        }
        descriptor.require(Rights::FD_READ)?;
        mem.check(nread, 4)?;
        let iovecs = mem.iovecs(iovs, iovs_len)?;
        let count = match &mut descriptor.object {
            Object::File(file) => scatter(mem, &iovecs, |buf, _| (&*file).read(buf))?,
            // One buffer only: having filled one, a stream could make the next one wait.
            Object::Input(input) => scatter(mem, &iovecs[..iovecs.len().min(1)], |buf, _| input.read(buf))?,
            Object::Dir(_) | Object::Output(_) => return Err(Errno::Badf),
        };
        mem.write(nread, count)
    }

    /// Writes the buffers to `fd`; stores the number of bytes written at `nwritten`. It may be less than was given.
    pub fn fd_write(
        &mut self,
        mem: &mut GuestMemory<'_>,
        fd: u32,
        iovs: u32,
        iovs_len: u32,
        nwritten: u32,
    ) -> Result<(), Errno> {
        let descriptor = self.table.get_mut(fd)?;
        if matches!(descriptor.object, Object::Dir(_)) {
            return Err(Errno::Badf);
        }
        descriptor.require(Rights::FD_WRITE)?;
        mem.check(nwritten, 4)?;
        let iovecs = mem.iovecs(iovs, iovs_len)?;
        let bufs = gather(mem, &iovecs)?;
        let count = match &mut descriptor.object {
            _ if bufs.is_empty() => 0,
            Object::File(file) => retry(|| (&*file).write_vectored(&bufs))?,
            Object::Output(output) => retry(|| output.write(&bufs))?,
            Object::Dir(_) | Object::Input(_) => return Err(Errno::Badf),
        };
        mem.write(nwritten, taken(count, &iovecs)?)
    }

    /// Like [`WasiCtx::fd_read`], from `offset` on and without moving the position.
    pub fn fd_pread(
        &mut self,
        mem: &mut GuestMemory<'_>,
        fd: u32,
        iovs: u32,
        iovs_len: u32,
        offset: u64,
        nread: u32,
    ) -> Result<(), Errno> {
        let file = self.table.file(fd, Rights::FD_READ | Rights::FD_SEEK, Errno::Spipe)?;
        mem.check(nread, 4)?;
        let iovecs = mem.iovecs(iovs, iovs_len)?;
        let count = scatter(mem, &iovecs, |buf, done| {
            let offset = offset.checked_add(done).ok_or(io::ErrorKind::InvalidInput)?;
            sys::read_at(file, buf, offset)
        })?;
        mem.write(nread, count)
    }

    /// Like [`WasiCtx::fd_write`], from `offset` on and without moving the position.
    pub fn fd_pwrite(
        &mut self,
        mem: &mut GuestMemory<'_>,
        fd: u32,
        iovs: u32,
        iovs_len: u32,
        offset: u64,
        nwritten: u32,
    ) -> Result<(), Errno> {
        let file = self.table.file(fd, Rights::FD_WRITE | Rights::FD_SEEK, Errno::Spipe)?;
        mem.check(nwritten, 4)?;
        let iovecs = mem.iovecs(iovs, iovs_len)?;
        let mut total = 0;
        for buf in gather(mem, &iovecs)? {
            let at = offset.checked_add(u64::try_from(total).map_err(|_| Errno::Inval)?).ok_or(Errno::Inval)?;
            match retry(|| sys::write_at(file, &buf, at)) {
                Ok(count) => {
                    total += count;
                    if count < buf.len() {
                        break;
                    }
                }
                Err(error) if total == 0 => return Err(error),
                Err(_) => break,
            }
        }
        mem.write(nwritten, taken(total, &iovecs)?)
    }

    /// Moves the position by `offset` from the start (`whence` 0), the position (1) or the end (2), and stores it at `position`.
    pub fn fd_seek(
        &mut self,
        mem: &mut GuestMemory<'_>,
        fd: u32,
        offset: i64,
        whence: u32,
        position: u32,
    ) -> Result<(), Errno> {
        let rights = if (offset, whence) == (0, 1) { Rights::FD_TELL } else { Rights::FD_SEEK };
        let mut file = self.table.file(fd, rights, Errno::Spipe)?;
        mem.check(position, 8)?;
        let to = match whence {
            0 => SeekFrom::Start(u64::try_from(offset).map_err(|_| Errno::Inval)?),
            1 => SeekFrom::Current(offset),
            2 => SeekFrom::End(offset),
            _ => return Err(Errno::Inval),
        };
        mem.write(position, file.seek(to)?)
    }

    /// Stores the position at `position`.
    pub fn fd_tell(&mut self, mem: &mut GuestMemory<'_>, fd: u32, position: u32) -> Result<(), Errno> {
        let mut file = self.table.file(fd, Rights::FD_TELL, Errno::Spipe)?;
        mem.write(position, file.stream_position()?)
    }

    /// Closes `fd`.
    pub fn fd_close(&mut self, _mem: &mut GuestMemory<'_>, fd: u32) -> Result<(), Errno> {
        self.table.remove(fd).map(drop)
    }

    /// Moves `from` to the number `to`, closing what was there. Both must be open.
    pub fn fd_renumber(&mut self, _mem: &mut GuestMemory<'_>, from: u32, to: u32) -> Result<(), Errno> {
        self.table.renumber(from, to)
    }

    /// Stores type, flags and rights of `fd` at `stat`.
    pub fn fd_fdstat_get(&mut self, mem: &mut GuestMemory<'_>, fd: u32, stat: u32) -> Result<(), Errno> {
        let descriptor = self.table.get(fd)?;
        let filetype = descriptor.filetype()?;
        FdStat { filetype, flags: descriptor.flags, rights: descriptor.rights, inheriting: descriptor.inheriting }
            .store(mem, stat)
    }

    /// Sets the flags of `fd`. `APPEND` and `NONBLOCK` can change; the others stay as they were when it was opened.
    pub fn fd_fdstat_set_flags(&mut self, _mem: &mut GuestMemory<'_>, fd: u32, flags: u32) -> Result<(), Errno> {
        let flags = FdFlags::from_guest(flags)?;
        let descriptor = self.table.get_mut(fd)?;
        let changed = flags ^ descriptor.flags;
        match &descriptor.object {
            Object::Dir(_) => return Err(Errno::Badf),
            Object::Input(_) | Object::Output(_) if changed.is_empty() => return Ok(()),
            // The host's streams are shared with other processes, so their flags are not the guest's to change.
            Object::Input(_) | Object::Output(_) => return Err(Errno::Notsup),
            Object::File(file) => {
                descriptor.require(Rights::FD_FDSTAT_SET_FLAGS)?;
                if !(FdFlags::APPEND | FdFlags::NONBLOCK).contains(changed) {
                    return Err(Errno::Inval);
                }
                sys::set_flags(file, flags)?;
            }
        }
        descriptor.flags = flags;
        Ok(())
    }

    /// Reduces the rights of `fd`. To ask for one that it lacks is [`Errno::Notcapable`].
    pub fn fd_fdstat_set_rights(
        &mut self,
        _mem: &mut GuestMemory<'_>,
        fd: u32,
        base: u64,
        inheriting: u64,
    ) -> Result<(), Errno> {
        let descriptor = self.table.get_mut(fd)?;
        let base = Rights::from_bits(base).ok_or(Errno::Notcapable)?;
        let inheriting = Rights::from_bits(inheriting).ok_or(Errno::Notcapable)?;
        if !descriptor.rights.contains(base) || !descriptor.inheriting.contains(inheriting) {
            return Err(Errno::Notcapable);
        }
        descriptor.rights = base;
        descriptor.inheriting = inheriting;
        Ok(())
    }

    /// Stores the kind of preopened descriptor (0, a directory) and the length of its name at `prestat`.
    pub fn fd_prestat_get(&mut self, mem: &mut GuestMemory<'_>, fd: u32, prestat: u32) -> Result<(), Errno> {
        let len = u32::try_from(self.preopen(fd)?.len()).map_err(|_| Errno::Overflow)?;
        mem.bytes_mut(prestat, 8)?.fill(0);
        mem.write(crate::memory::offset(prestat, 4)?, len)
    }

    /// Stores the name of a preopened directory in `path_len` bytes at `path`, without a final NUL.
    pub fn fd_prestat_dir_name(
        &mut self,
        mem: &mut GuestMemory<'_>,
        fd: u32,
        path: u32,
        path_len: u32,
    ) -> Result<(), Errno> {
        let name = self.preopen(fd)?.as_bytes();
        let out = mem.bytes_mut(path, path_len)?;
        out.get_mut(..name.len()).ok_or(Errno::Nametoolong)?.copy_from_slice(name);
        Ok(())
    }

    /// The name of a preopened directory; [`Errno::Badf`] for other descriptors, which ends a C library's search for them.
    fn preopen(&self, fd: u32) -> Result<&str, Errno> {
        match &self.table.get(fd)?.object {
            Object::Dir(directory) => directory.preopen.as_deref().ok_or(Errno::Badf),
            _ => Err(Errno::Badf),
        }
    }
}
