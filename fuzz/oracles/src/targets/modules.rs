//! Targets that run modules on several engines.

use super::{Outcome, Seen};
use crate::case::{Case, Options};
use crate::diff;
use crate::engine::EngineSpec;
use crate::generate::{self, Swarm};
use crate::operators;
use crate::plan::Plan;
use crate::run::{run, run_interrupted};
use crate::trace::{self, Trace};
use arbitrary::Unstructured;
use gantry::Trap;

/// A case of the input: the file of a case if it is one, else what a generator makes of it.
fn case(
    u: &mut Unstructured<'_>,
    generate: impl FnOnce(&mut Unstructured<'_>) -> arbitrary::Result<Case>,
) -> anyhow::Result<Case> {
    if u.peek_bytes(4) == Some(&b"\0asm"[..]) {
        let case = Case::from_bytes(u.peek_bytes(u.len()).unwrap_or_default())?;
        comparable(&case)?;
        return Ok(case);
    }
    Ok(generate(u)?)
}

/// Refuses a file whose engines generators would not make, or that takes long: fuzzers change options like any other bytes.
fn comparable(case: &Case) -> anyhow::Result<()> {
    let default = Options::default();
    anyhow::ensure!(case.options.fuel <= default.fuel && case.options.calls <= 3 * default.calls, "it takes long");
    case.options.engine.iter().try_for_each(|engine| {
        generate::comparable(engine)?;
        engine.shared_engine().map(|_| ())
    })
}

/// Fails because of a case, which is written to a file that `gantry diff` reads.
fn fail(case: &Case, why: &str) -> ! {
    let place = match case.keep() {
        Ok(file) => format!("see it with: gantry diff {}", file.display()),
        Err(error) => format!("{error:#}"),
    };
    panic!("{why}\n{}\n{place}", case.options.to_toml());
}

fn note_plan(plan: &Plan, seen: &mut Seen) {
    seen.note(|| plan.operators.iter().map(|name| format!("op:{name}")).collect());
    seen.note(|| {
        let proposals = plan.operators.iter().map(|name| operators::proposal_of(name));
        proposals.map(|proposal| format!("proposal:{proposal}")).collect()
    });
}

fn note_trace(trace: &Trace, seen: &mut Seen) {
    seen.note(|| {
        let trap = |step: &trace::Step| match &step.outcome {
            trace::Outcome::Trapped(trap, _) => Some(format!("trap:{trap:?}")),
            _ => None,
        };
        trace.steps.iter().filter_map(trap).collect()
    });
}

fn note_engines(engines: &[EngineSpec], seen: &mut Seen) {
    seen.note(|| engines.iter().map(|engine| format!("backend:{}", engine.backend)).collect());
    seen.note(|| {
        let options = engines.iter().flat_map(|engine| &engine.options);
        options.map(|(name, value)| format!("option:{name}={value}")).collect()
    });
    seen.note(|| {
        let mixed = engines.iter().filter(|engine| !engine.functions.is_empty());
        mixed.map(|engine| format!("mix:{}", engine.backend)).collect()
    });
}

fn judge(case: anyhow::Result<Case>, seen: &mut Seen) -> Outcome {
    let case = match case {
        Ok(case) => case,
        Err(error) => return Outcome::skipped(error),
    };
    let plan = match Plan::new(&case) {
        Ok(plan) => plan,
        Err(error) => return Outcome::skipped(error),
    };
    match diff::judge_plan(&case, &plan) {
        Ok(verdict) if verdict.is_bad() => {
            let minority = verdict.minority(&case.options.engine[0]).join("\n  ");
            fail(&case, &format!("engines disagree\n{verdict}probably wrong:\n  {minority}"))
        }
        Ok(verdict) => {
            note_plan(&plan, seen);
            note_engines(&case.options.engine, seen);
            note_trace(&verdict.reference, seen);
            seen.note(|| verdict.opinions.iter().map(|(name, _)| format!("arbiter:{name}")).collect());
            Outcome::Judged
        }
        Err(error) => Outcome::skipped(error),
    }
}

pub(super) fn diff(u: &mut Unstructured<'_>, seen: &mut Seen) -> Outcome {
    judge(case(u, generate::any), seen)
}

pub(super) fn diff_ops(u: &mut Unstructured<'_>, seen: &mut Seen) -> Outcome {
    judge(case(u, generate::operators), seen)
}

pub(super) fn ranges(u: &mut Unstructured<'_>, seen: &mut Seen) -> Outcome {
    judge(case(u, generate::ranges), seen)
}

pub(super) fn mixed(u: &mut Unstructured<'_>, seen: &mut Seen) -> Outcome {
    let generate = |u: &mut Unstructured<'_>| {
        let swarm = Swarm::mixed(u)?;
        let seed = u.arbitrary()?;
        Ok(swarm.case(crate::weave::module(u)?, seed))
    };
    judge(case(u, generate), seen)
}

