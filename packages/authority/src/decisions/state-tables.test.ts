// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { decisionMachines } from "./state-tables.ts";

// Every arrow once more, written by hand from what is meant: an arrow that is added or lost must be meant twice.
const arrows: { readonly [noun: string]: string } = {
  proposal: `
    open approve open
    open approveLast carriedOut
    open expire expired
    open refuse refused
    open withdraw withdrawn`,
  bulkOrder: `
    canary confirm complete
    canary rollBack rolledBack
    canary sampleFailed rolledBack
    canary siteFound stopped
    canary stop stopped
    complete rollBack rolledBack
    stopped look canary
    stopped rollBack rolledBack`,
  breakGlass: `
    ended review reviewed
    ended reviewAgainst reviewed
    inForce end ended
    inForce review reviewed
    inForce reviewAgainst reviewed
    reviewed end reviewed`,
  appeal: `
    open reverse reversed
    open uphold upheld
    open withdraw withdrawn`,
  allowListApplication: `
    approved revoke revoked
    inReview approve approved
    inReview refuse refused
    received approve approved
    received refuse refused
    refused reverse approved
    revoked reverse approved`,
};

for (const [noun, { begins, states, transitions }] of Object.entries(decisionMachines)) {
  test(`${noun}: the table has the arrows that are meant, and each state and arrow has its sentence`, () => {
    const rows = Object.entries(transitions).flatMap(([from, row]) =>
      Object.entries(row).map(([event, transition]) => ({ from, event, transition: transition! })),
    );
    assert.deepEqual(
      rows.map(({ from, event, transition }) => `${from} ${event} ${transition.to}`).toSorted(),
      arrows[noun]!.trim().split(/\n\s*/),
    );
    for (const { transition } of rows) assert.match(transition.sentence, /^[A-Z].*\.$/);
    for (const sentence of Object.values(states)) assert.match(sentence, /^[A-Z].*\.$/);
    const reached = new Set(begins);
    for (let size = 0; size !== reached.size; ) {
      size = reached.size;
      for (const { from, transition } of rows) if (reached.has(from)) reached.add(transition.to);
    }
    assert.deepEqual([...reached].sort(), Object.keys(states).sort(), "no state is out of reach");
    assert.deepEqual(Object.keys(transitions).sort(), Object.keys(states).sort());
  });
}
