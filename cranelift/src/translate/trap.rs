//! The two ways of stopping the guest, behind one interface.
//!
//! With hardware traps, a check is a conditional trap instruction and a site in the function's trap table. Without them, it
//! is a branch to a cold block that calls the libcall `trap`; the call's convention preserves all registers, so that hot code
//! neither saves nor moves anything on its behalf.

use super::{NAMESPACE_LIBCALL, Translator};
use cranelift_codegen::ir::{
    AbiParam, Block, ExtFuncData, ExternalName, FuncRef, Function, Inst, InstBuilder, Signature, TrapCode,
    UserExternalName, Value, types,
};
use cranelift_codegen::isa::CallConv;
use gantry_abi::libcalls::{LibcallResult, LibcallType};
use gantry_abi::{Libcall, Trap};

/// The code of trap instructions that are never reached, behind calls that do not return. They are no trap sites.
pub(crate) const NEVER: TrapCode = TrapCode::unwrap_user(200);

/// How CLIF names `trap`. Where cranelift-codegen has a code of its own for the same thing, it is that.
pub fn trap_code(trap: Trap) -> TrapCode {
    match trap {
        Trap::StackOverflow => TrapCode::STACK_OVERFLOW,
        Trap::MemoryOutOfBounds => TrapCode::HEAP_OUT_OF_BOUNDS,
        Trap::IntegerOverflow => TrapCode::INTEGER_OVERFLOW,
        Trap::IntegerDivisionByZero => TrapCode::INTEGER_DIVISION_BY_ZERO,
        Trap::BadConversionToInteger => TrapCode::BAD_CONVERSION_TO_INTEGER,
        other => TrapCode::unwrap_user(other.code()),
    }
}

/// The inverse of [`trap_code`]; `None` for [`NEVER`] and for codes that nobody gave out.
pub(crate) fn trap_of(code: TrapCode) -> Option<Trap> {
    match code {
        TrapCode::STACK_OVERFLOW => Some(Trap::StackOverflow),
        TrapCode::HEAP_OUT_OF_BOUNDS => Some(Trap::MemoryOutOfBounds),
        TrapCode::INTEGER_OVERFLOW => Some(Trap::IntegerOverflow),
        TrapCode::INTEGER_DIVISION_BY_ZERO => Some(Trap::IntegerDivisionByZero),
        TrapCode::BAD_CONVERSION_TO_INTEGER => Some(Trap::BadConversionToInteger),
        other => Trap::from_code(other.as_raw().get()),
    }
}

/// The libcall behind a function reference of translated CLIF, if it is one.
pub fn libcall_of(func: &Function, callee: FuncRef) -> Option<Libcall> {
    let ExternalName::User(name) = func.dfg.ext_funcs[callee].name else { return None };
    let name = &func.params.user_named_funcs()[name];
    (name.namespace == NAMESPACE_LIBCALL).then(|| Libcall::from_index(name.index)).flatten()
}

