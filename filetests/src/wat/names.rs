//! Names of the fields that compiled code addresses, so that a change of the layout changes no expectation.
//!
//! Registers that hold the vmctx are found in the text of instructions. A definition reaches a use if every path to the use
//! comes through it: all branches into the lines between the two start between the two. That is weaker than a data-flow
//! analysis, and never wrong: where it does not see enough, the number stays.

use crate::cells::Syntax;
use gantry_abi::{ModuleInfo, VmLayout};
use std::collections::HashMap;

/// What a register or value points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Base {
    /// The vmctx of the instance.
    Vmctx,
    /// The store context.
    Store,
}

/// Records in the vmctx: their name, where the first is, bytes from one to the next, how many there are, and their fields.
type Array<'a> = (&'a str, u32, u32, usize, &'a [(u32, &'a str)]);

/// Names of fields by offset.
#[derive(Clone, Debug, Default)]
pub struct Names {
    fields: HashMap<(Base, u32), String>,
}

impl Names {
    /// The names of a module's layout.
    pub fn new(layout: &VmLayout, module: &ModuleInfo) -> Self {
        let mut fields = HashMap::new();
        let mut add = |base, offset: u32, name: String| drop(fields.insert((base, offset), name));
        for (offset, name) in [
            (layout.magic, "magic"),
            (layout.store, "store"),
            (layout.libcalls, "libcalls"),
            (layout.epoch_counter, "epoch_counter"),
            (layout.type_ids, "type_ids"),
            (layout.code_table, "code_table"),
            (layout.counters, "counters"),
        ] {
            add(Base::Vmctx, offset, format!("vmctx.{name}"));
        }
        let (memory, table, import, func) = (&layout.memory, &layout.table, &layout.import, &layout.func_ref);
        let memory = [(memory.base, ".base"), (memory.length, ".length")];
        let table = [(table.base, ".base"), (table.length, ".length")];
        let import = [(import.from, ".from"), (import.vmctx, ".vmctx"), (import.index, ".index")];
        let func = [
            (func.wasm_call, ".wasm_call"),
            (func.array_call, ".array_call"),
            (func.vmctx, ".vmctx"),
            (func.type_id, ".type_id"),
        ];
        let whole = [(0, "")];
        let (l, m) = (layout, module);
        #[rustfmt::skip]
        let arrays: [Array<'_>; 10] = [
            ("memories",           l.memories.start(),             l.memories.stride(),             m.memories.len() - m.num_imported_memories,    &memory),
            ("imported_memories",  l.imported_memories.start(),    l.imported_memories.stride(),    m.num_imported_memories,                       &import),
            ("tables",             l.tables.start(),               l.tables.stride(),               m.tables.len() - m.num_imported_tables,        &table),
            ("imported_tables",    l.imported_tables.start(),      l.imported_tables.stride(),      m.num_imported_tables,                         &import),
            ("globals",            l.globals.start(),              l.globals.stride(),              m.globals.len() - m.num_imported_globals,      &whole),
            ("imported_globals",   l.imported_globals.start(),     l.imported_globals.stride(),     m.num_imported_globals,                        &import),
            ("imported_functions", l.imported_functions.start(),   l.imported_functions.stride(),   m.num_imported_functions,                      &func),
            ("imported_tags",      l.imported_tags.start(),        l.imported_tags.stride(),        m.num_imported_tags,                           &import),
            ("tags",               l.tags.start(),                 l.tags.stride(),                 m.tags.len() - m.num_imported_tags,            &whole),
            ("func_refs",          l.func_refs.start(),            l.func_refs.stride(),            m.num_func_refs,                               &func),
        ];
        for (name, start, stride, count, parts) in arrays {
            for index in 0..u32::try_from(count).unwrap_or(u32::MAX) {
                for (offset, part) in parts {
                    add(Base::Vmctx, start + index * stride + offset, format!("vmctx.{name}[{index}]{part}"));
                }
            }
        }
        let store = &layout.store_context;
        for (offset, name) in [
            (store.fuel, "fuel"),
            (store.epoch_deadline, "epoch_deadline"),
            (store.stack_limit, "stack_limit"),
            (store.last_exit_fp, "last_exit_fp"),
            (store.last_exit_pc, "last_exit_pc"),
            (store.entry_sp, "entry_sp"),
            (store.entry_fp, "entry_fp"),
            (store.entry_pc, "entry_pc"),
        ] {
            add(Base::Store, offset, format!("store.{name}"));
        }
        Self { fields }
    }

    /// The name of a field.
    pub fn get(&self, base: Base, offset: u32) -> Option<&str> {
        self.fields.get(&(base, offset)).map(String::as_str)
    }

    /// What a pointer points to that is loaded from a field.
    pub fn pointee(&self, base: Base, offset: u32) -> Option<Base> {
        (self.get(base, offset)? == "vmctx.store").then_some(Base::Store)
    }
}

