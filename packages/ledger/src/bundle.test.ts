// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  BUNDLE_FORMAT,
  type BundleEntry,
  type BundleReport,
  checkpointText,
  consistencyProof,
  cosign,
  type EntriesBundle,
  generateLedgerKey,
  inclusionProof,
  type LedgerBundle,
  type LogBundle,
  leafHash,
  logOrigin,
  noteKey,
  signCheckpoint,
  signHead,
  toHex,
  treeRoot,
  verifyBundle,
} from "./index.ts";

const key = generateLedgerKey();
const witnessKey = generateLedgerKey();
const witness = noteKey("witness.example/w", "cosignature/v1", witnessKey.publicKey);
const origin = logOrigin(key.publicKey);
const publicKey = key.publicKey.export({ type: "spki", format: "der" }).toString("base64");
const SIZE = 24;
const bodies = Array.from({ length: SIZE }, (_, i) => `{"decision":"${i}"}`);
const leaves = bodies.map(body => leafHash(Buffer.from(body)));
const entries: BundleEntry[] = bodies.map((body, index) => ({
  index,
  body,
  leafHash: toHex(leaves[index]!),
}));

function note(size: number, cosigned = false): string {
  const content = { origin, size, root: treeRoot(leaves.slice(0, size)) };
  const lines = cosigned ? [cosign(checkpointText(content), witness.name, witnessKey.privateKey, 7_000)] : [];
  return signCheckpoint(content, key.privateKey, lines);
}

function hex(proof: ReturnType<typeof inclusionProof>): string[] {
  assert.ok(proof.ok);
  return proof.value.map(toHex);
}

const base = { format: BUNDLE_FORMAT, publicKey, checkpoint: note(SIZE), cosigned: null } as const;
const some: EntriesBundle = {
  ...base,
  kind: "entries",
  entries: [3, 7, 8, 20].map(i => ({ ...entries[i]!, proof: hex(inclusionProof(leaves, i)) })),
};
/** Heads after batches of twelve: what a whole log carries. */
const whole: LogBundle = {
  ...base,
  kind: "log",
  entries,
  heads: [12, 24].map(size =>
    signHead({ size, root: toHex(treeRoot(leaves.slice(0, size))), atMs: size }, key.privateKey),
  ),
};

const trust = { publicKey: key.publicKey, witnesses: [] };
const verify = (bundle: unknown): BundleReport => verifyBundle(bundle, trust);
const named = (report: BundleReport): (number | undefined)[] => report.findings.map(f => f.index);

test("whole and sound bundles hold", () => {
  for (const bundle of [some, whole] as LedgerBundle[]) {
    const report = verify(JSON.parse(JSON.stringify(bundle)));
    assert.deepEqual(report.findings, []);
    assert.ok(report.ok);
    assert.deepEqual([report.size, report.root, report.origin], [SIZE, toHex(treeRoot(leaves)), origin]);
    assert.equal(report.entryCount, bundle.entries.length);
    assert.ok(verifyBundle(bundle, { publicKey: null, witnesses: [] }).ok, "with its own key");
  }
});

test("F21: an edited, added or reordered entry breaks its proof, and is named", () => {
  const at = fc.nat(some.entries.length - 1);
  const edit = fc.constantFrom(
    "body",
    "hash",
    "both",
    "index",
    "proof",
    "shorter",
    "longer",
    "twice",
    "swap",
    "new",
  );
  fc.assert(
    fc.property(at, edit, fc.nat(), fc.string({ minLength: 1, maxLength: 20 }), (i, how, seed, noise) => {
      const entry = some.entries[i]!;
      const body = `${entry.body.slice(0, seed % entry.body.length)}${noise}${entry.body.slice(seed % entry.body.length)}`;
      if (!body.isWellFormed()) return;
      const other = toHex(leafHash(Buffer.from(body)));
      const step = seed % entry.proof.length;
      const put = (changed: object) => some.entries.with(i, { ...entry, ...changed });
      const [changed, code, index]: readonly [EntriesBundle["entries"], string, number] = {
        body: () => [put({ body }), "entry-bytes-altered", entry.index] as const,
        hash: () => [put({ leafHash: other }), "entry-hash-altered", entry.index] as const,
        both: () => [put({ body, leafHash: other }), "proof-invalid", entry.index] as const,
        index: () => [put({ index: entry.index + 1 }), "proof-invalid", entry.index + 1] as const,
        proof: () => [put({ proof: entry.proof.with(step, other) }), "proof-invalid", entry.index] as const,
        shorter: () =>
          [put({ proof: entry.proof.toSpliced(step, 1) }), "proof-invalid", entry.index] as const,
        longer: () => [put({ proof: [...entry.proof, other] }), "proof-invalid", entry.index] as const,
        twice: () => [some.entries.toSpliced(i, 0, entry), "entry-out-of-order", entry.index] as const,
        swap: () => {
          const j = i === 0 ? 1 : i - 1;
          const swapped = some.entries.with(i, some.entries[j]!).with(j, entry);
          return [swapped, "entry-out-of-order", swapped[Math.max(i, j)]!.index] as const;
        },
        new: () =>
          [
            [...some.entries, { index: 21, body, leafHash: other, proof: entry.proof }],
            "proof-invalid",
            21,
          ] as const,
      }[how]();
      const report = verify({ ...some, entries: changed });
      assert.ok(!report.ok, how);
      assert.ok(
        report.findings.some(f => f.code === code && f.index === index),
        `${how}: ${JSON.stringify(report.findings)}`,
      );
      // Nobody else is accused, but for the neighbour that an index now stands before.
      if (how !== "index") assert.deepEqual([...new Set(named(report))], [index], how);
    }),
    { numRuns: 10_000 },
  );
});

