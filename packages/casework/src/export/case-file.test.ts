// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ada, CaseDesk, why } from "../testing/desk.ts";
import { type CaseFile, caseFile, ledgerSubjects } from "./case-file.ts";
import { casePages } from "./case-pages.ts";
import { checkCaseFile } from "./check-case-file.ts";

/** A case with everything in it, and its file with the decisions as a ledger would hold them. */
function made(exemption: string | null = null): { desk: CaseDesk; file: CaseFile } {
  const desk = new CaseDesk();
  const personal = { summary: "The clinic's guard told me so", replyKey: "reply-1" };
  const caseId = desk.report({ personal, protection: "atRisk", reporter: "public", documents: ["doc-9"] });
  desk.do(ada, "case.triage", { caseId, kind: "use", title: "A claim of use", safety: "none", reason: why });
  desk.do(ada, "case.investigate", { caseId, reason: why });
  desk.do(ada, "case.add", { caseId, candidates: [{ terminalId: "ut-1", by: "area", why: "It was there" }] });
  desk.do(ada, "evidence.add", {
    ...{ caseId, title: "Two rounds", mediaType: "application/json", bytes: 10, sha256: "c".repeat(64) },
    receivedFrom: "ownRecord",
  });
  const findingId = desk.find(caseId, "ut-1");
  desk.do(ada, "case.conclude", { caseId, verdict: "confirmed", summary: "It holds for ut-1" });
  const order = desk.approved("order.deactivate", {
    ...{
      terminalId: "ut-1",
      ground: "Confirmed by the investigation",
      basis: { kind: "finding", id: findingId },
      exemption,
    },
  });
  const orderId = order.changes.find(({ kind }) => kind === "order")!.id;
  desk.do(ada, "case.noteOrders", { caseId, orderIds: [orderId] });
  const entries = desk.decisions.map((decision, index) => ({ index, body: JSON.stringify({ decision }) }));
  const found = desk.case(caseId);
  assert.deepEqual(ledgerSubjects(desk.book, found).slice(0, 1), [caseId]);
  const file = caseFile(desk.book, found, {
    operator: "Test operator",
    asOfMs: desk.atMs,
    ledger: { entries },
  });
  return { desk, file: JSON.parse(JSON.stringify(file)) as CaseFile };
}

test("a case file checks against its manifest and the log that comes with it", () => {
  const { desk, file } = made();
  assert.deepEqual(checkCaseFile(file), { ok: true, findings: [], decisions: desk.decisions.length });
  assert.deepEqual(checkCaseFile({ ...file, ledger: null }), { ok: true, findings: [], decisions: null });
});

test("whatever is altered in a part is noticed", () => {
  const { file } = made();
  const names = Object.keys(file.parts) as (keyof CaseFile["parts"])[];
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.string(), (name, text) => {
      const altered = { ...file, parts: { ...file.parts, [name]: text } };
      assert.ok(!checkCaseFile(altered).ok);
    }),
    { numRuns: 50 },
  );
  const { orders: _orders, ...fewer } = file.parts;
  assert.equal(checkCaseFile({ ...file, parts: fewer }).findings[0]!.code, "partMissing");
});

test("a step, an order and a finding that the log does not have are named", () => {
  const { file } = made();
  const { entries } = file.ledger as { entries: readonly { body: string }[] };
  const without = (what: RegExp) =>
    checkCaseFile({ ...file, ledger: { entries: entries.filter(({ body }) => !what.test(body)) } });
  assert.equal(without(/"action":"triage case"/).findings[0]!.code, "stepNotLogged");
  assert.equal(without(/"action":"deactivate"/).findings[0]!.code, "orderNotLogged");
  assert.equal(without(/"action":"record finding"/).findings[0]!.code, "findingNotLogged");
});

test("anything at all can be checked", () => {
  fc.assert(fc.property(fc.anything(), value => assert.ok(!checkCaseFile(value).ok)));
  const parts = fc.dictionary(fc.constantFrom("case", "orders", "findings"), fc.anything());
  const file = fc.record({
    format: fc.constant("perigee-case-file/1"),
    parts,
    manifest: fc.object(),
    ledger: fc.anything(),
  });
  fc.assert(fc.property(file, value => assert.ok(!checkCaseFile(value).ok)));
});

test("neither file nor pages lead to a reporter at risk, and nobody is tipped off", () => {
  const { file } = made("An order forbids telling the holder yet");
  const text = JSON.stringify([file.parts, casePages(file)]);
  assert.doesNotMatch(text, /guard told me|reply-1|0123456789abcdef|doc-9|"public"/);
  assert.deepEqual(file.parts.notices, []);
  assert.equal(made().file.parts.notices.length, 1);
});

test("the pages tell the case in the order in which somebody asks, and how to check it", () => {
  const { file } = made();
  const headings = casePages(file).flatMap(block => (block.kind === "heading" ? block.text : []));
  assert.equal(headings[0], `Case ${file.parts.case.id}: A claim of use`);
  assert.equal(headings.at(-1), "How to check this");
  const list = casePages(file).at(-1)!;
  assert.ok(list.kind === "list" && list.items.some(item => item.includes(file.manifest.findings)));
});
