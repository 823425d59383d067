// Compiles the module whose file is the first argument, and runs it for each number on standard input.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
const { instance } = await WebAssembly.instantiate(readFileSync(process.argv[2]));
console.log("ready");
for await (const line of createInterface({ input: process.stdin })) console.log(String(instance.exports.run(Number(line))));
