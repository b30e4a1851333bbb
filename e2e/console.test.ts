// SPDX-License-Identifier: MIT
// Story 8: the console in a real Chromium, by keyboard: the globe draws and moves, the time slider goes where it is sent,
// the log is verified, and every page is accessible.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { artifacts, launch, type Opened, openIn, skip, sky, skyDrawn, violations } from "./console-page.ts";
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

/** Distinct colours in a picture of the map: a blank canvas has one. */
async function coloursOf(page: Page): Promise<number> {
  const png = await sky(page).screenshot();
  return await page.evaluate(
    async bytes => {
      const bitmap = await createImageBitmap(new Blob([Uint8Array.from(bytes)], { type: "image/png" }));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d")!;
      context.drawImage(bitmap, 0, 0);
      const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      const colours = new Set<number>();
      for (let i = 0; i < data.length; i += 4)
        colours.add((data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!);
      return colours.size;
    },
    [...png],
  );
}

test("the globe is drawn, and its satellites move", { skip }, async () => {
  const { page, complaints } = await open("/network");
  const { elements } = await operator.status();
  assert.equal(await skyDrawn(page), elements.satellites);
  const first = await sky(page).screenshot();
  const frame = Number(await sky(page).getAttribute("data-frame"));
  await page.waitForTimeout(6_000);
  assert.ok(Number(await sky(page).getAttribute("data-frame")) > frame, "frames go on");
  const second = await sky(page).screenshot();
  assert.notEqual(first.compare(second), 0, "six seconds later the picture is another");
  assert.ok((await coloursOf(page)) > 500, "the canvas is not blank");
  await page.screenshot({ path: join(artifacts, "network-dark.png") });
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("by keyboard: the time slider goes back, ahead and home; the cell layer says how to switch it on", {
  skip,
}, async () => {
  const { page, complaints } = await open("/network");
  await skyDrawn(page);
  const slider = page.getByRole("slider", { name: "Time shown" });
  const shown = async () => (await slider.getAttribute("aria-valuetext")) ?? "";
  const at = () => new URL(page.url()).searchParams.get("at");
  await slider.focus();
  await page.keyboard.press("ArrowLeft");
  await page.getByText("Shown as of").waitFor();
  const one = Date.parse(at() ?? "");
  assert.equal(new Date(one).getUTCSeconds() % 15, 12, "the address holds the start of a slot");
  assert.match(await shown(), /ago\. Past/);
  await page.keyboard.press("Shift+ArrowLeft");
  await page.waitForFunction(before => !location.search.includes(before), encodeURIComponent(at() ?? ""));
  assert.equal(one - Date.parse(at() ?? ""), 60_000, "with shift one minute");
  const frame = await sky(page).getAttribute("data-frame");
  await page.waitForTimeout(1_500);
  await page.keyboard.press("End");
  await page.getByText("To come, positions only").first().waitFor();
  assert.match(await shown(), /in 15 min/);
  // The sky follows the slider.
  await page.waitForFunction(
    before => Number(document.querySelector("[data-frame]")?.getAttribute("data-frame")) > before,
    Number(frame),
  );
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press("Home");
  await page.getByText("Shown as of").waitFor({ state: "detached" });
  assert.equal(at(), null);

  await page.keyboard.press("c");
  await page.waitForURL(/layer=coverage/);
  await page.locator(".cell-panel").getByText("--planet land").waitFor();
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("the log is verified in the browser", { skip }, async () => {
  const { page, complaints } = await open("/ledger");
  await page
    .getByRole("button", { name: /verify/i })
    .first()
    .press("Enter");
  for (const check of ["entries", "root", "signature"]) {
    await page.locator(`[data-check=${check}][data-state=right]`).waitFor();
  }
  await page.screenshot({ path: join(artifacts, "ledger-dark.png") });
  assert.deepEqual(complaints, []);
  await page.context().close();
});

for (const theme of ["dark", "light"] as const) {
  for (const [width, height] of [
    [1280, 800],
    [390, 844],
  ] as const) {
    test(`every page is accessible: ${theme}, ${width} px`, { skip }, async () => {
      // One person goes from page to page.
      const context = await browser.newContext({ viewport: { width, height } });
      for (const path of ["/network", "/terminals?t=sevastopol", "/areas", "/ledger"]) {
        const { page, complaints } = await openIn(context, operator.url, path, theme);
        await page.getByRole("heading", { level: 1 }).first().waitFor();
        await page.waitForTimeout(1_500);
        const name = path.split(/[/?]/)[1];
        await page.screenshot({ path: join(artifacts, `${name}-${theme}-${width}.png`) });
        assert.deepEqual(await violations(page), [], path);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `${path}: ${overflow} px wider than the screen`);
        assert.deepEqual(complaints, [], path);
        await page.close();
      }
      await context.close();
    });
  }
}
