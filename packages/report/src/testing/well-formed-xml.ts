// SPDX-License-Identifier: MIT

/**
 * What is wrong with a text as XML, or `null`: a small checker for tests, apart from the writer. Knows elements,
 * attributes in double quotes, text and the five named entities; anything else is an error, which is strict enough for SVG.
 */
export function xmlFault(text: string): string | null {
  const open: string[] = [];
  const ids = new Set<string>();
  let roots = 0;
  const token = /<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|([^<]+)|(<)/gy;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [, closing, name = "", attributes = "", empty, content, stray] = match;
    if (stray !== undefined) return `stray < at ${match.index}`;
    const raw = content ?? attributes;
    if (/&(?!(?:amp|lt|gt|quot|apos);)/.test(raw)) return `bare & at ${match.index}`;
    if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(raw))
      return `bad character at ${match.index}`;
    if (content !== undefined) {
      if (open.length === 0 && content.trim() !== "") return `text outside the root at ${match.index}`;
      continue;
    }
    const names = Array.from(attributes.matchAll(/([\w:.-]+)="/g), found => found[1]);
    if (new Set(names).size !== names.length) return `attribute twice at ${match.index}`;
    const id = /\sid="([^"]*)"/.exec(attributes)?.[1];
    if (id !== undefined && ids.has(id)) return `id ${id} twice`;
    if (id !== undefined) ids.add(id);
    if (closing === "/") {
      if (open.pop() !== name) return `unexpected </${name}> at ${match.index}`;
    } else {
      if (open.length === 0 && ++roots > 1) return "two roots";
      if (empty !== "/") open.push(name);
    }
    if (token.lastIndex === text.length) break;
  }
  for (const reference of text.matchAll(/url\(#([^)]*)\)|aria-(?:labelledby|describedby)="([^"]*)"/g)) {
    const id = reference[1] ?? reference[2] ?? "";
    if (!ids.has(id)) return `no element has the id ${id}`;
  }
  return open.length > 0 ? `<${open.at(-1)}> is not closed` : roots === 1 ? null : "no root";
}
