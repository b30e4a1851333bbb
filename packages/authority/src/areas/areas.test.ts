// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type AreaEvent, areaTransitions } from "../area-state.ts";
import { cases } from "../cases.ts";
import type { AreaState, Axis, Statement } from "../territory.ts";
import { AreaDesk, operator, why } from "./area-desk.ts";
import { areaStateOf, firstActive, movesOf } from "./area-ledger.ts";
import { areaEvents } from "./area-move-commands.ts";
import { statementOfMove } from "./area-moves.ts";
import { versionsOf } from "./statement-versions.ts";
import { statusOf } from "./status.ts";

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`);

test("F1: Russia, 2024-02-12, has five different answers, each with its asserter and source", () => {
  const desk = new AreaDesk();
  desk.atMs = day("2024-02-12");
  // Who says what follows the reports of February 2024; the wording of sources is invented.
  const said: readonly (readonly [Axis, string, string, string, string])[] = [
    [
      "licence",
      "notGranted",
      "Spokesman of the Presidency",
      "said to reporters: not certified here",
      "2022-01-01",
    ],
    [
      "supply",
      "notPermitted",
      "Spokesman of the Presidency",
      "said to reporters: cannot officially be supplied",
      "2022-01-01",
    ],
    [
      "legalRegime",
      "unknown",
      "Compliance desk",
      "memo 12: counsel has not determined which law applies",
      "2022-03-01",
    ],
    ["publishedCoverage", "notShown", "Map editor", "availability map, edition of 1 February", "2024-02-01"],
  ];
  for (const [axis, value, asserter, source, since] of said) {
    desk.do("statement.assert", {
      territory: "RU",
      axis,
      value,
      asserter,
      source,
      validFromMs: day(since),
      reason: why,
    });
  }
  // The operator's own answer is what its ledger of the area opened with; a refusal since changes nothing about it.
  const opening: Statement = {
    ...{ id: "ru-activation", territory: "RU", axis: "activation", value: "neverActive", asserter: operator },
    ...{ source: "the operator's statement of 8 February", validFromMs: day("2020-01-01"), validToMs: null },
    ...{ knownFromMs: day("2024-02-08"), knownToMs: null },
  };
  desk.book.apply([{ kind: "statement", id: opening.id, document: opening }]);
  desk.move("RU", "refuseRequest");
  const asOf = { validAtMs: day("2024-02-12"), knownAtMs: day("2024-02-12") };
  const { axes } = statusOf(desk.book, "RU", asOf);
  assert.deepEqual(
    said.map(([axis]) =>
      axes[axis].accounts.map(({ statement }) => [statement.value, statement.asserter, statement.source]),
    ),
    said.map(([, value, asserter, source]) => [[value, asserter, source]]),
  );
  const [switchedOn] = axes.activation.accounts;
  assert.deepEqual([switchedOn?.statement.value, switchedOn?.statement.asserter], ["neverActive", operator]);
  const five = Object.values(axes).map(({ accounts }) => accounts[0]!.statement);
  assert.equal(new Set(five.map(({ value }) => value)).size, 5);
  assert.equal(new Set(five.map(({ source }) => source)).size, 5);
  assert.equal(areaStateOf(desk.book, "RU", operator, asOf.validAtMs), "neverActive");
  const verdicts = Object.values(axes).map(({ axis, verdict }) => [axis, verdict.permits, verdict.silence]);
  assert.deepEqual(verdicts, [
    ["licence", false, false],
    ["supply", true, true],
    ["activation", false, false],
    ["legalRegime", true, true],
    ["publishedCoverage", true, true],
  ]);
  for (const { question } of Object.values(axes)) assert.match(question, /\?$/);
});

test("F1: the state of Sevastopol on 2022-09-20, by whose account: two times, conflicting accounts side by side", () => {
  const desk = new AreaDesk();
  const on = (at: string, more: object): string => {
    desk.atMs = day(at);
    const ruling = desk.do("statement.assert", {
      territory: "Q7835",
      axis: "activation",
      source: "interview",
      validFromMs: day("2022-09-01"),
      reason: why,
      ...more,
    });
    return ruling.changes[0]!.id;
  };
  on("2023-09-08", { asserter: "A biographer", value: "suspended" });
  const asked = on("2023-09-10", { asserter: "The founder", value: "neverActive" });
  const at = (knownAt: string) =>
    statusOf(desk.book, "Q7835", { validAtMs: day("2022-09-20"), knownAtMs: day(knownAt) }).axes.activation;
  assert.deepEqual(at("2022-09-20").accounts, [], "nobody had said anything yet");
  assert.equal(at("2022-09-20").verdict.silence, true);
  assert.deepEqual(
    at("2023-09-09").accounts.map(({ statement }) => [statement.asserter, statement.value]),
    [["A biographer", "suspended"]],
  );
  const both = at("2023-09-11");
  assert.equal(both.accounts.length, 2);
  assert.equal(both.conflicts.length, 1);
  // The biographer corrects himself: what he said stays on record, as known until then.
  desk.atMs = day("2023-09-12");
  const [first] = both.accounts.filter(({ statement }) => statement.asserter === "A biographer");
  const id = first!.statement.id;
  desk.do("statement.correct", {
    statementId: id,
    value: "neverActive",
    source: "correction",
    validFromMs: day("2022-09-01"),
    reason: why,
  });
  assert.deepEqual(at("2023-09-13").conflicts, []);
  assert.deepEqual(at("2023-09-11").conflicts.length, 1, "what was known on the 11th is not rewritten");
  assert.deepEqual(
    versionsOf(desk.book, id).map(({ value, knownToMs }) => [value, knownToMs]),
    [
      ["suspended", day("2023-09-12")],
      ["neverActive", null],
    ],
  );
  assert.equal(versionsOf(desk.book, asked).length, 1);
});

test("F1: one asserter has one voice, closes before saying otherwise, and nobody speaks for the operator's switch", () => {
  const desk = new AreaDesk();
  const assertion = {
    territory: "AA",
    axis: "licence",
    value: "granted",
    asserter: "AA agency",
    source: "gazette 7",
    validFromMs: day("2023-01-01"),
    reason: why,
  };
  assert.equal(desk.refused("statement.assert", assertion, undefined, true), "approvalMissing");
  const { id } = desk.do("statement.assert", assertion).changes[0]!;
  desk.atMs += 1000;
  assert.equal(desk.refused("statement.assert", { ...assertion, value: "revoked" }), "contradictsItself");
  assert.equal(desk.refused("statement.assert", { ...assertion, value: "shown" }), "valueInvalid");
  assert.equal(
    desk.refused("statement.close", {
      statementId: id,
      validToMs: day("2022-01-01"),
      source: "gazette 8",
      reason: why,
    }),
    "intervalInvalid",
  );
  desk.do("statement.close", {
    statementId: id,
    validToMs: day("2024-01-01"),
    source: "gazette 8",
    reason: why,
  });
  assert.equal(
    desk.refused("statement.close", {
      statementId: id,
      validToMs: day("2024-02-01"),
      source: "gazette 9",
      reason: why,
    }),
    "intervalInvalid",
  );
  desk.do("statement.assert", { ...assertion, value: "revoked", validFromMs: day("2024-01-01") });
  const [version] = versionsOf(desk.book, id);
  assert.equal(
    desk.refused("statement.close", {
      statementId: version!.id,
      validToMs: 1,
      source: "gazette 8",
      reason: why,
    }),
    "statementOver",
  );
  const own = { ...assertion, axis: "activation", value: "active", asserter: operator };
  assert.equal(desk.refused("statement.assert", own), "activationByMove");
  // Others may say what they think is switched on; that is theirs.
  desk.do("statement.assert", { ...own, asserter: "A newspaper" });
});

/** Bitemporal twin: a list of what was entered, replayed to any instant of knowledge. */
test("F1: whatever is asserted, closed and corrected, what was known at any earlier instant stays as it was", () => {
  const act = fc.record({
    kind: fc.constantFrom("assert", "close", "correct"),
    who: fc.constantFrom("A-a", "B-b"),
    pick: fc.nat(9),
    value: fc.constantFrom("shown", "notShown", "inPart"),
    from: fc.integer({ min: 0, max: 9 }),
    length: fc.option(fc.integer({ min: 1, max: 5 })),
    waitMs: fc.integer({ min: 1, max: 3 }),
  });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 12 }), acts => {
      const desk = new AreaDesk();
      desk.atMs = 100;
      const snapshots: { readonly knownAtMs: number; readonly seen: readonly string[][] }[] = [];
      const look = (knownAtMs: number): readonly string[][] =>
        Array.from({ length: 15 }, (_, validAtMs) =>
          statusOf(desk.book, "AA", { validAtMs, knownAtMs })
            .axes.publishedCoverage.accounts.map(
              ({ statement }) => `${statement.asserter} ${statement.value} ${statement.source}`,
            )
            .sort(),
        );
      for (const { kind, who, pick, value, from, length, waitMs } of acts) {
        desk.atMs += waitMs;
        const ids = [...desk.book.all("statement")]
          .filter(({ knownToMs }) => knownToMs === null)
          .map(({ id }) => id);
        const statementId = ids[pick % Math.max(1, ids.length)] ?? "none";
        const what = {
          value,
          source: `paper ${desk.atMs}`,
          validFromMs: from,
          validToMs: length === null ? null : from + length,
          reason: why,
        };
        if (kind === "assert")
          desk.ask("statement.assert", {
            territory: "AA",
            axis: "publishedCoverage",
            asserter: who,
            ...what,
          });
        if (kind === "correct") desk.ask("statement.correct", { statementId, ...what });
        if (kind === "close")
          desk.ask("statement.close", { statementId, validToMs: from + 1, source: what.source, reason: why });
        for (const { knownAtMs, seen } of snapshots) assert.deepEqual(look(knownAtMs), seen);
        snapshots.push({ knownAtMs: desk.atMs, seen: look(desk.atMs) });
        for (const perInstant of snapshots.at(-1)!.seen) {
          const voices = perInstant.map(text => text.split(" ").slice(0, 2).join(" "));
          const values = Map.groupBy([...new Set(voices)], voice => voice.split(" ")[0]!);
          for (const ofOne of values.values()) assert.equal(ofOne.length, 1, "one asserter, one voice");
        }
      }
    }),
    { numRuns: cases(150) },
  );
});

test("F2: deactivate from never active is refused; refused, approved and switched off are different things", () => {
  const desk = new AreaDesk();
  assert.equal(
    desk.refused("area.move", { area: "AA-9", event: "deactivate", source: "phone", reason: why }),
    "illegalAreaTransition",
  );
  desk.move("AA-9", "refuseRequest");
  assert.equal(areaStateOf(desk.book, "AA-9", operator, desk.atMs), "neverActive");
  assert.equal(firstActive(desk.book, "AA-9", operator, Number.POSITIVE_INFINITY), null);
  desk.atMs += 1000;
  desk.move("AA-9", "approve");
  assert.equal(
    desk.refused(
      "area.move",
      { area: "AA-9", event: "activate", source: "board", reason: why },
      undefined,
      true,
    ),
    "approvalMissing",
  );
  desk.atMs += 1000;
  desk.move("AA-9", "activate");
  const activeMs = desk.atMs;
  desk.atMs += 1000;
  const alone = { area: "AA-9", event: "deactivate", source: "board", reason: why };
  assert.equal(desk.refused("area.move", alone, undefined, true), "approvalMissing");
  const off = desk.move("AA-9", "deactivate");
  assert.ok(off.decisions[0]!.noticeId !== undefined, "a restriction has a notice");
  assert.equal(areaStateOf(desk.book, "AA-9", operator, activeMs), "active");
  assert.equal(areaStateOf(desk.book, "AA-9", operator, activeMs - 1), "pending");
  assert.equal(firstActive(desk.book, "AA-9", operator, activeMs), null);
  assert.equal(firstActive(desk.book, "AA-9", operator, activeMs + 1)?.sinceMs, activeMs);
  assert.deepEqual(
    movesOf(desk.book, "AA-9").map(({ event, to }) => [event, to]),
    [
      ["refuseRequest", "neverActive"],
      ["approve", "pending"],
      ["activate", "active"],
      ["deactivate", "withdrawn"],
    ],
  );
});

test("F2: the ledger opens with what an imported statement of the operator says, and moves rule from then on", () => {
  const desk = new AreaDesk();
  const opening = {
    id: "aa-activation",
    territory: "AA-9",
    axis: "activation",
    value: "active",
    asserter: operator,
    source: "history",
    validFromMs: 10,
    validToMs: null,
    knownFromMs: 20,
    knownToMs: null,
  } as const;
  desk.book.apply([{ kind: "statement", id: opening.id, document: opening }]);
  assert.equal(areaStateOf(desk.book, "AA-9", operator, desk.atMs), "active");
  assert.deepEqual(firstActive(desk.book, "AA-9", operator, 11)?.record, {
    kind: "statement",
    id: "aa-activation",
  });
  desk.move("AA-9", "suspend");
  const { accounts } = statusOf(desk.book, "AA-9", { validAtMs: desk.atMs, knownAtMs: desk.atMs }).axes
    .activation;
  assert.deepEqual(
    accounts.map(({ statement }) => statement.value),
    ["suspended"],
  );
  assert.equal(areaStateOf(desk.book, "AA-9", operator, desk.atMs - 1), "active");
  assert.equal(
    areaStateOf(desk.book, "AA-9", operator, 5),
    "active",
    "the ledger knows no earlier state than the one it opened with",
  );
});

test("F2: on every sequence of moves, ledger, table and the operator's statement say the same at every instant", () => {
  const step = fc.record({ event: fc.constantFrom(...areaEvents), waitMs: fc.integer({ min: 0, max: 2 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 14 }), steps => {
      const desk = new AreaDesk(undefined, false);
      desk.atMs = 100;
      let state: AreaState = "neverActive";
      // The state at the end of each millisecond.
      const history = new Map<number, AreaState>();
      for (const { event, waitMs } of steps) {
        desk.atMs += waitMs;
        const next: AreaState | undefined = areaTransitions[state][event as AreaEvent]?.to;
        const before = JSON.stringify([...desk.book.all("statement"), ...desk.book.all("areaMove")]);
        const ruling = desk.ask("area.move", { area: "AA-9", event, source: "minutes", reason: why });
        assert.equal(ruling.ok, next !== undefined);
        if (!ruling.ok)
          assert.equal(JSON.stringify([...desk.book.all("statement"), ...desk.book.all("areaMove")]), before);
        if (next !== undefined) state = next;
        history.set(desk.atMs, state);
      }
      let expected: AreaState = "neverActive";
      for (let atMs = 99; atMs <= desk.atMs; atMs++) {
        expected = history.get(atMs) ?? expected;
        assert.equal(areaStateOf(desk.book, "AA-9", operator, atMs), expected);
        const { accounts } = statusOf(desk.book, "AA-9", { validAtMs: atMs, knownAtMs: desk.atMs }).axes
          .activation;
        const says = accounts.map(({ statement }) => statement.value);
        const isSilent: boolean =
          ![...history].some(([ms]) => ms <= atMs) || (says.length === 0 && expected === "neverActive");
        assert.deepEqual(says, isSilent ? [] : [expected]);
      }
      const moves = movesOf(desk.book, "AA-9");
      for (const [i, move] of moves.entries()) {
        assert.equal(move.from, i === 0 ? "neverActive" : moves[i - 1]!.to);
        assert.equal(areaTransitions[move.from][move.event]?.to, move.to);
        assert.equal(statementOfMove(move).startsWith("sta_"), true);
      }
    }),
    { numRuns: cases(10_000) },
  );
});
