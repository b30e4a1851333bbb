// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cases } from "../cases.ts";
import { ada, bo, Desk, documents, findingRequest } from "./desk.ts";
import { type Evidence, evidenceSteps, largestEvidenceBytes, mostCustodySteps } from "./evidence.ts";

const hash = (digit: string): string => digit.repeat(64);
const photograph = (more: object = {}): object => ({
  caseId: "case-1",
  title: "A photograph of the label",
  mediaType: "image/jpeg",
  bytes: 12_345,
  sha256: hash("a"),
  receivedFrom: "public",
  ...more,
});
const added = (desk: Desk, more: object = {}): Evidence =>
  documents(desk.do(ada, "evidence.add", photograph(more)), "evidence")[0]!;

test("F19 an item is what its hash says: once in a case, and found from the case and from the hash", () => {
  const desk = new Desk();
  const item = added(desk);
  assert.deepEqual(item.custody, [
    { step: "received", by: "ada", atMs: desk.atMs, note: "Somebody who reported it." },
  ]);
  assert.equal(item.receivedMs, desk.atMs);
  const again = photograph({ title: "The same under another name" });
  assert.equal(desk.refused(bo, "evidence.add", again), "evidenceKnown");
  const elsewhere = added(desk, { caseId: "case-2" });
  assert.notEqual(elsewhere.id, item.id, "another case has its own custody");
  assert.deepEqual(desk.book.about("evidence", "case-1"), [item]);
  assert.deepEqual(desk.book.about("evidence", hash("a")), [item, elsewhere]);
  for (const wrong of [
    { sha256: hash("A") },
    { sha256: "ab" },
    { bytes: 0 },
    { bytes: largestEvidenceBytes + 1 },
    { mediaType: "text/html; charset=utf-8" },
    { mediaType: "photograph" },
    { receivedFrom: "Jane Roe" },
    { custody: [] },
  ]) {
    assert.throws(() => desk.bound("evidence.add", photograph(wrong)), JSON.stringify(wrong));
  }
  desk.replay();
});

test("F19 a working copy is named where one is made, and nowhere else", () => {
  const desk = new Desk();
  const evidenceId = added(desk).id;
  const note = (more: object): object => ({ evidenceId, step: "copied", note: "For the report", ...more });
  assert.equal(desk.refused(bo, "evidence.note", note({})), "workingCopyInvalid");
  const odd = note({ step: "examined", workingCopy: "Shelf 3" });
  assert.equal(desk.refused(bo, "evidence.note", odd), "workingCopyInvalid");
  assert.equal(desk.refused(bo, "evidence.note", note({ evidenceId: "evd-none" })), "evidenceUnknown");
  const [item] = documents(desk.do(bo, "evidence.note", note({ workingCopy: "Shelf 3" })), "evidence");
  assert.deepEqual(item!.workingCopies, [{ name: "Shelf 3", by: "bo", atMs: desk.atMs }]);
  for (let i = item!.custody.length; i < mostCustodySteps; i++) {
    desk.do(bo, "evidence.note", note({ step: "examined" }));
  }
  assert.equal(desk.refused(bo, "evidence.note", note({ step: "examined" })), "custodyFull");
});

test("F19 custody is append-only: whatever is asked, what stood there stands there still", () => {
  const one = fc.oneof(
    fc.record({
      name: fc.constant("evidence.add" as const),
      caseId: fc.constantFrom("case-1", "case-2"),
      sha256: fc.constantFrom(hash("a"), hash("b")),
      receivedFrom: fc.constantFrom("public", "authority"),
    }),
    fc.record({
      name: fc.constant("evidence.note" as const),
      which: fc.nat(3),
      step: fc.constantFrom(...Object.keys(evidenceSteps)),
      workingCopy: fc.constantFrom(null, "Shelf 3", "Shelf 4"),
    }),
    fc.record({ name: fc.constant("finding.record" as const), which: fc.nat(3) }),
  );
  const asked = fc.record({ one, actor: fc.constantFrom(ada, bo), afterMs: fc.nat(1_000) });
  fc.assert(
    fc.property(fc.array(asked, { maxLength: 12 }), list => {
      const desk = new Desk(1);
      // The reference: who did what to which item when, in plain lists.
      const chains = new Map<string, string[]>();
      for (const { one, actor, afterMs } of list) {
        desk.atMs += afterMs;
        const before = structuredClone([...desk.book.all("evidence")]);
        const link = (step: string): string => `${step} ${actor.id} ${desk.atMs}`;
        if (one.name === "evidence.add") {
          const { name, ...more } = one;
          const made = desk.ask(actor, name, photograph(more));
          const key = `${one.caseId} ${one.sha256}`;
          assert.equal(made.ok, !chains.has(key));
          if (made.ok) chains.set(key, [link("received")]);
        } else {
          const item = before[one.which];
          const evidenceId = item?.id ?? "evd-none";
          if (one.name === "evidence.note") {
            const { step, workingCopy } = one;
            const note = { evidenceId, step, workingCopy, note: "As agreed" };
            const noted = desk.ask(actor, one.name, note);
            assert.equal(noted.ok, item !== undefined && (step === "copied") === (workingCopy !== null));
            if (noted.ok) chains.get(`${item!.caseId} ${item!.sha256}`)!.push(link(step));
          } else {
            const basis = { kind: "firstParty", evidence: ["measure-1", evidenceId] };
            const found = desk.ask(actor, one.name, findingRequest({ basis }));
            assert.equal(found.ok, item === undefined || item.caseId === "case-1");
          }
        }
        const after = [...desk.book.all("evidence")];
        for (const [i, was] of before.entries()) {
          const { custody, workingCopies, ...is } = after[i]!;
          const { custody: custodyWas, workingCopies: copiesWere, ...identity } = was;
          assert.deepEqual(is, identity);
          assert.deepEqual(custody.slice(0, custodyWas.length), custodyWas);
          assert.deepEqual(workingCopies.slice(0, copiesWere.length), copiesWere);
        }
      }
      const found = [...desk.book.all("evidence")].map(
        ({ caseId, sha256, custody }) =>
          [`${caseId} ${sha256}`, custody.map(({ step, by, atMs }) => `${step} ${by} ${atMs}`)] as const,
      );
      assert.deepEqual(new Map(found), chains);
    }),
    { numRuns: cases(10_000), seed: 19 },
  );
});

test("F19 a finding cites evidence of its own case, in its basis and in its identity binding", () => {
  const desk = new Desk();
  const own = added(desk).id;
  const foreign = added(desk, { caseId: "case-2" }).id;
  const refusedAt = (more: object): string => {
    const ruling = desk.ask(ada, "finding.record", findingRequest(more));
    return ruling.ok ? "" : `${ruling.error.code} ${ruling.error.place}`;
  };
  const basis = { kind: "firstParty", evidence: [own, foreign] };
  assert.equal(refusedAt({ basis }), "evidenceOfAnotherCase basis.evidence[1]");
  const identityBinding = { kind: "photograph", evidence: foreign };
  assert.equal(refusedAt({ identityBinding }), "evidenceOfAnotherCase identityBinding.evidence");
  assert.equal(refusedAt({ caseId: "case-2", identityBinding }), "");
  assert.equal(refusedAt({ basis: { kind: "firstParty", evidence: [own, "measure-77"] } }), "");
  desk.replay();
});
