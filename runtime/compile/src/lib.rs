//! WebAssembly in, image out: validation, parallel compilation over any backend, linking.
