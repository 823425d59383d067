//! Walks the frames of compiled code.
//!
//! Compiled code always keeps frame pointers, and a frame looks alike on every ISA here: the word at the frame pointer is the
//! caller's frame pointer, the word behind it the return address into the caller. (s390x will need its backchain instead.)
//!
//! Invariants
//! W1. Between an exit (or a fault) and the entry that it belongs to, all frames are those of compiled code or of trampolines,
//!     so that the chain of frame pointers from the innermost one leads to `entry_fp`, and the frames stay where they are during the walk.

/// A place in compiled code that is on the stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    /// Address of the instruction that faulted or called.
    pub(crate) pc: usize,
    /// Whether `pc` is behind the call (a return address), not the instruction itself.
    pub(crate) is_return: bool,
    /// Its frame pointer.
    pub(crate) fp: usize,
}

impl Frame {
    /// An address inside the instruction that faulted or called: what tables of ranges are to be asked for.
    pub(crate) fn lookup_pc(self) -> usize {
        if self.is_return { self.pc.wrapping_sub(1) } else { self.pc }
    }
}

/// Part of the stack between an entry into wasm and where it was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// The innermost frame.
    pub(crate) innermost: Frame,
    /// Frame pointer of the entry trampoline.
    pub(crate) entry_fp: usize,
    /// Where the return address is, in words from the frame pointer: [`RETURN_WORD`], or 1 in bytecode.
    pub(crate) return_word: usize,
}

/// Where machine code has the return address, in words from the frame pointer. On s390x that is the slot of r14 in the caller's register save
/// area, which the backchain points to.
pub(crate) const RETURN_WORD: usize = if cfg!(target_arch = "s390x") { 14 } else { 1 };

/// Calls `visit` for each frame, innermost first, until it returns `false`.
///
/// # Safety
///
/// The span describes a part of the current thread's stack for which W1 holds.
pub(crate) unsafe fn walk(span: Span, visit: &mut impl FnMut(Frame) -> bool) -> bool {
    let Span { innermost: mut frame, entry_fp, return_word } = span;
    while frame.fp != entry_fp {
        if !visit(frame) {
            return false;
        }
        let fp = frame.fp;
        debug_assert!(
            fp != 0 && fp < entry_fp && fp.is_multiple_of(align_of::<usize>()),
            "frames lead up to the entry"
        );
        let record = fp as *const usize;
        // SAFETY: by W1, `fp` is the frame pointer of a live frame, whose first word is the caller's frame pointer.
        let caller_fp = unsafe { record.read() };
        // SAFETY: by W1 this word belongs to the same frame and holds the return address.
        let return_pc = unsafe { record.add(return_word).read() };
        frame = Frame { pc: return_pc, is_return: true, fp: caller_fp };
    }
    true
}

/// The caller's frame pointer, as saved in the frame at `fp`.
///
/// # Safety
///
/// `fp` is the frame pointer of a live frame of compiled code or of a trampoline.
pub(crate) unsafe fn caller_fp(fp: usize) -> usize {
    // SAFETY: the first word of a live frame is the caller's frame pointer.
    unsafe { (fp as *const usize).read() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A stack of frames in an array: (saved frame pointer, return address) pairs.
    fn stack(returns: &[usize]) -> Vec<[usize; 2]> {
        let mut frames = vec![[0; 2]; returns.len() + 1];
        let base = frames.as_ptr().addr();
        for (i, &pc) in returns.iter().enumerate() {
            frames[i] = [base + (i + 1) * size_of::<[usize; 2]>(), pc];
        }
        frames
    }

    #[test]
    fn frames_come_innermost_first_and_end_at_the_entry() {
        let frames = stack(&[20, 30, 999]);
        let at = |i: usize| (&raw const frames[i]).expose_provenance();
        let mut seen = Vec::new();
        let span = Span { innermost: Frame { pc: 10, is_return: false, fp: at(0) }, entry_fp: at(3), return_word: 1 };
        // SAFETY: the frames lead from the innermost to `entry_fp` and live on.
        assert!(unsafe {
            walk(span, &mut |f| {
                seen.push(f.lookup_pc());
                true
            })
        });
        assert_eq!(seen, [10, 19, 29]);
        seen.clear();
        // SAFETY: as above.
        assert!(!unsafe {
            walk(span, &mut |f| {
                seen.push(f.pc);
                seen.len() < 2
            })
        });
        assert_eq!(seen, [10, 20]);
    }

    #[test]
    fn an_exit_straight_from_the_entry_trampoline_has_no_frames() {
        let span = Span { innermost: Frame { pc: 10, is_return: true, fp: 64 }, entry_fp: 64, return_word: 1 };
        // SAFETY: there are no frames to read.
        assert!(unsafe { walk(span, &mut |_| panic!("no frame")) });
    }
}
