//! Files by path. Every path is relative to an open directory and stays below it; `cap-std` sees to that.

use crate::file::{Times, filestat};
use crate::table::{Descriptor, Directory, Object};
use crate::types::{FdFlags, LookupFlags, OpenFlags, Rights};
use crate::{Errno, GuestMemory, WasiCtx, sys};
use cap_fs_ext::{DirExt, FollowSymlinks, OpenOptionsFollowExt, OpenOptionsMaybeDirExt, OpenOptionsSyncExt};
use cap_std::fs::{Dir, Metadata, OpenOptions};

/// Whether a link in the last component is followed.
fn follow(lookup: u32) -> Result<bool, Errno> {
    Ok(LookupFlags::from_guest(lookup)?.contains(LookupFlags::SYMLINK_FOLLOW))
}

/// What a guest asks of `path_open`.
struct OpenRequest<'m> {
    path: &'m str,
    follow: bool,
    open: OpenFlags,
    rights: Rights,
    inheriting: Rights,
    flags: FdFlags,
}

impl OpenRequest<'_> {
    fn writes(&self) -> bool {
        self.rights.intersects(Rights::FILE_WRITE)
    }

    /// Checks the request against the rights of the directory it goes through.
    ///
    /// To read or write without the right to do so is refused; other rights that the directory does not pass on are dropped, as
    /// common C libraries and language runtimes ask for everything.
    fn check(&self, through: &Descriptor) -> Result<(), Errno> {
        through.require(Rights::PATH_OPEN)?;
        let mut need = Rights::empty();
        if self.open.contains(OpenFlags::DIRECTORY) {
            if self.open.intersects(OpenFlags::CREATE | OpenFlags::EXCLUSIVE | OpenFlags::TRUNCATE) {
                return Err(Errno::Inval);
            }
        } else {
            need |= self.rights & (Rights::FD_READ | Rights::FD_WRITE);
        }
        if self.open.contains(OpenFlags::CREATE) {
            through.require(Rights::PATH_CREATE_FILE)?;
        }
        if self.open.contains(OpenFlags::TRUNCATE) {
            through.require(Rights::PATH_FILESTAT_SET_SIZE)?;
            need |= Rights::FD_WRITE;
        }
        if through.inheriting.contains(need) { Ok(()) } else { Err(Errno::Notcapable) }
    }

    fn open(&self, dir: &Dir) -> Result<Object, Errno> {
        if self.open.contains(OpenFlags::DIRECTORY) {
            let dir = if self.follow { dir.open_dir(self.path) } else { dir.open_dir_nofollow(self.path) };
            return Ok(directory(dir?));
        }
        let exclusive = self.open.contains(OpenFlags::CREATE | OpenFlags::EXCLUSIVE);
        let create = self.open.contains(OpenFlags::CREATE) && !exclusive;
        let truncate = self.open.contains(OpenFlags::TRUNCATE);
        // The host creates and truncates only what is opened for writing. That the guest did not ask to write stays in the rights.
        let write = self.writes() || exclusive || create || truncate;
        let mut options = OpenOptions::new();
        options
            .read(self.rights.contains(Rights::FD_READ) || !write)
            .write(write)
            .create(create)
            .create_new(exclusive)
            .truncate(truncate)
            .sync(self.flags.contains(FdFlags::SYNC))
            .dsync(self.flags.contains(FdFlags::DSYNC))
            .rsync(self.flags.contains(FdFlags::RSYNC))
            .nonblock(self.flags.contains(FdFlags::NONBLOCK))
            .maybe_dir(true)
            .follow(if self.follow { FollowSymlinks::Yes } else { FollowSymlinks::No });
        let file = dir.open_with(self.path, &options)?.into_std();
        if Metadata::from_file(&file)?.is_dir() {
            return Ok(directory(Dir::from_std_file(file)));
        }
        if self.flags.intersects(FdFlags::APPEND | FdFlags::NONBLOCK) {
            sys::set_flags(&file, self.flags)?;
        }
        Ok(Object::File(file))
    }

    /// The descriptor for `object`, opened through `through`.
    fn descriptor(&self, object: Object, through: &Descriptor) -> Descriptor {
        let inherited = through.inheriting;
        if matches!(object, Object::Dir(_)) {
            let mut rights = inherited & (Rights::DIR_READ | Rights::DIR_MUTATE);
            if !inherited.contains(Rights::PATH_FILESTAT_SET_TIMES) {
                // This right exists for files and for directories; here it was inherited for the files.
                rights -= Rights::FD_FILESTAT_SET_TIMES;
            }
            return Descriptor { object, rights, inheriting: inherited, flags: FdFlags::empty() };
        }
        let mut rights = inherited & Rights::FILE;
        if !self.rights.contains(Rights::FD_READ) {
            rights -= Rights::FD_READ;
        }
        if !self.writes() {
            rights -= Rights::FILE_WRITE;
        }
        Descriptor { object, rights, inheriting: inherited & self.inheriting & Rights::FILE, flags: self.flags }
    }
}

