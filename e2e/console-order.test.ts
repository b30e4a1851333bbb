// SPDX-License-Identifier: MIT
// Story 8, with an order: a terminal is chosen by keyboard, its path and round trip are shown, it is suspended through
// the dialog, and row and map follow within a second. Judged by the clock, so it has the machine to itself.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { artifacts, launch, type Opened, openIn, skip, skyDrawn, violations } from "./console-page.ts";
import { OperatorProcess } from "./operator-process.ts";

let operator: OperatorProcess;
let browser: Browser;

before(async () => {
  if (skip) return;
  operator = await OperatorProcess.start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await operator?.[Symbol.asyncDispose]();
});

/** For somebody who has never been here. */
const open = async (path: string): Promise<Opened> =>
  openIn(await browser.newContext({ viewport: { width: 1280, height: 800 } }), operator.url, path);

test("by keyboard: a terminal is chosen, its path and round trip shown, suspended and restored", {
  skip,
}, async () => {
  const { page, complaints } = await open("/network");
  await skyDrawn(page);
  await page.locator("body").press("g");
  await page.locator("body").press("t");
  const grid = page.getByRole("grid", { name: /terminals/i });
  await grid.waitFor();
  // By class, not by role: while a dialog is open, everything behind it is hidden from assistive technology.
  const row = page.locator(".grid-row").filter({ hasText: "kyiv" });
  // Tab into the table, then down with the arrow until the row has the focus.
  await grid.locator('[role=row][tabindex="0"]').focus();
  for (let i = 0; i < 40 && !(await row.evaluate(element => element === document.activeElement)); i++) {
    await page.keyboard.press("ArrowDown");
    await page.waitForTimeout(60);
  }
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Path" }).waitFor();
  assert.match(page.url(), /[?&]t=kyiv\b/, "the selection is in the address");
  const link = await operator.link("kyiv");
  const path = page.getByRole("region", { name: "Path" });
  const text = (await path.textContent()) ?? "";
  assert.match(text, /ms/);
  assert.ok(text.includes(link.pop.city) || text.includes(link.gateway.name), text);
  await page
    .getByText(/ms round trip/)
    .first()
    .waitFor();
  await page.screenshot({ path: join(artifacts, "terminal-dark.png") });

  await page.getByRole("button", { name: "Suspend…" }).press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  assert.equal((await operator.terminal("kyiv")).state, "active", "closing the dialog does nothing");
  await page.getByRole("button", { name: "Suspend…" }).press("Enter");
  await dialog.getByLabel("Ground").fill("short");
  await dialog.getByRole("button", { name: "Suspend 1 terminal" }).press("Enter");
  assert.equal((await operator.terminal("kyiv")).state, "active", "the dialog asks for a ground");
  await dialog.getByLabel("Ground").fill("The story needs the console to suspend.");
  await dialog.getByLabel("Hours").fill("3");
  await dialog.getByRole("button", { name: "Suspend 1 terminal" }).press("Enter");
  await dialog
    .getByText(/ledger/i)
    .first()
    .waitFor();
  const answered = Date.now();
  await page.locator('[data-refused~="kyiv"]').waitFor({ state: "attached", timeout: 5_000 });
  await row.getByText(/restricted/i).waitFor({ timeout: 5_000 });
  assert.ok(Date.now() - answered < 1_000, "map and row follow within a second");
  await page.screenshot({ path: join(artifacts, "receipt-dark.png") });
  assert.equal((await operator.terminal("kyiv")).admission?.reason, "TERMINAL_SUSPENDED");
  await page.keyboard.press("Escape");
  await page.getByText("TERMINAL_SUSPENDED").first().waitFor();
  await page.screenshot({ path: join(artifacts, "suspended-dark.png") });

  await page.getByRole("button", { name: "Restore…" }).press("Enter");
  await dialog.getByLabel("Ground").fill("The story goes on as before.");
  await dialog.getByRole("button", { name: "Restore 1 terminal" }).press("Enter");
  await row.getByText(/allowed/i).waitFor({ timeout: 5_000 });
  assert.equal((await operator.terminal("kyiv")).admission?.reason, "ALLOW");
  assert.deepEqual(complaints, []);
  await page.context().close();
});
