//! From an address to the code that it belongs to, readable from a signal handler without locks.
//!
//! Readers see an immutable sorted table behind an atomic pointer. Writers (loading and unloading of code) build a new table
//! under a lock, publish it, and keep the old one and code that was removed until no reader is inside.
//!
//! Invariants
//! R1. `TABLE` is null or points to a `Table` that came from `Box::into_raw` and is freed only by a writer that saw `READERS`
//!     at 0 after it had published a newer one.
//! R2. A reader raises `READERS` before it loads `TABLE` and lowers it when it is done with everything it found. All of these
//!     operations and those of R1 are sequentially consistent: a writer that sees 0 after publishing knows that any later reader
//!     finds the newer table, and every earlier one is done.
//! R3. Each entry's `code` came from `Arc::as_ptr`, and a strong count of it is held in `Writer::live` while it is in the
//!     published table, then in `Writer::retired` for as long as an older table with it may be read.

use crate::env::Mutex;
use crate::prelude::*;
use crate::vm::code::CodeMemory;
use alloc::sync::Arc;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, AtomicUsize, Ordering::SeqCst};
use gantry_abi::{DefinedFunc, Trap};

#[derive(Clone, Copy)]
struct Entry {
    /// Addresses of the text.
    start: usize,
    end: usize,
    code: *const CodeMemory,
}

/// Entries in order of `start`; ranges do not overlap.
type Table = Vec<Entry>;

static TABLE: AtomicPtr<Table> = AtomicPtr::new(null_mut());
static READERS: AtomicUsize = AtomicUsize::new(0);

/// What writers share.
struct Writer {
    /// Owners of the code in the published table.
    live: Vec<Arc<CodeMemory>>,
    /// Older tables, with the code that was removed after them.
    retired: Vec<Retired>,
}

/// Frees nothing by itself: [`Writer::collect`] says when it may be dropped.
struct Retired {
    table: *mut Table,
    code: Option<Arc<CodeMemory>>,
}

// SAFETY: the table pointer is owned by whoever owns this value.
unsafe impl Send for Retired {}

impl Drop for Retired {
    fn drop(&mut self) {
        if !self.table.is_null() {
            // SAFETY: by R1 the table came from a box, and it is dropped only once no reader can see it.
            drop(unsafe { Box::from_raw(self.table) });
        }
        drop(self.code.take());
    }
}

static WRITER: Mutex<Writer> = Mutex::new(Writer { live: Vec::new(), retired: Vec::new() });

impl Writer {
    /// Publishes what `change` makes of the current table.
    fn publish(&mut self, change: impl FnOnce(&mut Table), removed: Option<Arc<CodeMemory>>) {
        let old = TABLE.load(SeqCst);
        // SAFETY: only writers free tables (R1), and this one holds the lock.
        let mut table = unsafe { old.as_ref() }.cloned().unwrap_or_default();
        change(&mut table);
        TABLE.store(Box::into_raw(Box::new(table)), SeqCst);
        self.retired.push(Retired { table: old, code: removed });
    }

    /// What no reader can see any more. The caller drops it after the lock is released: freeing code takes a while.
    fn collect(&mut self) -> Vec<Retired> {
        if READERS.load(SeqCst) == 0 { core::mem::take(&mut self.retired) } else { Vec::new() }
    }
}

/// Keeps code in the registry.
#[derive(Debug)]
#[must_use = "dropping it removes the code from the registry"]
pub(crate) struct Registration {
    /// Start of the text; none for code without text.
    start: Option<usize>,
}

