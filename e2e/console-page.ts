// SPDX-License-Identifier: MIT
// A real Chromium with the console in it, for the stories that look at it.
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { root } from "./operator-process.ts";

const CHROMIUM = "/usr/bin/chromium";
/** Why stories with a browser are skipped here, or `false`. */
export const skip = existsSync(CHROMIUM)
  ? false
  : `there is no ${CHROMIUM}; \`apt-get install chromium\` brings it`;
/** Where pictures of the pages go. */
export const artifacts = join(root, "e2e/artifacts");
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** Software WebGL on a busy machine needs seconds for its first frames. */
const PATIENCE_MS = 60_000;

export async function launch(): Promise<Browser> {
  mkdirSync(artifacts, { recursive: true });
  return await chromium.launch({
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
}

export interface Opened {
  readonly page: Page;
  /** Whatever the browser complained about, and every request that left the operator. */
  readonly complaints: string[];
}

/** Opens a page of the operator at `url` in a window of a person who has, or has not, been there before. */
export async function openIn(
  context: BrowserContext,
  url: string,
  path: string,
  theme: "dark" | "light" = "dark",
): Promise<Opened> {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  page.on("pageerror", error => complaints.push(error.message));
  page.on("console", message => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("request", request => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== url && protocol !== "data:" && protocol !== "blob:")
      complaints.push(`left the operator: ${request.url()}`);
  });
  // Dark is the default whatever the system says; light is a choice that the browser remembers.
  if (theme === "light") await page.addInitScript(() => localStorage.setItem("perigee.theme", "light"));
  await page.goto(url + path);
  return { page, complaints };
}

/** What axe finds wrong with a page. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations: found } = await axe.run();
    return found.map(v => `${v.id}: ${v.nodes.map(n => n.html.slice(0, 120)).join(" | ")}`);
  });
}

export const sky = (page: Page) => page.locator("canvas[data-satellites]");

/** Waits until the sky is drawn; gives the number of satellites in it. */
export async function skyDrawn(page: Page): Promise<number> {
  await page.locator('canvas[data-ready="true"]').waitFor({ state: "attached" });
  return Number(await sky(page).getAttribute("data-satellites"));
}