/// A case on one engine.
fn single(
    u: &mut Unstructured<'_>,
    generate: impl FnOnce(&mut Unstructured<'_>) -> arbitrary::Result<Case>,
) -> arbitrary::Result<Case> {
    let mut case = generate(u)?;
    let chosen = u.choose_index(case.options.engine.len())?;
    case.options.engine = vec![case.options.engine.swap_remove(chosen)];
    Ok(case)
}

/// Attempts at a mutation: most kinds of them need something that not every module has.
const ATTEMPTS: u64 = 12;

/// What wasm-mutate makes of a module without changing what it means.
fn mutated(wasm: &[u8], seed: u64) -> anyhow::Result<Vec<u8>> {
    let mut last = None;
    for attempt in 0..ATTEMPTS {
        let mut mutator = wasm_mutate::WasmMutate::default();
        mutator.seed(seed.wrapping_add(attempt)).preserve_semantics(true).fuel(300);
        let result = mutator.run(wasm).and_then(|mut all| all.next().transpose());
        match result {
            Ok(Some(mutated)) => return Ok(mutated),
            Ok(None) => {}
            Err(error) => last = Some(error),
        }
    }
    Err(last.map_or_else(|| anyhow::anyhow!("no mutation applies"), Into::into))
}

pub(super) fn mutate(u: &mut Unstructured<'_>, seen: &mut Seen) -> Outcome {
    let prepared = (|| {
        let seed = u.arbitrary()?;
        let case = case(u, |u| single(u, generate::plain))?;
        let plan = Plan::new(&case)?;
        anyhow::Ok((mutated(&plan.wasm, seed)?, case, plan))
    })();
    let (case, plan, mutated) = match prepared {
        Ok((mutated, case, plan)) => (case, plan, mutated),
        Err(error) => return Outcome::skipped(error),
    };
    let engine = &case.options.engine[0];
    let changed = Plan { wasm: mutated, ..plan.clone() };
    let (before, after) = match (run(engine, &plan), run(engine, &changed)) {
        (Ok(before), Ok(after)) => (before, after),
        (Err(error), _) => return Outcome::skipped(error),
        (Ok(_), Err(error)) => fail(&case, &format!("{engine} refuses the mutated module: {error:#}")),
    };
    if let Some(difference) = before.coarse().difference(&after.coarse()) {
        // Not every mutation keeps the meaning that should. If another compiler sees the same difference, that is the reason.
        let other = if engine.backend == "winch" { "cranelift" } else { "winch" };
        let other = EngineSpec { backend: other.to_owned(), ..engine.clone() };
        let agrees = |plan: &Plan, trace: &Trace| {
            run(&other, plan).is_ok_and(|other| other.coarse().difference(&trace.coarse()).is_none())
        };
        if agrees(&plan, &before) && agrees(&changed, &after) {
            return Outcome::Skipped("wasm-mutate changed what the module means".into());
        }
        let text = wasmprinter::print_bytes(&changed.wasm).unwrap_or_default();
        fail(&case, &format!("{engine}: the mutated module differs: {difference}\n{text}"));
    }
    note_engines(&case.options.engine, seen);
    Outcome::Judged
}

pub(super) fn interrupt(u: &mut Unstructured<'_>, seen: &mut Seen) -> Outcome {
    let case = match case(u, |u| single(u, generate::any)) {
        Ok(case) => case,
        Err(error) => return Outcome::skipped(error),
    };
    let prepared = Plan::new(&case).and_then(|plan| {
        let engine = case.options.engine[0].clone().with("epoch_interruption", true);
        Ok((run(&engine, &plan)?, engine, plan))
    });
    let (alone, engine, plan) = match prepared {
        Ok(prepared) => prepared,
        Err(error) => return Outcome::skipped(error),
    };
    match run_interrupted(&engine, &plan) {
        Ok((trace, times)) => {
            if let Some(difference) = settled(&alone).difference(&settled(&trace)) {
                fail(&case, &format!("{engine}: interrupted {times} times it differs: {difference}"));
            }
            seen.note(|| if times > 0 { vec!["interrupted:often"] } else { Vec::new() });
        }
        Err(error) => fail(&case, &format!("{engine}: interrupted it fails: {error:#}")),
    }
    short_of_fuel(&case, &engine, &plan, &alone, seen);
    note_engines(&case.options.engine, seen);
    Outcome::Judged
}

/// A trace without the fuel of steps that did not return: what a function consumed since it last wrote that down is lost then, and
/// interruptions make it write.
fn settled(trace: &Trace) -> Trace {
    let mut trace = trace.clone();
    for step in trace.steps.iter_mut().filter(|step| !matches!(step.outcome, trace::Outcome::Returned(_))) {
        step.fuel = None;
    }
    trace
}

/// With a little more fuel than the first call needs it ends the same way; with less it does so or runs out: nothing between.
fn short_of_fuel(case: &Case, engine: &EngineSpec, plan: &Plan, alone: &Trace, seen: &mut Seen) {
    // What a trap consumed is not known exactly.
    let returned = |step: &&trace::Step| matches!(step.outcome, trace::Outcome::Returned(_));
    let step = alone.steps.get(1).filter(returned);
    let Some((step, left)) = step.and_then(|step| Some((step, step.fuel?))) else { return };
    // What the instantiation needs, it needs as well.
    let start = alone.steps[0].fuel.map_or(0, |left| plan.fuel - left);
    let needed = plan.fuel - left;
    let exact = Trace { steps: vec![alone.steps[0].clone(), step.clone()] }.coarse();
    for fuel in [needed + 1, needed, needed - needed / 3, needed / 2] {
        if fuel <= start {
            continue;
        }
        let trace = match run(engine, &Plan { fuel, calls: plan.calls[..1].to_vec(), ..plan.clone() }) {
            Ok(trace) => trace,
            Err(error) => fail(case, &format!("{engine}: with {fuel} of fuel it fails: {error:#}")),
        };
        let ran_out =
            matches!(trace.steps.last().map(|step| &step.outcome), Some(trace::Outcome::Trapped(Trap::OutOfFuel, _)));
        if ran_out && fuel > needed {
            fail(case, &format!("{engine}: {fuel} of fuel are not enough, but it used {needed}"));
        }
        if let Some(difference) = exact.difference(&trace.coarse()).filter(|_| !ran_out) {
            fail(case, &format!("{engine}: with {fuel} of fuel it differs: {difference}"));
        }
        seen.note(|| vec![if ran_out { "fuel:short" } else { "fuel:enough" }]);
    }
}
