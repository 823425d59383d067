//! Assembly that is being written.

use std::fmt::{Arguments, Write};

/// Adds a line to the assembly.
macro_rules! emit {
    ($asm:expr, $($line:tt)*) => {
        $asm.line(format_args!($($line)*))
    };
}
pub(crate) use emit;

/// Assembly that is being written.
#[derive(Default)]
pub(crate) struct Asm {
    pub(crate) text: String,
    /// What stands behind the handler that is being written: where its branches lead.
    tail: String,
    labels: usize,
}

impl Asm {
    /// See [`emit`].
    pub(crate) fn line(&mut self, line: Arguments<'_>) {
        writeln!(self.text, "{line}").expect("strings grow");
    }

    /// A label that nobody else uses.
    pub(crate) fn label(&mut self) -> String {
        self.labels += 1;
        format!(".Lgantry_pulley_{}", self.labels)
    }

    /// Writes behind the handler.
    pub(crate) fn in_tail(&mut self, write: impl FnOnce(&mut Self)) {
        std::mem::swap(&mut self.text, &mut self.tail);
        write(self);
        std::mem::swap(&mut self.text, &mut self.tail);
    }

    /// Ends the handler.
    pub(crate) fn flush(&mut self) {
        self.text.push_str(&std::mem::take(&mut self.tail));
    }
}

/// The lines of instructions, for bodies to keep and to add as they are.
pub(crate) fn lines(insts: &[&str]) -> String {
    insts.iter().flat_map(|inst| [*inst, "\n"]).collect()
}
