// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  Frontier,
  generateLedgerKey,
  type LogEntry,
  leafHash,
  type SignedHead,
  signHead,
  toHex,
  verifyLog,
} from "./index.ts";

const key = generateLedgerKey();
const bytesOf = (text: string) => new TextEncoder().encode(text);
const entryOf = (index: number, text: string): LogEntry => {
  const bytes = bytesOf(text);
  return { index, bytes, leafHash: leafHash(bytes) };
};

/** A log of `size` entries with a head after every `every`-th. */
function logOf(size: number, every = 1): { entries: LogEntry[]; heads: SignedHead[] } {
  const frontier = new Frontier();
  const entries: LogEntry[] = [];
  const heads: SignedHead[] = [];
  for (let i = 0; i < size; i++) {
    const entry = entryOf(i, `decision ${i}`);
    entries.push(entry);
    frontier.append(entry.leafHash);
    if ((i + 1) % every === 0) heads.push(headOf(frontier, i));
  }
  return { entries, heads };
}

const headOf = (frontier: Frontier, atMs: number) =>
  signHead({ size: frontier.size, root: toHex(frontier.root()), atMs }, key.privateKey);
const audit = (entries: Iterable<LogEntry>, heads: Iterable<SignedHead>) =>
  verifyLog(entries, heads, key.publicKey);
const codes = (report: ReturnType<typeof verifyLog>) => report.findings.map(f => f.code);

test("a whole log holds", () => {
  const { entries, heads } = logOf(20);
  assert.deepEqual(audit(entries, heads), {
    ok: true,
    entryCount: 20,
    headCount: 20,
    verifiedSize: 20,
    firstTampered: null,
    findings: [],
    findingsOmitted: 0,
  });
  assert.ok(audit([], []).ok);
});

test("changed bytes are named, and the entries behind them still hold", () => {
  const { entries, heads } = logOf(20);
  const report = audit(entries.with(7, { ...entries[7]!, bytes: bytesOf("decision 8") }), heads);
  assert.deepEqual(codes(report), ["entry-bytes-altered"]);
  assert.deepEqual(report.firstTampered, { firstIndex: 7, lastIndex: 7 });
  assert.equal(report.verifiedSize, 20);
});

test("a changed stored hash is named, and the bytes are cleared", () => {
  const { entries, heads } = logOf(20, 5);
  const report = audit(entries.with(7, { ...entries[7]!, leafHash: leafHash(bytesOf("x")) }), heads);
  assert.deepEqual(codes(report), ["entry-hash-altered"]);
  assert.deepEqual(report.firstTampered, { firstIndex: 7, lastIndex: 7 });
  assert.equal(audit(entries.with(7, { ...entries[7]!, leafHash: bytesOf("short") }), heads).ok, false);
});

test("bytes and hash rewritten together: the range between the last good head and the first bad one", () => {
  const perEntry = logOf(20);
  const one = audit(perEntry.entries.with(7, entryOf(7, "forged")), perEntry.heads);
  assert.deepEqual(codes(one), ["entries-altered"]);
  assert.deepEqual(one.firstTampered, { firstIndex: 7, lastIndex: 7 });
  assert.equal(one.verifiedSize, 7);

  const perFive = logOf(20, 5);
  const five = audit(perFive.entries.with(7, entryOf(7, "forged")), perFive.heads);
  assert.deepEqual(five.firstTampered, { firstIndex: 5, lastIndex: 9 });
});

test("a hole, a repeat, a swap and a cut end are told apart", () => {
  const { entries, heads } = logOf(10);
  const hole = audit(entries.toSpliced(4, 2), heads);
  assert.deepEqual(codes(hole), ["entries-missing"]);
  assert.deepEqual(hole.firstTampered, { firstIndex: 4, lastIndex: 5 });
  assert.equal(hole.verifiedSize, 4);

  const repeat = audit(entries.toSpliced(4, 0, entries[3]!), heads);
  assert.equal(codes(repeat)[0], "entry-out-of-order");
  assert.deepEqual(repeat.firstTampered, { firstIndex: 3, lastIndex: 3 });

  const swap = audit(entries.with(4, entries[5]!).with(5, entries[4]!), heads);
  assert.deepEqual(swap.firstTampered, { firstIndex: 4, lastIndex: 4 });

  const cut = audit(entries.slice(0, 8), heads);
  assert.deepEqual(codes(cut), ["log-truncated"]);
  assert.deepEqual(cut.firstTampered, { firstIndex: 8, lastIndex: 9 });
  assert.equal(cut.verifiedSize, 8);
});

