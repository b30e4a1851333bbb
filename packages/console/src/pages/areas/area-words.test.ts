// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { verdictWords } from "./area-words.ts";

const verdict = (permits: boolean, silence: boolean) => ({ permits, silence, because: [] });

test("silence is told from a statement, and what decides nothing from both", () => {
  assert.equal(verdictWords({ axis: "licence", verdict: verdict(false, true) }).text, "Silent: denies");
  assert.equal(verdictWords({ axis: "legalRegime", verdict: verdict(true, true) }).text, "Silent: permits");
  assert.equal(verdictWords({ axis: "activation", verdict: verdict(false, false) }).text, "Denies");
  assert.equal(verdictWords({ axis: "supply", verdict: verdict(true, false) }).tone, "mute");
});
