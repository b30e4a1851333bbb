// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  consistencyProof,
  entriesPath,
  expandTile,
  Frontier,
  type FullTile,
  inclusionProof,
  leafHash,
  packEntries,
  parseTilePath,
  planConsistency,
  planInclusion,
  planRoot,
  proofFromTiles,
  TileEdge,
  tilePath,
  tilesOf,
  tileWidth,
  toHex,
  treeRoot,
  unpackEntries,
  verifyConsistency,
  verifyInclusion,
} from "./index.ts";

const leaves = Array.from({ length: 70_000 }, (_, i) => leafHash(Buffer.from(`entry ${i}`)));

/** An edge over the first leaves, and the tiles that filled on the way. */
function grown(size: number): { edge: TileEdge; full: FullTile[] } {
  const edge = new TileEdge();
  for (let i = 0; i < size; i++) edge.append(leaves[i]!);
  return { edge, full: edge.takeFull() };
}

/** Nodes of every tile of a tree, the partial ones expanded from their hashes alone. */
function nodesOf({ edge, full }: ReturnType<typeof grown>): (level: number, index: number) => Uint8Array {
  const known = new Map(full.map(tile => [`${tile.level}/${tile.index}`, tile.nodes]));
  return (level, index) => known.get(`${level}/${index}`) ?? expandTile(edge.partialTile(level));
}

test("addresses are those of the specification", () => {
  // C2SP tlog-tiles: "index 1234067 will be encoded as x001/x234/067".
  assert.equal(tilePath({ level: 0, index: 1_234_067, width: 256 }), "tile/0/x001/x234/067");
  assert.equal(tilePath({ level: 2, index: 0, width: 1 }), "tile/2/000.p/1");
  assert.equal(entriesPath(273, 112), "tile/entries/273.p/112");
  const refused = [
    "tile/0/0",
    "tile/00/000",
    "tile/64/000",
    "tile/0/000.p/0",
    "tile/0/000.p/01",
    "tile/0/000.p/256",
    "tile/0/x000/000",
    "tile/0/001/234",
    "tile/0/x001/x234",
    "tile/0/000/",
    "/tile/0/000",
    "tile/entries/../000",
    "tile/entry/000",
  ];
  for (const path of refused) assert.equal(parseTilePath(path), undefined, path);
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 63 }),
      fc.integer({ min: 0, max: 1e15 }),
      fc.integer({ min: 1, max: 256 }),
      (level, index, width) => {
        assert.deepEqual(parseTilePath(tilePath({ level, index, width })), { level, index, width });
        const bundle = { level: "entries", index, width };
        assert.deepEqual(parseTilePath(entriesPath(index, width)), bundle);
      },
    ),
    { numRuns: 10_000 },
  );
});

test("a tree of 70,000 has the tiles that the specification counts", () => {
  const tiles = tilesOf(70_000);
  const at = (level: number) => tiles.filter(t => t.level === level);
  assert.equal(at(0).length, 274);
  assert.deepEqual(at(0).at(-1), { level: 0, index: 273, width: 112 });
  assert.deepEqual(at(1), [
    { level: 1, index: 0, width: 256 },
    { level: 1, index: 1, width: 17 },
  ]);
  assert.deepEqual(at(2), [{ level: 2, index: 0, width: 1 }]);
  assert.equal(at(3).length, 0);
  // "a tree of size 256 will be represented by a full level 0 tile and a partial level 1 tile of width 1"
  assert.deepEqual(tilesOf(256), [
    { level: 0, index: 0, width: 256 },
    { level: 1, index: 0, width: 1 },
  ]);
  assert.deepEqual(tilesOf(0), []);
  for (const { level, index, width } of tiles) assert.equal(tileWidth(level, index, 70_000), width);
  assert.equal(tileWidth(0, 274, 70_000), 0);
});

test("the hashes of every tile are the roots that the specification defines", () => {
  const { edge, full } = grown(70_000);
  assert.equal(toHex(edge.root()), toHex(treeRoot(leaves)));
  assert.equal(full.length, 274);
  for (const { level, index, nodes, root } of full) {
    const span = 256 ** level;
    const start = index * 256 * span;
    assert.equal(toHex(root), toHex(treeRoot(leaves.slice(start, start + 256 * span))));
    for (const i of [0, 1, 127, 255]) {
      const expected = treeRoot(leaves.slice(start + i * span, start + (i + 1) * span));
      assert.equal(toHex(nodes.subarray(i * 32, i * 32 + 32)), toHex(expected));
    }
    assert.deepEqual(expandTile(nodes.subarray(0, 8192)), nodes);
  }
});

