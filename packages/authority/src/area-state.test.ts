// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type AreaEvent, areaTransition, areaTransitions } from "./area-state.ts";
import { type AreaState, axes } from "./territory.ts";

const events: readonly AreaEvent[] = [
  "refuseRequest",
  "approve",
  "cancel",
  "activate",
  "restrict",
  "unrestrict",
  "suspend",
  "deactivate",
];

/** The same rules told as four facts about an area instead of a table of states. */
class AreaModel {
  approved = false;
  wasEverOn = false;
  power: "off" | "on" | "interrupted" = "off";
  ruled = false;

  get name(): AreaState {
    if (!this.wasEverOn) return this.approved ? "pending" : "neverActive";
    if (this.power === "off") return "withdrawn";
    if (this.power === "interrupted") return "suspended";
    return this.ruled ? "restricted" : "active";
  }

  /** Applies the event, or says `false` and changes nothing. */
  take(event: AreaEvent): boolean {
    const mayStart = this.power !== "on" && (this.approved || this.wasEverOn);
    switch (event) {
      case "refuseRequest":
        return true;
      case "approve":
        if (this.approved || this.wasEverOn) return false;
        this.approved = true;
        return true;
      case "cancel":
        if (!this.approved || this.wasEverOn) return false;
        this.approved = false;
        return true;
      case "activate":
        return mayStart && this.start(false);
      case "restrict":
        return (mayStart || (this.power === "on" && !this.ruled)) && this.start(true);
      case "unrestrict":
        return this.power === "on" && this.ruled && this.start(false);
      case "suspend":
        if (this.power !== "on") return false;
        this.power = "interrupted";
        return true;
      case "deactivate":
        if (this.power === "off") return false;
        this.power = "off";
        return true;
    }
  }

  start(ruled: boolean): true {
    this.wasEverOn = true;
    this.power = "on";
    this.ruled = ruled;
    return true;
  }
}

test("the table and the model agree on every sequence of events", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...events), { maxLength: 40 }), sequence => {
      const model = new AreaModel();
      let state: AreaState = "neverActive";
      for (const event of sequence) {
        const step = areaTransition(state, event);
        assert.equal(step.ok, model.take(event), `${event} in ${state}`);
        if (step.ok) state = step.value.to;
        assert.equal(state, model.name);
      }
    }),
    { numRuns: 500 },
  );
});

test("every state and event of the table is one the axis or the room knows", () => {
  assert.deepEqual(Object.keys(areaTransitions).sort(), Object.keys(axes.activation.values).sort());
  for (const rows of Object.values(areaTransitions)) {
    for (const [event, row] of Object.entries(rows)) {
      assert.ok(events.includes(event as AreaEvent));
      assert.match(row.sentence, /^[A-Z].*\.$/);
    }
  }
});

test("what was never active cannot be switched off", () => {
  for (const state of ["neverActive", "pending"] as const) {
    const step = areaTransition(state, "deactivate");
    assert.equal(step.ok, false);
    if (!step.ok) assert.equal(step.error.code, "illegalAreaTransition");
  }
});

test("a refused request leaves every state as it was", () => {
  for (const state of Object.keys(areaTransitions) as AreaState[]) {
    const step = areaTransition(state, "refuseRequest");
    assert.equal(step.ok && step.value.to, state);
  }
});

test("an area that was once on is never again called never active", () => {
  for (const state of ["active", "restricted", "suspended", "withdrawn"] as const) {
    for (const row of Object.values(areaTransitions[state])) {
      assert.ok(row.to !== "neverActive" && row.to !== "pending");
    }
  }
});
