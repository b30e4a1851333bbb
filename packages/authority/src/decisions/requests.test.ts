// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cases } from "../cases.ts";
import { permissionNames } from "../permissions.ts";
import { decisionCommands } from "./decision-commands.ts";
import { ada, Desk, findingRequest, why } from "./desk.ts";

const entries = decisionCommands();

/** One request of each command that can be read, for what follows to spoil. */
const samples: { readonly [name: string]: object } = {
  "order.suspend": { terminalId: "ut-1", ground: why, hours: 3 },
  "order.restore": { terminalId: "ut-1", ground: why },
  "order.restrict": { terminalId: "ut-1", ground: why },
  "order.liftRestriction": { terminalId: "ut-1", ground: why },
  "order.deactivate": { terminalId: "ut-1", ground: why, basis: { kind: "finding", id: "fin-1" } },
  "order.reinstate": { terminalId: "ut-1", ground: why },
  "order.expire": { terminalId: "ut-1" },
  "order.review": { terminalId: "ut-1", ground: why, reviewDays: 3 },
  "txOff.order": { terminalId: "ut-1", issuer: "Spectrum office", ground: why, hours: 2 },
  "txOff.end": { txOffId: "txo-1", ground: why },
  "evidence.add": {
    caseId: "case-1",
    title: "A photograph",
    mediaType: "image/jpeg",
    bytes: 1_000,
    sha256: "0f".repeat(32),
    receivedFrom: "public",
  },
  "evidence.note": { evidenceId: "evd-1", step: "copied", note: "For the report", workingCopy: "Shelf 3" },
  "finding.record": findingRequest(),
  "bulk.propose": {
    action: "suspend",
    ground: why,
    basis: { kind: "policy", id: "pol-1" },
    terminalIds: ["ut-1", "ut-2"],
    hours: 2,
    lastCells: [{ terminalId: "ut-1", cell: "851f1d4bfffffff" }],
  },
  "bulk.look": { bulkId: "blk-1", sitesSeen: ["sit-1"], exclude: ["ut-1"], reason: why },
  "bulk.confirmCanary": {
    bulkId: "blk-1",
    observations: [{ terminalId: "ut-1", asExpected: true, note: "Looked" }],
    reason: why,
  },
  "bulk.stop": { bulkId: "blk-1", reason: why },
  "bulk.rollBack": { bulkId: "blk-1", reason: why },
  "siteException.grant": {
    title: "Clinic",
    terminalIds: ["ut-1"],
    site: { latDeg: 1, lonDeg: 2 },
    radiusKm: 1,
    lifts: ["AREA_NOT_ACTIVE"],
    reason: why,
    fromMs: 0,
    toMs: 1_800_000_000_000,
  },
  "siteException.end": { exceptionId: "exc-1", reason: why },
  "licenceException.record": {
    territory: "DD",
    statementId: "DD-law",
    licence: "Licence 12",
    issuer: "DD treasury",
    fromMs: 0,
    toMs: null,
    reason: why,
  },
  "licenceException.end": { licenceExceptionId: "lic-1", reason: why },
  "protectedSite.register": {
    title: "Clinic",
    kind: "health",
    site: { latDeg: 1, lonDeg: 2 },
    radiusKm: 1,
    terminalIds: ["ut-1"],
    asserter: "AA ministry",
    source: "register",
  },
  "protectedSite.remove": { siteId: "sit-1", reason: why },
  "allowList.apply": { territory: "AA-1", terminalId: "ut-1", class: "individual", deviceShown: true },
  "allowList.approve": { applicationId: "apl-1", reason: why },
  "allowList.approveForces": { applicationId: "apl-1", reason: why },
  "allowList.refuse": { applicationId: "apl-1", reason: why },
  "allowList.refuseForces": { applicationId: "apl-1", reason: why },
  "allowList.revoke": { applicationId: "apl-1", reason: why },
  "allowList.revokeForces": { applicationId: "apl-1", reason: why },
  "breakGlass.use": { command: { name: "siteException.grant", request: {} }, emergency: why },
  "breakGlass.review": { breakGlassId: "brk-1", verdict: "justified", reason: why },
  "breakGlass.expire": { breakGlassId: "brk-1" },
  "appeal.file": { noticeId: "not-1", party: "party-1", statement: "It was not me" },
  "appeal.decide": { appealId: "app-1", verdict: "upheld", reason: why },
  "appeal.withdraw": { appealId: "app-1", party: "party-1" },
  "notice.release": { noticeId: "not-1", reason: why },
  "proposal.propose": {
    command: { name: "order.restrict", request: { terminalId: "ut-1", ground: why } },
    reason: why,
  },
  "proposal.approve": { proposalId: "prp-1", reason: why },
  "proposal.refuse": { proposalId: "prp-1", reason: why },
  "proposal.withdraw": { proposalId: "prp-1", reason: why },
  "proposal.expire": { proposalId: "prp-1" },
};

test("each command has a name of its own, a sentence, and a request that reads again as it was read", () => {
  assert.deepEqual(entries.map(({ name }) => name).toSorted(), Object.keys(samples).toSorted());
  for (const { name, summary, read } of entries) {
    assert.match(summary, /^[A-Z].*\.$/, name);
    const first = read(samples[name]);
    assert.ok(first.ok, name);
    const again = read(JSON.parse(JSON.stringify(first.value.request)));
    assert.deepEqual(again.ok && again.value.request, first.value.request, name);
    const more = read({ ...samples[name], unknownMember: 1 });
    assert.equal(!more.ok && more.error.code, "requestInvalid", name);
  }
});

test("every permission is in the table, but the forces' lane, which keeps its own", () => {
  const known = new Set<string>([...permissionNames, "allowLists.decideForces"]);
  for (const { name, permission } of entries) assert.ok(known.has(permission), `${name} ${permission}`);
});

test("no request makes a command throw: what cannot be done is a value with a code and a place", () => {
  const spoilt = fc.record({
    entry: fc.constantFrom(...entries),
    at: fc.nat(),
    value: fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom("", "ut-1", "__proto__", -1, 1e21, Number.NaN),
    ),
    nested: fc.boolean(),
  });
  fc.assert(
    fc.property(spoilt, ({ entry, at, value, nested }) => {
      const desk = new Desk();
      const request: Record<string, unknown> = { ...samples[entry.name] };
      const names = Object.keys(request);
      const name = names[at % names.length]!;
      const member = request[name];
      const isObject = typeof member === "object" && member !== null && !Array.isArray(member);
      if (nested && isObject) {
        const inner = Object.keys(member);
        request[name] = { ...member, [inner[at % inner.length]!]: value };
      } else request[name] = value;
      const read = entry.read(request);
      if (!read.ok) {
        assert.equal(read.error.code, "requestInvalid");
        assert.equal(typeof read.error.place, "string");
        return;
      }
      const context = desk.context(ada);
      read.value.approvalsNeeded(context);
      read.value.blastRadius(context);
      const ruling = read.value.decide(context);
      if (ruling.ok) assert.ok(ruling.value.decisions.length > 0);
      else assert.ok(ruling.error.code.length > 0 && ruling.error.message.length > 0);
    }),
    { numRuns: cases(10_000) },
  );
});
