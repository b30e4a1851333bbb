// SPDX-License-Identifier: MIT
/// <reference path="./pdfkit.d.ts" />
import { buffer } from "node:stream/consumers";
import type { PageBlock } from "@perigee/casework";
import PDFDocument from "pdfkit";

const MARGIN_PT = 48;
/** A word longer than this has places put into it where a line may end: hashes have none of their own. */
const LONGEST_WORD = 16;

/**
 * Sets a case file's pages as a PDF document, A4. Text is text: nothing of it is read as markup, and nothing in the
 * document acts. The same blocks and instant give the same bytes.
 */
export async function casePdf(
  blocks: readonly PageBlock[],
  { title, operator, asOfMs }: { readonly title: string; readonly operator: string; readonly asOfMs: number },
): Promise<Buffer> {
  const document = new PDFDocument({
    ...{ size: "A4", margin: MARGIN_PT, bufferPages: true, lang: "en" },
    info: { Title: printable(title), Author: printable(operator), CreationDate: new Date(asOfMs) },
  });
  const bytes = buffer(document);
  for (const block of blocks) set(document, block);
  const { start, count } = document.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    document.switchToPage(page);
    // The line stands in the margin, where text would begin a new page.
    document.page.margins.bottom = 0;
    const line = `${printable(title).slice(0, 90)}, page ${page + 1} of ${count}`;
    document.font("Helvetica", 7).text(line, MARGIN_PT, document.page.height - 30, { lineBreak: false });
  }
  document.end();
  return await bytes;
}

function set(document: PDFDocument, block: PageBlock): void {
  switch (block.kind) {
    case "heading":
      document.font("Helvetica-Bold", block.level === 1 ? 16 : 11).text(printable(block.text));
      break;
    case "paragraph":
      document.font("Helvetica", 9).text(printable(block.text));
      break;
    case "list":
      document.font("Helvetica", 8).list(
        block.items.map(item => printable(item)),
        { bulletRadius: 1.5 },
      );
      break;
    case "table": {
      const head = block.columns.map(text => ({ text, font: { src: "Helvetica-Bold", size: 7 } }));
      const rows = block.rows.map(row => row.map(text => breakable(printable(text))));
      document.font("Helvetica", 7).table({
        data: [head, ...rows],
        defaultStyle: { border: 0.5, borderColor: "#bbbbbb", padding: 3 },
      });
    }
  }
  document.moveDown(0.7);
}

/** What the document's font has beyond ASCII and Latin-1: the rest of Windows-1252 (WinAnsiEncoding, ISO 32000-1 annex D). */
const alsoInFont = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";

/** Text in the characters of the font; any other stands as its code point. The file in JSON has them all. */
export function printable(text: string): string {
  return text.normalize("NFC").replaceAll(/[^\x20-\x7e\u00a0-\u00ff]/gu, character => {
    if (alsoInFont.includes(character)) return character;
    return character === "\n" || character === "\t"
      ? " "
      : `[U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}]`;
  });
}

/** Lets long words end a line; an instant ends one before its time of day (RFC 3339, section 5.6, note). */
const breakable = (text: string): string =>
  text
    .replaceAll(/(\d{4}-\d\d-\d\d)T(?=\d\d:)/g, "$1 ")
    .replaceAll(new RegExp(`\\S{${LONGEST_WORD}}(?=\\S)`, "g"), "$& ");
