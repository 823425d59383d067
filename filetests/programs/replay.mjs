// Replays recipes under node, to know that what they expect is right: node replay.mjs [--bless] [FILE.recipe ...]
//
// With --bless, numbers, hashes, strings and output that differ are written into the recipes: read the difference before you commit.
//
// The language is described in README.md; `filetests/src/programs/recipe.rs` reads the same files for Gantry.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const mask = (1n << 64n) - 1n;

/** Types of the functions a module imports and exports, which the JavaScript API does not tell. */
function functionTypes(wasm) {
    const names = { 0x7f: "i32", 0x7e: "i64", 0x7d: "f32", 0x7c: "f64", 0x7b: "v128", 0x70: "funcref", 0x6f: "externref" };
    let at = 8;
    const leb = () => {
        for (let value = 0, shift = 0; ; shift += 7) {
            const byte = wasm[at++];
            value += (byte & 127) * 2 ** shift;
            if (byte < 128) return value;
        }
    };
    const list = (item) => Array.from({ length: leb() }, item);
    const text = () => { const size = leb(); at += size; return wasm.toString("utf8", at - size, at); };
    const limits = () => { const flags = leb(); leb(); if (flags & 1) leb(); };
    const types = [], functions = [], imports = new Map(), exports = new Map();
    while (at < wasm.length) {
        const id = wasm[at++], size = leb(), end = at + size;
        if (id === 1) types.push(...list(() => { at++; return { params: list(() => names[wasm[at++]]), results: list(() => names[wasm[at++]]) }; }));
        if (id === 2) list(() => {
            const key = `${text()}.${text()}`, kind = wasm[at++];
            if (kind === 0) { const type = types[leb()]; functions.push(type); imports.set(key, type); }
            else if (kind === 1) { at++; limits(); }
            else if (kind === 2) limits();
            else at += 2;
        });
        if (id === 3) functions.push(...list(() => types[leb()]));
        if (id === 7) list(() => { const name = text(), kind = wasm[at++], index = leb(); if (kind === 0) exports.set(name, functions[index]); });
        at = end;
    }
    return { imports, exports };
}