fn directory(dir: Dir) -> Object {
    Object::Dir(Directory { dir, preopen: None, listing: None })
}

impl WasiCtx {
    /// Opens the file or directory at `path` and stores its descriptor at `opened`.
    #[allow(clippy::too_many_arguments)]
    pub fn path_open(
        &mut self,
        mem: &mut GuestMemory<'_>,
        fd: u32,
        lookup: u32,
        path: u32,
        path_len: u32,
        open: u32,
        rights: u64,
        inheriting: u64,
        flags: u32,
        opened: u32,
    ) -> Result<(), Errno> {
        mem.check(opened, 4)?;
        let (through, dir) = self.table.dir(fd, Rights::empty())?;
        let request = OpenRequest {
            path: mem.path(path, path_len)?,
            follow: follow(lookup)?,
            open: OpenFlags::from_guest(open)?,
            rights: Rights::from_bits_truncate(rights),
            inheriting: Rights::from_bits_truncate(inheriting),
            flags: FdFlags::from_guest(flags)?,
        };
        request.check(through)?;
        let descriptor = request.descriptor(request.open(dir)?, through);
        let new = self.table.insert(descriptor)?;
        mem.write(opened, new)
    }

    /// Creates a directory.
    pub fn path_create_directory(
        &mut self,
        mem: &mut GuestMemory<'_>,
        fd: u32,
        path: u32,
        path_len: u32,
    ) -> Result<(), Errno> {
        let (_, dir) = self.table.dir(fd, Rights::PATH_CREATE_DIRECTORY)?;
        Ok(dir.create_dir(mem.path(path, path_len)?)?)
    }

    /// Stores the metadata of what is at `path` at `buf`.
    pub fn path_filestat_get(
        &mut self,
        mem: &mut GuestMemory<'_>,
        fd: u32,
        lookup: u32,
        path: u32,
        path_len: u32,
        buf: u32,
    ) -> Result<(), Errno> {
        let (_, dir) = self.table.dir(fd, Rights::PATH_FILESTAT_GET)?;
        let path = mem.path(path, path_len)?;
        let metadata = if follow(lookup)? { dir.metadata(path) } else { dir.symlink_metadata(path) };
        filestat(&metadata?).store(mem, buf)
    }

    /// Sets the access and modification times of what is at `path`.
    #[allow(clippy::too_many_arguments)]
    pub fn path_filestat_set_times(
        &mut self,
        mem: &mut GuestMemory<'_>,
        fd: u32,
        lookup: u32,
        path: u32,
        path_len: u32,
        atim: u64,
        mtim: u64,
        flags: u32,
    ) -> Result<(), Errno> {
        let (_, dir) = self.table.dir(fd, Rights::PATH_FILESTAT_SET_TIMES)?;
        let (atim, mtim) = Times::from_guest(atim, mtim, flags)?.specs();
        let path = mem.path(path, path_len)?;
        Ok(if follow(lookup)? { dir.set_times(path, atim, mtim) } else { dir.set_symlink_times(path, atim, mtim) }?)
    }

    /// Creates a hard link at `new_path` to what is at `old_path`. A symbolic link there is never followed.
    #[allow(clippy::too_many_arguments)]
    pub fn path_link(
        &mut self,
        mem: &mut GuestMemory<'_>,
        old_fd: u32,
        old_lookup: u32,
        old_path: u32,
        old_len: u32,
        new_fd: u32,
        new_path: u32,
        new_len: u32,
    ) -> Result<(), Errno> {
        let (_, from) = self.table.dir(old_fd, Rights::PATH_LINK_SOURCE)?;
        let (_, to) = self.table.dir(new_fd, Rights::PATH_LINK_TARGET)?;
        self.no_gain(old_fd, new_fd)?;
        let (old_path, new_path) = (mem.path(old_path, old_len)?, mem.path(new_path, new_len)?);
        if follow(old_lookup)? {
            return Err(Errno::Inval);
        }
        if new_path.ends_with('/') {
            return Err(Errno::Noent);
        }
        Ok(from.hard_link(old_path, to, new_path)?)
    }

