//! Types and layouts of WASI preview 1, as `wasi_snapshot_preview1.witx` gives them.

use crate::{Errno, GuestMemory};
use bitflags::bitflags;

/// Consumes rows `NAME = bit, "doc";` into the rights type.
macro_rules! define_rights {
    ($($name:ident = $bit:literal, $doc:literal;)*) => {
        bitflags! {
            /// What a descriptor may be used for. Rights shrink, never grow.
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub struct Rights: u64 { $(#[doc = $doc] const $name = 1 << $bit;)* }
        }
    };
}

define_rights! {
    FD_DATASYNC             = 0,  "`fd_datasync`";
    FD_READ                 = 1,  "`fd_read`, `sock_recv`, and with `FD_SEEK` `fd_pread`";
    FD_SEEK                 = 2,  "`fd_seek`; implies `FD_TELL`";
    FD_FDSTAT_SET_FLAGS     = 3,  "`fd_fdstat_set_flags`";
    FD_SYNC                 = 4,  "`fd_sync`";
    FD_TELL                 = 5,  "`fd_tell`, and `fd_seek` that does not move";
    FD_WRITE                = 6,  "`fd_write`, `sock_send`, and with `FD_SEEK` `fd_pwrite`";
    FD_ADVISE               = 7,  "`fd_advise`";
    FD_ALLOCATE             = 8,  "`fd_allocate`";
    PATH_CREATE_DIRECTORY   = 9,  "`path_create_directory`";
    PATH_CREATE_FILE        = 10, "`path_open` with `OpenFlags::CREATE`";
    PATH_LINK_SOURCE        = 11, "`path_link` from here";
    PATH_LINK_TARGET        = 12, "`path_link` to here";
    PATH_OPEN               = 13, "`path_open`";
    FD_READDIR              = 14, "`fd_readdir`";
    PATH_READLINK           = 15, "`path_readlink`";
    PATH_RENAME_SOURCE      = 16, "`path_rename` from here";
    PATH_RENAME_TARGET      = 17, "`path_rename` to here";
    PATH_FILESTAT_GET       = 18, "`path_filestat_get`";
    PATH_FILESTAT_SET_SIZE  = 19, "`path_open` with `OpenFlags::TRUNCATE`";
    PATH_FILESTAT_SET_TIMES = 20, "`path_filestat_set_times`";
    FD_FILESTAT_GET         = 21, "`fd_filestat_get`";
    FD_FILESTAT_SET_SIZE    = 22, "`fd_filestat_set_size`";
    FD_FILESTAT_SET_TIMES   = 23, "`fd_filestat_set_times`";
    PATH_SYMLINK            = 24, "`path_symlink`";
    PATH_REMOVE_DIRECTORY   = 25, "`path_remove_directory`";
    PATH_UNLINK_FILE        = 26, "`path_unlink_file`";
    POLL_FD_READWRITE       = 27, "`poll_oneoff` on the descriptor";
    SOCK_SHUTDOWN           = 28, "`sock_shutdown`";
    SOCK_ACCEPT             = 29, "`sock_accept`";
}

impl Rights {
    /// Everything that makes sense for a file.
    pub(crate) const FILE: Rights = Rights::FD_DATASYNC
        .union(Rights::FD_READ)
        .union(Rights::FD_SEEK)
        .union(Rights::FD_FDSTAT_SET_FLAGS)
        .union(Rights::FD_SYNC)
        .union(Rights::FD_TELL)
        .union(Rights::FD_ADVISE)
        .union(Rights::FD_FILESTAT_GET)
        .union(Rights::FD_FILESTAT_SET_TIMES)
        .union(Rights::POLL_FD_READWRITE)
        .union(Rights::FILE_WRITE);

    /// What a file that was not opened for writing lacks.
    pub(crate) const FILE_WRITE: Rights =
        Rights::FD_WRITE.union(Rights::FD_ALLOCATE).union(Rights::FD_FILESTAT_SET_SIZE);

    /// What leaves a directory as it is.
    pub(crate) const DIR_READ: Rights = Rights::PATH_OPEN
        .union(Rights::FD_READDIR)
        .union(Rights::PATH_READLINK)
        .union(Rights::PATH_FILESTAT_GET)
        .union(Rights::FD_FILESTAT_GET);

    /// What changes a directory, or the metadata of what lies in it.
    pub(crate) const DIR_MUTATE: Rights = Rights::PATH_CREATE_DIRECTORY
        .union(Rights::PATH_CREATE_FILE)
        .union(Rights::PATH_LINK_SOURCE)
        .union(Rights::PATH_LINK_TARGET)
        .union(Rights::PATH_RENAME_SOURCE)
        .union(Rights::PATH_RENAME_TARGET)
        .union(Rights::PATH_FILESTAT_SET_SIZE)
        .union(Rights::PATH_FILESTAT_SET_TIMES)
        .union(Rights::FD_FILESTAT_SET_TIMES)
        .union(Rights::PATH_SYMLINK)
        .union(Rights::PATH_REMOVE_DIRECTORY)
        .union(Rights::PATH_UNLINK_FILE);

    /// What a stream (standard input, output, error) may have besides reading or writing.
    pub(crate) const STREAM: Rights =
        Rights::FD_FDSTAT_SET_FLAGS.union(Rights::FD_FILESTAT_GET).union(Rights::POLL_FD_READWRITE);
}

bitflags! {
    /// What a guest may do with a preopened directory and those below it.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct DirPerms: u8 {
        /// List it and open what is in it.
        const READ = 1;
        /// Create, rename and remove what is in it.
        const MUTATE = 2;
    }

    /// What a guest may do with the files in a preopened directory and those below it.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct FilePerms: u8 {
        /// Open them for reading.
        const READ = 1;
        /// Open them for writing.
        const WRITE = 2;
    }

    /// `fdflags`: the state of an open descriptor.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct FdFlags: u16 {
        /// Each write goes to the end of the file.
        const APPEND = 1;
        /// Writes wait for the data to reach the disk.
        const DSYNC = 2;
        /// Do not wait.
        const NONBLOCK = 4;
        /// Reads are synchronized like writes.
        const RSYNC = 8;
        /// Writes wait for data and metadata to reach the disk.
        const SYNC = 16;
    }

    /// `oflags`: how `path_open` opens.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct OpenFlags: u16 {
        /// Create the file if there is none.
        const CREATE = 1;
        /// Fail unless it is a directory.
        const DIRECTORY = 2;
        /// Fail if the file exists.
        const EXCLUSIVE = 4;
        /// Cut the file to length 0.
        const TRUNCATE = 8;
    }

    /// `lookupflags`: how a path is resolved.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct LookupFlags: u32 {
        /// Follow a symbolic link in the last component.
        const SYMLINK_FOLLOW = 1;
    }

    /// `fstflags`: which time stamps to set, and to what.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct FstFlags: u16 {
        /// The access time to the argument.
        const ATIM = 1;
        /// The access time to now.
        const ATIM_NOW = 2;
        /// The modification time to the argument.
        const MTIM = 4;
        /// The modification time to now.
        const MTIM_NOW = 8;
    }
}

