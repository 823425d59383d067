//! Cranelift's choices at random: they change code, and what it does stays the same.

use gantry_oracles::engine::EngineSpec;

#[cfg(not(feature = "chaos"))]
#[test]
fn without_the_feature_it_is_refused() {
    let spec = EngineSpec { chaos: Some(1), ..EngineSpec::new("cranelift") };
    let Err(error) = spec.engine() else { panic!("there is an engine") };
    let text = format!("{error:#}");
    assert!(text.contains("\"chaos\""), "{text}");
}

#[cfg(feature = "chaos")]
mod with_the_feature {
    use super::*;
    use arbitrary::Unstructured;
    use gantry_oracles::{diff, generate};

    #[test]
    fn code_differs_and_results_do_not() {
        let mut others = 0;
        for seed in 0..60 {
            let mut case = generate::weave(&mut Unstructured::new(&generate::bytes(seed))).unwrap();
            for spec in &mut case.options.engine {
                spec.chaos = (spec.backend != "winch").then_some(seed);
            }
            let verdict = diff::judge(&case).unwrap();
            assert!(!verdict.is_bad(), "seed {seed}: {verdict}");
            let code = |chaos| {
                let spec = EngineSpec { chaos, ..case.options.engine[0].clone() };
                spec.engine().unwrap().precompile_module(&case.wasm).unwrap()
            };
            assert!(code(Some(seed)) == code(Some(seed)), "seed {seed}: choices depend on the seed alone");
            others += usize::from(code(Some(seed)) != code(None));
        }
        assert!(others > 30, "chaos changes the code of {others} modules of 60");
    }

    #[test]
    fn cases_choose_at_random() {
        let count = (0..200)
            .filter_map(|seed| generate::any(&mut Unstructured::new(&generate::bytes(seed))).ok())
            .filter(|case| case.options.engine.iter().any(|spec| spec.chaos.is_some()))
            .count();
        assert!(count > 40, "{count} of 200 cases");
    }
}
