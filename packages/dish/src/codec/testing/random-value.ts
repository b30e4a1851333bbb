// SPDX-License-Identifier: MIT
// For tests only: random values of any message of the table.
import fc from "fast-check";
import { type Element, enumEntries, fieldShapes } from "../../schema/directory.ts";
import type { ScalarName } from "../../schema/table.ts";

/** A value as `encode` takes it, of a type that is known only by name. */
export type AnyValue = Record<string, unknown>;

const scalars: Readonly<Record<ScalarName, fc.Arbitrary<unknown>>> = {
  double: fc.double(),
  float: fc.float(),
  int32: fc.integer(),
  uint32: fc.integer({ min: 0, max: 0xffff_ffff }),
  int64: fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }),
  uint64: fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
  bool: fc.boolean(),
  string: fc.string({ unit: "binary", maxLength: 60 }),
  bytes: fc.uint8Array({ maxLength: 20 }),
};

function elementValue(element: Element, depth: number): fc.Arbitrary<unknown> {
  if (element.kind === "message") return randomValue(element.name, depth - 1);
  if (element.kind === "scalar") return scalars[element.scalar];
  return fc.oneof(fc.constantFrom(...Object.values(enumEntries.get(element.name)!.values)), fc.integer());
}

/** Values of a message with up to a dozen of its fields and, below a depth, nothing inside nested messages. */
export function randomValue(message: string, depth = 3): fc.Arbitrary<AnyValue> {
  const shapes = fieldShapes(message);
  if (shapes.length === 0 || depth === 0) return fc.constant({});
  return fc.subarray(shapes, { maxLength: Math.min(12, shapes.length) }).chain(chosen => {
    const oneofs = new Set<string>();
    const members: Record<string, fc.Arbitrary<unknown>> = {};
    for (const { jsonName, form, key, element, oneof } of chosen) {
      if (oneof !== null) {
        if (oneofs.has(oneof)) continue;
        oneofs.add(oneof);
      }
      const one = elementValue(element, depth);
      if (form === "single") members[jsonName] = one;
      else if (form === "repeated") {
        const list = fc.array(one, { maxLength: 4 });
        const floats = element.kind === "scalar" && element.scalar === "float";
        members[jsonName] = floats ? list.map(items => Float32Array.from(items as number[])) : list;
      } else {
        members[jsonName] = fc
          .array(fc.tuple(scalars[key!], one), { maxLength: 3 })
          .map(entries => new Map(entries));
      }
    }
    return fc.record(members);
  });
}
