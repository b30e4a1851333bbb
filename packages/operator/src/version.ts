// SPDX-License-Identifier: MIT

/** Version of the product; the root package's, which a test compares. */
export const VERSION = "0.1.0";
