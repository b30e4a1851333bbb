// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { searchCandidates } from "../candidates/search.ts";
import { ada, CaseDesk, dayMs } from "../testing/desk.ts";
import { recommendOrders } from "./recommend.ts";

const long = "A text that is long enough";

function site(desk: CaseDesk, id: string, terminalIds: readonly string[]): void {
  desk.put("protectedSite", {
    ...{ id, title: "Lower Town Clinic", kind: "health", site: { latDeg: 48.5, lonDeg: 37.9 }, radiusKm: 1 },
    ...{ terminalIds, asserter: "the district", source: "its register" },
  });
}

/** A concluded case with binding findings about ut-1 and ut-2. */
function concluded(desk: CaseDesk): string {
  const caseId = desk.open();
  const candidates = ["ut-1", "ut-2"].map(terminalId => ({ terminalId, by: "area", why: long }));
  desk.do(ada, "case.add", { caseId, candidates });
  for (const terminalId of ["ut-1", "ut-2"]) desk.find(caseId, terminalId);
  desk.do(ada, "case.conclude", { caseId, verdict: "confirmed", summary: long });
  return caseId;
}

test("protected sites come first, and nothing is taken there before a person has looked", () => {
  const desk = new CaseDesk();
  const caseId = concluded(desk);
  site(desk, "sit-1", ["ut-2"]);
  const unseen = recommendOrders(desk.book, desk.case(caseId), desk.atMs);
  assert.deepEqual(
    unseen.map(({ terminalId, recommended }) => [terminalId, recommended]),
    [
      ["ut-2", "notify"],
      ["ut-1", "deactivate"],
    ],
  );
  assert.equal(unseen[0]!.protectedSites[0]!.id, "sit-1");
  const seen = recommendOrders(desk.book, desk.case(caseId), desk.atMs, { sitesSeen: ["sit-1"] });
  const command = seen[0]!.measures.at(-1)!.command!;
  assert.equal(seen[0]!.recommended, "deactivate");
  assert.deepEqual(command.request["protectedSitesSeen"], ["sit-1"]);
  assert.ok(desk.tryApproved(command.name, command.request).ok);
});

test("a site near the last cell counts, although it names no terminal", () => {
  const desk = new CaseDesk();
  const caseId = concluded(desk);
  site(desk, "sit-1", []);
  const sitesOf = (cell: string): readonly string[] =>
    recommendOrders(desk.book, desk.case(caseId), desk.atMs, { lastCells: [{ terminalId: "ut-2", cell }] })
      .filter(({ protectedSites }) => protectedSites.length > 0)
      .map(({ terminalId }) => terminalId);
  // H3 cells of resolution 5 that hold 48.5 N 37.9 E, where the site is, and 52 N 20 E.
  assert.deepEqual(sitesOf("852d602bfffffff"), ["ut-2"]);
  assert.deepEqual(sitesOf("851f5273fffffff"), []);
});

test("a measured pattern with another kind supports a limit; alone, a question", () => {
  const desk = new CaseDesk();
  const caseId = desk.open();
  const signal = (pattern: string) => ({
    id: `sig-${pattern}`,
    pattern,
    terminals: ["ut-1"],
    text: long,
    falsePositives: long,
    atMs: 1,
  });
  const recommended = (): string => recommendOrders(desk.book, desk.case(caseId), desk.atMs)[0]!.recommended;
  desk.do(ada, "case.add", { caseId, candidates: [{ terminalId: "ut-1", by: "pattern", why: long }] });
  desk.do(ada, "case.add", { caseId, signals: [signal("P11")] });
  desk.do(ada, "evidence.add", {
    ...{
      caseId,
      title: "Two rounds",
      mediaType: "application/json",
      bytes: 10,
      sha256: "c".repeat(64),
      receivedFrom: "ownRecord",
    },
  });
  assert.equal(recommended(), "notify");
  desk.do(ada, "case.add", { caseId, signals: [signal("P9")] });
  assert.equal(recommended(), "notify", "two of one family are one");
  desk.do(ada, "case.add", { caseId, signals: [signal("P14")] });
  assert.equal(recommended(), "restrict");
});

