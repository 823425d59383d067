// Compiles the module of each file that standard input names, and says how many nanoseconds of processor time that took.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
console.log("ready");
for await (const file of createInterface({ input: process.stdin })) {
  const bytes = readFileSync(file);
  const before = process.cpuUsage();
  new WebAssembly.Module(bytes);
  const spent = process.cpuUsage(before);
  console.log(String((spent.user + spent.system) * 1000));
  // Code of the last module is not to be freed while the next one is compiled.
  globalThis.gc();
}