/// Makes code known. A text can be registered once.
///
/// # Panics
///
/// If the text overlaps one that is registered.
pub(crate) fn register(code: &Arc<CodeMemory>) -> Registration {
    let start = code.text_base().addr();
    let entry = Entry { start, end: start + code.text().len(), code: Arc::as_ptr(code) };
    if entry.start == entry.end {
        return Registration { start: None };
    }
    let garbage = {
        let mut writer = WRITER.lock();
        writer.publish(
            |table| {
                let at = table.partition_point(|e| e.start < entry.start);
                assert!(at == 0 || table[at - 1].end <= entry.start, "texts do not overlap");
                assert!(at == table.len() || entry.end <= table[at].start, "texts do not overlap");
                table.insert(at, entry);
            },
            None,
        );
        writer.live.push(code.clone());
        writer.collect()
    };
    drop(garbage);
    Registration { start: Some(start) }
}

impl Drop for Registration {
    fn drop(&mut self) {
        let Some(start) = self.start else { return };
        let garbage = {
            let mut writer = WRITER.lock();
            let at = writer.live.iter().position(|c| c.text_base().addr() == start);
            let code = at.map(|at| writer.live.swap_remove(at));
            writer.publish(|table| table.retain(|e| e.start != start), code);
            writer.collect()
        };
        drop(garbage);
    }
}

/// A reader: while it lives, no table or code that it can have seen is freed.
#[derive(Debug)]
struct Reader;

impl Reader {
    fn new() -> Self {
        READERS.fetch_add(1, SeqCst);
        Self
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        READERS.fetch_sub(1, SeqCst);
    }
}

/// Registered code at an address. Hold it for a short time only: nothing that was unloaded is freed meanwhile.
#[derive(Debug)]
pub(crate) struct CodeRef {
    code: *const CodeMemory,
    offset: u32,
    _reader: Reader,
}

/// The code that `pc` belongs to. Takes no locks and allocates nothing.
pub(crate) fn lookup(pc: usize) -> Option<CodeRef> {
    let reader = Reader::new();
    // SAFETY: by R1 and R2 the table is not freed while `reader` lives.
    let table = unsafe { TABLE.load(SeqCst).as_ref() }?;
    let at = table.partition_point(|e| e.start <= pc).checked_sub(1)?;
    let entry = table[at];
    if pc >= entry.end {
        return None;
    }
    let offset = u32::try_from(pc - entry.start).expect("texts are smaller than 4 GiB");
    Some(CodeRef { code: entry.code, offset, _reader: reader })
}

/// The address of the instruction of bytecode that a cell was made of.
pub(crate) fn bytecode_at(cell: usize) -> Option<usize> {
    let _reader = Reader::new();
    // SAFETY: by R1 and R2 the table is not freed while the reader lives.
    let table = unsafe { TABLE.load(SeqCst).as_ref() }?;
    table.iter().find_map(|entry| {
        // SAFETY: by R3 the code has an owner for as long as a reader that found it lives.
        let offset = unsafe { &*entry.code }.bytecode()?.offset_of(cell)?;
        Some(entry.start + offset as usize)
    })
}

/// Calls `f` with the code that a cell is of, and the offset at which its function begins.
pub(crate) fn with_bytecode<R>(cell: usize, f: impl FnOnce(&CodeMemory, u32) -> R) -> Option<R> {
    let _reader = Reader::new();
    // SAFETY: by R1 and R2 the table is not freed while the reader lives.
    let table = unsafe { TABLE.load(SeqCst).as_ref() }?;
    let (code, start) = table.iter().find_map(|entry| {
        // SAFETY: by R3 the code has an owner for as long as a reader that found it lives.
        let code = unsafe { &*entry.code };
        Some((code, code.bytecode()?.function_of(cell)?.start()))
    })?;
    Some(f(code, start))
}

impl CodeRef {
    /// The code.
    pub(crate) fn code(&self) -> &CodeMemory {
        // SAFETY: by R3 the code has an owner for as long as a reader that found it lives.
        unsafe { &*self.code }
    }

    /// The code, kept alive beyond this lookup.
    pub(crate) fn to_arc(&self) -> Arc<CodeMemory> {
        // SAFETY: by R3 the pointer came from `Arc::as_ptr`, and a strong count is held while this reader lives.
        unsafe { Arc::increment_strong_count(self.code) };
        // SAFETY: as above; the count was just raised for this one.
        unsafe { Arc::from_raw(self.code) }
    }

