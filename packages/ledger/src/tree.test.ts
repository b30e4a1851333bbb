// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import {
  consistencyProof,
  emptyRoot,
  Frontier,
  inclusionProof,
  leafHash,
  type Result,
  toHex,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from "./index.ts";

interface Vectors {
  emptyRoot: string;
  leaves: string[];
  roots: string[];
  inclusion: { size: number; index: number; proof: string[] }[];
  consistency: { oldSize: number; newSize: number; proof: string[] }[];
}

const vectors = JSON.parse(
  readFileSync(new URL("../../../vectors/rfc9162.json", import.meta.url), "utf8"),
) as Vectors;

/** RFC 9162 §2.1.1 word for word: recursive, on the data itself, with its own hashing. */
function definedRoot(data: readonly Uint8Array[]): Buffer {
  const sha = (...parts: Uint8Array[]) => createHash("sha256").update(Buffer.concat(parts)).digest();
  if (data.length === 0) return sha();
  if (data.length === 1) return sha(Buffer.of(0), data[0]!);
  const k = 2 ** Math.floor(Math.log2(data.length - 1));
  return sha(Buffer.of(1), definedRoot(data.slice(0, k)), definedRoot(data.slice(k)));
}

/** RFC 9162 §2.1.3.1, PATH(m, D_n), on the data itself. */
function definedPath(m: number, data: readonly Uint8Array[]): Buffer[] {
  if (data.length === 1) return [];
  const k = 2 ** Math.floor(Math.log2(data.length - 1));
  return m < k
    ? [...definedPath(m, data.slice(0, k)), definedRoot(data.slice(k))]
    : [...definedPath(m - k, data.slice(k)), definedRoot(data.slice(0, k))];
}

/** RFC 9162 §2.1.4.1, SUBPROOF(m, D_n, b), on the data itself. */
function definedSubproof(m: number, data: readonly Uint8Array[], b: boolean): Buffer[] {
  if (m === data.length) return b ? [] : [definedRoot(data)];
  const k = 2 ** Math.floor(Math.log2(data.length - 1));
  return m <= k
    ? [...definedSubproof(m, data.slice(0, k), b), definedRoot(data.slice(k))]
    : [...definedSubproof(m - k, data.slice(k), false), definedRoot(data.slice(0, k))];
}

const dataOf = (size: number) => Array.from({ length: size }, (_, i) => Buffer.from(`entry ${i}`));
const unwrap = <T>(result: Result<T>): T => {
  assert.ok(result.ok);
  return result.value;
};
const hexes = (proof: readonly Uint8Array[]) => proof.map(toHex);
const vectorLeaves = vectors.leaves.map(hex => leafHash(Buffer.from(hex, "hex")));

test("the published reference tree: roots, audit paths and consistency proofs", () => {
  assert.equal(toHex(emptyRoot()), vectors.emptyRoot);
  assert.equal(toHex(treeRoot([])), vectors.emptyRoot);
  assert.equal(toHex(new Frontier().root()), vectors.emptyRoot);
  vectors.roots.forEach((root, i) => {
    assert.equal(toHex(treeRoot(vectorLeaves.slice(0, i + 1))), root);
  });
  for (const { size, index, proof } of vectors.inclusion) {
    assert.deepEqual(hexes(unwrap(inclusionProof(vectorLeaves, index, size))), proof, `${index} in ${size}`);
  }
  for (const { oldSize, newSize, proof } of vectors.consistency) {
    assert.deepEqual(hexes(unwrap(consistencyProof(vectorLeaves, oldSize, newSize))), proof);
  }
});

test("root, frontier and proofs equal the standard's recursive definition for every size to 40", () => {
  const data = dataOf(40);
  const leaves = data.map(leafHash);
  const frontier = new Frontier();
  for (let size = 1; size <= data.length; size++) {
    frontier.append(leaves[size - 1]!);
    const root = definedRoot(data.slice(0, size));
    assert.equal(frontier.size, size);
    assert.deepEqual(Buffer.from(frontier.root()), root);
    assert.deepEqual(Buffer.from(treeRoot(leaves.slice(0, size))), root);
    for (let index = 0; index < size; index++) {
      const proof = unwrap(inclusionProof(leaves, index, size));
      assert.deepEqual(hexes(proof), hexes(definedPath(index, data.slice(0, size))));
      assert.ok(verifyInclusion({ leafHash: leaves[index]!, index, size, proof, root }));
    }
    for (let oldSize = 1; oldSize <= size; oldSize++) {
      const proof = unwrap(consistencyProof(leaves, oldSize, size));
      assert.deepEqual(hexes(proof), hexes(definedSubproof(oldSize, data.slice(0, size), true)));
      const oldRoot = definedRoot(data.slice(0, oldSize));
      assert.ok(verifyConsistency({ oldSize, oldRoot, newSize: size, newRoot: root, proof }));
    }
  }
});

const flip = (bytes: Uint8Array, bit: number) => {
  const copy = Uint8Array.from(bytes);
  copy[bit >> 3]! ^= 1 << (bit & 7);
  return copy;
};