/// Flags as a guest passes them; unknown bits are an error.
macro_rules! flags_from_guest {
    ($($name:ident: $raw:ty),*) => { $(
        impl $name {
            /// Reads the flags that a guest passed. Unknown bits are [`Errno::Inval`].
            pub(crate) fn from_guest(raw: u32) -> Result<Self, Errno> {
                <$raw>::try_from(raw).ok().and_then(Self::from_bits).ok_or(Errno::Inval)
            }
        }
    )* };
}
flags_from_guest!(FdFlags: u16, OpenFlags: u16, LookupFlags: u32, FstFlags: u16);

/// `filetype`: what a descriptor or directory entry refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum FileType {
    /// None of the others, or not known.
    Unknown = 0,
    /// A block device.
    BlockDevice = 1,
    /// A character device, such as a terminal.
    CharacterDevice = 2,
    /// A directory.
    Directory = 3,
    /// A regular file.
    RegularFile = 4,
    /// A datagram socket.
    SocketDgram = 5,
    /// A stream socket.
    SocketStream = 6,
    /// A symbolic link.
    SymbolicLink = 7,
}

/// `fdstat`: 24 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FdStat {
    pub(crate) filetype: FileType,
    pub(crate) flags: FdFlags,
    pub(crate) rights: Rights,
    pub(crate) inheriting: Rights,
}

impl FdStat {
    pub(crate) const SIZE: u32 = 24;

    pub(crate) fn store(&self, mem: &mut GuestMemory<'_>, at: u32) -> Result<(), Errno> {
        let out = mem.bytes_mut(at, Self::SIZE)?;
        out.fill(0);
        out[0] = self.filetype as u8;
        out[2..4].copy_from_slice(&self.flags.bits().to_le_bytes());
        out[8..16].copy_from_slice(&self.rights.bits().to_le_bytes());
        out[16..24].copy_from_slice(&self.inheriting.bits().to_le_bytes());
        Ok(())
    }
}

/// `filestat`: 64 bytes. Times are nanoseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FileStat {
    pub(crate) dev: u64,
    pub(crate) ino: u64,
    pub(crate) filetype: FileType,
    pub(crate) nlink: u64,
    pub(crate) size: u64,
    pub(crate) atim: u64,
    pub(crate) mtim: u64,
    pub(crate) ctim: u64,
}

impl FileStat {
    pub(crate) const SIZE: u32 = 64;

    /// What is known of a stream: its type alone.
    pub(crate) fn stream(filetype: FileType) -> Self {
        Self { dev: 0, ino: 0, filetype, nlink: 1, size: 0, atim: 0, mtim: 0, ctim: 0 }
    }

    pub(crate) fn store(&self, mem: &mut GuestMemory<'_>, at: u32) -> Result<(), Errno> {
        let out = mem.bytes_mut(at, Self::SIZE)?;
        let fields = [self.dev, self.ino, self.filetype as u64, self.nlink, self.size, self.atim, self.mtim, self.ctim];
        for (out, field) in out.chunks_exact_mut(8).zip(fields) {
            out.copy_from_slice(&field.to_le_bytes());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layouts_follow_the_witx() {
        let mut bytes = [0xff; 64];
        let stat = FdStat {
            filetype: FileType::RegularFile,
            flags: FdFlags::NONBLOCK,
            rights: Rights::FD_READ,
            inheriting: Rights::empty(),
        };
        stat.store(&mut GuestMemory::new(&mut bytes), 0).unwrap();
        assert_eq!(bytes[..10], [4, 0, 4, 0, 0, 0, 0, 0, 2, 0]);
        let stat = FileStat { nlink: 3, size: 7, ..FileStat::stream(FileType::Directory) };
        stat.store(&mut GuestMemory::new(&mut bytes), 0).unwrap();
        assert_eq!((bytes[16], bytes[24], bytes[32]), (3, 3, 7));
        assert_eq!(stat.store(&mut GuestMemory::new(&mut bytes), 1), Err(Errno::Fault));
    }

    #[test]
    fn unknown_flags_are_refused() {
        assert_eq!(FdFlags::from_guest(32), Err(Errno::Inval));
        assert_eq!(FdFlags::from_guest(0x1_0001), Err(Errno::Inval));
        assert_eq!(OpenFlags::from_guest(3), Ok(OpenFlags::CREATE | OpenFlags::DIRECTORY));
    }
}
