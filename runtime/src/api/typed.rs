//! Rust types as types of wasm: calls without checks of values.

use crate::api::context::AsContextMut;
use crate::api::engine::Engine;
use crate::api::func::Func;
use crate::api::store::StoreOpaque;
use crate::api::value::{ExternRef, V128, Val};
use crate::prelude::*;
use crate::vm::records::VmCell;
use anyhow::{Result, bail};
use core::marker::PhantomData;
use gantry_abi::{RefType, ValType};

mod sealed {
    pub trait Sealed {}
}

/// A Rust type that is a type of wasm: integers, floats by value, [`V128`], [`Func`], [`ExternRef`], and options of the latter
/// two.
///
/// # Safety
///
/// Implementations write and read cells as the type that [`WasmTy::valtype`] gives.
pub unsafe trait WasmTy: sealed::Sealed + Send + Sized {
    /// The type.
    fn valtype() -> ValType;

    /// Writes the value to a cell.
    #[doc(hidden)]
    fn store(self, store: &mut StoreCell<'_>) -> Result<()>;

    /// Reads the value of a cell.
    ///
    /// # Safety
    ///
    /// The cell holds a value of this type.
    #[doc(hidden)]
    unsafe fn load(cell: &StoreCell<'_>) -> Self;

    /// The value, if its type in wasm may be narrower than [`WasmTy::valtype`]: a reference.
    #[doc(hidden)]
    fn reference(&self) -> Option<Val> {
        None
    }
}

/// A cell with the store whose references it holds.
#[doc(hidden)]
pub struct StoreCell<'a> {
    pub(crate) store: &'a mut StoreOpaque,
    pub(crate) cell: &'a mut VmCell,
}

macro_rules! numbers {
    ($($ty:ty = $val:ident, |$v:ident| $to:expr, |$c:ident| $from:expr;)*) => { $(
        impl sealed::Sealed for $ty {}
        // SAFETY: the expressions write and read the type's own bits.
        unsafe impl WasmTy for $ty {
            #[inline]
            fn valtype() -> ValType {
                ValType::$val
            }

            #[inline]
            fn store(self, to: &mut StoreCell<'_>) -> Result<()> {
                let $v = self;
                *to.cell = VmCell::from_u64($to);
                Ok(())
            }

            #[inline]
            unsafe fn load(from: &StoreCell<'_>) -> Self {
                let $c = *from.cell;
                $from
            }
        }
    )* };
}

numbers! {
    i32 = I32, |v| v.cast_unsigned().into(), |c| c.u32().cast_signed();
    u32 = I32, |v| v.into(), |c| c.u32();
    i64 = I64, |v| v.cast_unsigned(), |c| c.u64().cast_signed();
    u64 = I64, |v| v, |c| c.u64();
    f32 = F32, |v| v.to_bits().into(), |c| f32::from_bits(c.u32());
    f64 = F64, |v| v.to_bits(), |c| f64::from_bits(c.u64());
}

impl sealed::Sealed for u128 {}
// SAFETY: all 16 bytes are the vector's.
unsafe impl WasmTy for u128 {
    fn valtype() -> ValType {
        ValType::V128
    }

    #[inline]
    fn store(self, to: &mut StoreCell<'_>) -> Result<()> {
        *to.cell = VmCell(self.to_le_bytes());
        Ok(())
    }

    #[inline]
    unsafe fn load(from: &StoreCell<'_>) -> Self {
        Self::from_le_bytes(from.cell.0)
    }
}

impl sealed::Sealed for V128 {}
// SAFETY: as above.
unsafe impl WasmTy for V128 {
    fn valtype() -> ValType {
        ValType::V128
    }

    #[inline]
    fn store(self, to: &mut StoreCell<'_>) -> Result<()> {
        self.as_u128().store(to)
    }

