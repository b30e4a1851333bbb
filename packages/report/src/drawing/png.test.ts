// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { createCanvas, GlobalFonts, loadImage } from "@napi-rs/canvas";
import type { Drawing, Shape } from "./drawing.ts";
import { GLYPHS } from "./glyphs.ts";
import { dotsPath, rectanglePath } from "./path-data.ts";
import { drawingToPng, type PngOptions } from "./png.ts";
import { strokeText, textWidth } from "./stroke-text.ts";

/** Draws, encodes, decodes: colour of a CSS pixel as #rrggbb. */
async function pixels(shapes: readonly Shape[], options: PngOptions = {}) {
  const drawing: Drawing = {
    width: 60,
    height: 40,
    title: "t",
    description: "d",
    background: "#ffffff",
    shapes,
  };
  const png = await drawingToPng(drawing, options);
  const image = await loadImage(Buffer.from(png));
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const scale = image.width / 60;
  const { data } = context.getImageData(0, 0, image.width, image.height);
  let inked = 0;
  for (let i = 0; i < data.length; i += 4) if (data[i]! < 128) inked++;
  const at = (x: number, y: number): string => {
    const i = 4 * (Math.floor(y * scale) * image.width + Math.floor(x * scale));
    return `#${[0, 1, 2].map(k => data[i + k]!.toString(16).padStart(2, "0")).join("")}`;
  };
  return { at, png, width: image.width, height: image.height, inked };
}

test("areas, dots, grids and clips land where they are drawn", async () => {
  const { at, width, height } = await pixels(
    [
      { kind: "path", d: rectanglePath(10, 10, 20, 10), fill: "#0072b2" },
      { kind: "path", d: dotsPath([[50, 30]]), stroke: "#d55e00", strokeWidth: 8 },
      {
        kind: "group",
        clip: rectanglePath(0, 30, 5, 10),
        shapes: [{ kind: "path", d: rectanglePath(0, 20, 60, 20), fill: "#009e73" }],
      },
      {
        kind: "grid",
        x: 40,
        y: 0,
        width: 20,
        height: 10,
        columns: 2,
        rows: 1,
        levels: Uint8Array.of(0, 2),
        colours: ["#111111", "#222222"],
      },
    ],
    { scale: 3 },
  );
  assert.deepEqual([width, height], [180, 120]);
  assert.equal(at(20, 15), "#0072b2");
  assert.equal(at(31, 15), "#ffffff");
  assert.equal(at(50, 30), "#d55e00", "one dot alone is drawn");
  assert.equal(at(50, 25), "#ffffff");
  assert.equal(at(2, 35), "#009e73");
  assert.equal(at(8, 35), "#ffffff", "clipped");
  assert.equal(at(2, 25), "#ffffff", "clipped");
  assert.equal(at(45, 5), "#ffffff");
  assert.equal(at(55, 5), "#222222");
});

test("there is text without any font, anchored where it should be", async () => {
  const label = (anchor: "start" | "middle" | "end"): Shape => {
    return { kind: "text", text: "HHH", x: 30, y: 30, size: 12, fill: "#000000", anchor };
  };
  const options = { font: "builtIn", scale: 4 } as const;
  const first = textWidth("H", 12);
  const stem = (5 / 50) * 12;
  for (const [anchor, left] of [
    ["start", 30],
    ["middle", 30 - 1.5 * first],
    ["end", 30 - 3 * first],
  ] as const) {
    const { at } = await pixels([label(anchor)], options);
    for (const letter of [0, 1, 2]) {
      assert.equal(at(left + letter * first + stem, 26), "#000000", `${anchor}, stem of letter ${letter}`);
    }
  }
});

test("same drawing, same bytes; resolution and title are in the file", async () => {
  const shapes: Shape[] = [{ kind: "text", text: "Delay, ms", x: 2, y: 20, size: 11, fill: "#000000" }];
  const one = await pixels(shapes);
  const two = await pixels(shapes);
  assert.deepEqual(one.png, two.png);
  assert.ok(one.inked > 20);
  const file = Buffer.from(one.png);
  const physical = file.indexOf("pHYs");
  assert.equal(file.readUInt32BE(physical + 4), Math.round(192 / 0.0254), "pixels per metre");
  assert.ok(file.includes("Title"));
});

test("a caller's mistakes are named", async () => {
  const drawing: Drawing = {
    width: 4000,
    height: 4000,
    title: "",
    description: "",
    background: "#ffffff",
    shapes: [],
  };
  await assert.rejects(drawingToPng(drawing, { scale: 9 }), /scale/);
  await assert.rejects(drawingToPng(drawing, { scale: 8 }), /out of range/);
  await assert.rejects(drawingToPng({ ...drawing, width: 10 }, { font: Uint8Array.of(1, 2, 3) }), /font/);
});

test("the built-in letters cover ASCII and stay inside their place", () => {
  for (let code = 0x20; code < 0x7f; code++) {
    const character = String.fromCharCode(code);
    const [advance] = GLYPHS[character] ?? assert.fail(`no glyph for ${character}`);
    const d = strokeText(character, 50);
    for (const [, x, y] of d.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)) {
      assert.ok(Number(x) >= -0.5 && Number(x) <= advance + 0.5, `${character} is as wide as its place`);
      assert.ok(Number(y) >= -40 && Number(y) <= 10, `${character} is as high as a line`);
    }
  }
  assert.notEqual(strokeText("Å", 12), strokeText("A", 12), "marks are drawn");
  assert.equal(textWidth("Å", 12), textWidth("A", 12));
  assert.equal(textWidth("km²", 10), textWidth("km", 10) + 0.6 * textWidth("2", 10));
});

test("widths are those of a font with Helvetica's metrics", {
  skip: !GlobalFonts.has("Liberation Sans"),
}, () => {
  const context = createCanvas(1, 1).getContext("2d");
  context.font = '100px "Liberation Sans"';
  for (let code = 0x20; code < 0x7f; code++) {
    const character = String.fromCharCode(code);
    const { width } = context.measureText(character);
    assert.ok(Math.abs(width - textWidth(character, 100)) < 0.35, `${character}: ${width}`);
  }
});