test("a copied identity is told from its owner before it is cut off; a victim is helped", () => {
  const desk = new CaseDesk();
  const caseId = concluded(desk);
  const needs = (terminalId: string): readonly string[] =>
    recommendOrders(desk.book, desk.case(caseId), desk.atMs)
      .find(each => each.terminalId === terminalId)!
      .measures.at(-1)!.needs;
  assert.deepEqual(needs("ut-1"), []);
  desk.atMs += 1;
  const clone = desk.open("clone");
  desk.do(ada, "case.add", {
    caseId: clone,
    candidates: [{ terminalId: "ut-1", by: "pattern", why: long }],
    signals: [{ id: "sig-1", pattern: "P9", terminals: ["ut-1"], text: long, falsePositives: long, atMs: 1 }],
  });
  desk.find(clone, "ut-1");
  desk.do(ada, "case.conclude", { caseId: clone, verdict: "confirmed", summary: long });
  const [owner] = recommendOrders(desk.book, desk.case(clone), desk.atMs);
  assert.match(owner!.measures.at(-1)!.needs.join(" "), /told from the copy/);
  assert.notEqual(owner!.recommended, "deactivate");
  desk.atMs += 1;
  const scam = desk.open("scamListing");
  desk.do(ada, "case.add", {
    caseId: scam,
    victims: [{ partyId: "party-3", terminalId: "ut-3", note: "Paid twice" }],
  });
  desk.do(ada, "case.add", { caseId: scam, candidates: [{ terminalId: "ut-3", by: "hand", why: long }] });
  const [victim] = recommendOrders(desk.book, desk.case(scam), desk.atMs);
  assert.match(victim!.measures[2]!.needs.join(" "), /helped, not cut off/);
});

test("a search shows protected sites first and says what it did not find", () => {
  const desk = new CaseDesk(4);
  site(desk, "sit-1", ["ut-4"]);
  site(desk, "sit-2", []);
  const visit = (terminal: string, fromMs: number) => ({
    ...{ terminal, account: null, cell: 0x852d602bfffffffn, country: "AA", fromMs, untilMs: fromMs + dayMs },
  });
  const found = searchCandidates(
    desk.book,
    {
      area: { cells: [0x852d602bfffffffn], fromMs: 0, untilMs: 10 * dayMs },
      units: ["party-2", "party-99"],
      accounts: ["acc-1"],
      numbers: ["KIT00000001", "kit0000 0002", "SN10*", "SN1002*", "KIT99999999"],
    },
    { visits: [visit("ut-1", dayMs), visit("ut-4", dayMs), visit("ut-3", 20 * dayMs)], atMs: desk.atMs },
  );
  assert.deepEqual(
    found.protectedSites.map(({ id }) => id),
    ["sit-1", "sit-2"],
    "a site within reach of the area's cells names no terminal",
  );
  assert.deepEqual(
    found.candidates.map(({ terminalId }) => terminalId),
    ["ut-1", "ut-4", "ut-2"],
  );
  assert.deepEqual(found.notFound, ["party party-99", "number SN10*", "number KIT99999999"]);
  const first = found.candidates.find(({ terminalId }) => terminalId === "ut-1")!;
  assert.deepEqual(
    first.matches.map(({ by }) => by),
    ["area", "account", "kit"],
  );
});

test("a place on an allow-list is taken away where lists are kept, unless a finding speaks", () => {
  const desk = new CaseDesk();
  const caseId = desk.open();
  const signals = ["P11", "P14"].map(pattern => ({
    ...{
      id: `sig-${pattern}`,
      pattern,
      terminals: ["ut-1", "ut-2"],
      text: long,
      falsePositives: long,
      atMs: 1,
    },
  }));
  const candidates = ["ut-1", "ut-2"].map(terminalId => ({ terminalId, by: "pattern", why: long }));
  desk.do(ada, "case.add", { caseId, candidates, signals });
  desk.do(ada, "evidence.add", {
    ...{ caseId, title: "Two rounds", mediaType: "application/json", bytes: 10, sha256: "c".repeat(64) },
    receivedFrom: "ownRecord",
  });
  desk.put("allowListApplication", {
    ...{
      id: "app-1",
      territory: "AA",
      terminalId: "ut-1",
      holder: "party-1",
      class: "individual",
      lane: "civilian",
    },
    ...{
      deviceShown: true,
      payer: null,
      atMs: 1,
      receivedBy: "clerk",
      state: "approved",
      overCap: null,
      signals: [],
    },
    ...{ entry: { fromMs: 0, toMs: null }, decision: null },
  });
  const recommended = (): readonly string[] =>
    recommendOrders(desk.book, desk.case(caseId), desk.atMs).map(each => each.recommended);
  assert.deepEqual(recommended(), ["notify", "restrict"]);
  desk.find(caseId, "ut-1");
  desk.do(ada, "case.conclude", { caseId, verdict: "confirmed", summary: long });
  assert.deepEqual(recommended(), ["deactivate", "restrict"]);
});

