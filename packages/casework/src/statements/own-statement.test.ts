// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { CaseDesk, dayMs, noonMs } from "../testing/desk.ts";
import { type OwnStatement, type StatementSources, testStatement } from "./own-statement.ts";

const operator = "the operator";
const sources: StatementSources = { operator, knownAtMs: noonMs };
const open = { validFromMs: 0, validToMs: null, knownFromMs: 0, knownToMs: null };

function says(more: Partial<OwnStatement> = {}): OwnStatement {
  const interval = { fromMs: noonMs - 30 * dayMs, toMs: noonMs };
  return {
    id: "own-1",
    text: "Not active there",
    predicate: "activeIn",
    area: "BB",
    holds: false,
    ...interval,
    ...more,
  };
}

function activation(
  desk: CaseDesk,
  area: string,
  value: "active" | "neverActive" | "withdrawn",
  more: object = {},
): void {
  desk.put("statement", {
    ...{
      id: `${area}-${value}`,
      territory: area,
      axis: "activation",
      value,
      asserter: operator,
      source: "its ledger",
    },
    ...open,
    ...more,
  });
}

test("where the records are silent a statement stays open, and is not taken for true", () => {
  const { verdict, checks } = testStatement(new CaseDesk().book, says(), sources);
  assert.equal(verdict, "open");
  assert.ok(checks.every(({ result }) => result === "silent"));
});

test("not active holds by the ledger, and is contradicted by one day of service", () => {
  const desk = new CaseDesk();
  activation(desk, "BB", "neverActive");
  assert.equal(testStatement(desk.book, says(), sources).verdict, "holds");
  activation(desk, "BB", "active", { validFromMs: noonMs - 2 * dayMs, validToMs: noonMs - dayMs });
  const { verdict, checks } = testStatement(desk.book, says(), sources);
  assert.equal(verdict, "contradicted");
  assert.deepEqual(checks[0]!.records, ["BB-active"]);
  const before = says({ fromMs: noonMs - 30 * dayMs, toMs: noonMs - 2 * dayMs });
  assert.equal(testStatement(desk.book, before, sources).verdict, "holds", "the interval is half-open");
});

test("moves of an area speak from the first of them on", () => {
  const desk = new CaseDesk();
  const move = (id: string, from: string, to: string, atMs: number): void =>
    desk.put("areaMove", {
      ...{
        id,
        area: "BB",
        event: "activate",
        from,
        to,
        atMs,
        requestId: null,
        asserter: operator,
        source: "x",
      },
    } as never);
  activation(desk, "BB", "neverActive");
  move("mov-1", "neverActive", "pending", noonMs - 10 * dayMs);
  assert.equal(testStatement(desk.book, says(), sources).verdict, "holds", "decided is not switched on");
  move("mov-2", "pending", "active", noonMs - 5 * dayMs);
  assert.equal(testStatement(desk.book, says(), sources).verdict, "contradicted");
  assert.equal(
    testStatement(desk.book, says({ holds: true }), sources).verdict,
    "inPart",
    "on for a part of the time",
  );
  assert.equal(testStatement(desk.book, says({ toMs: noonMs - 6 * dayMs }), sources).verdict, "holds");
  move("mov-3", "active", "withdrawn", noonMs - 3 * dayMs);
  assert.equal(
    testStatement(desk.book, says({ fromMs: noonMs - 2 * dayMs }), sources).verdict,
    "holds",
    "since then",
  );
  const ever = says({ predicate: "everActiveIn", fromMs: noonMs - dayMs });
  assert.equal(testStatement(desk.book, ever, sources).verdict, "contradicted");
});

test("refused before it was ever on: the ledger answers in one look", () => {
  const desk = new CaseDesk();
  activation(desk, "BB", "neverActive");
  const never = says({ predicate: "everActiveIn", text: "It was never switched on there" });
  assert.equal(testStatement(desk.book, never, sources).verdict, "holds");
});

