// SPDX-License-Identifier: MIT
import { html, type Token, type TokenHandler, Tokenizer, TokenizerMode } from "parse5";
import type { DeclaredFacts, PassageHint, PassageKind } from "../model.ts";
import { LIMITS } from "./limits.ts";

/** Elements whose text is code or no text of the page. */
const SILENT = new Set(
  "script style noscript template iframe object embed svg math canvas audio video select textarea head title datalist".split(
    " ",
  ),
);
const BLOCK = new Set(
  "address article aside blockquote body br caption dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul button label".split(
    " ",
  ),
);
/** Elements whose text has a kind by itself. */
const KINDS: Readonly<Record<string, PassageKind>> = {
  nav: "furniture",
  footer: "furniture",
  aside: "promotion",
  form: "furniture",
  button: "furniture",
  label: "furniture",
  figcaption: "caption",
  h1: "headline",
  h2: "subhead",
  h3: "subhead",
  h4: "subhead",
  h5: "subhead",
  h6: "subhead",
};
const VOID = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));
/** Words in class and id that pages give to what is no part of a report. */
const BY_CLASS: readonly (readonly [RegExp, PassageKind])[] = [
  [/\b(caption|credit)\b/i, "caption"],
  [/\b(byline|author)\b/i, "byline"],
  [
    /\b(related|recommend(ed|ations)?|promo(tion)?|newsletter|subscribe|sponsor(ed)?|advert(isement)?|most-?read|trending|read-?more)\b/i,
    "promotion",
  ],
  [
    /\b(nav(bar)?|menu|breadcrumbs?|footer|sidebar|share|social|comments?|cookie|toolbar|tags)\b/i,
    "furniture",
  ],
  [/\b(copyright|disclaimer|legal)\b/i, "notice"],
];
/** Elements kept open at once; deeper ones are read as text of the deepest kept. */
const MAX_OPEN = 512;

/** A page as text, with what its markup says of each part. */
export interface HtmlText {
  readonly text: string;
  readonly hints: readonly PassageHint[];
  readonly declared: DeclaredFacts;
}

/**
 * The text of an HTML page: one line for each block. Only the tokenizer runs (HTML Standard, 13.2.5): no tree is
 * built, so that time and memory are linear however elements nest or are left open; nothing in the page is
 * executed, fetched or rendered. Hidden elements are left out.
 */
export function htmlText(source: string): HtmlText {
  const reader = new Reader();
  const tokenizer = new Tokenizer({ sourceCodeLocationInfo: false }, reader);
  reader.tokenizer = tokenizer;
  tokenizer.write(source, true);
  return reader.result();
}

interface Open {
  readonly name: string;
  readonly kind: PassageKind | null;
  readonly why: string;
  readonly silent: boolean;
}

class Reader implements TokenHandler {
  tokenizer: Tokenizer | null = null;
  #parts: string[] = [];
  #length = 0;
  #open: Open[] = [];
  #hints: PassageHint[] = [];
  #hintFrom = -1;
  #hint: Open | null = null;
  #title: string[] | null = null;
  #declared: { -readonly [K in keyof DeclaredFacts]: DeclaredFacts[K] } = {};
  #atLineStart = true;

  onStartTag(tag: Token.TagToken): void {
    const name = tag.tagName;
    const attributes = new Map(tag.attrs.slice(0, LIMITS.attributes).map(({ name, value }) => [name, value]));
    if (this.tokenizer !== null) this.tokenizer.state = modeOf(tag.tagID);
    if (name === "html") this.#declare("language", attributes.get("lang"));
    if (name === "meta") this.#meta(attributes);
    if (name === "link" && attributes.get("rel") === "canonical")
      this.#declare("canonicalUrl", attributes.get("href"));
    if (name === "time" && attributes.has("datetime")) this.#declare("published", attributes.get("datetime"));
    if (name === "title" && this.#declared.title === undefined) this.#title = [];
    if (BLOCK.has(name)) this.#newLine();
    if (VOID.has(name) || tag.selfClosing) return;
    if (name === "p" || name === "li" || name === "tr" || name === "td") this.#implied(name);
    if (this.#open.length >= MAX_OPEN) return;
    const parent = this.#open[this.#open.length - 1];
    const label = `${attributes.get("class") ?? ""} ${attributes.get("id") ?? ""}`.slice(0, 400);
    const byClass =
      name === "body" || name === "html" || name === "article" || name === "main"
        ? undefined
        : BY_CLASS.find(([words]) => words.test(label));
    const own = KINDS[name];
    const hidden =
      attributes.has("hidden") ||
      /display\s*:\s*none|visibility\s*:\s*hidden/i.test(attributes.get("style") ?? "");
    this.#open.push({
      name,
      // A heading in the navigation is navigation.
      kind: parent?.kind ?? own ?? byClass?.[1] ?? null,
      why:
        parent?.kind != null
          ? parent.why
          : own !== undefined
            ? `<${name}>`
            : byClass !== undefined
              ? `<${name}> with “${label.trim()}”`
              : "",
      silent:
        parent?.silent === true || SILENT.has(name) || hidden || attributes.get("aria-hidden") === "true",
    });
    this.#turn();
  }