test("entries nobody signed for are reported, without calling them tampered", () => {
  const { entries, heads } = logOf(10);
  const report = audit(entries, heads.slice(0, 8));
  assert.deepEqual(codes(report), ["entries-unsigned"]);
  assert.equal(report.ok, false);
  assert.equal(report.firstTampered, null);
});

test("a head with a bent signature is left out, and the next one covers for it", () => {
  const { entries, heads } = logOf(10);
  const bent = heads.with(4, { ...heads[4]!, root: "0".repeat(64) });
  const report = audit(entries, bent);
  assert.deepEqual(codes(report), ["head-signature-invalid"]);
  assert.equal(report.verifiedSize, 10);
  const stranger = generateLedgerKey();
  assert.deepEqual(codes(verifyLog([], heads.slice(0, 1), stranger.publicKey)), ["head-key-unknown"]);
  assert.deepEqual(codes(audit(entries, [...heads, { ...heads[0]!, size: Number.NaN }])), ["head-malformed"]);
});

test("a signed head that the rest of the log refutes is the head's fault, not the entries'", () => {
  const { entries, heads } = logOf(10);
  const forged = signHead({ size: 5, root: "0".repeat(64), atMs: 4 }, key.privateKey);
  const inTheMiddle = audit(entries, heads.with(4, forged));
  assert.deepEqual(codes(inTheMiddle), ["head-contradicted"]);
  assert.equal(inTheMiddle.firstTampered, null);
  const twin = signHead({ size: 10, root: "0".repeat(64), atMs: 9 }, key.privateKey);
  assert.deepEqual(codes(audit(entries, [...heads, twin])), ["head-contradicted"]);
  const emptyTwin = signHead({ size: 0, root: "0".repeat(64), atMs: 0 }, key.privateKey);
  assert.deepEqual(codes(audit([], [emptyTwin])), ["head-contradicted"]);
});

test("heads that go back in size or time are reported", () => {
  const { entries, heads } = logOf(10);
  const report = audit(entries, heads.with(3, heads[4]!).with(4, heads[3]!));
  assert.deepEqual(codes(report), ["head-out-of-order"]);
  const late = signHead({ size: 10, root: heads[9]!.root, atMs: 0 }, key.privateKey);
  assert.deepEqual(codes(audit(entries, [...heads, late])), ["head-out-of-order"]);
});

test("whatever single entry is changed in whatever way, it is the first one accused", () => {
  const { entries, heads } = logOf(40);
  const way = fc.constantFrom("bytes", "hash", "both", "drop");
  fc.assert(
    fc.property(fc.nat(39), way, fc.uint8Array({ minLength: 1, maxLength: 20 }), (at, how, bytes) => {
      const entry = entries[at]!;
      const changed = { index: at, bytes, leafHash: leafHash(bytes) };
      const tampered =
        how === "drop"
          ? entries.toSpliced(at, 1)
          : entries.with(at, {
              index: at,
              bytes: how === "hash" ? entry.bytes : changed.bytes,
              leafHash: how === "bytes" ? entry.leafHash : changed.leafHash,
            });
      const report = audit(tampered, heads);
      assert.equal(report.ok, false);
      assert.deepEqual(report.firstTampered, { firstIndex: at, lastIndex: at });
    }),
    { numRuns: 200 },
  );
});

test("a log altered throughout gives a bounded report", () => {
  const entries = Array.from({ length: 1500 }, (_, i) => ({ ...entryOf(i, `${i}`), bytes: bytesOf("gone") }));
  const report = audit(entries, []);
  assert.equal(report.findings.length, 1000);
  assert.equal(report.findingsOmitted, 501);
});