/** Lines joined with those that continue them, split into words; quotes keep a word together. */
function* statements(source) {
    const lines = [];
    source.split("\n").forEach((line, index) => {
        if (line.startsWith("#") || !line.trim()) return;
        if (/^\s/.test(line)) lines.at(-1).text += " " + line.trim();
        else lines.push({ number: index + 1, text: line });
    });
    for (const { number, text } of lines)
        yield { number, words: text.match(/(?:[^\s"]|"(?:[^"\\]|\\.)*")+/g) };
}

function unquote(quoted) {
    if (!/^".*"$/s.test(quoted)) throw Error(`not a string: ${quoted}`);
    const plain = { n: "\n", t: "\t", r: "\r", 0: "\0", "\\": "\\", '"': '"' };
    const parts = quoted.slice(1, -1).match(/\\x[0-9a-f]{2}|\\.|[^\\]+/gs) ?? [];
    return Buffer.concat(parts.map((part) =>
        part.startsWith("\\x") ? Buffer.from(part.slice(2), "hex") : Buffer.from(part[0] === "\\" ? plain[part[1]] : part)));
}

function random(seed, size) {
    const out = Buffer.alloc(size);
    let state = BigInt(seed);
    for (let i = 0; i < size; i++) {
        state ^= state >> 12n;
        state = (state ^ state << 25n) & mask;
        state ^= state >> 27n;
        out[i] = Number((state * 0x2545f4914f6cdd1dn & mask) >> 56n);
    }
    return out;
}

const bless = process.argv.includes("--bless");
const quote = (b) => `"${b.toString("latin1").replace(/[^ !#-\[\]-~]/g, (c) =>
    ({ "\n": "\\n", "\t": "\\t", "\\": "\\\\", '"': '\\"' })[c] ?? "\\x" + c.charCodeAt(0).toString(16).padStart(2, "0"))}"`;

class LongJump extends Error {}

function replay(path) {
    const variables = new Map(), blobs = new Map(), rules = [];
    let wasm, types, instance, memory, output = Buffer.alloc(0), expectations = 0;

    const value = (word) => {
        const [, base, sign, offset] = /^(\$\w+|len:\w+|-?(?:0x[0-9a-f]+|\d+))(?:([+-])(\d+))?$/.exec(word) ?? [];
        if (base === undefined) throw Error(`not a value: ${word}`);
        let v;
        if (base[0] === "$") v = variables.get(base);
        else if (base.startsWith("len:")) v = BigInt(blobs.get(base.slice(4)).length);
        else v = base[0] === "-" ? -BigInt(base.slice(1)) : BigInt(base);
        if (v === undefined) throw Error(`${base} has no value`);
        return BigInt.asIntN(64, v + (offset ? BigInt(sign + offset) : 0n));
    };
    const data = (words) => Buffer.concat(words.map((word) => {
        if (word[0] === '"') return unquote(word);
        const [, kind, rest] = /^(\w+):(.*)$/s.exec(word) ?? [];
        if (kind === "bytes") return blobs.get(rest);
        if (kind === "hex") return Buffer.from(rest, "hex");
        if (kind === "i32") { const b = Buffer.alloc(4); b.writeInt32LE(Number(BigInt.asIntN(32, value(rest)))); return b; }
        const [, first, second] = /^(\d+):(.*)$/s.exec(rest) ?? [];
        if (kind === "repeat") return Buffer.concat(Array(Number(first)).fill(unquote(second)));
        if (kind === "random") return random(first, Number(second));
        throw Error(`not data: ${word}`);
    }));
    const bytes = (at, size) => Buffer.from(memory().buffer, Number(BigInt.asUintN(32, at)), Number(size));
    const host = (type, v) => type === "i64" ? BigInt.asIntN(64, v) : Number(type === "i32" ? BigInt.asIntN(32, v) : v);
    const call = (name, args) => {
        const type = types.exports.get(name);
        if (!type) throw Error(`no exported function ${name}`);
        if (args.length !== type.params.length) throw Error(`${name} takes ${type.params.length} values`);
        const result = instance.exports[name](...args.map((v, i) => host(type.params[i], v)));
        return result === undefined ? undefined : BigInt(result);
    };

    const behave = (key, type, [how, ...rest]) => (...args) => {
        switch (how) {
            case "returns": return type.results.length ? host(type.results[0], value(rest[0])) : undefined;
            case "traps": throw Error(`${key} was called`);
            case "copies": bytes(BigInt(args[0]), args[2]).set(Uint8Array.from(bytes(BigInt(args[1]), args[2]))); return type.results.length ? args[0] : undefined;
            case "grows": {
                const pages = Math.ceil((args[0] >>> 0) / 65536) - memory().buffer.byteLength / 65536;
                if (pages > 0) memory().grow(pages);
                return 1;
            }
            case "collects": {
                let written = 0;
                for (let i = 0; i < args[2]; i++) {
                    const entry = bytes(BigInt(args[1] + 8 * i), 8), size = entry.readUInt32LE(4);
                    output = Buffer.concat([output, bytes(BigInt(entry.readUInt32LE(0)), size)]);
                    written += size;
                }
                bytes(BigInt(args[3]), 4).writeUInt32LE(written);
                return 0;
            }
            case "throws": throw new LongJump();
            case "invokes": {
                const stack = instance.exports.stackSave();
                try {
                    return instance.exports.__indirect_function_table.get(args[0])(...args.slice(1));
                } catch (error) {
                    if (!(error instanceof LongJump)) throw error;
                    instance.exports.stackRestore(stack);
                    instance.exports.setThrew(1, 0);
                    return 0;
                }
            }
            default: throw Error(`no such behaviour: ${how}`);
        }
    };
    const start = () => {
        if (instance) return;
        const imports = {}, module = new WebAssembly.Module(wasm);
        for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
            const key = `${from}.${name}`;
            const rule = rules.find(([pattern]) => pattern === key || (pattern.endsWith("*") && key.startsWith(pattern.slice(0, -1))));
            if (!rule) throw Error(`nothing says what ${key} is`);
            imports[from] ??= {};
            if (kind === "memory") {
                const made = new WebAssembly.Memory({ initial: Number(rule[2]), maximum: Number(rule[3]) });
                memory = () => made;
                imports[from][name] = made;
            } else {
                imports[from][name] = behave(key, types.imports.get(key), rule.slice(1));
            }
        }
        instance = new WebAssembly.Instance(module, imports);
        memory ??= () => Object.values(instance.exports).find((e) => e instanceof WebAssembly.Memory);
    };
    const source = readFileSync(path, "utf8"), blessed = source.split("\n");
    let line;
    const check = (actual, expected, what) => {
        expectations++;
        if (actual === expected) return;
        if (!bless || what === "memory") throw Error(`${what} is\n    ${actual}\nand not\n    ${expected}`);
        blessed[line - 1] = blessed[line - 1].replace(/ = .*/s, () => ` = ${actual}`);
        while (/^\s+\S/.test(blessed[line] ?? "")) blessed.splice(line, 1);
    };
    const show = quote;

    for (const { number, words } of statements(source)) {
        line = number;
        const [verb, ...rest] = words;
        const target = rest.at(-2) === "->" ? rest.splice(-2)[1] : undefined;
        const set = (v) => {
            if (target === undefined) return;
            if (v === undefined) throw Error("there is no result");
            variables.set(target, v);
        };
        try {
            if (verb === "module") { wasm = readFileSync(join(dirname(path), rest[0])); types = functionTypes(wasm); continue; }
            if (verb === "import") { rules.push(rest); continue; }
            start();
            const equals = rest.indexOf("=");
            switch (verb) {
                case "call": set(call(rest[0], rest.slice(1).map(value))); break;
                case "data": blobs.set(rest[0], data(rest.slice(2))); break;
                case "write": { const b = data(rest.slice(1)); bytes(value(rest[0]), b.length).set(b); break; }
                case "load": {
                    const at = value(rest[1]);
                    set({ u8: () => BigInt(bytes(at, 1)[0]), i32: () => BigInt(bytes(at, 4).readInt32LE()), i64: () => bytes(at, 8).readBigInt64LE() }[rest[0]]());
                    break;
                }
                case "expect": {
                    const [what, ...where] = rest.slice(0, equals), wanted = rest.slice(equals + 1);
                    if (what === "memory") { const b = data(wanted); check(show(bytes(value(where[0]), b.length)), show(b), "memory"); }
                    else if (what === "string") { const at = value(where[0]); check(show(bytes(at, bytes(at, 1 << 16).indexOf(0))), show(data(wanted)), "the string"); }
                    else if (what === "sha256") check(createHash("sha256").update(bytes(value(where[0]), value(where[1]))).digest("hex"), wanted[0], "the hash");
                    else if (what === "output") check(show(output), show(data(wanted)), "the output");
                    else check(String(value(what)), String(value(wanted[0])), what);
                    break;
                }
                default: throw Error(`no such statement: ${verb}`);
            }
        } catch (error) {
            throw Error(`${path}:${number}: ${error.message}`, { cause: error });
        }
    }
    if (bless) writeFileSync(path, blessed.join("\n"));
    if (!expectations) throw Error(`${path}: expects nothing`);
    return expectations;
}

const given = process.argv.slice(2).filter((word) => word !== "--bless");
const paths = given.length ? given : readdirSync(join(here, "modules")).filter((f) => f.endsWith(".recipe")).map((f) => join(here, "modules", f));
let failures = 0;
for (const path of paths) {
    const begin = performance.now();
    try {
        console.log(`ok   ${path}: ${replay(path)} expectations, ${(performance.now() - begin).toFixed(0)} ms`);
    } catch (error) {
        failures++;
        console.log(`FAIL ${error.message}`);
        if (process.env.VERBOSE) console.log(error.cause);
    }
}
process.exit(failures ? 1 : 0);
