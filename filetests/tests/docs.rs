//! What the documents say about the tree is true: paths exist, and dependencies point down.

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("in a workspace").to_owned()
}

fn documents() -> Vec<PathBuf> {
    let mut files = vec![root().join("README.md"), root().join("CONTRIBUTING.md")];
    for entry in std::fs::read_dir(root().join("docs")).expect("docs") {
        let path = entry.expect("entry").path();
        if path.extension().is_some_and(|e| e == "md") {
            files.push(path);
        }
    }
    files
}

#[test]
fn paths_named_in_documents_exist() {
    let folders: Vec<String> = std::fs::read_dir(root())
        .expect("root")
        .filter_map(|e| e.ok()?.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.') && name != "target")
        .collect();
    let mut checked = 0;
    let mut missing = Vec::new();
    for document in documents() {
        let text = std::fs::read_to_string(&document).expect("readable");
        for quoted in text.split('`').skip(1).step_by(2) {
            let first = quoted.split('/').next().unwrap_or_default();
            let is_path =
                quoted.contains('/') && !quoted.contains([' ', '*', '<']) && folders.iter().any(|f| f == first);
            if is_path {
                checked += 1;
                if !root().join(quoted).exists() {
                    missing.push(format!("{}: {quoted}", document.display()));
                }
            }
        }
    }
    assert!(checked > 20, "only {checked} paths found in the documents: the search is broken");
    assert!(missing.is_empty(), "documents name paths that do not exist:\n{}", missing.join("\n"));
}

#[test]
fn dependencies_point_down() {
    let allowed: &[(&str, &[&str])] = &[
        ("abi", &[]),
        ("emit", &["gantry-abi"]),
        ("frontend", &["gantry-abi"]),
        ("cranelift", &["gantry-abi", "gantry-emit", "gantry-frontend"]),
        ("winch", &["gantry-abi", "gantry-emit", "gantry-frontend"]),
        ("runtime/compile", &["gantry-abi", "gantry-emit", "gantry-frontend", "gantry-cranelift", "gantry-winch"]),
        ("pulley", &[]),
        ("runtime", &["gantry-abi", "gantry-pulley", "gantry-compile"]),
        ("runtime/wasi", &["gantry"]),
        ("benches/workloads", &[]),
        ("filetests", &["gantry", "gantry-wasi", "gantry-abi", "gantry-emit", "gantry-compile", "gantry-workloads"]),
        (
            "fuzz/oracles",
            &[
                "gantry",
                "gantry-abi",
                "gantry-compile",
                "gantry-emit",
                "gantry-filetests",
                "gantry-pulley",
                "gantry-winch",
            ],
        ),
        (
            "fuzz/mutants",
            &["gantry-abi", "gantry-compile", "gantry-cranelift", "gantry-emit", "gantry-oracles", "gantry-winch"],
        ),
    ];
    for (folder, allowed) in allowed {
        let manifest = std::fs::read_to_string(root().join(folder).join("Cargo.toml")).expect("manifest");
        let dependencies = manifest.split("[dependencies]").nth(1).expect("dependencies");
        let dependencies = dependencies.split("\n[").next().unwrap_or_default();
        for line in dependencies.lines() {
            let name = line.split(['.', ' ', '=']).next().unwrap_or_default();
            if name.starts_with("gantry") {
                assert!(allowed.contains(&name), "{folder} must not depend on {name}");
            }
            assert!(!name.starts_with("wasmtime") && name != "winch-codegen", "{folder} depends on a peer: {name}");
        }
    }
}