    #[inline]
    unsafe fn load(from: &StoreCell<'_>) -> Self {
        // SAFETY: the caller promises that the cell holds a vector.
        unsafe { u128::load(from) }.into()
    }
}

impl sealed::Sealed for Option<Func> {}
// SAFETY: function references are addresses of records.
unsafe impl WasmTy for Option<Func> {
    fn valtype() -> ValType {
        ValType::FUNCREF
    }

    fn store(self, to: &mut StoreCell<'_>) -> Result<()> {
        *to.cell = VmCell::from_u64(self.map_or(0, |f| f.address(to.store)));
        Ok(())
    }

    unsafe fn load(from: &StoreCell<'_>) -> Self {
        // SAFETY: the caller promises that the cell holds a function reference.
        unsafe { Func::from_address(from.store, from.cell.u64()) }
    }

    fn reference(&self) -> Option<Val> {
        Some(Val::FuncRef(*self))
    }
}

impl sealed::Sealed for Func {}
// SAFETY: as above; the type has no null.
unsafe impl WasmTy for Func {
    fn valtype() -> ValType {
        ValType::Ref(RefType { nullable: false, ..RefType::FUNCREF })
    }

    fn store(self, to: &mut StoreCell<'_>) -> Result<()> {
        Some(self).store(to)
    }

    unsafe fn load(from: &StoreCell<'_>) -> Self {
        // SAFETY: the caller promises that the cell holds a function reference.
        unsafe { Option::<Func>::load(from) }.expect("the type has no null")
    }

    fn reference(&self) -> Option<Val> {
        Some((*self).into())
    }
}

impl sealed::Sealed for Option<ExternRef> {}
// SAFETY: references to host values are handles.
unsafe impl WasmTy for Option<ExternRef> {
    fn valtype() -> ValType {
        ValType::EXTERNREF
    }

    fn store(self, to: &mut StoreCell<'_>) -> Result<()> {
        let handle = match self {
            Some(value) => value.handle(to.store)?,
            None => 0,
        };
        *to.cell = VmCell::from_u64(handle.into());
        Ok(())
    }

    unsafe fn load(from: &StoreCell<'_>) -> Self {
        ExternRef::from_handle(from.store, from.cell.u32())
    }

    fn reference(&self) -> Option<Val> {
        Some(Val::ExternRef(self.clone()))
    }
}

impl sealed::Sealed for ExternRef {}
// SAFETY: as above; the type has no null.
unsafe impl WasmTy for ExternRef {
    fn valtype() -> ValType {
        ValType::Ref(RefType { nullable: false, ..RefType::EXTERNREF })
    }

    fn store(self, to: &mut StoreCell<'_>) -> Result<()> {
        Some(self).store(to)
    }

    unsafe fn load(from: &StoreCell<'_>) -> Self {
        // SAFETY: the caller promises that the cell holds a reference to a host value.
        unsafe { Option::<ExternRef>::load(from) }.expect("the type has no null")
    }

