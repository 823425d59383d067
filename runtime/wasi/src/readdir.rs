//! Listing directories.
//!
//! A listing is read from the host once, when the guest starts at cookie 0, and kept with the descriptor. So cookies are plain
//! positions, they stay valid while the directory changes, and a large directory costs one pass however small the guest's buffer.

use crate::file::filetype;
use crate::table::Object;
use crate::types::{FileType, Rights};
use crate::{Errno, GuestMemory, WasiCtx, sys};
use cap_fs_ext::MetadataExt;
use cap_std::fs::Dir;

/// The entries of a directory at one time. Names that are not UTF-8 are left out: no path could name them.
pub(crate) struct Listing {
    entries: Vec<Entry>,
}

struct Entry {
    ino: u64,
    filetype: FileType,
    name: String,
}

/// Size of a `dirent` before its name.
const DIRENT_BYTES: usize = 24;

impl Listing {
    fn read(dir: &Dir) -> Result<Self, Errno> {
        let own = dir.dir_metadata()?.ino();
        // The parent may be out of the guest's reach, so nothing is said about it.
        let dots = [(".", own), ("..", 0)];
        let mut entries: Vec<_> =
            dots.map(|(name, ino)| Entry { ino, filetype: FileType::Directory, name: name.into() }).into();
        for entry in dir.entries()? {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            let kind = match entry.file_type().map(|kind| filetype(&kind)) {
                Ok(kind) if kind != FileType::Unknown => Ok(kind),
                // Not every file system tells the type along with the name.
                _ => entry.metadata().map(|metadata| filetype(&metadata.file_type())),
            };
            // An entry can vanish between its listing and the look at it.
            let (Ok(ino), Ok(filetype)) = (sys::inode(&entry), kind) else { continue };
            entries.push(Entry { ino, filetype, name });
        }
        Ok(Self { entries })
    }

    /// Writes entries from number `cookie` on, the last one cut off where `out` ends. Returns the number of bytes.
    fn store(&self, cookie: u64, out: &mut [u8]) -> usize {
        let start = usize::try_from(cookie).unwrap_or(usize::MAX).min(self.entries.len());
        let mut used = 0;
        for (entry, next) in self.entries[start..].iter().zip(cookie.saturating_add(1)..) {
            let mut head = [0; DIRENT_BYTES];
            head[..8].copy_from_slice(&next.to_le_bytes());
            head[8..16].copy_from_slice(&entry.ino.to_le_bytes());
            let len = u32::try_from(entry.name.len()).unwrap_or(u32::MAX);
            head[16..20].copy_from_slice(&len.to_le_bytes());
            head[20] = entry.filetype as u8;
            for part in [&head[..], entry.name.as_bytes()] {
                let count = part.len().min(out.len() - used);
                out[used..][..count].copy_from_slice(&part[..count]);
                used += count;
            }
            if used == out.len() {
                break;
            }
        }
        used
    }
}

impl WasiCtx {
    /// Stores entries of the directory `fd` from number `cookie` on in `buf_len` bytes at `buf`; the number of bytes used goes to
    /// `bufused`. If all are used, there may be more, and the last entry may be cut off.
    pub fn fd_readdir(
        &mut self,
        mem: &mut GuestMemory<'_>,
        fd: u32,
        buf: u32,
        buf_len: u32,
        cookie: u64,
        bufused: u32,
    ) -> Result<(), Errno> {
        let descriptor = self.table.get_mut(fd)?;
        if !matches!(descriptor.object, Object::Dir(_)) {
            return Err(Errno::Notdir);
        }
        descriptor.require(Rights::FD_READDIR)?;
        let Object::Dir(directory) = &mut descriptor.object else { return Err(Errno::Notdir) };
        mem.check(bufused, 4)?;
        let out = mem.bytes_mut(buf, buf_len)?;
        let listing = match directory.listing.take() {
            Some(listing) if cookie != 0 => listing,
            _ => Listing::read(&directory.dir)?,
        };
        let used = listing.store(cookie, out);
        directory.listing = Some(listing);
        mem.write(bufused, u32::try_from(used).map_err(|_| Errno::Overflow)?)
    }
}
