//! Memories of every mode. Whether bytes are accessible is asked from the system, which answers instead of faulting.

use super::*;
use crate::vm::mmap::page_size;
use std::os::fd::AsRawFd;

const WASM_PAGE: usize = 64 << 10;

fn ty(min_pages: u64, max_pages: Option<u64>) -> MemoryType {
    MemoryType { index_type: IndexType::I32, min_pages, max_pages, shared: false, page_size_log2: 16 }
}

fn options(reservation: u64, guard: u64, may_move: bool) -> CompileOptions {
    CompileOptions {
        memory_reservation: reservation,
        memory_guard_size: guard,
        memory_may_move: may_move,
        ..CompileOptions::default()
    }
}

/// Whether the byte at `address` can be read: the system copies it into a pipe, or refuses.
fn readable(address: usize) -> bool {
    let (_reader, writer) = std::io::pipe().unwrap();
    let byte = core::ptr::without_provenance(address);
    // SAFETY: the system checks the address itself and writes nothing to it.
    unsafe { libc::write(writer.as_raw_fd(), byte, 1) == 1 }
}

fn write(memory: &LinearMemory, at: usize, value: u8) {
    assert!(at < memory.len());
    // SAFETY: the offset is inside the memory.
    let byte = unsafe { memory.base().add(at) };
    // SAFETY: the byte is writable, and the memory is not shared.
    unsafe { byte.write(value) };
}

fn bytes(memory: &LinearMemory) -> &[u8] {
    // SAFETY: the memory is readable up to its length, and not written while the slice lives.
    unsafe { core::slice::from_raw_parts(memory.base().as_ptr(), memory.len()) }
}

/// Checks what compiled code relies on: exactly `length` bytes, rounded to host pages, are accessible within reservation and guards.
fn check_bounds(memory: &LinearMemory, options: &CompileOptions) {
    let base = memory.base().as_ptr().addr();
    let end = base + memory.len().next_multiple_of(page_size());
    assert_eq!((memory.vm_record().base.addr(), memory.vm_record().length), (base, memory.len()));
    if memory.len() != 0 {
        assert!(readable(base) && readable(end - 1));
    }
    if !sys::RESERVES {
        return;
    }
    let guard = usize::try_from(options.memory_guard_size).unwrap();
    let reserved = if options.signals_based_traps { usize::try_from(options.memory_reservation).unwrap() } else { 0 };
    let last = base + reserved.max(end - base) + guard;
    for address in [end, end.midpoint(last), last - 1] {
        if (end..last).contains(&address) {
            assert!(memory.owns_address(address) && !readable(address));
        }
    }
    if guard != 0 {
        assert!(memory.owns_address(base - guard) && !readable(base - 1) && !readable(base - guard));
    }
}

#[test]
fn every_mode_grows_and_keeps_its_contents() {
    for (reservation, guard, may_move) in [
        (4 << 30, 32 << 20, true),
        (4 << 30, 32 << 20, false),
        (WASM_PAGE as u64 * 3, 64 << 10, true),
        (WASM_PAGE as u64, 0, true),
        (0, 0, true),
        (0, 64 << 10, true),
    ] {
        for signals in [true, false] {
            let options = CompileOptions { signals_based_traps: signals, ..options(reservation, guard, may_move) };
            let mut memory = LinearMemory::new(&ty(1, Some(9)), &options, None, None).unwrap();
            check_bounds(&memory, &options);
            for pages in 1..9 {
                write(&memory, pages * WASM_PAGE - 1, u8::try_from(pages).unwrap());
                assert_eq!(memory.grow(1, None), Some(pages as u64), "{options:?}");
                check_bounds(&memory, &options);
            }
            assert_eq!(memory.grow(1, None), None);
            assert_eq!(memory.grow(0, None), Some(9));
            assert_eq!(memory.pages(), 9);
            let set: Vec<usize> = bytes(&memory).iter().enumerate().filter(|(_, b)| **b != 0).map(|(i, _)| i).collect();
            assert_eq!(set, (1..9).map(|p| p * WASM_PAGE - 1).collect::<Vec<_>>());
        }
    }
}

#[test]
fn empty_memories_have_no_accessible_byte() {
    let options = CompileOptions::default();
    let mut memory = LinearMemory::new(&ty(0, None), &options, None, None).unwrap();
    assert!(!readable(memory.base().as_ptr().addr()));
    assert_eq!(memory.grow(65536, None), Some(0));
    assert_eq!((memory.len(), memory.grow(1, None)), (1 << 32, None));
    assert!(!memory.may_move());
}