  onEndTag(tag: Token.TagToken): void {
    const name = tag.tagName;
    if (name === "title" && this.#title !== null) {
      this.#declare("title", this.#title.join("").trim());
      this.#title = null;
    }
    if (BLOCK.has(name)) this.#newLine();
    let k = this.#open.length - 1;
    while (k >= 0 && this.#open[k]!.name !== name) k--;
    if (k < 0) return;
    this.#open.length = k;
    this.#turn();
  }

  onCharacter(token: Token.CharacterToken): void {
    this.#write(token.chars);
  }

  onWhitespaceCharacter(token: Token.CharacterToken): void {
    this.#write(token.chars);
  }

  onNullCharacter(): void {}
  onComment(): void {}
  onDoctype(): void {}
  onEof(): void {
    this.#closeHint();
  }

  result(): HtmlText {
    return { text: this.#parts.join(""), hints: this.#hints, declared: this.#declared };
  }

  #write(chars: string): void {
    if (this.#title !== null) {
      if (this.#title.length < 100) this.#title.push(chars);
      return;
    }
    if (this.#open[this.#open.length - 1]?.silent === true) return;
    let words = chars.replace(/\s+/g, " ");
    if (this.#atLineStart) words = words.trimStart();
    if (words === "") return;
    this.#parts.push(words);
    this.#length += words.length;
    this.#atLineStart = false;
  }

  #newLine(): void {
    if (this.#length === 0 || this.#atLineStart) return;
    this.#parts.push("\n");
    this.#length++;
    this.#atLineStart = true;
  }

  /** `<p>` and `<li>` end an open one of their kind (HTML Standard, 13.1.2.4, optional tags). */
  #implied(name: string): void {
    if (this.#open[this.#open.length - 1]?.name === name) this.#open.pop();
  }

  #turn(): void {
    const top = this.#open[this.#open.length - 1] ?? null;
    const kind = top?.kind ?? null;
    if ((this.#hint?.kind ?? null) === kind && this.#hint?.why === top?.why) return;
    this.#closeHint();
    if (kind !== null && top !== null) {
      this.#hint = top;
      this.#hintFrom = this.#length;
    }
  }

  #closeHint(): void {
    if (this.#hint?.kind != null && this.#length > this.#hintFrom)
      this.#hints.push({
        from: this.#hintFrom,
        to: this.#length,
        kind: this.#hint.kind,
        why: this.#hint.why,
      });
    this.#hint = null;
  }

  #meta(attributes: ReadonlyMap<string, string>): void {
    const name = (
      attributes.get("property") ??
      attributes.get("name") ??
      attributes.get("itemprop") ??
      ""
    ).toLowerCase();
    const content = attributes.get("content");
    if (
      /^(article:published_time|datepublished|date|dc\.date(\.issued)?|pubdate|parsely-pub-date)$/.test(name)
    )
      this.#declare("published", content);
    if (name === "og:site_name") this.#declare("publisher", content);
    if (name === "og:title") this.#declare("title", content);
    if (name === "og:url") this.#declare("canonicalUrl", content);
  }

  /** The first declaration counts. */
  #declare(key: keyof DeclaredFacts, value: string | undefined): void {
    if (value !== undefined && value.trim() !== "" && this.#declared[key] === undefined)
      this.#declared[key] = value.trim().slice(0, 500);
  }
}

/** How the tokenizer must read an element's content when no tree is built (HTML Standard, 13.2.6.2-13.2.6.4). */
function modeOf(id: html.TAG_ID): Tokenizer["state"] {
  switch (id) {
    case html.TAG_ID.TITLE:
    case html.TAG_ID.TEXTAREA:
      return TokenizerMode.RCDATA;
    case html.TAG_ID.STYLE:
    case html.TAG_ID.XMP:
    case html.TAG_ID.IFRAME:
    case html.TAG_ID.NOEMBED:
    case html.TAG_ID.NOFRAMES:
    case html.TAG_ID.NOSCRIPT:
      return TokenizerMode.RAWTEXT;
    case html.TAG_ID.SCRIPT:
      return TokenizerMode.SCRIPT_DATA;
    case html.TAG_ID.PLAINTEXT:
      return TokenizerMode.PLAINTEXT;
    default:
      return TokenizerMode.DATA;
  }
}
