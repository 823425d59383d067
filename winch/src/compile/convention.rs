//! Calling conventions of the module's function types, computed once per type and worker.

use crate::reg::{Fp, Gp, Reg};
use gantry_abi::{AbiType, FuncType, ModuleInfo, TypeIndex};
use gantry_emit::Isa;
use gantry_emit::callconv::{AbiLayout, Loc};

/// Where a parameter or result is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In a register.
    Reg(Reg),
    /// In memory at this offset: of the stack arguments, or of the return area.
    Memory(u32),
}

/// Where everything is at a call of one type.
#[derive(Clone, Debug)]
pub(super) struct Convention {
    pub(super) params: Vec<(AbiType, Place)>,
    pub(super) results: Vec<(AbiType, Place)>,
    pub(super) callee_vmctx: Gp,
    pub(super) caller_vmctx: Gp,
    pub(super) return_area: Option<Gp>,
    /// Bytes of stack arguments.
    pub(super) stack_bytes: u32,
    /// Bytes of the return area.
    pub(super) return_bytes: u32,
}

fn place(loc: Loc) -> Place {
    match loc {
        Loc::Int(reg) => Place::Reg(Gp(reg).into()),
        Loc::Float(reg) => Place::Reg(Fp(reg).into()),
        Loc::Stack(offset) => Place::Memory(offset),
    }
}

fn int(loc: Loc) -> Gp {
    match loc {
        Loc::Int(reg) => Gp(reg),
        other => unreachable!("the first arguments are in integer registers, not {other:?}"),
    }
}

impl Convention {
    fn new(isa: Isa, module: &ModuleInfo, ty: &FuncType) -> Self {
        let shape = module.types.shape(ty, isa.pointer_width());
        let layout = AbiLayout::new(isa, &shape);
        let places = |types: &[AbiType], locs: &[Loc]| -> Vec<_> {
            types.iter().copied().zip(locs.iter().map(|&l| place(l))).collect()
        };
        let params = places(&shape.params, &layout.params);
        let (callee_vmctx, caller_vmctx) = (int(layout.callee_vmctx), int(layout.caller_vmctx));
        let return_area = layout.return_area.map(int);
        Self {
            results: places(&shape.results, &layout.results),
            params,
            callee_vmctx,
            caller_vmctx,
            return_area,
            stack_bytes: layout.stack_args_bytes,
            return_bytes: layout.return_area_bytes,
        }
    }
}

/// The conventions of one module's types.
#[derive(Default)]
pub(super) struct Conventions {
    by_type: Vec<Option<Box<Convention>>>,
}

impl Conventions {
    /// Makes room for the types of the module.
    pub(super) fn enter(&mut self, module: &ModuleInfo) {
        if self.by_type.len() < module.types.types.len() {
            self.by_type.resize_with(module.types.types.len(), || None);
        }
    }

    /// Takes the convention of a type out; [`Conventions::put`] brings it back.
    pub(super) fn take(&mut self, isa: Isa, module: &ModuleInfo, ty: TypeIndex) -> Box<Convention> {
        let entry = self.by_type[ty.as_u32() as usize].take();
        entry.unwrap_or_else(|| Box::new(Convention::new(isa, module, module.types.func(ty))))
    }

    pub(super) fn put(&mut self, ty: TypeIndex, convention: Box<Convention>) {
        self.by_type[ty.as_u32() as usize] = Some(convention);
    }
}