#[test]
fn memories_that_cannot_move_stop_at_their_reservation() {
    let options = options(WASM_PAGE as u64 * 2, 0, false);
    let mut memory = LinearMemory::new(&ty(1, None), &options, None, None).unwrap();
    let base = memory.base();
    assert_eq!([memory.grow(1, None), memory.grow(1, None)], [Some(1), None]);
    assert_eq!(memory.base(), base);
    // One that starts out larger has what it needs, and no more.
    let mut memory = LinearMemory::new(&ty(3, None), &options, None, None).unwrap();
    assert_eq!(memory.grow(1, None), None);
}

#[test]
fn moving_in_small_steps_is_rare() {
    let options = options(0, 0, true);
    let mut memory = LinearMemory::new(&ty(1, None), &options, None, None).unwrap();
    assert!(memory.may_move());
    let mut moves = 0;
    for _ in 0..300 {
        let before = memory.base();
        memory.grow(1, None).unwrap();
        moves += usize::from(memory.base() != before);
    }
    assert!(moves < 20, "{moves}");
}

#[test]
fn limits_hold() {
    let options = CompileOptions::default();
    let limit = |pages: u64| Some(pages * WASM_PAGE as u64);
    assert!(matches!(
        LinearMemory::new(&ty(3, None), &options, None, limit(2)),
        Err(MemoryError::Limit { bytes: 196_608, limit: 131_072 })
    ));
    let mut memory = LinearMemory::new(&ty(1, None), &options, None, limit(4)).unwrap();
    assert_eq!(memory.grow(2, limit(2)), None);
    assert_eq!(memory.grow(1, limit(2)), Some(1));
    assert_eq!(memory.grow(3, None), None);
    assert_eq!(memory.grow(2, None), Some(2));
    assert_eq!(memory.grow(u64::MAX, None), None);
}

#[test]
fn memories_with_64_bit_addresses_go_beyond_4_gib() {
    let ty =
        |min_pages, page_size_log2| MemoryType { index_type: IndexType::I64, page_size_log2, ..ty(min_pages, None) };
    let options = CompileOptions::default();
    let mut memory = LinearMemory::new(&ty(1, 16), &options, None, None).unwrap();
    write(&memory, 17, 42);
    assert_eq!(memory.grow(70_000, None), Some(1));
    assert_eq!((memory.pages(), bytes(&memory)[17]), (70_001, 42));
    write(&memory, 70_001 * WASM_PAGE - 1, 1);
    check_bounds(&memory, &options);
    assert_eq!(memory.grow(1 << 40, None), None);
    for (pages, page_size_log2) in [(1 << 48, 16), (u64::MAX, 0), (1 << 47, 16), (1 << 62, 0)] {
        LinearMemory::new(&ty(pages, page_size_log2), &options, None, None).unwrap_err();
    }
}

#[test]
fn byte_pages_are_accessible_up_to_host_pages() {
    let ty = MemoryType { page_size_log2: 0, ..ty(5, Some(20_000)) };
    let options = CompileOptions::default();
    let mut memory = LinearMemory::new(&ty, &options, None, None).unwrap();
    assert_eq!((memory.len(), memory.pages()), (5, 5));
    write(&memory, 4, 9);
    assert_eq!(memory.grow(1, None), Some(5));
    assert_eq!(bytes(&memory), [0, 0, 0, 0, 9, 0]);
    assert_eq!(memory.grow(10_000, None), Some(6));
    check_bounds(&memory, &options);
    assert_eq!(memory.grow(20_000, None), None);
}

#[test]
fn shared_memories_never_move() {
    let ty = MemoryType { shared: true, ..ty(1, Some(5)) };
    let mut memory = LinearMemory::new(&ty, &options(0, 0, true), None, None).unwrap();
    let base = memory.base();
    assert_eq!(memory.grow(4, None), Some(1));
    assert!(memory.base() == base && !memory.may_move());
}