test("the map contradicts where a whole cell is served, and is unclear where cells lie across the edge", () => {
  const desk = new CaseDesk();
  const map = (...states: ("served" | "notServed" | "inPart" | "notPublished")[]) =>
    states.map((state, i) => ({
      cell: `c${i}`,
      state: (state === "served" || state === "notPublished" ? { state } : { state, reasons: [] }) as never,
    }));
  const test = (...states: Parameters<typeof map>) =>
    testStatement(desk.book, says(), { ...sources, map: map(...states) }).verdict;
  assert.equal(test("notServed", "notServed"), "holds");
  assert.equal(test("notServed", "inPart"), "inPart");
  assert.equal(test("notServed", "served"), "contradicted");
  assert.equal(test("notPublished"), "open", "what is sealed says nothing");
  const covered = says({ predicate: "coveredByMap", holds: true });
  assert.equal(
    testStatement(desk.book, covered, { ...sources, map: map("served", "served") }).verdict,
    "holds",
  );
  assert.equal(
    testStatement(desk.book, covered, { ...sources, map: map("served", "notServed") }).verdict,
    "inPart",
  );
});

test("that it does not work there is contradicted by a terminal that worked", () => {
  const desk = new CaseDesk();
  activation(desk, "BB", "neverActive");
  const served = { terminals: 1, slots: 4 };
  assert.equal(testStatement(desk.book, says(), { ...sources, served }).verdict, "contradicted");
  assert.equal(
    testStatement(desk.book, says({ holds: true }), { ...sources, served: { terminals: 0, slots: 0 } })
      .verdict,
    "contradicted",
  );
});

test("the axes stay apart: not certified, not supplied and not sold are three statements", () => {
  const desk = new CaseDesk();
  const axis = (id: string, name: string, value: string, asserter: string): void =>
    desk.put("statement", {
      ...{ id, territory: "BB", axis: name, value, asserter, source: "x" },
      ...open,
    } as never);
  axis("s-1", "licence", "notGranted", "the BB ministry");
  const verdict = (more: Partial<OwnStatement>) => testStatement(desk.book, says(more), sources).verdict;
  assert.equal(verdict({ predicate: "certifiedIn" }), "holds");
  assert.equal(verdict({ predicate: "suppliedTo" }), "open");
  assert.equal(verdict({ predicate: "activeIn" }), "open");
  axis("s-2", "licence", "granted", "the BB navy");
  assert.equal(verdict({ predicate: "certifiedIn" }), "inPart", "two asserters differ");
});

test("no reseller authorised: a named negative is none about everybody", () => {
  const desk = new CaseDesk();
  const reseller = (id: string, party: string | null, authorised: boolean): void =>
    desk.put("reseller", {
      ...{
        id,
        party,
        authorised,
        territory: "BB",
        locality: null,
        fromMs: 0,
        toMs: null,
        asserter: operator,
        source: "x",
      },
    });
  const verdict = () => testStatement(desk.book, says({ predicate: "resellerIn" }), sources).verdict;
  reseller("r-1", "party-1", false);
  assert.equal(verdict(), "open");
  reseller("r-2", null, false);
  assert.equal(verdict(), "holds");
  reseller("r-3", "party-2", true);
  assert.equal(verdict(), "inPart");
});

test("never sold there is contradicted by one paper", () => {
  const desk = new CaseDesk();
  const shipped = says({ predicate: "shippedTo" });
  assert.equal(testStatement(desk.book, shipped, sources).verdict, "holds");
  desk.put("custody", {
    ...{
      id: "cus-1",
      terminalId: "ut-1",
      step: "shipment",
      atMs: noonMs - dayMs,
      fromParty: null,
      toParty: null,
    },
    ...{ country: "BB", asserter: "a carrier", source: "its books" },
  });
  assert.deepEqual(testStatement(desk.book, shipped, sources).checks[0]!.records, ["cus-1"]);
  assert.equal(testStatement(desk.book, shipped, sources).verdict, "contradicted");
});
