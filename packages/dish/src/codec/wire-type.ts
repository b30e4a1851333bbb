// SPDX-License-Identifier: MIT
import type { Element } from "../schema/directory.ts";

/** Wire type of one value (protobuf.dev, "Encoding"): 0 varint, 1 eight bytes, 2 with a length, 5 four bytes. */
export type WireType = 0 | 1 | 2 | 5;

/** Wire type of one value of a field, unpacked. */
export function wireTypeOf(element: Element): WireType {
  if (element.kind === "message") return 2;
  if (element.kind === "enum") return 0;
  switch (element.scalar) {
    case "double":
      return 1;
    case "float":
      return 5;
    case "string":
    case "bytes":
      return 2;
    default:
      return 0;
  }
}
