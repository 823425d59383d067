//! The matrix of features and backends, from a real run.

use gantry_filetests::matrix::Matrix;

#[test]
fn nothing_fails_and_later_work_is_refused_by_name() {
    let matrix = Matrix::run(&["cranelift", "no such backend"], || Ok(gantry::Config::new())).expect("runs");
    println!("{}", matrix.to_markdown());
    assert!(matrix.failures.is_empty(), "{}", matrix.failures.join("\n"));
    let missing: Vec<_> = matrix.elsewhere.iter().map(|e| (&*e.backend, e.isa)).collect();
    let others = ["x86_64", "aarch64", "riscv64", "s390x"].map(|isa| ("cranelift", isa));
    assert_eq!(missing, others.into_iter().filter(|o| o.1 != matrix.isa).collect::<Vec<_>>());
    for row in &matrix.rows {
        let [cell, absent] = &row.cells[..] else { panic!("two backends") };
        assert_eq!(absent.scripts_not_run, row.scripts as u64, "{}", row.name);
        assert!(row.scripts == 0 || row.stage == "later" || cell.passed > 0, "nothing was run for {}", row.name);
    }
}
