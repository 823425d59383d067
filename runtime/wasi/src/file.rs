//! Files as a whole: metadata, size, time stamps, and what the host should know about their use.

use crate::table::Object;
use crate::types::{FileStat, FileType, FstFlags, Rights};
use crate::{Errno, GuestMemory, WasiCtx, sys};
use cap_fs_ext::{DirExt, MetadataExt, SystemTimeSpec};
use cap_std::fs::Metadata;
use cap_std::time::SystemTime as CapSystemTime;
use std::fs::FileTimes;
use std::time::{Duration, SystemTime};

/// The type in the terms of WASI.
pub(crate) fn filetype(of: &cap_std::fs::FileType) -> FileType {
    use cap_fs_ext::FileTypeExt;
    match of {
        _ if of.is_file() => FileType::RegularFile,
        _ if of.is_dir() => FileType::Directory,
        _ if of.is_symlink() => FileType::SymbolicLink,
        _ if of.is_char_device() => FileType::CharacterDevice,
        _ if of.is_block_device() => FileType::BlockDevice,
        _ if of.is_socket() => FileType::SocketStream,
        _ => FileType::Unknown,
    }
}

/// Nanoseconds since 1970; 0 for what is earlier or not known.
fn nanos(time: std::io::Result<CapSystemTime>) -> u64 {
    let since = time.ok().and_then(|time| time.into_std().duration_since(SystemTime::UNIX_EPOCH).ok());
    since.map_or(0, |since| u64::try_from(since.as_nanos()).unwrap_or(u64::MAX))
}

/// When the metadata last changed; where the host does not say, when the content did.
#[cfg(unix)]
fn changed(metadata: &Metadata) -> u64 {
    use cap_std::fs::MetadataExt;
    let seconds = u64::try_from(metadata.ctime()).unwrap_or(0);
    seconds.saturating_mul(1_000_000_000).saturating_add(u64::try_from(metadata.ctime_nsec()).unwrap_or(0))
}

/// When the metadata last changed; where the host does not say, when the content did.
#[cfg(not(unix))]
fn changed(metadata: &Metadata) -> u64 {
    nanos(metadata.modified())
}

/// Metadata in the terms of WASI.
pub(crate) fn filestat(metadata: &Metadata) -> FileStat {
    FileStat {
        dev: metadata.dev(),
        ino: metadata.ino(),
        filetype: filetype(&metadata.file_type()),
        nlink: metadata.nlink(),
        size: metadata.len(),
        atim: nanos(metadata.accessed()),
        mtim: nanos(metadata.modified()),
        ctim: changed(metadata),
    }
}

/// Access and modification time to set; `None` leaves one as it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Times {
    atim: Option<SystemTime>,
    mtim: Option<SystemTime>,
}

impl Times {
    /// What the guest asked for. To ask for a given time and for now is [`Errno::Inval`].
    pub(crate) fn from_guest(atim: u64, mtim: u64, flags: u32) -> Result<Self, Errno> {
        let flags = FstFlags::from_guest(flags)?;
        let time = |given: FstFlags, now: FstFlags, nanos: u64| match (flags.contains(given), flags.contains(now)) {
            (true, true) => Err(Errno::Inval),
            (true, false) => {
                SystemTime::UNIX_EPOCH.checked_add(Duration::from_nanos(nanos)).map(Some).ok_or(Errno::Inval)
            }
            (false, true) => Ok(Some(SystemTime::now())),
            (false, false) => Ok(None),
        };
        Ok(Self {
            atim: time(FstFlags::ATIM, FstFlags::ATIM_NOW, atim)?,
            mtim: time(FstFlags::MTIM, FstFlags::MTIM_NOW, mtim)?,
        })
    }

    /// As `cap-fs-ext` wants them.
    pub(crate) fn specs(self) -> (Option<SystemTimeSpec>, Option<SystemTimeSpec>) {
        let spec = |time| SystemTimeSpec::Absolute(CapSystemTime::from_std(time));
        (self.atim.map(spec), self.mtim.map(spec))
    }

