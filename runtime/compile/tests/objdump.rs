//! Artifacts as text.

use gantry_abi::{FuncIndex, Trap};
use gantry_compile::objdump::Artifact;
use gantry_compile::{ModuleCompiler, Settings, TargetFlags};
use proptest::prelude::*;

const WAT: &str = r#"(module
    (func $callee (param i32) (result i32) (i32.div_u (i32.const 100) (local.get 0)))
    (func (export "caller") (param i32) (result i32) (i32.add (call $callee (local.get 0)) (i32.const 7))))"#;

const TARGETS: [&str; 6] = [
    "x86_64-unknown-linux-gnu",
    "aarch64-unknown-linux-gnu",
    "riscv64gc-unknown-linux-gnu",
    "s390x-unknown-linux-gnu",
    "pulley32",
    "pulley64",
];

fn compile(triple: &str) -> Vec<u8> {
    let settings = Settings {
        triple: triple.parse().expect("triple"),
        target_flags: TargetFlags::Baseline,
        ..Settings::default()
    };
    ModuleCompiler::new(settings).unwrap().compile(&wat::parse_str(WAT).unwrap()).unwrap()
}

#[test]
fn every_target_has_text() {
    for triple in TARGETS {
        let image = compile(triple);
        let artifact = Artifact::parse(&image).unwrap_or_else(|e| panic!("{triple}: {e}"));
        let names: Vec<_> = artifact.pieces().iter().map(|p| p.name.as_str()).collect();
        assert_eq!(names[..2], ["callee", "caller"], "{triple}");
        assert_eq!(artifact.pieces()[1].func, Some(FuncIndex::from_u32(1)));
        let callee = artifact.instructions(&artifact.pieces()[0]);
        // Bytecode's own machine knows why its instructions stop.
        let traps = callee.iter().any(|i| i.trap == Some(Trap::IntegerDivisionByZero));
        assert_eq!(traps, !triple.starts_with("pulley"), "{triple}: {callee:?}");
        assert!(callee.iter().filter(|i| i.wasm_offset.is_some()).count() > 0, "{triple}");
        let mut at = artifact.pieces()[0].range.start;
        for instruction in callee {
            assert_eq!(instruction.range.start, at, "{triple}: instructions follow each other");
            at = instruction.range.end;
        }
        assert_eq!(at, artifact.pieces()[0].range.end);
    }
}

#[test]
fn calls_name_their_targets() {
    // A call is one instruction on these.
    for triple in TARGETS.into_iter().filter(|t| ["x86_64", "aarch64", "s390x"].iter().any(|isa| t.starts_with(isa))) {
        let image = compile(triple);
        let artifact = Artifact::parse(&image).unwrap();
        let caller = artifact.instructions(&artifact.pieces()[1]);
        assert!(caller.iter().any(|i| i.target.as_deref() == Some("callee")), "{triple}: {caller:#?}");
    }
}

#[test]
fn a_listing_has_one_line_per_instruction() {
    let image = compile(TARGETS[0]);
    let artifact = Artifact::parse(&image).unwrap();
    let piece = &artifact.pieces()[0];
    let listing = artifact.listing(piece).to_string();
    assert!(listing.starts_with("00000000 <callee>: function 0, "), "{listing}");
    assert_eq!(listing.lines().count(), 1 + artifact.instructions(piece).len());
    assert!(listing.contains("; trap: integer divide by zero"), "{listing}");
}

proptest! {
    /// Damaged artifacts are errors or text, never panics.
    #[test]
    fn damaged_artifacts_do_not_panic(flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), cut in any::<prop::sample::Index>()) {
        static IMAGE: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
        let mut image = IMAGE.get_or_init(|| compile(TARGETS[0])).clone();
        let show = |image: &[u8]| {
            if let Ok(artifact) = Artifact::parse(image) {
                artifact.pieces().iter().for_each(|p| drop(artifact.listing(p).to_string()));
            }
        };
        for (at, value) in flips {
            let at = at.index(image.len());
            image[at] = value;
        }
        show(&image);
        image.truncate(cut.index(image.len()));
        show(&image);
    }
}
