// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { calmPolicy, defaultPolicy } from "../policy.ts";
import { parsePolicy } from "./policy-overrides.ts";

test("what is said changes, the rest stays", () => {
  const parsed = parsePolicy(
    '{"scheduler": {"minElevationDeg": 30, "weights": {"contention": 0, "landing": 5}, "keepFirst": true}, "routes": {"laserLayout": "plusGrid"}}',
  );
  assert.ok(parsed.ok);
  assert.deepEqual(parsed.value, {
    ...defaultPolicy,
    routes: { ...defaultPolicy.routes, laserLayout: "plusGrid" },
    scheduler: {
      ...defaultPolicy.scheduler,
      minElevationDeg: 30,
      keepFirst: true,
      weights: { ...defaultPolicy.scheduler.weights, contention: 0, landing: 5 },
    },
  });
  assert.deepEqual(parsePolicy('{"extends": "calm"}'), { ok: true, value: calmPolicy });
});

test("anything else refuses the whole, by the member's path", () => {
  for (const [text, code, place] of [
    ["{", "format", "text"],
    ["[]", "format", "text"],
    ['{"extends": "best"}', "unknown", "extends"],
    ['{"sheduler": {}}', "unknown", "sheduler"],
    ['{"scheduler": 3}', "format", "scheduler"],
    ['{"scheduler": {"minElevationDeg": 91}}', "range", "scheduler.minElevationDeg"],
    ['{"scheduler": {"minElevationDeg": "30"}}', "format", "scheduler.minElevationDeg"],
    ['{"scheduler": {"beams": {"colours": 2.5}}}', "range", "scheduler.beams.colours"],
    ['{"scheduler": {"beams": {"generations": []}}}', "unknown", "scheduler.beams.generations"],
    ['{"routes": {"laserLayout": "star"}}', "range", "routes.laserLayout"],
    ['{"routes": {"keepContacts": 1}}', "format", "routes.keepContacts"],
    ['{"__proto__": {"a": 1}}', "unknown", "__proto__"],
    ['{"link": {"constructor": 1}}', "unknown", "link.constructor"],
    [`{"x": "${"y".repeat(70_000)}"}`, "tooLarge", "text"],
  ] as const) {
    const parsed = parsePolicy(text);
    assert.ok(!parsed.ok, text.slice(0, 60));
    assert.deepEqual([parsed.error.code, parsed.error.place], [code, place]);
  }
});
