// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

test("nothing that index.ts reaches imports from Node or from the tests", () => {
  const reached = new Set<string>();
  const visit = (url: URL) => {
    if (reached.has(url.href)) return;
    reached.add(url.href);
    for (const [, from] of readFileSync(url, "utf8").matchAll(
      /^(?:import|export|\}).*? from "([^"]+)";$/gm,
    )) {
      assert.doesNotMatch(from!, /^node:|testing\/|\.test\.ts$/, `${url.pathname} imports ${from}`);
      if (from!.startsWith(".")) visit(new URL(from!, url));
    }
  };
  visit(new URL("./index.ts", import.meta.url));
  assert.ok(reached.size > 20, `${reached.size} files`);
});
