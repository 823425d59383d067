// Runs every workload of workloads.toml under node and compares its checksum; with --print, prints the checksums instead.
// A workload runs twice in one instance, since it must leave no state behind.
import { readFileSync } from "node:fs";

const here = (file) => new URL(file, import.meta.url);
const entries = readFileSync(here("workloads.toml"), "utf8").split("[[workload]]").slice(1).map((text) =>
    Object.fromEntries([...text.matchAll(/^(\w+) = "?([^"\n]*)"?/gm)].map(([, key, value]) => [key, value])));
let failures = 0;
// Each entry has two sizes: for time, and for counting instructions.
const sizes = entries.flatMap(({ name, file, n, expected, count_n, count_expected }) =>
    [{ name, file, n, expected }, { name, file, n: count_n, expected: count_expected }]);
for (const { name, file, n, expected } of sizes) {
    const { instance } = await WebAssembly.instantiate(readFileSync(here(file)));
    const results = [], times = [];
    for (let i = 0; i < 3; i++) {
        const start = performance.now();
        results.push(instance.exports.run(Number(n)));
        times.push(performance.now() - start);
    }
    const [sum] = results;
    const good = results.every((r) => r === sum) && (process.argv.includes("--print") || sum === BigInt(expected));
    if (!good) failures++;
    console.log(`${good ? "ok  " : "FAIL"} ${name.padEnd(14)} n = ${n.padEnd(7)} ${String(sum).padEnd(21)} ${Math.min(...times).toFixed(1)} ms`);
}
console.log(`${entries.length} workloads, ${sizes.length} runs, ${failures} failures`);
process.exit(failures ? 1 : 0);
