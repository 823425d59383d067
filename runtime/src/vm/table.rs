//! Tables.
//!
//! Elements of function tables are addresses of function records (null: 0) in words of the host, those of other tables 32-bit
//! handles (null: 0).
//! Both are passed as 64-bit values here, zero-extended, as libcalls have them.
//!
//! Invariants
//! B1. `record` is valid for as long as the table: it stands in the vmctx of the owning instance, or in a box of the store.
//! B2. `record` names the elements' current address and number; only methods of this type change either.

use crate::prelude::*;
use crate::vm::records::VmTable;
use gantry_abi::{TableType, Trap};

/// The elements, by width.
#[derive(Debug)]
enum Elements {
    Pointers(Vec<usize>),
    Handles(Vec<u32>),
}

/// A table.
#[derive(Debug)]
pub(crate) struct Table {
    elements: Elements,
    record: *mut VmTable,
    ty: TableType,
}

/// A new table cannot be had.
#[derive(Debug, thiserror::Error)]
#[error("a table of {elements} elements is larger than this machine's memory")]
pub(crate) struct TableError {
    elements: u64,
}

impl Table {
    /// A table of nulls. `ty` names engine-wide identities; `pointers` tells whether its elements are function references.
    ///
    /// # Safety
    ///
    /// `record` stays valid and writable for as long as the table (B1), and nobody else writes to it.
    pub(crate) unsafe fn new(ty: TableType, pointers: bool, record: *mut VmTable) -> Result<Self, TableError> {
        let error = || TableError { elements: ty.min };
        let len = usize::try_from(ty.min).map_err(|_| error())?;
        let elements = if pointers {
            Elements::Pointers(zeroed(len).ok_or_else(error)?)
        } else {
            Elements::Handles(zeroed(len).ok_or_else(error)?)
        };
        let mut table = Self { elements, record, ty };
        table.publish();
        Ok(table)
    }

    /// Writes the elements' address and number where compiled code reads them.
    fn publish(&mut self) {
        let (base, length) = match &mut self.elements {
            Elements::Pointers(v) => (v.as_mut_ptr().cast(), v.len()),
            Elements::Handles(v) => (v.as_mut_ptr().cast(), v.len()),
        };
        // SAFETY: by B1 the record is valid and ours to write.
        unsafe { self.record.write(VmTable { base, length }) };
    }

    /// Its type.
    pub(crate) fn ty(&self) -> TableType {
        self.ty
    }

    /// The record that compiled code reads.
    pub(crate) fn record(&self) -> *mut VmTable {
        self.record
    }

    /// Number of elements.
    pub(crate) fn len(&self) -> u64 {
        match &self.elements {
            Elements::Pointers(v) => v.len() as u64,
            Elements::Handles(v) => v.len() as u64,
        }
    }

    /// An element. Compiled code writes elements too, but never while host code has access to the store.
    pub(crate) fn get(&self, index: u64) -> Option<u64> {
        let index = usize::try_from(index).ok()?;
        match &self.elements {
            Elements::Pointers(v) => v.get(index).map(|&p| p as u64),
            Elements::Handles(v) => v.get(index).map(|&h| h.into()),
        }
    }

    /// Writes an element.
    pub(crate) fn set(&mut self, index: u64, value: u64) -> Option<()> {
        let index = usize::try_from(index).ok()?;
        match &mut self.elements {
            Elements::Pointers(v) => *v.get_mut(index)? = address(value),
            Elements::Handles(v) => *v.get_mut(index)? = handle(value),
        }
        Some(())
    }

    /// Grows by `delta` elements of value `init`; the old number, or `None` if it cannot get so large.
    pub(crate) fn grow(&mut self, delta: u64, init: u64) -> Option<u64> {
        let old = self.len();
        let new = old.checked_add(delta).filter(|&n| n <= self.ty.max.unwrap_or(u64::MAX) && n <= MAX_ELEMENTS)?;
        if self.ty.index_type == gantry_abi::IndexType::I32 && new > u64::from(u32::MAX) {
            return None;
        }
        let len = usize::try_from(new).ok()?;
        match &mut self.elements {
            Elements::Pointers(v) => extend(v, len, address(init))?,
            Elements::Handles(v) => extend(v, len, handle(init))?,
        }
        self.publish();
        Some(old)
    }

    /// Checks that a range lies in the table.
    fn range(&self, start: u64, len: u64) -> Result<core::ops::Range<usize>, Trap> {
        let end = start.checked_add(len).filter(|&end| end <= self.len()).ok_or(Trap::TableOutOfBounds)?;
        let index = |i| usize::try_from(i).expect("inside the table");
        Ok(index(start)..index(end))
    }

    /// Writes a value to a range.
    pub(crate) fn fill(&mut self, start: u64, value: u64, len: u64) -> Result<(), Trap> {
        let range = self.range(start, len)?;
        match &mut self.elements {
            Elements::Pointers(v) => v[range].fill(address(value)),
            Elements::Handles(v) => v[range].fill(handle(value)),
        }
        Ok(())
    }