    /// Why the instruction that starts here may stop the guest; `None` if it cannot.
    pub(crate) fn trap(&self) -> Option<Trap> {
        self.code().traps().lookup(self.offset)
    }

    /// The wasm function that the address is in; `None`: a trampoline.
    pub(crate) fn function(&self) -> Option<DefinedFunc> {
        self.code().function_at(self.offset)
    }

    /// Offset in the module of the operator that the code at the address was made from.
    pub(crate) fn wasm_offset(&self) -> Option<u32> {
        self.code().source_map().lookup(self.offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vm::test_image::{TestImage, accept};
    use core::sync::atomic::AtomicBool;

    fn code() -> Arc<CodeMemory> {
        let mut image = TestImage::new(&[0xc3; 64], [16..32, 48..64]);
        image.traps = vec![(17, Trap::Unreachable), (50, Trap::IntegerOverflow)];
        image.source_map = vec![(16, Some(100)), (32, None)];
        CodeMemory::from_bytes(&image.build(), gantry_pulley::CodeOptions::default(), accept).unwrap()
    }

    #[test]
    fn addresses_are_found_while_registered() {
        let code = code();
        let base = code.text_base().addr();
        assert!(lookup(base).is_none());
        let registration = register(&code);
        let at = |offset| lookup(base + offset);
        assert!(at(64).is_none() && lookup(base - 1).is_none());
        assert_eq!(at(17).unwrap().trap(), Some(Trap::Unreachable));
        assert_eq!(at(18).unwrap().trap(), None);
        let functions = [0, 16, 31, 32, 48, 63].map(|o| at(o).unwrap().function().map(|f| f.as_u32()));
        assert_eq!(functions, [None, Some(0), Some(0), None, Some(1), Some(1)]);
        assert_eq!((at(20).unwrap().wasm_offset(), at(40).unwrap().wasm_offset()), (Some(100), None));
        assert!(core::ptr::eq(at(63).unwrap().code(), &*code));
        drop(registration);
        assert!(at(17).is_none());
    }

    #[test]
    fn code_without_text_is_never_found() {
        let code =
            CodeMemory::from_bytes(&TestImage::new(&[], []).build(), gantry_pulley::CodeOptions::default(), accept)
                .unwrap();
        drop(register(&code));
    }

    #[test]
    fn registered_code_lives_as_long_as_someone_looks_at_it() {
        let code = code();
        let weak = Arc::downgrade(&code);
        let registration = register(&code);
        let found = lookup(code.text_base().addr()).unwrap();
        drop((code, registration));
        assert_eq!(found.code().text().len(), 64);
        assert!(weak.upgrade().is_some());
        drop(found);
        // The next writer that meets no reader frees it; tests of other threads may be reading now and then.
        while weak.upgrade().is_some() {
            drop(register(&self::code()));
        }
    }

    #[test]
    fn readers_run_while_code_comes_and_goes() {
        let fixed = code();
        let _registration = register(&fixed);
        let base = fixed.text_base().addr();
        let stop = AtomicBool::new(false);
        let last = AtomicUsize::new(base);
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    while !stop.load(SeqCst) {
                        assert_eq!(lookup(base + 50).unwrap().trap(), Some(Trap::IntegerOverflow));
                        // Where this test's code was unloaded, a test of another thread may have loaded its own.
                        if let Some(found) = lookup(last.load(SeqCst) + 17)
                            && found.code().text() == fixed.text()
                        {
                            assert_eq!(found.trap(), Some(Trap::Unreachable));
                        }
                    }
                });
            }
            for _ in 0..300 {
                let codes = [code(), code(), code()];
                let registrations = codes.each_ref().map(register);
                last.store(codes[1].text_base().addr(), SeqCst);
                drop(codes);
                drop(registrations);
            }
            stop.store(true, SeqCst);
        });
    }
}
