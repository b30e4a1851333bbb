// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { statementsOf } from "../quotes/statements.ts";
import { cleaned, openDocument } from "./open-document.ts";
import { readDocument } from "./read-document.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const open = (bytes: Uint8Array | string, more: { mediaType?: string; name?: string } = {}) =>
  openDocument({ id: "d", bytes: typeof bytes === "string" ? bytesOf(bytes) : bytes, ...more });
const report =
  "The harbour was closed on Monday after the storm, and the boats stayed out. “We lost two boats,” Anna Berg said.";

async function textOf(bytes: Uint8Array | string, more: { mediaType?: string; name?: string } = {}) {
  const opened = await open(bytes, more);
  assert.ok(opened.ok, opened.ok ? "" : opened.error.message);
  return opened.value;
}

describe("files", () => {
  test("UTF-8, UTF-16 with and without a mark, and Windows-1252 are one text", async () => {
    const utf16 = new Uint8Array(report.length * 2);
    for (let i = 0; i < report.length; i++)
      new DataView(utf16.buffer).setUint16(2 * i, report.charCodeAt(i), true);
    const marked = new Uint8Array([0xff, 0xfe, ...utf16]);
    const latin = Uint8Array.from(report, c => (c === "“" ? 0x93 : c === "”" ? 0x94 : c.charCodeAt(0)));
    for (const bytes of [bytesOf(report), utf16, marked, latin])
      assert.equal((await textOf(bytes)).text, report);
  });

  test("archives, pictures, other binary files, empty and too large ones are refused by name", async () => {
    const code = async (bytes: Uint8Array) => {
      const opened = await open(bytes);
      return opened.ok ? "ok" : opened.error.code;
    };
    assert.equal(await code(gzipSync(new Uint8Array(5_000_000))), "UNSUPPORTED_TYPE");
    assert.equal(await code(new Uint8Array([0x50, 0x4b, 3, 4, 0, 0])), "UNSUPPORTED_TYPE");
    assert.equal(await code(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0])), "UNSUPPORTED_TYPE");
    assert.equal(await code(Uint8Array.from({ length: 4_000 }, (_, i) => (i * 37) % 256)), "NOT_TEXT");
    assert.equal(await code(new Uint8Array(0)), "EMPTY");
    assert.equal(await code(bytesOf(" \n\t ... ")), "EMPTY");
    assert.equal(await code(new Uint8Array(8_000_001).fill(0x61)), "TOO_LARGE");
    assert.equal(await code(new Uint8Array(2_000_001).fill(0x61)), "TOO_LARGE");
    assert.equal(await code(bytesOf("%PDF-1.7\nnothing of the kind")), "BROKEN_FILE");
  });

  test("direction overrides, zero-width and control characters are taken out", async () => {
    const { text } = await textOf("The p\u200bort of \u202eoslO\u202c was clo\u00adsed\u0007, they said.");
    assert.equal(text, "The port of oslO was closed, they said.");
    assert.equal(cleaned("a\r\nb\rc"), "a\nb\nc");
  });
});

