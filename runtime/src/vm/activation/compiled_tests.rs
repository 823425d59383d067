//! Compiled modules on bare memories, code and activations: what the parts of this folder promise each other.

use crate::sys;
use crate::vm::activation::{self, Stop, StopReason};
use crate::vm::code::CodeMemory;
use crate::vm::code_registry::{self, Registration};
use crate::vm::memory::LinearMemory;
use crate::vm::records::{ArrayCall, VmCell, VmContext, VmStoreContext};
use crate::vm::test_image::accept;
use alloc::sync::Arc;
use gantry_abi::layout::INSTANCE_MAGIC;
use gantry_abi::module::Entity;
use gantry_abi::{CompileOptions, DefinedMemory, PointerWidth, Trap, VmLayout};
use gantry_compile::{ModuleCompiler, Settings};

/// An instance of a module without imports, tables and globals.
struct Bare {
    code: Arc<CodeMemory>,
    _registration: Registration,
    memories: Vec<LinearMemory>,
    vmctx: Vec<VmCell>,
    store: Box<VmStoreContext>,
}

impl Bare {
    fn new(wat: &str, options: CompileOptions) -> Self {
        sys::signals::install().unwrap();
        let settings = Settings { options: options.clone(), ..Settings::default() };
        let artifact = ModuleCompiler::new(settings).unwrap().compile(&wat::parse_str(wat).unwrap()).unwrap();
        let code = CodeMemory::from_bytes(&artifact, gantry_pulley::CodeOptions::default(), accept).unwrap();
        let registration = code_registry::register(&code);
        let layout = VmLayout::new(PointerWidth::HOST, code.module());
        let memories: Vec<_> = (0..code.module().memories.len())
            .map(|i| {
                let defined = DefinedMemory::from_u32(u32::try_from(i).unwrap());
                let ty = &code.module().memories[code.module().memory_index(defined)];
                LinearMemory::new(ty, &options, code.memory_image(defined).as_ref(), None).unwrap()
            })
            .collect();
        let mut store = Box::new(VmStoreContext::default());
        let mut vmctx = vec![VmCell::default(); layout.size as usize / 16];
        let mut write = |offset: u32, value: usize| {
            vmctx[offset as usize / 16].0[offset as usize % 16..][..8].copy_from_slice(&value.to_ne_bytes());
        };
        write(layout.magic, INSTANCE_MAGIC as usize);
        write(layout.store, (&raw mut *store).expose_provenance());
        for (i, memory) in memories.iter().enumerate() {
            let record = layout.memories.at(DefinedMemory::from_u32(u32::try_from(i).unwrap()));
            write(record + layout.memory.base, memory.vm_record().base.expose_provenance());
            write(record + layout.memory.length, memory.vm_record().length);
        }
        Self { code, _registration: registration, memories, vmctx, store }
    }

    /// Calls an export whose parameters and result are i32.
    fn call(&mut self, name: &str, args: &[i32]) -> Result<i32, Box<Stop>> {
        let module = self.code.module();
        let export = module.exports.iter().find(|e| &*e.name == name).unwrap();
        let Entity::Func(func) = export.entity else { panic!("a function") };
        let shape = self.code.code().type_shapes[module.functions[func].ty].unwrap();
        let entry = self.code.address(self.code.code().entry_trampolines[shape]);
        // SAFETY: an entry trampoline has this signature.
        let entry = unsafe { core::mem::transmute::<*const u8, ArrayCall>(entry) };
        let wasm_call = self.code.func_address(module.defined_func(func).unwrap());
        let mut values = [VmCell::default(); 8];
        for (cell, arg) in values.iter_mut().zip(args) {
            cell.0[..4].copy_from_slice(&arg.to_le_bytes());
        }
        let vmctx = self.vmctx.as_mut_ptr().cast::<VmContext>();
        let call = || {
            // SAFETY: vmctx and values are laid out as the module expects, and there are enough cells.
            unsafe { entry(vmctx, vmctx, values.as_mut_ptr(), values.len(), wasm_call) }
        };
        // SAFETY: the store context outlives the call, and the code belongs to it.
        unsafe { activation::enter(&raw mut *self.store, 256 << 10, call) }?;
        Ok(i32::from_le_bytes(values[0].0[..4].try_into().unwrap()))
    }

    fn check_trap(&mut self, name: &str, args: &[i32], expected: Trap, frames: &[u32]) {
        let stop = self.call(name, args).unwrap_err();
        assert!(matches!(stop.reason, StopReason::Trap(trap) if trap == expected), "{name}{args:?}: {stop:?}");
        let found: Vec<u32> = stop
            .backtrace
            .iter()
            .filter_map(|f| code_registry::lookup(f.frame.lookup_pc())?.function())
            .map(|f| f.as_u32())
            .collect();
        assert_eq!(found[..found.len().min(frames.len())], *frames, "{name}");
    }
}

const MODULE: &str = r#"(module
    (memory 1 2)
    (data (i32.const 0) "\2a\00\00\00")
    (func $load (export "load") (param i32) (result i32) (i32.load (local.get 0)))
    (func (export "store") (param i32 i32) (i32.store offset=8 (local.get 0) (local.get 1)))
    (func (export "div") (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))
    (func $unreachable (export "unreachable") unreachable)
    (func (export "nested") (param i32) (result i32) (i32.add (call $load (local.get 0)) (i32.const 1)))
    (func $forever (export "forever") (param i32) (result i32)
        (i32.add (call $forever (i32.add (local.get 0) (i32.const 1))) (local.get 0))))"#;

#[test]
fn compiled_code_runs_and_traps() {
    let mut bare = Bare::new(MODULE, CompileOptions::default());
    for _ in 0..2 {
        assert_eq!(bare.call("load", &[0]).unwrap(), 42);
        assert_eq!(bare.call("load", &[0xfffc]).unwrap(), 0);
        bare.call("store", &[0xfff4, 7]).unwrap();
        assert_eq!(bare.call("nested", &[0xfffc]).unwrap(), 8);
        bare.call("store", &[0xfff4, 0]).unwrap();
        bare.check_trap("load", &[0xfffd], Trap::MemoryOutOfBounds, &[0]);
        bare.check_trap("load", &[-1], Trap::MemoryOutOfBounds, &[0]);
        bare.check_trap("store", &[0xfff5, 1], Trap::MemoryOutOfBounds, &[1]);
        bare.check_trap("div", &[1, 0], Trap::IntegerDivisionByZero, &[2]);
        bare.check_trap("div", &[i32::MIN, -1], Trap::IntegerOverflow, &[2]);
        bare.check_trap("unreachable", &[], Trap::Unreachable, &[3]);
        bare.check_trap("nested", &[i32::MAX], Trap::MemoryOutOfBounds, &[0, 4]);
        bare.check_trap("forever", &[0], Trap::StackOverflow, &[5, 5, 5]);
        assert_eq!(bare.call("div", &[7, 2]).unwrap(), 3);
    }
    assert_eq!(bare.memories[0].len(), 64 << 10);
}