test("every flipped bit, every other index and every other size breaks an inclusion proof", () => {
  const leaves = dataOf(13).map(leafHash);
  const root = treeRoot(leaves);
  for (let index = 0; index < 13; index++) {
    const proof = unwrap(inclusionProof(leaves, index));
    const claim = { leafHash: leaves[index]!, index, size: 13, proof, root };
    for (let bit = 0; bit < 256; bit++) {
      assert.ok(!verifyInclusion({ ...claim, leafHash: flip(claim.leafHash, bit) }));
      assert.ok(!verifyInclusion({ ...claim, root: flip(root, bit) }));
      const at = bit % proof.length;
      assert.ok(!verifyInclusion({ ...claim, proof: proof.with(at, flip(proof[at]!, bit)) }));
    }
    for (let other = 0; other < 13; other++) {
      if (other !== index) assert.ok(!verifyInclusion({ ...claim, index: other }), `${index} as ${other}`);
    }
    assert.ok(!verifyInclusion({ ...claim, proof: proof.slice(1) }));
    assert.ok(!verifyInclusion({ ...claim, proof: [...proof, root] }));
    assert.ok(!verifyInclusion({ ...claim, proof: [...proof.slice(1), proof[0]!.slice(1)] }));
  }
});

test("every flipped bit and every missing or added node breaks a consistency proof", () => {
  const leaves = dataOf(13).map(leafHash);
  const newRoot = treeRoot(leaves);
  for (let oldSize = 1; oldSize < 13; oldSize++) {
    const oldRoot = treeRoot(leaves.slice(0, oldSize));
    const proof = unwrap(consistencyProof(leaves, oldSize, 13));
    const claim = { oldSize, oldRoot, newSize: 13, newRoot, proof };
    for (let bit = 0; bit < 256; bit++) {
      assert.ok(!verifyConsistency({ ...claim, oldRoot: flip(oldRoot, bit) }));
      assert.ok(!verifyConsistency({ ...claim, newRoot: flip(newRoot, bit) }));
      for (let at = 0; at < proof.length; at++) {
        assert.ok(!verifyConsistency({ ...claim, proof: proof.with(at, flip(proof[at]!, bit)) }));
      }
    }
    assert.ok(!verifyConsistency({ ...claim, proof: proof.slice(1) }));
    assert.ok(!verifyConsistency({ ...claim, proof: proof.slice(0, -1) }));
    assert.ok(!verifyConsistency({ ...claim, proof: [...proof, newRoot] }));
  }
});

test("any tree grows out of the empty one, and equals itself, with nothing to prove", () => {
  const leaves = dataOf(5).map(leafHash);
  const newRoot = treeRoot(leaves);
  const oldRoot = emptyRoot();
  assert.deepEqual(unwrap(consistencyProof(leaves, 0, 5)), []);
  assert.ok(verifyConsistency({ oldSize: 0, oldRoot, newSize: 5, newRoot, proof: [] }));
  assert.ok(!verifyConsistency({ oldSize: 0, oldRoot: newRoot, newSize: 5, newRoot, proof: [] }));
  assert.ok(verifyConsistency({ oldSize: 5, oldRoot: newRoot, newSize: 5, newRoot, proof: [] }));
  assert.ok(!verifyConsistency({ oldSize: 5, oldRoot, newSize: 5, newRoot, proof: [] }));
});

test("a forked history has no consistency proof, whatever the fork", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 0, max: 60 }),
      fc.nat(),
      (oldSize, more, at) => {
        const data = dataOf(oldSize + more);
        const forked = data.with(at % oldSize, Buffer.from("rewritten"));
        const leaves = forked.map(leafHash);
        const claim = {
          oldSize,
          oldRoot: definedRoot(data.slice(0, oldSize)),
          newSize: oldSize + more,
          newRoot: definedRoot(forked),
          proof: unwrap(consistencyProof(leaves, oldSize, oldSize + more)),
        };
        assert.ok(!verifyConsistency(claim));
      },
    ),
    { numRuns: 100 },
  );
});

test("sizes beyond 32 bits verify: only the path's length depends on them", () => {
  // A tree of 2^33 + 1 leaves: the last one hangs beside a perfect subtree of 2^33, whose root may be anything.
  const [left, last] = [leafHash(Buffer.of(1)), leafHash(Buffer.of(2))];
  const size = 2 ** 33 + 1;
  const root = createHash("sha256")
    .update(Buffer.concat([Buffer.of(1), left, last]))
    .digest();
  assert.ok(verifyInclusion({ leafHash: last, index: size - 1, size, proof: [left], root }));
  assert.ok(!verifyInclusion({ leafHash: last, index: 0, size, proof: [left], root }));
  assert.ok(
    verifyConsistency({ oldSize: 2 ** 33, oldRoot: left, newSize: size, newRoot: root, proof: [last] }),
  );
});

test("an index or size outside the tree is an error that names the argument", () => {
  const leaves = dataOf(3).map(leafHash);
  const placeOf = (result: Result<unknown>) =>
    result.ok ? "ok" : `${result.error.code} ${result.error.place}`;
  assert.equal(placeOf(inclusionProof(leaves, 3)), "out-of-range index");
  assert.equal(placeOf(inclusionProof(leaves, -1)), "out-of-range index");
  assert.equal(placeOf(inclusionProof(leaves, 0.5)), "out-of-range index");
  assert.equal(placeOf(inclusionProof(leaves, 0, 4)), "out-of-range size");
  assert.equal(placeOf(inclusionProof([], 0)), "out-of-range index");
  assert.equal(placeOf(consistencyProof(leaves, 3, 2)), "out-of-range oldSize");
  assert.equal(placeOf(consistencyProof(leaves, 1, 4)), "out-of-range newSize");
  assert.ok(!verifyInclusion({ leafHash: leaves[0]!, index: 0, size: 0, proof: [], root: leaves[0]! }));
  assert.ok(
    !verifyConsistency({ oldSize: 2, oldRoot: leaves[0]!, newSize: 1, newRoot: leaves[0]!, proof: [] }),
  );
});