test("at every size an edge has the root and the peaks of a frontier, and so has one that was restored", () => {
  const edge = new TileEdge();
  const frontier = new Frontier();
  for (let size = 0; size <= 1_100; size++) {
    assert.equal(toHex(edge.root()), toHex(frontier.root()), `size ${size}`);
    assert.deepEqual(edge.peaks().map(toHex), frontier.toJSON().peaks);
    if (size % 37 === 0 || size % 256 < 2) {
      const again = TileEdge.restore(size, level => edge.partialTile(level));
      const copy = edge.clone();
      for (const other of [again, copy]) {
        for (let i = size; i < size + 300; i++) other.append(leaves[i]!);
        assert.equal(toHex(other.root()), toHex(treeRoot(leaves.slice(0, size + 300))));
      }
      assert.deepEqual(again.takeFull(), copy.takeFull());
      assert.equal(edge.size, size);
    }
    edge.append(leaves[size]!);
    edge.takeFull();
    frontier.append(leaves[size]!);
  }
  assert.throws(() => TileEdge.restore(300, () => new Uint8Array(32)), RangeError);
  assert.throws(() => edge.append(new Uint8Array(31)), RangeError);
});

test("proofs out of tiles are, hash for hash, those out of all leaves", () => {
  for (const size of [1, 2, 3, 255, 256, 257, 512, 700]) {
    const nodes = nodesOf(grown(size));
    for (let index = 0; index < size; index += size > 3 ? 19 : 1) {
      const plan = planInclusion(index, size);
      assert.ok(plan.ok);
      assert.deepEqual(
        { ok: true, value: proofFromTiles(plan.value, nodes) },
        inclusionProof(leaves, index, size),
      );
      const grew = planConsistency(index, size);
      assert.ok(grew.ok);
      assert.deepEqual(
        { ok: true, value: proofFromTiles(grew.value, nodes) },
        consistencyProof(leaves, index, size),
      );
    }
    assert.deepEqual(proofFromTiles(planRoot(size), nodes), [treeRoot(leaves.slice(0, size))]);
  }
});

test("F21: proofs out of tiles verify at any size, with no tile read twice", () => {
  const size = 70_000;
  const tree = grown(size);
  const nodes = nodesOf(tree);
  const root = tree.edge.root();
  const roots: Uint8Array[] = [new Uint8Array()];
  const frontier = new Frontier();
  for (let i = 0; i < 300 * 233; i++) {
    frontier.append(leaves[i]!);
    if ((i + 1) % 233 === 0) roots.push(frontier.root());
  }
  fc.assert(
    fc.property(fc.integer({ min: 0, max: size - 1 }), fc.integer({ min: 1, max: 300 }), (index, step) => {
      const plan = planInclusion(index, size);
      assert.ok(plan.ok && plan.value.tiles.length <= 4);
      const proof = proofFromTiles(plan.value, nodes);
      assert.ok(verifyInclusion({ leafHash: leaves[index]!, index, size, proof, root }));
      assert.ok(!verifyInclusion({ leafHash: leaves[(index + 1) % size]!, index, size, proof, root }));
      const oldSize = step * 233;
      const oldRoot = roots[step]!;
      const grew = planConsistency(oldSize, size);
      assert.ok(grew.ok);
      const consistency = proofFromTiles(grew.value, nodes);
      assert.ok(verifyConsistency({ oldSize, oldRoot, newSize: size, newRoot: root, proof: consistency }));
    }),
    { numRuns: 2_000 },
  );
});

test("what is outside the tree has no plan", () => {
  for (const [index, size] of [
    [-1, 5],
    [5, 5],
    [0.5, 5],
    [0, 0],
    [0, Number.NaN],
  ] as const) {
    assert.equal(planInclusion(index, size).ok, false);
  }
  for (const [from, to] of [
    [6, 5],
    [-1, 5],
    [1, 2.5],
  ] as const)
    assert.equal(planConsistency(from, to).ok, false);
});

test("a bundle gives back its entries, and any damage to its lengths is an error", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 12 }), fc.nat(), (entries, at) => {
      const bundle = packEntries(entries);
      assert.deepEqual(unpackEntries(bundle, entries.length), { ok: true, value: entries });
      assert.equal(unpackEntries(bundle, entries.length + 1).ok, false);
      assert.equal(unpackEntries(Buffer.concat([bundle, Buffer.of(0)]), entries.length).ok, false);
      if (bundle.byteLength > 0) {
        assert.equal(unpackEntries(bundle.subarray(0, at % bundle.byteLength), entries.length).ok, false);
      }
    }),
    { numRuns: 3_000 },
  );
  // Big-endian 16-bit lengths (C2SP tlog-tiles, "Log entries").
  assert.equal(toHex(packEntries([Buffer.from("a"), Buffer.alloc(258, 1)])).slice(0, 10), "0001610102");
  assert.equal(packEntries([new Uint8Array(65_535)]).byteLength, 65_537);
  assert.throws(() => packEntries([new Uint8Array(65_536)]), RangeError);
});