    /// Writes values to consecutive elements; checks before it writes.
    pub(crate) fn init(&mut self, start: u64, values: impl ExactSizeIterator<Item = u64>) -> Result<(), Trap> {
        let range = self.range(start, values.len() as u64)?;
        match &mut self.elements {
            Elements::Pointers(v) => v[range].iter_mut().zip(values).for_each(|(d, a)| *d = address(a)),
            Elements::Handles(v) => v[range].iter_mut().zip(values).for_each(|(d, a)| *d = handle(a)),
        }
        Ok(())
    }

    /// Copies within the table; ranges may overlap.
    pub(crate) fn copy_within(&mut self, dst: u64, src: u64, len: u64) -> Result<(), Trap> {
        let src = self.range(src, len)?;
        let dst = self.range(dst, len)?;
        match &mut self.elements {
            Elements::Pointers(v) => v.copy_within(src, dst.start),
            Elements::Handles(v) => v.copy_within(src, dst.start),
        }
        Ok(())
    }

    /// Copies from another table.
    pub(crate) fn copy_from(&mut self, dst: u64, other: &Table, src: u64, len: u64) -> Result<(), Trap> {
        let src = other.range(src, len)?;
        let dst = self.range(dst, len)?;
        match (&mut self.elements, &other.elements) {
            (Elements::Pointers(d), Elements::Pointers(a)) => d[dst].copy_from_slice(&a[src]),
            (Elements::Handles(d), Elements::Handles(a)) => d[dst].copy_from_slice(&a[src]),
            _ => unreachable!("validated: element types match"),
        }
        Ok(())
    }
}

/// No table gets larger than this: as the parser's limit on initial sizes, and well within what memory can hold.
const MAX_ELEMENTS: u64 = 1 << 27;

fn address(value: u64) -> usize {
    usize::try_from(value).expect("function records have addresses of this host")
}

fn handle(value: u64) -> u32 {
    u32::try_from(value).expect("handles have 32 bits")
}

fn zeroed<T: Clone + Default>(len: usize) -> Option<Vec<T>> {
    let mut v = Vec::new();
    v.try_reserve_exact(len).ok()?;
    v.resize(len, T::default());
    Some(v)
}

fn extend<T: Clone>(v: &mut Vec<T>, len: usize, value: T) -> Option<()> {
    v.try_reserve(len - v.len()).ok()?;
    v.resize(len, value);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use gantry_abi::{IndexType, RefType};

    /// A table of the host's: `pointers` says whether it holds function references.
    fn check(pointers: bool, max: Option<u64>, test: impl FnOnce(&mut Table, *const VmTable)) {
        let mut record = VmTable { base: core::ptr::null_mut(), length: 0 };
        let record = &raw mut record;
        let ty = TableType { index_type: IndexType::I32, element: RefType::FUNCREF, min: 3, max, shared: false };
        // SAFETY: the record outlives the table, and only the table writes to it.
        let mut table = unsafe { Table::new(ty, pointers, record) }.unwrap();
        test(&mut table, record);
    }

    fn record(record: *const VmTable) -> VmTable {
        // SAFETY: the table that writes to it is not being changed.
        unsafe { record.read() }
    }

    fn elements(table: &Table) -> Vec<u64> {
        (0..table.len()).map(|i| table.get(i).unwrap()).collect()
    }

    #[test]
    fn elements_of_both_kinds_are_written_filled_and_copied() {
        for pointers in [true, false] {
            check(pointers, None, |table, _| {
                assert_eq!(elements(table), [0, 0, 0]);
                table.set(1, 7).unwrap();
                assert!(table.set(3, 7).is_none() && table.get(3).is_none() && table.get(u64::MAX).is_none());
                table.fill(2, 8, 1).unwrap();
                table.copy_within(0, 1, 2).unwrap();
                assert_eq!(elements(table), [7, 8, 8]);
                table.init(1, [1, 2].into_iter()).unwrap();
                assert_eq!(elements(table), [7, 1, 2]);
            });
        }
    }

    #[test]
    fn ranges_are_checked_before_anything_is_written() {
        check(true, None, |table, _| {
            let out = Err(Trap::TableOutOfBounds);
            assert_eq!(table.fill(2, 9, 2), out);
            assert_eq!(table.fill(u64::MAX, 9, 2), out);
            assert_eq!(table.init(2, [9, 9].into_iter()), out);
            assert_eq!(table.copy_within(0, 2, 2), out);
            assert_eq!(table.copy_within(2, 0, 2), out);
            assert_eq!((table.fill(3, 9, 0), table.fill(4, 9, 0)), (Ok(()), out));
            assert_eq!(elements(table), [0, 0, 0]);
        });
    }

    #[test]
    fn growing_is_published_and_bounded() {
        check(true, Some(6), |table, at| {
            assert_eq!(record(at).length, 3);
            assert_eq!(
                (table.grow(2, 5), table.grow(2, 5), table.grow(1, 6), table.grow(0, 0)),
                (Some(3), None, Some(5), Some(6))
            );
            assert_eq!(elements(table), [0, 0, 0, 5, 5, 6]);
            assert_eq!(record(at).length, 6);
            // SAFETY: the record names the address of so many elements of eight bytes.
            assert_eq!(unsafe { record(at).base.cast::<u64>().add(5).read() }, 6);
            assert_eq!(table.grow(u64::MAX, 0), None);
        });
        check(false, None, |table, _| assert_eq!(table.grow(MAX_ELEMENTS, 0), None));
    }
}