test("F21: in a whole log nothing can be edited, removed, added or reordered unnoticed", () => {
  const how = fc.constantFrom("edit", "rewrite", "remove", "add", "swap", "cut", "renumber");
  fc.assert(
    fc.property(how, fc.nat(SIZE - 1), fc.string({ minLength: 1, maxLength: 10 }), (change, i, noise) => {
      if (!noise.isWellFormed()) return;
      const entry = entries[i]!;
      const body = `${entry.body}${noise}`;
      const rewritten = { ...entry, body, leafHash: toHex(leafHash(Buffer.from(body))) };
      const next = (i + 1) % SIZE;
      const changed: BundleEntry[] = {
        edit: () => entries.with(i, { ...entry, body }),
        rewrite: () => entries.with(i, rewritten),
        remove: () => entries.toSpliced(i, 1),
        add: () => entries.toSpliced(i, 0, rewritten),
        swap: () => entries.with(i, entries[next]!).with(next, entry),
        cut: () => entries.slice(0, i),
        // Removed, and everything behind it moved up: heads still know.
        renumber: () => entries.toSpliced(i, 1).map((e, index) => ({ ...e, index })),
      }[change]!();
      const report = verify({ ...whole, entries: changed });
      assert.ok(!report.ok, change);
      const accused = named(report).filter(index => index !== undefined);
      if (change === "edit") assert.deepEqual(accused, [i]);
      // Entry and hash together: the batch that its head covers is as near as can be said.
      else if (change === "rewrite") assert.equal(accused[0], i - (i % 12));
      else if (change !== "renumber")
        assert.ok(accused.length > 0, `${change}: ${JSON.stringify(report.findings)}`);
      if (change === "remove" || change === "cut")
        assert.ok(accused.includes(i), `${change} ${i}: ${accused}`);
    }),
    { numRuns: 10_000 },
  );
});

test("a log's last head is the checkpoint's, or the bundle is two logs", () => {
  const report = verify({ ...whole, checkpoint: note(12) });
  assert.deepEqual(
    report.findings.map(f => f.code),
    ["checkpoint-mismatch"],
  );
  const cut = { ...whole, entries: entries.slice(0, 12), heads: whole.heads.slice(0, 1) };
  assert.deepEqual(
    verify(cut).findings.map(f => f.code),
    ["checkpoint-mismatch"],
  );
});

test("a witness's word counts on the checkpoint, or on an earlier one that grew into it", () => {
  const trusting = { publicKey: key.publicKey, witnesses: [witness] };
  assert.deepEqual(
    verifyBundle(some, trusting).findings.map(f => f.code),
    ["cosignature-missing"],
  );
  const now = verifyBundle({ ...some, checkpoint: note(SIZE, true) }, trusting);
  assert.deepEqual([now.ok, now.cosignatures], [true, [{ witness: witness.name, size: SIZE, atMs: 7_000 }]]);
  const consistency = hex(consistencyProof(leaves, 11, SIZE));
  const earlier = { ...some, cosigned: { checkpoint: note(11, true), consistency } };
  const then = verifyBundle(earlier, trusting);
  assert.deepEqual([then.ok, then.cosignatures], [true, [{ witness: witness.name, size: 11, atMs: 7_000 }]]);
  const broken = { ...earlier.cosigned, consistency: consistency.slice(1) };
  assert.deepEqual(
    verifyBundle({ ...some, cosigned: broken }, trusting).findings.map(f => [f.code, f.place]),
    [
      ["consistency-invalid", "/cosigned/consistency"],
      ["cosignature-missing", "/checkpoint"],
    ],
  );
});

test("another log's key opens nothing, and neither does a checkpoint that was altered", () => {
  const stranger = { publicKey: generateLedgerKey().publicKey, witnesses: [] };
  assert.equal(verifyBundle(some, stranger).findings[0]?.code, "log-renamed");
  const altered = { ...some, checkpoint: some.checkpoint.replace(`\n${SIZE}\n`, `\n${SIZE + 1}\n`) };
  assert.equal(verify(altered).findings[0]?.code, "note-signature-invalid");
});

test("whatever a file says, the answer is a finding with its place", () => {
  const cases: [unknown, string][] = [
    [null, "/format"],
    [[], "/format"],
    [{ ...some, format: "other" }, "/format"],
    [{ ...some, publicKey: 5 }, "/publicKey"],
    [{ ...some, checkpoint: null }, "/checkpoint"],
    [{ ...some, cosigned: undefined }, "/cosigned"],
    [{ ...some, cosigned: { checkpoint: "", consistency: ["x"] } }, "/cosigned/consistency"],
    [{ ...some, kind: "all" }, "/kind"],
    [{ ...some, entries: {} }, "/entries"],
    [{ ...some, entries: [...some.entries, { index: 1 }] }, "/entries/4"],
    [{ ...some, entries: [{ ...some.entries[0], index: -1 }] }, "/entries/0"],
    [{ ...some, entries: [{ ...some.entries[0], proof: Array(55).fill("ab".repeat(32)) }] }, "/entries/0"],
    [{ ...whole, heads: undefined }, "/heads"],
    [{ ...whole, heads: [{}] }, "/heads/0"],
  ];
  for (const [value, place] of cases) {
    const [finding] = verify(value).findings;
    assert.deepEqual([finding?.code, finding?.place], ["bundle-malformed", place]);
  }
  const own = verifyBundle({ ...some, publicKey: "none" }, { publicKey: null, witnesses: [] });
  assert.equal(own.findings[0]?.code, "bad-key");
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(...Object.keys(whole)), (value, member) => {
      const report = verify({ ...whole, [member]: value });
      assert.equal(typeof report.ok, "boolean");
    }),
    { numRuns: 1_000 },
  );
});
