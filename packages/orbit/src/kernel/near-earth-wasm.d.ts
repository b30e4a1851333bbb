// SPDX-License-Identifier: MIT
// What `scripts/build-kernels.ts` writes to `dist/kernel/near-earth-wasm.js`.

/** Of the source, the compiler and its options. */
export const sourceSha256: string;
/** Of the formulas that it computes; the same as in `near-earth-scalar.ts` unless it is out of date. */
export const fingerprint: string;
/** The binary in base64, for a memory of its own. */
export const plain: string;
/** Likewise, for a memory that threads share. */
export const shared: string;
