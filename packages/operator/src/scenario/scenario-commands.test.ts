// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Change } from "@perigee/authority";
import type { Asked } from "../authority/authority-service.ts";
import { demo, demoPath, testAuthority } from "../testing.ts";
import { parseScenario } from "./scenario.ts";
import { type ScenarioCommand, ScenarioRun } from "./scenario-commands.ts";

const text = readFileSync(demoPath, "utf8");
interface File {
  people: { id: string; party?: string }[];
  commands: Record<string, unknown>[];
  screeningLists: { entries: unknown[] }[];
}

/** Where the demo is refused after a change. */
function refusedAt(change: (file: File) => void): string {
  const file = JSON.parse(text) as File;
  change(file);
  const parsed = parseScenario(JSON.stringify(file), "f");
  return parsed.ok ? "accepted" : `${parsed.error.place}: ${parsed.error.message}`;
}

test("a command that nobody could ask for is refused with its place", () => {
  const first = (change: Record<string, unknown>) => (file: File) => Object.assign(file.commands[0]!, change);
  assert.equal(
    refusedAt(() => undefined),
    "accepted",
  );
  assert.match(refusedAt(first({ name: "area.bury" })), /^f: commands\[0\]\.name: there is no command/);
  assert.match(refusedAt(first({ by: "nobody" })), /commands\[0\]\.by: there is no person "nobody"/);
  assert.match(refusedAt(first({ by: "paolo-venn" })), /commands\[0\]\.by: This needs the permission/);
  assert.match(refusedAt(first({ approvedBy: ["jonas-fell"] })), /approvedBy\[0\]: This needs/);
  assert.match(refusedAt(first({ as: "Loud" })), /commands\[0\]\.as: a name is/);
  assert.match(refusedAt(first({ as: "schools" })), /\.as: "schools" stands twice/);
  assert.match(
    refusedAt(first({ request: { id: { $ref: "schools.programme" } } })),
    /commands\[0\]\.request\.id: no earlier command is named "schools"/,
  );
  assert.match(
    refusedAt(file => {
      const appeal = file.commands.find(({ name }) => name === "appeal.file")!;
      appeal["by"] = "ines-calloway";
    }),
    /Ines Calloway is no customer/,
  );
  assert.match(
    refusedAt(file => {
      file.people.find(({ party }) => party !== undefined)!.party = "nowhere";
    }),
    /people\[\d+\]\.party: there is no party "nowhere"/,
  );
  assert.match(
    refusedAt(file => file.screeningLists[0]!.entries.push({ id: "x" })),
    /screeningLists\[0\] line 4/,
  );
});

test("a run carries out approvals, keeps names, and says when a refusal does not come", async () => {
  const asked: Asked[] = [];
  const change = (kind: string, id: string): Change => ({ kind, id, document: { id } }) as unknown as Change;
  const carryOut = async (one: Asked) => {
    asked.push(one);
    if (one.name === "area.move")
      return { ok: false, error: { code: "NO", message: "No.", place: "" } } as const;
    const approvals = asked.filter(({ name }) => name === "proposal.approve").length;
    return {
      ok: true,
      value: {
        decisions: [],
        changes: approvals < 2 ? [change("proposal", "prp_1")] : [change("order", "ord_1")],
        proposalId: approvals < 2 ? "prp_1" : null,
        terminals: ["kyiv"],
      },
    } as const;
  };
  const [officer, one, two] = ["o", "a", "b"].map(id => ({ id, name: id, roles: [] }));
  const base = { atS: 0, by: officer!, reason: "It is a test.", approvedBy: [], request: {} };
  const run = new ScenarioRun(1_000);
  const cut: ScenarioCommand = { ...base, name: "order.deactivate", approvedBy: [one!, two!], as: "cut" };
  const done = await run.askFor(cut, carryOut);
  assert.ok(done.ok);
  assert.deepEqual(
    done.value.changes.map(({ kind }) => kind),
    ["proposal", "order"],
  );
  assert.deepEqual(
    asked.map(({ name, actor }) => `${name} ${actor.id}`),
    ["order.deactivate o", "proposal.approve a", "proposal.approve b"],
  );
  const request = { orderId: { $ref: "cut.order" }, proposalId: { $ref: "cut.proposal" } };
  await run.askFor({ ...base, name: "order.review", request }, carryOut);
  assert.deepEqual(asked.at(-1)!.request, { orderId: "ord_1", proposalId: "prp_1" });
  const unknown = await run.askFor({ ...base, name: "x", request: { $ref: "never.order" } }, carryOut);
  assert.ok(!unknown.ok && unknown.error.code === "REFERENCE_INVALID");

  const move: ScenarioCommand = { ...base, name: "area.move" };
  assert.equal((await run.askFor(move, carryOut)).ok, false);
  assert.equal((await run.askFor({ ...move, refused: "NO" }, carryOut)).ok, true);
  assert.equal((await run.askFor({ ...move, refused: "OTHER" }, carryOut)).ok, false);
  const notRefused = await run.askFor({ ...base, name: "order.review", refused: "NO" }, carryOut);
  assert.ok(!notRefused.ok && notRefused.error.code === "NOT_REFUSED");
});

test("sanctions lists of a scenario are at hand from the start, and the ledger says so", async () => {
  await using bed = await testAuthority();
  const stored = await bed.db.selectFrom("screening_list").select(["list", "version"]).execute();
  assert.deepEqual(
    stored,
    demo().screeningLists.map(({ list: { list, version } }) => ({ list, version })),
  );
  const entry = await bed.db
    .selectFrom("decision")
    .select("document")
    .where("subject", "=", `list:${stored[0]!.list}`)
    .executeTakeFirstOrThrow();
  assert.match(JSON.stringify(entry.document), /is at hand/);
});
