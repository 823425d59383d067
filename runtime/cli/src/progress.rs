//! A sign of life during compilations that take longer than a second, on a terminal only.

use anyhow::{Context, Result};
use gantry::Engine;
use std::io::IsTerminal;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// How long nothing is shown.
const QUIET: Duration = Duration::from_secs(1);

/// Compiles a module in binary to an artifact, and shows on standard error how many functions are done once that takes longer
/// than a second.
pub(crate) fn compile(path: &Path, engine: &Engine, wasm: &[u8]) -> Result<Vec<u8>> {
    let functions_done = AtomicUsize::new(0);
    let functions = AtomicUsize::new(0);
    let compile = || {
        engine.module_compiler().compile_with_progress(wasm, &|done, total| {
            functions.store(total, Ordering::Relaxed);
            functions_done.fetch_max(done, Ordering::Relaxed);
        })
    };
    let artifact = if std::io::stderr().is_terminal() {
        let (done, finished) = channel::<()>();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                // The sender belongs to the other side of the scope; nothing is ever sent.
                let finished = finished;
                if finished.recv_timeout(QUIET) != Err(RecvTimeoutError::Timeout) {
                    return;
                }
                let bar = bar(path);
                while finished.recv_timeout(Duration::from_millis(100)) == Err(RecvTimeoutError::Timeout) {
                    bar.set_length(functions.load(Ordering::Relaxed) as u64);
                    bar.set_position(functions_done.load(Ordering::Relaxed) as u64);
                }
                bar.finish_and_clear();
            });
            let artifact = compile();
            drop(done);
            artifact
        })
    } else {
        compile()
    };
    artifact.with_context(|| format!("cannot compile {}", path.display()))
}

fn bar(path: &Path) -> indicatif::ProgressBar {
    let style = indicatif::ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} functions, {elapsed}");
    let bar = indicatif::ProgressBar::no_length().with_message(format!("compiling {}", path.display()));
    bar.with_style(style.expect("a valid template"))
}
