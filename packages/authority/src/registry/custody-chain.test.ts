// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cases } from "../cases.ts";
import { noonMs } from "../fixture.ts";
import { type CustodyEvent, custodySteps } from "./custody.ts";
import { checkChain, custodyOf } from "./custody-chain.ts";
import { Office } from "./office.ts";

function event(
  step: CustodyEvent["step"],
  fromParty: string | null,
  toParty: string | null,
  atMs = 0,
): CustodyEvent {
  const id = `${step} ${fromParty} ${toParty} ${atMs}`;
  return { id, terminalId: "ut", step, atMs, fromParty, toParty, country: null, asserter: "a", source: "s" };
}

test("a chain without a gap has no fault", () => {
  const chain = checkChain([
    event("manufacture", null, "factory"),
    event("sale", "factory", "fund"),
    event("shipment", "fund", "fund"),
    event("donation", "fund", "clinic"),
    event("registration", null, "clinic"),
    event("loss", "clinic", null),
    event("recovery", null, "clinic"),
    event("seizure", "clinic", "police"),
    event("release", "police", "school"),
    event("transfer", "school", "library"),
    event("retirement", "library", null),
  ]);
  assert.deepEqual(chain, { holder: "library", keeper: "library", faults: [] });
});

test("gaps and contradictions are shown, each by its kind", () => {
  const made = event("manufacture", null, "factory");
  const sold = event("sale", "factory", "shop");
  const rows: readonly (readonly [string, readonly CustodyEvent[]])[] = [
    ["beginningUnknown", [sold]],
    ["giverUnknown", [made, event("sale", null, "shop")]],
    ["giverOther", [made, sold, event("transfer", "factory", "buyer")]],
    ["holderUnknown", [event("manufacture", null, null), event("sale", "shop", "buyer")]],
    ["afterTheEnd", [made, sold, event("retirement", "shop", null), event("transfer", "shop", "buyer")]],
    ["madeTwice", [made, event("manufacture", null, "factory")]],
    ["registrantOther", [made, sold, event("registration", null, "buyer")]],
  ];
  for (const [kind, events] of rows) {
    assert.deepEqual(
      checkChain(events).faults.map(fault => fault.kind),
      [kind],
    );
  }
});

test("what somebody says changes no state; a contradiction stands beside the chain", () => {
  const office = new Office();
  const { terminalId, party } = office.inService();
  office.party("stranger");
  const before = office.terminal(terminalId);
  office.atMs += 1000;
  const told = {
    fromParty: "stranger",
    toParty: "stranger",
    country: "CC",
    asserter: "A newspaper",
    source: "page 3",
  };
  office.do("custody.record", { terminalId, step: "transfer", happenedMs: noonMs + 500, ...told });
  assert.deepEqual(office.terminal(terminalId), before);
  const { faults, events, holder } = custodyOf(office.book, terminalId);
  assert.equal(events.length, 4);
  assert.deepEqual(faults.map(fault => fault.kind).sort(), ["giverOther", "recordOther"]);
  assert.equal(holder, "stranger");
  assert.equal(office.terminal(terminalId).holder, party);
  const later = { terminalId, step: "sale", happenedMs: office.atMs + 1, ...told };
  assert.equal(office.refused("custody.record", later), "happensLater");
});

/** Who has it after the events, told once more: only who gave and who got. */
function plainKeeper(events: readonly CustodyEvent[]): string | null {
  let keeper: string | null = null;
  for (const { step, toParty } of events) {
    if (step === "retirement") continue;
    if (step === "registration") keeper = keeper === null ? toParty : keeper;
    else if (step === "loss") keeper = null;
    else if (step === "manufacture" || step === "shipment") keeper = toParty === null ? keeper : toParty;
    else keeper = toParty;
  }
  return keeper;
}

test("chains made link by link have no fault, and a giver put in by force is always seen", () => {
  const name = fc.constantFrom("a", "b", "c");
  const step = fc.constantFrom<CustodyEvent["step"]>(
    "sale",
    "donation",
    "transfer",
    "seizure",
    "release",
    "shipment",
  );
  fc.assert(
    fc.property(
      fc.array(fc.record({ step, to: name }), { minLength: 2, maxLength: 8 }),
      fc.nat(),
      (links, at) => {
        const events = [event("manufacture", null, "factory")];
        for (const { step: each, to } of links)
          events.push(event(each, plainKeeper(events), to, events.length));
        assert.deepEqual(checkChain(events).faults, []);
        assert.equal(checkChain(events).keeper, plainKeeper(events));
        const forged = 1 + (at % links.length);
        const other = events.map((e, i) => (i === forged ? { ...e, fromParty: "nobody else" } : e));
        assert.deepEqual(
          checkChain(other).faults.map(({ kind, eventId }) => [kind, eventId]),
          [["giverOther", events[forged]!.id]],
        );
      },
    ),
    { numRuns: cases(10_000), seed: 5 },
  );
  const any = fc.record({
    step: fc.constantFrom(...(Object.keys(custodySteps) as CustodyEvent["step"][])),
    from: fc.option(name),
    to: fc.option(name),
  });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 8 }), links => {
      const events = links.map(({ step: each, from, to }, i) => event(each, from, to, i));
      assert.equal(checkChain(events).keeper, plainKeeper(events));
    }),
    { numRuns: cases(10_000), seed: 6 },
  );
});