    fn reference(&self) -> Option<Val> {
        Some(self.clone().into())
    }
}

/// Rust types as parameters of a function: a [`WasmTy`], or a tuple of them.
///
/// # Safety
///
/// Implementations write exactly the cells that [`WasmParams::LEN`] says.
pub unsafe trait WasmParams: sealed::Sealed + Send {
    /// How many there are.
    #[doc(hidden)]
    const LEN: usize;
    /// Room for so many cells.
    #[doc(hidden)]
    type Cells: AsMut<[CellBox]> + Default;
    /// Whether they can be the parameters or results of a function of wasm; `false`: if [`WasmParams::check_values`] says so as
    /// well, each time.
    #[doc(hidden)]
    fn check(engine: &Engine, actual: &[ValType], role: Role) -> Result<bool>;
    /// Checks references against types that are narrower than theirs.
    #[doc(hidden)]
    fn check_values(&self, store: &mut StoreOpaqueRef<'_>, types: &[ValType]) -> Result<()>;
    /// The types.
    #[doc(hidden)]
    fn valtypes() -> Vec<ValType>;
    #[doc(hidden)]
    fn store_all(self, store: &mut StoreOpaqueRef<'_>, cells: &mut [CellBox]) -> Result<()>;
    /// # Safety
    ///
    /// The cells hold values of these types.
    #[doc(hidden)]
    unsafe fn load_all(store: &mut StoreOpaqueRef<'_>, cells: &mut [CellBox]) -> Self;
}

/// Rust types as results of a function: nothing, a [`WasmTy`], or a tuple of them.
pub trait WasmResults: WasmParams {}
impl<R: WasmParams> WasmResults for R {}

/// A cell that hidden methods pass on.
#[doc(hidden)]
#[derive(Clone, Copy, Default)]
#[repr(transparent)]
pub struct CellBox(pub(crate) VmCell);

/// A store that hidden methods pass on.
#[doc(hidden)]
pub struct StoreOpaqueRef<'a>(pub(crate) &'a mut StoreOpaque);

/// What values of a function's type are for.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// They go into wasm.
    Params,
    /// They come out of wasm.
    Results,
}

/// Whether a type of Rust's is right for a type of wasm's; `false`: if its value is.
fn check_one(engine: &Engine, rust: ValType, wasm: ValType, role: Role) -> Result<bool> {
    if rust == wasm {
        return Ok(true);
    }
    let (goes_in, comes_out) =
        engine.with_types(|types| (types.val_matches(rust, wasm), types.val_matches(wasm, rust)));
    match role {
        Role::Params if goes_in => Ok(true),
        Role::Params if comes_out => Ok(false),
        Role::Results if comes_out => Ok(true),
        _ => bail!("expected {wasm}, found {rust}"),
    }
}

fn check_value(store: &StoreOpaque, value: &impl WasmTy, ty: ValType) -> Result<()> {
    match value.reference() {
        Some(value) => value.check(store, ty),
        None => Ok(()),
    }
}

macro_rules! tuples {
    ($($n:literal: $($t:ident $i:tt),*;)*) => { $(
        impl<$($t: WasmTy),*> sealed::Sealed for ($($t,)*) {}
        // SAFETY: each element writes one cell.
        #[allow(unused_variables, clippy::unused_unit, reason = "the empty tuple uses nothing")]
        unsafe impl<$($t: WasmTy),*> WasmParams for ($($t,)*) {
            const LEN: usize = $n;
            type Cells = [CellBox; $n];

            fn check(engine: &Engine, actual: &[ValType], role: Role) -> Result<bool> {
                if actual.len() != $n {
                    bail!("expected {} values, found {}", actual.len(), $n);
                }
                Ok(true $(& check_one(engine, $t::valtype(), actual[$i], role)?)*)
            }

            fn check_values(&self, store: &mut StoreOpaqueRef<'_>, types: &[ValType]) -> Result<()> {
                $(check_value(store.0, &self.$i, types[$i])?;)*
                Ok(())
            }

            fn valtypes() -> Vec<ValType> {
                vec![$($t::valtype()),*]
            }

            #[inline]
            fn store_all(self, store: &mut StoreOpaqueRef<'_>, cells: &mut [CellBox]) -> Result<()> {
                $(self.$i.store(&mut StoreCell { store: store.0, cell: &mut cells[$i].0 })?;)*
                Ok(())
            }

            #[inline]
            unsafe fn load_all(store: &mut StoreOpaqueRef<'_>, cells: &mut [CellBox]) -> Self {
                // SAFETY: the caller promises the cells' types.
                ($(unsafe { $t::load(&StoreCell { store: store.0, cell: &mut cells[$i].0 }) },)*)
            }
        }
    )* };
}

tuples! {
    0: ;
    1: A 0;
    2: A 0, B 1;
    3: A 0, B 1, C 2;
    4: A 0, B 1, C 2, D 3;
    5: A 0, B 1, C 2, D 3, E 4;
    6: A 0, B 1, C 2, D 3, E 4, F 5;
    7: A 0, B 1, C 2, D 3, E 4, F 5, G 6;
    8: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7;
    9: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8;
    10: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9;
    11: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10;
    12: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11;
    13: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12;
    14: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13;
    15: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14;
    16: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14, P 15;
    17: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14, P 15, Q 16;
}

// SAFETY: one value writes one cell.
unsafe impl<W: WasmTy> WasmParams for W {
    const LEN: usize = 1;
    type Cells = [CellBox; 1];

