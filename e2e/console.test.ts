// SPDX-License-Identifier: MIT
// Story 8: the console in a real Chromium, by keyboard: the globe draws and moves, a terminal is chosen, its path and
// round trip are shown, it is suspended through the dialog, and row and map follow within a second.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Browser, chromium, type Page } from "playwright-core";
import { OperatorProcess, root } from "./operator-process.ts";

const CHROMIUM = "/usr/bin/chromium";
const skip = existsSync(CHROMIUM) ? false : `there is no ${CHROMIUM}; \`apt-get install chromium\` brings it`;
const artifacts = join(root, "e2e/artifacts");
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** Software WebGL on a busy machine needs seconds for its first frames. */
const PATIENCE_MS = 60_000;

let operator: OperatorProcess;
let browser: Browser;

before(async () => {
  if (skip) return;
  mkdirSync(artifacts, { recursive: true });
  operator = await OperatorProcess.start();
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--no-sandbox",
      "--use-gl=angle",
      "--use-angle=swiftshader",
      "--enable-unsafe-swiftshader",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
});
after(async () => {
  await browser?.close();
  await operator?.[Symbol.asyncDispose]();
});

interface Opened {
  readonly page: Page;
  /** Whatever the browser complained about, and every request that left the operator. */
  readonly complaints: string[];
}

async function open(
  path: string,
  options: { theme?: "dark" | "light"; width?: number; height?: number } = {},
): Promise<Opened> {
  const { theme = "dark", width = 1280, height = 800 } = options;
  const context = await browser.newContext({ viewport: { width, height } });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  page.on("pageerror", error => complaints.push(error.message));
  page.on("console", message => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("request", request => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== operator.url && protocol !== "data:" && protocol !== "blob:")
      complaints.push(`left the operator: ${request.url()}`);
  });
  // Dark is the default whatever the system says; light is a choice that the browser remembers.
  if (theme === "light") await page.addInitScript(() => localStorage.setItem("perigee.theme", "light"));
  await page.goto(operator.url + path);
  return { page, complaints };
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations: found } = await axe.run();
    return found.map(v => `${v.id}: ${v.nodes.map(n => n.html.slice(0, 120)).join(" | ")}`);
  });
}

const sky = (page: Page) => page.locator("canvas[data-satellites]");

/** Waits until the sky is drawn; gives the number of satellites in it. */
async function skyDrawn(page: Page): Promise<number> {
  await page.locator('canvas[data-ready="true"]').waitFor({ state: "attached" });
  return Number(await sky(page).getAttribute("data-satellites"));
}

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
  for (let i = 0; i < 12 && !(await row.evaluate(element => element === document.activeElement)); i++) {
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
  await dialog.getByLabel("Officer who decides").fill("C. Onsole");
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
  await dialog.getByLabel("Officer who decides").fill("C. Onsole");
  await dialog.getByLabel("Ground").fill("The story goes on as before.");
  await dialog.getByRole("button", { name: "Restore 1 terminal" }).press("Enter");
  await row.getByText(/allowed/i).waitFor({ timeout: 5_000 });
  assert.equal((await operator.terminal("kyiv")).admission?.reason, "ALLOW");
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

test("the planet's coverage is drawn, and a satellite's beams", { skip }, async () => {
  await using planned = await OperatorProcess.start({ planet: "land" });
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  page.setDefaultTimeout(180_000);
  await page.goto(`${planned.url}/network?layer=coverage`);
  const coarse = page.locator('[data-coarse-cells]:not([data-coarse-cells="0"])');
  await coarse.waitFor({ state: "attached" });
  const parents = Number(await coarse.getAttribute("data-coarse-cells"));
  assert.ok(parents > 12_000 && parents < 20_000, `all land has ${parents} parents of resolution 3`);
  await page.getByRole("rowheader", { name: "Not permitted or sold out" }).waitFor();

  const { cells } = (await (await fetch(`${planned.url}/v1/planet/cells?parent=821e67fffffffff`)).json()) as {
    cells: { satellite: { catalogNumber: number } | null }[];
  };
  const serving = cells.find(({ satellite }) => satellite !== null)?.satellite?.catalogNumber;
  await page.goto(`${planned.url}/network?layer=coverage&sat=${serving}`);
  await page.locator('[data-beams-cells]:not([data-beams-cells="0"])').waitFor({ state: "attached" });
  await page.getByRole("heading", { name: /^Beams of/ }).waitFor();
  await page.screenshot({ path: join(artifacts, "beams-dark.png") });
  assert.deepEqual(await violations(page), []);
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
      for (const path of ["/network", "/terminals?t=sevastopol", "/areas", "/ledger"]) {
        const { page, complaints } = await open(path, { theme, width, height });
        await page.getByRole("heading", { level: 1 }).first().waitFor();
        await page.waitForTimeout(1_500);
        const name = path.split(/[/?]/)[1];
        await page.screenshot({ path: join(artifacts, `${name}-${theme}-${width}.png`) });
        assert.deepEqual(await violations(page), [], path);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `${path}: ${overflow} px wider than the screen`);
        assert.deepEqual(complaints, [], path);
        await page.context().close();
      }
    });
  }
}
