//! Whatever a guest passes, the answer is a result or an error number.

use super::*;
use crate::functions::for_each_function;
use crate::{FUNCTIONS, SeededRandom, VirtualClock};
use proptest::prelude::*;

/// An argument cut down to the type of a parameter.
trait FromAny {
    fn from_any(raw: u64) -> Self;
}

impl FromAny for u32 {
    fn from_any(raw: u64) -> Self {
        u32::try_from(raw & 0xffff_ffff).unwrap()
    }
}

impl FromAny for u64 {
    fn from_any(raw: u64) -> Self {
        raw
    }
}

impl FromAny for i64 {
    fn from_any(raw: u64) -> Self {
        raw.cast_signed()
    }
}

macro_rules! define_call {
    ($($name:ident($($param:ident: $ty:ident),*);)*) => {
        /// Calls the function `name`.
        fn call(ctx: &mut WasiCtx, mem: &mut GuestMemory<'_>, name: &str, args: &[u64]) -> Result<(), Errno> {
            let mut args = args.iter().copied().cycle();
            match name {
                $(stringify!($name) => {
                    $(let $param = <$ty>::from_any(args.next().unwrap());)*
                    ctx.$name(mem, $($param),*)
                })*
                "proc_exit" => {
                    ctx.proc_exit(u32::from_any(args.next().unwrap()));
                    Ok(())
                }
                _ => unreachable!("{name} is not in the table"),
            }
        }
    };
}
for_each_function!(define_call);

/// Arguments that get past the first check more often than chance would: descriptors, flags, addresses, ends of ranges.
fn argument() -> impl Strategy<Value = u64> {
    prop_oneof![
        4 => 0u64..8,
        4 => 0u64..256,
        1 => Just(65535u64),
        1 => Just(u64::from(u32::MAX)),
        1 => Just(u64::MAX),
        1 => Just(1u64 << 63),
        1 => any::<u64>(),
    ]
}

/// Memory of small numbers, which make iovecs, subscriptions and paths that mean something.
fn memory() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(
        prop_oneof![6 => Just(0u8), 2 => 1u8..8, 1 => Just(b'.'), 1 => Just(b'/'), 1 => b'a'..b'd', 1 => any::<u8>()],
        0..512,
    )
}

/// A call that would fill the disk is not made.
fn is_harmless(name: &str, args: &[u64]) -> bool {
    match name {
        "fd_allocate" => args.iter().all(|&arg| !(1 << 20..1 << 62).contains(&arg)),
        _ => true,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_input_panics(
        mut bytes in memory(),
        calls in proptest::collection::vec(
            (0..FUNCTIONS.len(), proptest::collection::vec(argument(), 10)),
            1..40,
        ),
    ) {
        let dir = tempfile::tempdir().unwrap();
        let mut ctx = WasiCtxBuilder::new()
            .args(&["prog", "arg"])
            .env("A", "b")
            .stdin_bytes(b"some input".to_vec())
            .clock(VirtualClock::new(0))
            .secure_random(SeededRandom::new(0))
            .preopened_dir(dir.path(), ".", DirPerms::all(), FilePerms::all())
            .unwrap()
            .build();
        let len = bytes.len();
        for (function, args) in calls {
            let name = FUNCTIONS[function].name;
            if is_harmless(name, &args) {
                let _ = call(&mut ctx, &mut GuestMemory::new(&mut bytes), name, &args);
            }
        }
        prop_assert_eq!(bytes.len(), len);
    }
}

#[test]
fn every_function_survives_extremes() {
    let mut guest = Guest::with(DirPerms::all(), FilePerms::all(), |builder| {
        builder.clock(VirtualClock::new(0));
    });
    for function in FUNCTIONS {
        for args in [[0; 10], [u64::MAX; 10], [3; 10], [65535; 10], [1 << 31; 10]] {
            let _ = guest.call(|ctx, mem| call(ctx, mem, function.name, &args));
            let _ = call(&mut guest.ctx, &mut GuestMemory::new(&mut []), function.name, &args);
        }
    }
}