    fn check(engine: &Engine, actual: &[ValType], role: Role) -> Result<bool> {
        <(W,)>::check(engine, actual, role)
    }

    fn check_values(&self, store: &mut StoreOpaqueRef<'_>, types: &[ValType]) -> Result<()> {
        check_value(store.0, self, types[0])
    }

    fn valtypes() -> Vec<ValType> {
        vec![W::valtype()]
    }

    #[inline]
    fn store_all(self, store: &mut StoreOpaqueRef<'_>, cells: &mut [CellBox]) -> Result<()> {
        (self,).store_all(store, cells)
    }

    #[inline]
    unsafe fn load_all(store: &mut StoreOpaqueRef<'_>, cells: &mut [CellBox]) -> Self {
        // SAFETY: the caller promises the cells' types.
        unsafe { <(W,)>::load_all(store, cells) }.0
    }
}

/// A function whose type is known to Rust: [`Func::typed`].
pub struct TypedFunc<Params, Results> {
    func: Func,
    /// Whether values of the parameters' types are always right.
    static_types: bool,
    types: PhantomData<fn(Params) -> Results>,
}

impl<Params, Results> Clone for TypedFunc<Params, Results> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Params, Results> Copy for TypedFunc<Params, Results> {}

/// Room for parameters, which results overwrite.
#[repr(C)]
#[derive(Default)]
struct Cells<P, R> {
    params: P,
    results: R,
}

impl<Params: WasmParams, Results: WasmResults> TypedFunc<Params, Results> {
    pub(crate) fn new(func: Func, static_types: bool) -> Self {
        Self { func, static_types, types: PhantomData }
    }

    #[cold]
    fn check_params(&self, store: &mut StoreOpaque, params: &Params) -> Result<()> {
        let ty = store.engine().func_type(self.func.type_id(store));
        params.check_values(&mut StoreOpaqueRef(store), &ty.params)
    }

    /// The function.
    pub fn func(&self) -> &Func {
        &self.func
    }

    /// Calls it.
    ///
    /// # Errors
    ///
    /// If it traps ([`crate::Trap`]), a host function that it calls fails, or a reference is not of the parameter's type where
    /// that is narrower than the one known to Rust.
    ///
    /// # Panics
    ///
    /// If it belongs to another store, or a host function that it calls panics.
    #[inline]
    pub fn call(&self, mut store: impl AsContextMut, params: Params) -> Result<Results> {
        let mut store = store.as_context_mut();
        let store = store.opaque();
        if !self.static_types {
            self.check_params(store, &params)?;
        }
        let mut cells = Cells::<Params::Cells, Results::Cells>::default();
        params.store_all(&mut StoreOpaqueRef(store), cells.params.as_mut())?;
        let len = Params::LEN.max(Results::LEN);
        // SAFETY: both parts are arrays of cells, one behind the other, with `Params::LEN + Results::LEN` cells in all.
        let all = unsafe { core::slice::from_raw_parts_mut((&raw mut cells).cast::<VmCell>(), len) };
        // SAFETY: the types were checked when this was made.
        unsafe { self.func.call_raw(store, all) }?;
        // SAFETY: as above; results begin where parameters began.
        let results = unsafe { core::slice::from_raw_parts_mut((&raw mut cells).cast::<CellBox>(), len) };
        // SAFETY: the callee wrote results of these types.
        Ok(unsafe { Results::load_all(&mut StoreOpaqueRef(store), results) })
    }
}
