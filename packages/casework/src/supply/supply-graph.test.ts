// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import type { IntakeReport } from "@perigee/intake";
import fc from "fast-check";
import type { SupplyClaim } from "../records.ts";
import { ada, CaseDesk } from "../testing/desk.ts";
import { claimsOf, membersOf, type ReadProposition, type ReadReport, supplyOf } from "./from-intake.ts";
import { custodyRecords, supplyGraph } from "./supply-graph.ts";

const node = (id: string) => ({ id, kind: "unknown" as const, label: id.toUpperCase() });
const says = (from: string, to: string, more: Partial<SupplyClaim> = {}): SupplyClaim => ({
  ...{ from: node(from), to: node(to), moves: "goods", claimant: "Harbour Gazette", stance: "claims" },
  ...{ origin: "harbour-gazette", date: null, source: "doc-1#4", route: "R1" },
  ...more,
});

test("however many claim an edge, it is claimed; one denial makes it disputed and removes nothing", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("o-1", "o-2", "o-3"), { minLength: 1, maxLength: 30 }), origins => {
      const { edges } = supplyGraph(origins.map(origin => says("store", "dealer", { origin })));
      assert.equal(edges[0]!.status, "claimed");
      assert.deepEqual(edges[0]!.claimedBy, [...new Set(origins)].sort());
      const denied = supplyGraph([
        ...origins.map(origin => says("store", "dealer", { origin })),
        says("store", "dealer", { stance: "denies", origin: "store" }),
      ]).edges[0]!;
      assert.equal(denied.status, "disputed");
      assert.deepEqual(denied.claimedBy, edges[0]!.claimedBy);
    }),
  );
});

test("five routes are five routes, of which none is confirmed by what is said", () => {
  const claims = [
    says("store", "buyer", { route: "R1" }),
    says("buyer", "dealer", { route: "R1" }),
    says("retailer", "middleman", { route: "R2" }),
    says("retailer", "middleman", { route: "R2", stance: "denies", origin: "operator" }),
    says("account-abroad", "unit", { route: "R3", moves: "account" }),
    says("donor", "unit", { route: "R4" }),
    says("buyer", "shop", { route: "R5", moves: "payment" }),
  ];
  const { routes, nodes } = supplyGraph(claims);
  assert.deepEqual(
    routes.map(({ id, status }) => [id, status]),
    [
      ["R1", "claimed"],
      ["R2", "disputed"],
      ["R3", "claimed"],
      ["R4", "claimed"],
      ["R5", "claimed"],
    ],
  );
  assert.equal(nodes.length, 9);
});

test("a chain of custody confirms its edge, where a person has tied the party to the node", () => {
  const desk = new CaseDesk();
  desk.put("custody", {
    ...{ id: "cus-1", terminalId: "ut-1", step: "sale", atMs: 1, fromParty: "party-1", toParty: "party-2" },
    ...{ country: "AA", asserter: "a clerk", source: "its books" },
  });
  const claims = [says("store", "dealer"), says("dealer", "unit")];
  const status = (nodeOf: (party: string) => string | null) =>
    supplyGraph(claims, custodyRecords(desk.book, ["ut-1", "ut-1"], nodeOf)).edges.map(edge => edge.status);
  assert.deepEqual(
    status(() => null),
    ["claimed", "claimed"],
  );
  const tied = supplyGraph(
    claims,
    custodyRecords(desk.book, ["ut-1"], id => ({ "party-1": "store", "party-2": "dealer" })[id] ?? null),
  );
  assert.deepEqual(
    tied.edges.map(edge => edge.status),
    ["confirmed", "claimed"],
  );
  assert.equal(tied.routes[0]!.status, "claimed", "a route is confirmed when all of it is");
  assert.deepEqual(
    tied.edges[0]!.records.map(({ record }) => record),
    ["cus-1"],
  );
});

test("the documents' own words are no origin, and what is waved off is not asserted", () => {
  const read = (more: Partial<ReadProposition>): ReadProposition => ({
    ...{ id: "p-1", predicate: "USED_BY", polarity: "affirmed" },
    origins: [{ id: "o-1", kind: "asserter", documents: ["d-1", "d-2"] }],
    assertions: ["d-1", "d-2"].map(documentId => ({
      documentId,
      statementId: `${documentId}#1`,
      stance: "says",
    })),
    ...more,
  });
  const text = (): string => "It is used";
  const [claim] = claimsOf([read({})], text);
  assert.deepEqual(
    [claim!.origins, claim!.documents, claim!.polarity],
    [["o-1"], ["d-1", "d-2"], "asserted"],
  );
  assert.deepEqual(
    claimsOf([read({ origins: [{ id: "n", kind: "narration", documents: ["d-1"] }] })], text),
    [],
  );
  const dismissed = [{ documentId: "d-1", statementId: null, stance: "dismissed" as const }];
  assert.deepEqual(claimsOf([read({ assertions: dismissed })], text), []);
});

test("a route that was read becomes claims about its edges", () => {
  const edge = {
    from: "store",
    to: "dealer",
    carries: "goods",
    claimant: "yusra",
    on: { from: "2031-01", to: "2031-02" },
  } as const;
  const route = {
    id: "R2",
    edges: [
      { ...edge, status: "claimed" as const },
      { ...edge, claimant: null, status: "denied" as const },
    ],
  };
  const [first, second] = supplyOf([route], node, () => "doc-1:10-20");
  assert.deepEqual(
    [first!.origin, first!.stance, first!.date, first!.route],
    ["yusra", "claims", "2031-01/2031-02", "R2"],
  );
  assert.deepEqual([second!.origin, second!.stance], ["doc-1:10-20", "denies"]);
});

test("what intake reads goes into a case as it is", () => {
  const report: ReadReport = {
    documents: [{ id: "doc-1" }],
    entities: [{ id: "dealer:quick-sky", name: "Quick Sky", kind: "dealer" }],
    propositions: [
      {
        ...{
          id: "prop-1",
          predicate: "SOLD_BY",
          polarity: "affirmed",
          subject: "goods",
          object: "dealer:quick-sky",
        },
        ...{ via: null, manner: "directly", area: { pin: { name: "Port Alder" }, part: null } },
        origins: [{ id: "dealer:quick-sky", kind: "asserter", documents: ["doc-1"] }],
        assertions: [{ documentId: "doc-1", statementId: "doc-1#1", stance: "says" }],
      },
    ],
    routes: [
      {
        id: "R1",
        edges: [
          {
            ...{ from: "dealer:quick-sky", to: "country:AA", carries: "goods", claimant: "dealer:quick-sky" },
            ...{ status: "claimed", on: null, at: { documentId: "doc-1", from: 3, to: 9 } },
          },
        ],
      },
    ],
  };
  const { documents, claims, supply } = membersOf(report);
  assert.equal(claims[0]!.text, "goods, SOLD_BY, Quick Sky, in Port Alder, directly.");
  assert.deepEqual(
    [supply[0]!.from.kind, supply[0]!.to.kind, supply[0]!.claimant, supply[0]!.source],
    ["dealer", "country", "Quick Sky", "doc-1:3-9"],
  );
  const desk = new CaseDesk();
  const caseId = desk.open("supply", documents);
  desk.do(ada, "case.add", { caseId, claims, supply });
  assert.deepEqual([desk.case(caseId).claims, desk.case(caseId).supply], [claims, supply]);
});

/** Intake's report can be handed over as it is: the compiler says so. */
export const fits = (report: IntakeReport): ReturnType<typeof membersOf> => membersOf(report);
