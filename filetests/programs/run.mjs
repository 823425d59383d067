// Runs the programs of manifest.toml under node's WASI and compares exit status, output and what is left behind.
//
//     node run.mjs [--bless] [--hashes] [NAME ...]
//
// With --bless, output that differs is written to expected/: read the difference before you commit. With --hashes, the hashes in
// manifest.toml are brought up to date first.
import { createHash } from "node:crypto";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

process.removeAllListeners("warning");
const at = (name) => fileURLToPath(new URL(name, import.meta.url));
const bless = process.argv.includes("--bless");

/** The manifest uses arrays of tables with strings, integers and arrays of strings, one to a line: all of them JSON. */
function parse(text) {
    const tables = { program: [], module: [], run: [] };
    let table;
    for (const line of text.split("\n")) {
        const [, header] = /^\[\[(\w+)\]\]$/.exec(line) ?? [];
        const [, key, value] = /^(\w+) = (.*)$/.exec(line) ?? [];
        if (header) tables[header].push((table = {}));
        else if (key) table[key] = JSON.parse(value);
    }
    return tables;
}

async function run(entry) {
    const { WASI } = await import("node:wasi");
    const work = mkdtempSync(join(tmpdir(), "programs-"));
    const scratch = mkdtempSync(join(tmpdir(), "programs-"));
    const fds = [openSync(entry.stdin ? at(entry.stdin) : "/dev/null", "r"), openSync(join(work, "out"), "w"), openSync(join(work, "err"), "w")];
    try {
        const wasi = new WASI({
            version: "preview1",
            args: [entry.program, ...(entry.args ?? [])],
            env: Object.fromEntries((entry.env ?? []).map((e) => [e.slice(0, e.indexOf("=")), e.slice(e.indexOf("=") + 1)])),
            preopens: Object.fromEntries([
                ...(entry.dirs ?? []).map((d) => d.split("=")).map(([host, guest]) => [guest, at(host)]),
                ...(entry.scratch ? [[entry.scratch, scratch]] : []),
            ]),
            stdin: fds[0], stdout: fds[1], stderr: fds[2], returnOnExit: true,
        });
        const { instance } = await WebAssembly.instantiate(readFileSync(at(entry.program)), wasi.getImportObject());
        let exit;
        try {
            exit = wasi.start(instance);
        } catch (error) {
            if (!(error instanceof WebAssembly.RuntimeError)) throw error;
            exit = "trap";
        }
        return { exit, stdout: readFileSync(join(work, "out")), stderr: readFileSync(join(work, "err")), left: readdirSync(scratch).sort() };
    } finally {
        fds.forEach(closeSync);
        rmSync(work, { recursive: true });
        rmSync(scratch, { recursive: true });
    }
}

let text = readFileSync(at("manifest.toml"), "utf8");
if (process.argv.includes("--hashes")) {
    for (const { file, sha256 } of [...parse(text).program, ...parse(text).module])
        text = text.replace(sha256, createHash("sha256").update(readFileSync(at(file))).digest("hex"));
    writeFileSync(at("manifest.toml"), text);
}
const manifest = parse(text);
let failures = 0;
const fail = (message) => { failures++; console.log(`FAIL ${message}`); };
for (const { file, sha256 } of [...manifest.program, ...manifest.module])
    if (createHash("sha256").update(readFileSync(at(file))).digest("hex") !== sha256) fail(`${file}: the hash is another`);
const names = process.argv.slice(2).filter((a) => !a.startsWith("--"));
for (const entry of manifest.run.filter((r) => r.node !== 0).filter((r) => !names.length || names.includes(r.name))) {
    const before = failures;
    const actual = await run(entry);
    if (actual.exit !== entry.exit) fail(`${entry.name}: exit ${actual.exit} and not ${entry.exit}`);
    if (entry.left && String(actual.left) !== String(entry.left)) fail(`${entry.name}: left ${actual.left} and not ${entry.left}`);
    for (const stream of ["stdout", "stderr"]) {
        const path = at(`expected/${entry.name}.${stream}`), bytes = actual[stream];
        const wanted = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
        if (bytes.equals(wanted)) continue;
        if (!bless) fail(`${entry.name}: ${stream} is\n${bytes}\nand not\n${wanted}`);
        else if (bytes.length) writeFileSync(path, bytes);
        else unlinkSync(path);
    }
    if (failures === before) console.log(`ok   ${entry.name}`);
}
process.exit(failures ? 1 : 0);