/// An instruction, as far as names go.
pub struct Inst<'a> {
    /// Mnemonic and operands.
    pub text: &'a str,
    /// Index of the instruction that it may jump to.
    pub target: Option<usize>,
}

/// Replaces offsets from the vmctx and the store context by names.
pub fn annotate(syntax: &Syntax, names: &Names, insts: &[Inst<'_>]) -> Vec<String> {
    let mut texts: Vec<String> = insts.iter().map(|i| i.text.to_owned()).collect();
    // What each register points to, and since which instruction; the vmctx is there before the first.
    let mut held: HashMap<String, (Base, Option<usize>)> = HashMap::new();
    held.insert(syntax.vmctx.to_owned(), (Base::Vmctx, None));
    for (index, inst) in insts.iter().enumerate() {
        held.retain(|_, (_, since)| reaches(insts, *since, index));
        let access = held.iter().find_map(|(register, &(base, _))| {
            let (range, offset) = syntax.access(inst.text, register)?;
            Some((base, range, offset))
        });
        let mut loaded = None;
        if let Some((base, range, offset)) = access
            && let Some(name) = names.get(base, offset)
        {
            texts[index].replace_range(range, &format!("[{name}]"));
            loaded = names.pointee(base, offset);
        }
        let copied = syntax.copied(inst.text).and_then(|from| held.get(from)).map(|held| held.0);
        if syntax.is_call(inst.text) {
            held.retain(|register, _| syntax.kept.contains(&register.as_str()));
        } else if let Some(defined) = syntax.defined(inst.text) {
            match copied.or(loaded) {
                Some(base) => drop(held.insert(defined, (base, Some(index)))),
                None => drop(held.remove(&defined)),
            }
        }
    }
    texts
}

/// Whether every path to `at` comes through `since`.
fn reaches(insts: &[Inst<'_>], since: Option<usize>, at: usize) -> bool {
    let first = since.map_or(0, |since| since + 1);
    insts.iter().enumerate().all(|(from, inst)| {
        let enters = inst.target.is_some_and(|to| to >= first && to <= at);
        // The start of the function cannot be jumped over; what is defined later can be jumped past.
        let inside = from < at && (since.is_none() || from >= first);
        !enters || inside
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cells::Row;
    use gantry_abi::PointerWidth;
    use gantry_emit::Isa;

    fn check(isa: Isa, insts: &[(&str, Option<usize>)], expected: &[&str]) {
        let module = ModuleInfo::default();
        let names = Names::new(&VmLayout::new(PointerWidth::W64, &module), &module);
        let insts: Vec<_> = insts.iter().map(|&(text, target)| Inst { text, target }).collect();
        assert_eq!(annotate(&Row::of(isa).syntax, &names, &insts), expected);
    }

    #[test]
    fn copies_and_pointers_are_followed() {
        check(
            Isa::X86_64,
            &[
                ("mov r10, qword ptr [rdi + 8]", None),
                ("mov r10, qword ptr [r10 + 0x10]", None),
                ("mov r12, rdi", None),
                ("mov rax, rdi", None),
                ("call 0x100", None),
                ("mov rcx, qword ptr [r12 + 0x18]", None),
                ("mov rcx, qword ptr [rax + 0x18]", None),
                ("mov r12, rcx", None),
                ("mov rcx, qword ptr [r12 + 0x18]", None),
            ],
            &[
                "mov r10, qword ptr [vmctx.store]",
                "mov r10, qword ptr [store.stack_limit]",
                "mov r12, rdi",
                "mov rax, rdi",
                "call 0x100",
                "mov rcx, qword ptr [vmctx.epoch_counter]",
                "mov rcx, qword ptr [rax + 0x18]",
                "mov r12, rcx",
                "mov rcx, qword ptr [r12 + 0x18]",
            ],
        );
        check(Isa::Aarch64, &[("ldur x16, [x2, #8]", None)], &["ldur x16, [vmctx.store]"]);
        check(Isa::Riscv64, &[("ld t6, 8(a0)", None)], &["ld t6, [vmctx.store]"]);
        check(Isa::S390x, &[("lg %r1, 8(%r2)", None)], &["lg %r1, [vmctx.store]"]);
        check(Isa::Pulley64, &[("xload64le_o32 x2, x0, 8", None)], &["xload64le_o32 x2, [vmctx.store]"]);
    }

    #[test]
    fn what_may_come_another_way_keeps_its_number() {
        let jump_past = [("je 2", Some(2)), ("mov r12, rdi", None), ("mov rax, qword ptr [r12 + 8]", None)];
        check(Isa::X86_64, &jump_past, &jump_past.map(|i| i.0));
        let back = [("mov rax, qword ptr [rdi + 8]", None), ("mov rdi, rax", None), ("jmp 0", Some(0))];
        check(Isa::X86_64, &back, &back.map(|i| i.0));
    }
}