impl Translator<'_> {
    /// Whether hardware faults stop the guest.
    pub(super) fn signals(&self) -> bool {
        self.backend.traits.signals
    }

    /// Stops here. What follows cannot be reached.
    pub(super) fn trap(&mut self, trap: Trap) {
        if self.signals() {
            if trap != Trap::Unreachable {
                // A branch to nothing but a trap would become the trap, and that the branch's. `unreachable` may: many checks of
                // programs end there, and code is up to 0.2 % smaller so.
                self.b.ins().sequence_point();
            }
            self.b.ins().trap(trap_code(trap));
        } else {
            // A block of its own, so that the call has the operator's source location.
            let block = self.cold_block();
            self.b.ins().jump(block, &[]);
            self.enter(block);
            self.call_trap(trap);
        }
        self.interrupt.pending_fuel = 0;
        self.reachable = false;
    }

    /// Stops if `cond` is not zero. Gives the branch, whose first destination stops, if that is what the check is.
    pub(super) fn trap_if(&mut self, cond: Value, trap: Trap) -> Option<Inst> {
        if self.signals() {
            self.b.ins().trapnz(cond, trap_code(trap));
            return None;
        }
        let (stop, next) = (self.cold_block(), self.b.create_block());
        let branch = self.b.ins().brif(cond, stop, &[], next, &[]);
        self.stop_in(stop, trap);
        self.enter(next);
        Some(branch)
    }

    /// Stops if `cond` is zero.
    pub(super) fn trap_unless(&mut self, cond: Value, trap: Trap) {
        if self.signals() {
            self.b.ins().trapz(cond, trap_code(trap));
        } else {
            let (stop, next) = (self.cold_block(), self.b.create_block());
            self.b.ins().brif(cond, next, &[], stop, &[]);
            self.stop_in(stop, trap);
            self.enter(next);
        }
    }

    /// Writes a block that stops. Each check has its own, so that a backtrace says which operator it was.
    fn stop_in(&mut self, stop: Block, trap: Trap) {
        self.enter(stop);
        self.call_trap(trap);
    }

    /// Goes on in a new block that has all its predecessors.
    pub(super) fn enter(&mut self, block: Block) {
        self.b.switch_to_block(block);
        self.b.seal_block(block);
    }

    /// A block that is hardly ever executed.
    pub(super) fn cold_block(&mut self) -> Block {
        let block = self.b.create_block();
        self.b.set_cold_block(block);
        block
    }

    /// Calls the libcall that stops. Ends the block.
    fn call_trap(&mut self, trap: Trap) {
        let func = match self.trap_func {
            Some(func) => func,
            None => {
                let func = self.declare_libcall(Libcall::trap, self.backend.traits.trap_conv);
                self.trap_func = Some(func);
                func
            }
        };
        let code = self.iconst(types::I32, trap.code().into());
        self.b.ins().call(func, &[self.vmctx, code]);
        self.b.ins().trap(NEVER);
    }

    /// Calls a libcall that returns. What it may change has to be reloaded by the caller.
    pub(super) fn libcall(&mut self, libcall: Libcall, args: &[Value]) -> Option<Value> {
        debug_assert!(libcall.result() != LibcallResult::Never, "{libcall:?} does not return");
        let func = self.declare_libcall(libcall, self.backend.traits.libcall_conv);
        let mut all: smallvec::SmallVec<[Value; 6]> = smallvec::smallvec![self.vmctx];
        for (&arg, ty) in args.iter().zip(libcall.params()) {
            let ty = match ty {
                LibcallType::I32 => types::I32,
                LibcallType::I64 => types::I64,
            };
            let arg = self.resize(arg, ty);
            all.push(arg);
        }
        let call = self.b.ins().call(func, &all);
        self.b.inst_results(call).first().copied()
    }

    fn declare_libcall(&mut self, libcall: Libcall, conv: CallConv) -> FuncRef {
        let extension = self.backend.traits.libcall_extension;
        let param = |ty: LibcallType| match ty {
            LibcallType::I32 => AbiParam { extension, ..AbiParam::new(types::I32) },
            LibcallType::I64 => AbiParam::new(types::I64),
        };
        let mut signature = Signature::new(conv);
        signature.params.push(AbiParam::new(self.ptr));
        signature.params.extend(libcall.params().iter().map(|&ty| param(ty)));
        signature.returns.extend(libcall.result().value().map(param));
        let signature = self.b.import_signature(signature);
        self.declare(UserExternalName::new(NAMESPACE_LIBCALL, libcall.index()), signature)
    }

    /// Declares a function of the same image.
    pub(super) fn declare(&mut self, name: UserExternalName, signature: cranelift_codegen::ir::SigRef) -> FuncRef {
        let name = ExternalName::user(self.b.func.declare_imported_user_function(name));
        self.b.import_function(ExtFuncData { name, signature, colocated: true, patchable: false })
    }
}
