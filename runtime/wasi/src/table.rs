//! The descriptors of a guest.

use crate::stdio::{Input, Output};
use crate::types::{FdFlags, FileType, Rights};
use crate::{Errno, readdir::Listing};
use cap_std::fs::Dir;
use std::fs::File;

/// An open descriptor.
pub(crate) struct Descriptor {
    pub(crate) object: Object,
    pub(crate) rights: Rights,
    /// Most rights of what is opened through this one.
    pub(crate) inheriting: Rights,
    pub(crate) flags: FdFlags,
}

/// What a descriptor refers to.
pub(crate) enum Object {
    /// Anything opened by path that is not a directory. The sandbox concerns paths, so past opening an ordinary file is enough.
    File(File),
    Dir(Directory),
    Input(Input),
    Output(Output),
}

/// A directory, and how far it was listed.
pub(crate) struct Directory {
    pub(crate) dir: Dir,
    /// The name in the guest's file system, for a directory that was given to the program at its start.
    pub(crate) preopen: Option<String>,
    pub(crate) listing: Option<Listing>,
}

impl Descriptor {
    pub(crate) fn input(input: Input) -> Self {
        Self::stream(Object::Input(input), Rights::FD_READ)
    }

    pub(crate) fn output(output: Output) -> Self {
        Self::stream(Object::Output(output), Rights::FD_WRITE)
    }

    fn stream(object: Object, rights: Rights) -> Self {
        Self { object, rights: rights | Rights::STREAM, inheriting: Rights::empty(), flags: FdFlags::empty() }
    }

    /// Fails with [`Errno::Notcapable`] unless all of `rights` are there.
    ///
    /// A descriptor that is not open for reading or writing at all is [`Errno::Badf`] then, as POSIX has it.
    pub(crate) fn require(&self, rights: Rights) -> Result<(), Errno> {
        let missing = rights - self.rights;
        match missing {
            _ if missing.is_empty() => Ok(()),
            _ if missing.intersects(Rights::FD_READ | Rights::FD_WRITE) => Err(Errno::Badf),
            _ => Err(Errno::Notcapable),
        }
    }

    /// The type of what it refers to.
    pub(crate) fn filetype(&self) -> Result<FileType, Errno> {
        Ok(match &self.object {
            Object::File(file) => crate::file::filetype(&cap_std::fs::Metadata::from_file(file)?.file_type()),
            Object::Dir(_) => FileType::Directory,
            Object::Input(input) => input.filetype(),
            Object::Output(output) => output.filetype(),
        })
    }
}

/// Most descriptors that a guest can have; the host's own limit is usually lower.
const MAX_DESCRIPTORS: usize = 1 << 16;

/// Descriptors by number.
#[derive(Default)]
pub(crate) struct Table {
    slots: Vec<Option<Descriptor>>,
}

impl Table {
    /// Gives `descriptor` the lowest free number.
    pub(crate) fn insert(&mut self, descriptor: Descriptor) -> Result<u32, Errno> {
        let free = self.slots.iter().position(Option::is_none).unwrap_or(self.slots.len());
        if free >= MAX_DESCRIPTORS {
            return Err(Errno::Mfile);
        }
        if free == self.slots.len() {
            self.slots.push(None);
        }
        self.slots[free] = Some(descriptor);
        u32::try_from(free).map_err(|_| Errno::Mfile)
    }

    fn slot(&mut self, fd: u32) -> Result<&mut Option<Descriptor>, Errno> {
        let index = usize::try_from(fd).map_err(|_| Errno::Badf)?;
        self.slots.get_mut(index).filter(|slot| slot.is_some()).ok_or(Errno::Badf)
    }

    pub(crate) fn get(&self, fd: u32) -> Result<&Descriptor, Errno> {
        let index = usize::try_from(fd).map_err(|_| Errno::Badf)?;
        self.slots.get(index).and_then(Option::as_ref).ok_or(Errno::Badf)
    }

    pub(crate) fn get_mut(&mut self, fd: u32) -> Result<&mut Descriptor, Errno> {
        self.slot(fd)?.as_mut().ok_or(Errno::Badf)
    }

    pub(crate) fn remove(&mut self, fd: u32) -> Result<Descriptor, Errno> {
        self.slot(fd)?.take().ok_or(Errno::Badf)
    }

    /// Moves `from` to the number `to`, closing what was there. Both must be open.
    pub(crate) fn renumber(&mut self, from: u32, to: u32) -> Result<(), Errno> {
        self.get(to)?;
        let moved = self.remove(from)?;
        // `to` is free now if it equals `from`, so `slot` would not find it.
        let index = usize::try_from(to).map_err(|_| Errno::Badf)?;
        self.slots[index] = Some(moved);
        Ok(())
    }

    /// The file `fd`, with `rights`. Directories are [`Errno::Badf`], streams `otherwise`.
    pub(crate) fn file(&self, fd: u32, rights: Rights, otherwise: Errno) -> Result<&File, Errno> {
        let descriptor = self.get(fd)?;
        match &descriptor.object {
            Object::File(file) => descriptor.require(rights).map(|()| file),
            Object::Dir(_) => Err(Errno::Badf),
            Object::Input(_) | Object::Output(_) => Err(otherwise),
        }
    }

    /// The directory `fd`, with `rights`. Anything else is [`Errno::Notdir`].
    pub(crate) fn dir(&self, fd: u32, rights: Rights) -> Result<(&Descriptor, &Dir), Errno> {
        let descriptor = self.get(fd)?;
        match &descriptor.object {
            Object::Dir(directory) => descriptor.require(rights).map(|()| (descriptor, &directory.dir)),
            _ => Err(Errno::Notdir),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream() -> Descriptor {
        Descriptor::input(Input::Custom(Box::new(std::io::empty())))
    }

    #[test]
    fn numbers_are_reused_from_below() {
        let mut table = Table::default();
        assert_eq!([table.insert(stream()), table.insert(stream()), table.insert(stream())], [Ok(0), Ok(1), Ok(2)]);
        table.remove(1).unwrap();
        assert_eq!(table.remove(1).err(), Some(Errno::Badf));
        assert_eq!(table.insert(stream()), Ok(1));
        assert_eq!(table.get(u32::MAX).err(), Some(Errno::Badf));
    }

    #[test]
    fn renumber_moves_and_closes() {
        let mut table = Table::default();
        for _ in 0..3 {
            table.insert(stream()).unwrap();
        }
        table.get_mut(2).unwrap().flags = FdFlags::APPEND;
        assert_eq!(table.renumber(2, 0), Ok(()));
        assert_eq!(table.get(0).unwrap().flags, FdFlags::APPEND);
        assert_eq!(table.get(2).err(), Some(Errno::Badf));
        assert_eq!(table.renumber(2, 0), Err(Errno::Badf));
        assert_eq!(table.renumber(0, 2), Err(Errno::Badf));
        assert_eq!(table.renumber(1, 1), Ok(()));
        assert!(table.get(1).is_ok());
    }
}