test("a place on the list that the policy document holds counts as one that was applied for, while it holds", () => {
  const desk = new CaseDesk();
  const caseId = desk.open();
  const signals = ["P11", "P14"].map(pattern => ({
    ...{ id: `sig-${pattern}`, pattern, terminals: ["ut-1"], text: long, falsePositives: long, atMs: 1 },
  }));
  desk.do(ada, "case.add", {
    caseId,
    candidates: [{ terminalId: "ut-1", by: "pattern", why: long }],
    signals,
  });
  desk.do(ada, "evidence.add", {
    ...{ caseId, title: "Two rounds", mediaType: "application/json", bytes: 10, sha256: "d".repeat(64) },
    receivedFrom: "ownRecord",
  });
  const kinds = (): readonly string[] =>
    recommendOrders(desk.book, desk.case(caseId), desk.atMs)[0]!.mitigations.map(({ kind }) => kind);
  const list = (terminalId: string, validTo?: string): void => {
    const dated = { validFrom: "2024-01-01", ...(validTo === undefined ? {} : { validTo }) };
    const entry = { terminalId, holder: "Clinic", class: "critical", ...dated };
    const rule = {
      territory: "AA",
      asserter: "AA ministry",
      source: "resolution 115",
      validFrom: "2024-01-01",
    };
    const document = {
      ...{ title: "Lists", boundaryView: "test-view", statements: [], plans: [] },
      allowLists: [{ ...rule, required: true, entries: [entry] }],
    };
    desk.put("policy", { id: "policy", document });
  };
  const recommended = (): string => recommendOrders(desk.book, desk.case(caseId), desk.atMs)[0]!.recommended;
  assert.deepEqual([kinds(), recommended()], [[], "restrict"]);
  list("ut-2");
  assert.deepEqual([kinds(), recommended()], [[], "restrict"]);
  list("ut-1", "2024-02-01");
  assert.deepEqual([kinds(), recommended()], [[], "restrict"], "it ended before");
  list("ut-1");
  assert.deepEqual([kinds(), recommended()], [["allowList"], "notify"]);
});

test("an interim suspension takes a measurement and a life at risk", () => {
  const desk = new CaseDesk();
  const recommended = (
    safety: "none" | "credible",
    pattern: string,
    found = false,
  ): readonly [string, boolean] => {
    desk.atMs += 1;
    const caseId = desk.report();
    desk.do(ada, "case.triage", { caseId, kind: "use", title: "A claim of use", safety, reason: long });
    const signal = { id: "sig-1", pattern, terminals: ["ut-1"], text: long, falsePositives: long, atMs: 1 };
    const candidates = [{ terminalId: "ut-1", by: "pattern", why: long }];
    desk.do(ada, "case.add", { caseId, candidates, signals: [signal] });
    desk.do(ada, "evidence.add", {
      ...{ caseId, title: "Two rounds", mediaType: "application/json", bytes: 10, sha256: "d".repeat(64) },
      receivedFrom: "ownRecord",
    });
    if (found) desk.find(caseId, "ut-1");
    const { recommended: measure, measures } = recommendOrders(desk.book, desk.case(caseId), desk.atMs)[0]!;
    return [measure, measures[3]!.needs.length === 0];
  };
  assert.deepEqual(recommended("credible", "P11"), ["suspend", true]);
  assert.deepEqual(recommended("none", "P11"), ["notify", false]);
  assert.deepEqual(recommended("credible", "P3"), ["notify", false]);
  assert.deepEqual(
    recommended("none", "P11", true),
    ["restrict", true],
    "less does as well until it is concluded",
  );
});