    /// Stores the content of a symbolic link in `buf_len` bytes at `buf`, cut off there, and its length at `bufused`.
    #[allow(clippy::too_many_arguments)]
    pub fn path_readlink(
        &mut self,
        mem: &mut GuestMemory<'_>,
        fd: u32,
        path: u32,
        path_len: u32,
        buf: u32,
        buf_len: u32,
        bufused: u32,
    ) -> Result<(), Errno> {
        let (_, dir) = self.table.dir(fd, Rights::PATH_READLINK)?;
        let target = dir.read_link(mem.path(path, path_len)?)?;
        let target = target.to_str().ok_or(Errno::Ilseq)?.as_bytes();
        let out = mem.bytes_mut(buf, buf_len)?;
        let used = target.len().min(out.len());
        out[..used].copy_from_slice(&target[..used]);
        mem.write(bufused, u32::try_from(used).map_err(|_| Errno::Overflow)?)
    }

    /// Removes an empty directory.
    pub fn path_remove_directory(
        &mut self,
        mem: &mut GuestMemory<'_>,
        fd: u32,
        path: u32,
        path_len: u32,
    ) -> Result<(), Errno> {
        let (_, dir) = self.table.dir(fd, Rights::PATH_REMOVE_DIRECTORY)?;
        let path = mem.path(path, path_len)?;
        // `cap-std` takes `dir/` for `dir/.`, which cannot be removed. Nothing but a directory can, so the slash says nothing.
        let name = path.trim_end_matches('/');
        Ok(dir.remove_dir(if name.is_empty() { path } else { name })?)
    }

    /// Renames a file or directory, replacing what is at the new path.
    #[allow(clippy::too_many_arguments)]
    pub fn path_rename(
        &mut self,
        mem: &mut GuestMemory<'_>,
        old_fd: u32,
        old_path: u32,
        old_len: u32,
        new_fd: u32,
        new_path: u32,
        new_len: u32,
    ) -> Result<(), Errno> {
        let (_, from) = self.table.dir(old_fd, Rights::PATH_RENAME_SOURCE)?;
        let (_, to) = self.table.dir(new_fd, Rights::PATH_RENAME_TARGET)?;
        self.no_gain(old_fd, new_fd)?;
        let (old_path, new_path) = (mem.path(old_path, old_len)?, mem.path(new_path, new_len)?);
        // `cap-std` drops final slashes, which promise a directory.
        if (old_path.ends_with('/') || new_path.ends_with('/')) && !from.symlink_metadata(old_path)?.is_dir() {
            return Err(Errno::Notdir);
        }
        Ok(from.rename(old_path, to, new_path)?)
    }

    /// Creates a symbolic link at `new_path` that holds `old_path`, which must be relative.
    pub fn path_symlink(
        &mut self,
        mem: &mut GuestMemory<'_>,
        old_path: u32,
        old_len: u32,
        fd: u32,
        new_path: u32,
        new_len: u32,
    ) -> Result<(), Errno> {
        let (_, dir) = self.table.dir(fd, Rights::PATH_SYMLINK)?;
        Ok(dir.symlink(mem.path(old_path, old_len)?, mem.path(new_path, new_len)?)?)
    }

    /// Removes a file, or a symbolic link.
    pub fn path_unlink_file(
        &mut self,
        mem: &mut GuestMemory<'_>,
        fd: u32,
        path: u32,
        path_len: u32,
    ) -> Result<(), Errno> {
        let (_, dir) = self.table.dir(fd, Rights::PATH_UNLINK_FILE)?;
        Ok(dir.remove_file_or_symlink(mem.path(path, path_len)?)?)
    }

    /// Refuses to bring something from one directory to another that passes on more rights, which would be a way to gain them.
    fn no_gain(&self, from: u32, to: u32) -> Result<(), Errno> {
        let gained = self.table.get(to)?.inheriting - self.table.get(from)?.inheriting;
        if gained.is_empty() { Ok(()) } else { Err(Errno::Notcapable) }
    }
}
