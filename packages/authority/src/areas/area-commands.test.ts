// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { z } from "zod";
import { cases } from "../cases.ts";
import { noonMs, samplePolicyDocument } from "../fixture.ts";
import { permissions } from "../permissions.ts";
import { areaCommands } from "./area-commands.ts";
import { AreaDesk, area, why } from "./area-desk.ts";

const entries = areaCommands();

test("every command has a name of its own, a sentence, a permission that exists and a description of its request", () => {
  assert.equal(new Set(entries.map(({ name }) => name)).size, entries.length);
  for (const { name, summary, permission, schema } of entries) {
    assert.match(summary, /^[A-Z].*\.$/, name);
    assert.ok(Object.hasOwn(permissions, permission), name);
    assert.equal(z.toJSONSchema(schema, { io: "input" })["additionalProperties"], false, name);
  }
});

/** A request of each command that would be carried out, or nearly. */
function sound(desk: AreaDesk): { readonly [command: string]: object } {
  const requestId = desk.reviewed();
  const ring = [
    [10, 50],
    [11, 50],
    [11, 51],
    [10, 50],
  ];
  const said = { value: "shown", source: "map", validFromMs: 1, reason: why };
  const drawn = {
    rings: [ring],
    mapErrorKm: 1,
    driftKmPerDay: 0,
    asOfMs: 1,
    asserter: "Survey",
    source: "map",
  };
  return {
    "statement.assert": { territory: "AA", axis: "publishedCoverage", asserter: "Map", ...said },
    "statement.close": { statementId: "s", validToMs: 9, source: "map", reason: why },
    "statement.correct": { statementId: "s", ...said },
    "area.move": { area: "AA-9", event: "approve", source: "board", reason: why },
    "areaRequest.receive": {
      requester: "They",
      kind: "request",
      jurisdiction: "AA",
      scope: area(["AA"], "suspend"),
    },
    "areaRequest.decide": { requestId, verdict: "grant", reasons: [{ text: "They need it" }] },
    "areaRequest.addReason": { requestId, text: "They need it" },
    "areaRequest.withdraw": { requestId, by: "They", reason: why },
    "operatorArea.draw": { id: "op-1", title: "Area", ...drawn, reason: why },
    "operatorArea.redraw": { areaId: "op-1", ...drawn, reason: why },
    "sealedPolicy.draft": {
      content: { statements: [] },
      salt: "00".repeat(32),
      reviewMs: noonMs + 1,
      reason: why,
    },
    "policy.apply": {
      document: samplePolicyDocument(),
      planned: { documentHash: "00".repeat(32), againstVersion: null },
      reason: why,
    },
  };
}

test("10,000 broken requests: each is refused or carried out whole, and none is thrown at anybody", () => {
  const desk = new AreaDesk(undefined, false);
  const all = Object.entries(sound(desk));
  let refused = 0;
  fc.assert(
    fc.property(
      fc.nat(all.length - 1),
      fc.nat(),
      fc.anything({ withNullPrototype: true }),
      (at, pick, value) => {
        const [name, request] = all[at]!;
        const records = JSON.stringify([...desk.book.all("statement"), ...desk.book.all("areaMove")]);
        const broken = structuredClone(request) as { [member: string]: unknown };
        // Somewhere in the request, or in an object within it, something else.
        let spot = broken;
        const names = Object.keys(spot);
        let member = names[pick % names.length]!;
        const inner = spot[member];
        if (pick % 3 === 0 && typeof inner === "object" && inner !== null && Object.keys(inner).length > 0) {
          spot = inner as { [member: string]: unknown };
          member = Object.keys(spot)[pick % Object.keys(spot).length]!;
        }
        spot[member] = value;
        const ruling = desk.ask(name, broken);
        if (ruling.ok) return;
        refused++;
        assert.match(ruling.error.message, /\S/);
        assert.equal(JSON.stringify([...desk.book.all("statement"), ...desk.book.all("areaMove")]), records);
      },
    ),
    { numRuns: cases(10_000) },
  );
  assert.ok(refused > cases(10_000) / 2);
});