    fn file_times(self) -> FileTimes {
        let times = self.atim.map_or(FileTimes::new(), |time| FileTimes::new().set_accessed(time));
        self.mtim.map_or(times, |time| times.set_modified(time))
    }
}

impl WasiCtx {
    /// Stores the metadata of `fd` at `buf`.
    pub fn fd_filestat_get(&mut self, mem: &mut GuestMemory<'_>, fd: u32, buf: u32) -> Result<(), Errno> {
        let descriptor = self.table.get(fd)?;
        descriptor.require(Rights::FD_FILESTAT_GET)?;
        let stat = match &descriptor.object {
            Object::File(file) => filestat(&Metadata::from_file(file)?),
            Object::Dir(directory) => filestat(&directory.dir.dir_metadata()?),
            Object::Input(_) | Object::Output(_) => FileStat::stream(descriptor.filetype()?),
        };
        stat.store(mem, buf)
    }

    /// Makes the file `size` bytes long; what is added is zero.
    pub fn fd_filestat_set_size(&mut self, _mem: &mut GuestMemory<'_>, fd: u32, size: u64) -> Result<(), Errno> {
        let file = self.table.file(fd, Rights::FD_FILESTAT_SET_SIZE, Errno::Inval)?;
        Ok(file.set_len(size)?)
    }

    /// Sets the access and modification times of `fd`.
    pub fn fd_filestat_set_times(
        &mut self,
        _mem: &mut GuestMemory<'_>,
        fd: u32,
        atim: u64,
        mtim: u64,
        flags: u32,
    ) -> Result<(), Errno> {
        let times = Times::from_guest(atim, mtim, flags)?;
        let descriptor = self.table.get(fd)?;
        descriptor.require(Rights::FD_FILESTAT_SET_TIMES)?;
        match &descriptor.object {
            Object::File(file) => file.set_times(times.file_times())?,
            Object::Dir(directory) => {
                let (atim, mtim) = times.specs();
                directory.dir.set_times(".", atim, mtim)?;
            }
            Object::Input(_) | Object::Output(_) => return Err(Errno::Badf),
        }
        Ok(())
    }

    /// Waits until the content of `fd` has reached the disk.
    pub fn fd_datasync(&mut self, _mem: &mut GuestMemory<'_>, fd: u32) -> Result<(), Errno> {
        Ok(self.table.file(fd, Rights::FD_DATASYNC, Errno::Inval)?.sync_data()?)
    }

    /// Waits until content and metadata of `fd` have reached the disk.
    pub fn fd_sync(&mut self, _mem: &mut GuestMemory<'_>, fd: u32) -> Result<(), Errno> {
        Ok(self.table.file(fd, Rights::FD_SYNC, Errno::Inval)?.sync_all()?)
    }

    /// Tells the host how `len` bytes from `offset` on will be used; a `len` of 0 means up to the end.
    pub fn fd_advise(
        &mut self,
        _mem: &mut GuestMemory<'_>,
        fd: u32,
        offset: u64,
        len: u64,
        advice: u32,
    ) -> Result<(), Errno> {
        let file = self.table.file(fd, Rights::FD_ADVISE, Errno::Spipe)?;
        i64::try_from(offset).and_then(|_| i64::try_from(len)).map_err(|_| Errno::Inval)?;
        sys::advise(file, offset, len, advice)
    }

    /// Reserves space for `len` bytes from `offset` on; the file grows to hold them.
    pub fn fd_allocate(&mut self, _mem: &mut GuestMemory<'_>, fd: u32, offset: u64, len: u64) -> Result<(), Errno> {
        let file = self.table.file(fd, Rights::FD_ALLOCATE, Errno::Spipe)?;
        if len == 0 {
            return Err(Errno::Inval);
        }
        let end = offset.checked_add(len).ok_or(Errno::Fbig)?;
        i64::try_from(end).map_err(|_| Errno::Fbig)?;
        Ok(sys::allocate(file, offset, len)?)
    }
}
