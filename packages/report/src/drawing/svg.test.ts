// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { xmlFault } from "../testing/well-formed-xml.ts";
import type { Drawing, GridShape } from "./drawing.ts";
import { gridRuns } from "./grid-runs.ts";
import { drawingToSvg } from "./svg.ts";

const drawing = (parts: Partial<Drawing>): Drawing => ({
  width: 100,
  height: 50,
  title: "title",
  description: "description",
  background: "#ffffff",
  shapes: [],
  ...parts,
});

test("the checker finds what is not XML", () => {
  for (const bad of [
    "<a>",
    "<a></b>",
    "<a/><b/>",
    '<a x="1" x="2"/>',
    "<a>&</a>",
    "<a>\u0000</a>",
    "<a",
    "x<a/>",
  ]) {
    assert.notEqual(xmlFault(bad), null, bad);
  }
  assert.equal(xmlFault('<a b="&lt;"><c/>text &amp; more</a>'), null);
});

test("any text makes a well-formed file and stays readable in it", () => {
  const text = fc.string({
    unit: fc.constantFrom("<", ">", "&", '"', "'", "a", "é", "\u0000", "\ud800", "😀", "]]>"),
  });
  fc.assert(
    fc.property(text, text, (title, label) => {
      const svg = drawingToSvg(
        drawing({
          title,
          shapes: [
            {
              kind: "text",
              text: label,
              x: 1,
              y: 2,
              size: 10,
              fill: "#000000",
              anchor: "end",
              rotateDeg: 90,
              halo: "#ffffff",
            },
            {
              kind: "group",
              title: label,
              clip: "M0 0h1v1Z",
              shapes: [{ kind: "path", d: "M0 0h1", stroke: "#000000" }],
            },
          ],
        }),
      );
      assert.equal(xmlFault(svg), null, svg);
      const shown = /<text[^>]*>([^<]*)<\/text>/.exec(svg)?.[1] ?? "";
      const plain = shown.replace(
        /&(amp|lt|gt|quot);/g,
        (_, name) => ({ amp: "&", lt: "<", gt: ">", quot: '"' })[String(name)] ?? "",
      );
      assert.equal(plain, label.toWellFormed().replaceAll("\u0000", "\ufffd"));
    }),
  );
});

test("a reader without eyes gets a name and a description", () => {
  const svg = drawingToSvg(drawing({ title: "Delay", description: "From 20 to 30 ms." }));
  assert.match(svg, /^<svg [^>]*role="img"[^>]*aria-labelledby="(\w+)"[^>]*>\n<title id="\1">Delay<\/title>/);
  assert.match(svg, /aria-describedby="(\w+)"[\s\S]*<desc id="\1">From 20 to 30 ms\.<\/desc>/);
});

test("a grid's rectangles cover exactly its cells, each once", () => {
  const shape = fc.record({ columns: fc.integer({ min: 1, max: 12 }), rows: fc.integer({ min: 1, max: 9 }) });
  fc.assert(
    fc.property(
      shape,
      fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 108, maxLength: 108 }),
      (size, levels) => {
        const grid: GridShape = {
          kind: "grid",
          x: 0,
          y: 0,
          width: 1,
          height: 1,
          ...size,
          levels: Uint8Array.from(levels.slice(0, size.columns * size.rows)),
          colours: ["#000001", "#000002", "#000003"],
        };
        const painted = new Uint8Array(size.columns * size.rows);
        gridRuns(grid).forEach((d, i) => {
          for (const [, x, y, width, height] of d.matchAll(/M(\d+) (\d+)h(\d+)v(\d+)h-\d+z/g)) {
            for (let row = Number(y); row < Number(y) + Number(height); row++) {
              for (let column = Number(x); column < Number(x) + Number(width); column++) {
                assert.equal(painted[row * size.columns + column], 0, "painted once");
                painted[row * size.columns + column] = i + 1;
              }
            }
          }
        });
        assert.deepEqual(painted, grid.levels);
      },
    ),
  );
});
