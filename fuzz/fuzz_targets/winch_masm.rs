#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| gantry_oracles::targets::fuzz("winch_masm", data));