/// Makes two memories with an image, writes to one, and checks that the other and a third do not see it.
fn check_image(len: usize, offset: usize, pages: u64) {
    let contents: Vec<u8> = (0..len).map(|i| u8::try_from(i % 251 + 1).unwrap()).collect();
    let mut padded = vec![0xee; page_size()];
    padded.extend(&contents);
    padded.resize(padded.len().next_multiple_of(page_size()), 0);
    let file = ImageFile::from_bytes(&padded).unwrap();
    let mapped = len.next_multiple_of(page_size());
    let mapping = offset.is_multiple_of(page_size()).then_some(ImageMapping {
        file: &file,
        offset: page_size() as u64,
        len: mapped,
    });
    for mapping in [mapping, None] {
        let image = MemoryImageSource { bytes: &contents, memory_offset: offset as u64, mapping };
        for options in [CompileOptions::default(), options(0, 0, true)] {
            let new = || LinearMemory::new(&ty(pages, None), &options, Some(&image), None).unwrap();
            let expected = |memory: &LinearMemory| {
                let (before, rest) = bytes(memory).split_at(offset);
                let (image, after) = rest.split_at(len);
                before.iter().chain(after).all(|&b| b == 0) && image == contents
            };
            let (mut a, b) = (new(), new());
            assert!(expected(&a) && expected(&b));
            check_bounds(&a, &options);
            (0..a.len()).step_by(1000).for_each(|i| write(&a, i, 0xff));
            assert!(expected(&b) && expected(&new()));
            let before = bytes(&a).to_vec();
            a.grow(3, None).unwrap();
            assert_eq!(&bytes(&a)[..before.len()], before);
            assert!(bytes(&a)[before.len()..].iter().all(|&b| b == 0));
        }
    }
}

#[test]
fn images_are_private_to_each_memory() {
    check_image(100, 0, 1);
    check_image(100, 77, 1);
    check_image(MAX_COPIED_IMAGE_BYTES + 1, 0, 1);
    check_image(WASM_PAGE, 0, 1);
    check_image(WASM_PAGE - 5, 0, 2);
    check_image(2 * WASM_PAGE + 1, WASM_PAGE, 4);
    check_image(2 * WASM_PAGE, WASM_PAGE, 3);
}

#[test]
fn an_image_in_a_memory_of_byte_pages_may_end_within_a_host_page() {
    let contents = vec![7; MAX_COPIED_IMAGE_BYTES + 100];
    let mut padded = contents.clone();
    padded.resize(padded.len().next_multiple_of(page_size()), 0);
    let file = ImageFile::from_bytes(&padded).unwrap();
    let mapping = Some(ImageMapping { file: &file, offset: 0, len: padded.len() });
    let image = MemoryImageSource { bytes: &contents, memory_offset: 0, mapping };
    let ty = MemoryType { page_size_log2: 0, ..ty(contents.len() as u64, None) };
    let mut memory = LinearMemory::new(&ty, &CompileOptions::default(), Some(&image), None).unwrap();
    assert_eq!(bytes(&memory), contents);
    memory.grow(50, None).unwrap();
    assert_eq!(bytes(&memory)[contents.len()..], [0; 50]);
}

#[test]
fn used_slots_show_nothing_of_their_past() {
    let page = page_size();
    let files: Vec<(Vec<u8>, ImageFile)> = (1..4u8)
        .map(|i| {
            let bytes = vec![i; 4 * page * usize::from(i)];
            let file = ImageFile::from_bytes(&bytes).unwrap();
            (bytes, file)
        })
        .collect();
    let mut random = 1u64;
    let mut draw = |below: u64| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (random >> 33) % below
    };
    let mut live = Vec::new();
    for _ in 0..2000 {
        let pages = draw(4) + 1;
        let image = files.get(usize::try_from(draw(5)).unwrap()).map(|(bytes, file)| {
            let place = usize::try_from(draw(2)).unwrap() * page;
            let len = bytes.len().min(usize::try_from(pages).unwrap() * WASM_PAGE - place);
            let mapping = ImageMapping { file, offset: 0, len };
            MemoryImageSource { bytes: &bytes[..len], memory_offset: place as u64, mapping: Some(mapping) }
        });
        let options = if draw(4) == 0 { options(WASM_PAGE as u64 * 2, 0, true) } else { CompileOptions::default() };
        let mut memory = LinearMemory::new(&ty(pages, None), &options, image.as_ref(), None).unwrap();
        if draw(3) == 0 {
            memory.grow(draw(5), None).unwrap();
        }
        let mut expected = vec![0; memory.len()];
        if let Some(image) = image {
            let start = usize::try_from(image.memory_offset).unwrap();
            expected[start..start + image.bytes.len()].copy_from_slice(image.bytes);
        }
        assert!(bytes(&memory) == expected);
        check_bounds(&memory, &options);
        (0..memory.len()).step_by(page / 2).for_each(|at| write(&memory, at, 0xff));
        live.push(memory);
        while live.len() > 3 || (draw(3) == 0 && !live.is_empty()) {
            let at = usize::try_from(draw(live.len() as u64)).unwrap();
            live.swap_remove(at);
        }
    }
}
