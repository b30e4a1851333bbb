// SPDX-License-Identifier: MIT
import { getDocumentProxy } from "unpdf";
import type { IntakeResult } from "../model.ts";
import { LIMITS, refused } from "./limits.ts";

/** Text of a page above this is not prose. */
const PAGE_UNITS = 200_000;

/**
 * The text of a PDF, page by page, lines as printed. Scripts, forms, links and fonts of the file are not run or
 * loaded: only the text layer is asked for. A picture of text has none, and the result says so.
 */
export async function pdfText(bytes: Uint8Array, place: string): Promise<IntakeResult<string>> {
  let pdf: Awaited<ReturnType<typeof getDocumentProxy>>;
  try {
    // A copy: the reader takes the buffer for itself.
    pdf = await getDocumentProxy(bytes.slice(), {
      disableFontFace: true,
      useSystemFonts: false,
      disableAutoFetch: true,
      stopAtErrors: true,
      maxImageSize: 1,
      verbosity: 0,
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.slice(0, 120) : "unreadable";
    return refused("BROKEN_FILE", place, `The PDF cannot be opened: ${reason}`);
  }
  try {
    if (pdf.numPages > LIMITS.pdfPages)
      return refused("TOO_MANY", place, `The PDF has ${pdf.numPages} pages; ${LIMITS.pdfPages} are read.`);
    const pages: string[] = [];
    let length = 0;
    for (let n = 1; n <= pdf.numPages; n++) {
      const page = await pdf.getPage(n);
      const { items } = await page.getTextContent();
      let text = "";
      for (const item of items) {
        if (!("str" in item)) continue;
        text += item.hasEOL ? `${item.str}\n` : item.str;
        if (text.length > PAGE_UNITS)
          return refused(
            "TOO_LARGE",
            `${place}, page ${n}`,
            "The page holds more text than a page can show.",
          );
      }
      page.cleanup();
      length += text.length;
      if (length > LIMITS.textUnits)
        return refused("TOO_LARGE", place, `More than ${LIMITS.textUnits} characters.`);
      pages.push(text.trimEnd());
    }
    const text = pages.join("\n");
    return /\p{L}/u.test(text)
      ? { ok: true, value: text }
      : refused("EMPTY", place, "The PDF has no text layer; a picture of a text is not read.");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.slice(0, 120) : "unreadable";
    return refused("BROKEN_FILE", place, `The PDF cannot be read: ${reason}`);
  } finally {
    await pdf.loadingTask.destroy();
  }
}