/** A PDF of one page with a text layer, written by hand (ISO 32000-1, 7.5 and 9.4). */
function pdfOf(lines: readonly string[]): Uint8Array {
  const shown = lines.map(line => `(${line.replace(/[()\\]/g, "\\$&")}) Tj T*`).join("\n");
  const stream = `BT /F1 12 Tf 14 TL 50 750 Td\n${shown}\nET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let file = "%PDF-1.4\n";
  const at = objects.map((object, i) => {
    const offset = file.length;
    file += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = at.map(offset => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  return bytesOf(
    `${file}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF`,
  );
}

describe("PDF", () => {
  test("its lines are read as paragraphs; a file cut short is refused", async () => {
    const bytes = pdfOf([
      "The harbour was closed on Monday after the storm that came over the",
      "island in the night, and the two boats that were at sea have not been",
      "seen since then by the coastguard or by anybody on the shore below it.",
      '"We lost two boats and we do not know where the crews of them may be",',
      "Anna Berg said.",
    ]);
    const read = readDocument(await textOf(bytes));
    assert.ok(read.ok);
    assert.deepEqual(
      statementsOf(read.value)
        .filter(({ direct }) => direct)
        .map(({ text, speaker }) => [text, speaker?.name]),
      [["We lost two boats and we do not know where the crews of them may be", "Anna Berg"]],
    );
    const cut = await open(bytes.subarray(0, 60));
    assert.ok(!cut.ok && cut.error.code === "BROKEN_FILE");
  });
});

describe("pages", () => {
  const page = `<!doctype html><html lang="en-GB"><head><title>Storm & harbour</title>
<meta property="article:published_time" content="2031-02-04T10:00:00Z"><meta property="og:site_name" content="Quay News">
<script>document.write("“Injected,” Mallory said.")</script><style>p::before{content:"“styled,” he said"}</style></head>
<body><nav><ul><li>Home<li>“Menu,” she said.</ul></nav><article><h1>“Never again”, says skipper</h1>
<p>The harbour was closed on Monday after the storm.<p>“We lost two boats,” <b>Anna&nbsp;Berg</b> said on Tuesday.
<figure><figcaption>“Look,” the crew said. Photo: Eva Holm</figcaption></figure>
<p hidden>“Hidden,” Bob Moss said.</p></article><aside>“Buy now,” a seller said.</aside>
<footer>“Legal,” they said. © 2031</footer></body></html>`;

  test("markup is read as text with its kinds; scripts, styles and hidden parts never are", async () => {
    const read = readDocument(await textOf(page));
    assert.ok(read.ok);
    const { published, publisher, passages, document } = read.value;
    assert.equal(published?.from, "2031-02-04");
    assert.equal(publisher, "Quay News");
    const statements = statementsOf(read.value).filter(({ direct }) => direct);
    assert.deepEqual(
      statements.map(({ text, speaker, saidOn }) => [text, speaker?.name, saidOn?.from]),
      [["We lost two boats,", "Anna Berg", "2031-02-04"]],
    );
    for (const words of ["Injected", "styled", "Hidden"]) assert.ok(!document.text.includes(words), words);
    const kindOf = (words: string) =>
      passages.find(({ from, to }) => document.text.slice(from, to).includes(words))?.kind;
    assert.equal(kindOf("Menu"), "furniture");
    assert.equal(kindOf("Never again"), "headline");
    assert.equal(kindOf("Look"), "caption");
    assert.equal(kindOf("Buy now"), "promotion");
  });

  test("a hundred thousand open tags are read, not climbed", async () => {
    const { text } = await textOf(`<!doctype html>${"<div><b><i>".repeat(100_000)}${report}`);
    assert.equal(text.trim(), report);
  });
});

describe("hostile text", () => {
  const read = (text: string) => {
    const result = readDocument({ id: "d", text, mediaType: "text/plain" });
    assert.ok(result.ok);
    return statementsOf(result.value);
  };

  test("a thousand nested quotations are one, and end", () => {
    const nested = `${"“a ‘b ".repeat(1_000)}c${"’ ”".repeat(1_000)} he said to the people of the town on that day.`;
    assert.ok(read(nested).length <= 2_002);
  });

  test("marks without end, a line of two million characters, and words without end are bounded", () => {
    for (const text of [
      `The day was long. ${"'a ".repeat(300_000)}`,
      `The day was long. ${"“".repeat(500_000)}`,
      `The man said ${"that he said ".repeat(100_000)}`,
      `The ${"a".repeat(1_900_000)} of it was said.`,
      `The ${", said".repeat(200_000)}`,
      `${"The (".repeat(200_000)} said`,
      `${"A. ".repeat(400_000)}`,
      `${"© a ".repeat(400_000)}`,
    ])
      assert.ok(read(text).length <= 20_000);
  });

  test("a document in another language says so and has no statements", () => {
    const text =
      "Der Hafen wurde am Montag nach dem Sturm geschlossen, und die Boote blieben auf See. „Wir haben zwei Boote verloren“, sagte Anna Berg am Dienstag.";
    const result = readDocument({ id: "d", text, mediaType: "text/plain" });
    assert.ok(result.ok);
    assert.equal(result.value.language, "de");
    assert.match(result.value.warnings.join(" "), /another language \(de\)/);
    assert.deepEqual(statementsOf(result.value), []);
    const cyrillic = readDocument({
      id: "d",
      text: "Порт закрыли в понедельник после шторма, сообщили власти.",
      mediaType: "text/plain",
    });
    assert.ok(cyrillic.ok);
    assert.equal(cyrillic.value.language, "ru");
  });
});
