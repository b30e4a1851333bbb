// SPDX-License-Identifier: MIT
import { LIMITS } from "../documents/limits.ts";
import type { ReadDocument, Speaker, Statement, TextRange } from "../model.ts";
import { LINE_UNITS } from "../tables/pattern.ts";
import { type Attribution, attributionsOf } from "./attribution.ts";
import { type Cast, castOf } from "./cast.ts";
import { datingWords, resolveSaidOn } from "./said-on.ts";
import { type QuoteSpan, scanQuotes } from "./scan-quotes.ts";
import { sentencesOf } from "./sentences.ts";
import { type SpeechRules, speechRules } from "./speech-rules.ts";
import { type SpeechTable, speechTable } from "./speech-table.ts";
import { type Token, tokensOf } from "./tokens.ts";

/** How statements are read. */
export interface StatementOptions {
  /** Default: {@link speechTable}. */
  readonly speech?: SpeechTable;
}

interface Sentence extends TextRange {
  readonly paragraph: number;
  readonly tokens: readonly Token[];
}

/** What an attribution says, with its sentence's date and channel: shared by all the units of a quotation. */
interface Source {
  readonly speaker: Speaker | null;
  readonly via: readonly Speaker[];
  readonly channel: string | null;
  readonly saidOnWords: string | null;
  readonly verb: string | null;
  readonly stance: Statement["stance"];
  readonly why: readonly string[];
}

const NOBODY: Source = {
  speaker: null,
  via: [],
  channel: null,
  saidOnWords: null,
  verb: null,
  stance: "asserts",
  why: ["nobody is named as the speaker"],
};
/** Verbs that take an object, not a clause: they attribute quoted words only. */
const QUOTES_ONLY = new Set(
  "called described read hailed praised condemned criticised criticized blamed pointed recalled accused urged granted charged posted continued shouted quoted".split(
    " ",
  ),
);
const OTHER_TONGUE =
  /\b(in|into) (Russian|Ukrainian|French|German|Spanish|Portuguese|Italian|Arabic|Persian|Farsi|Chinese|Mandarin|Japanese|Korean|Turkish|Hebrew|Polish|Dari|Pashto|Hindi|Urdu|Greek|Serbian|Burmese|Swahili|Amharic|Norwegian|Swedish|Danish|Finnish|Icelandic|Dutch|Czech|Hungarian|Romanian)\b|\b(through|via|with) (an? )?(interpreter|translator)\b|\btranslat(ed|ion|or)\b/i;

/**
 * The statements of a document in reading order: each sentence or fragment in quotation marks (names in marks
 * are none), and each sentence of reported speech. Headlines, captions, page furniture, promotions and notices
 * are never read. A document in another language has none.
 *
 * What a quotation says is attributed by the sentence it stands in, then by its other parts, then by what comes
 * before it; the steps are in `why`. `fidelity` is what one document can tell: `linkQuotes` knows more.
 */
export function statementsOf(read: ReadDocument, options: StatementOptions = {}): readonly Statement[] {
  if (read.language !== "en" && read.language !== "und") return [];
  const rules = speechRules(options.speech ?? speechTable);
  const { text, id } = read.document;
  const paragraphs = read.passages.filter(({ kind }) => kind === "paragraph" || kind === "listItem");
  const spans = scanQuotes(text, paragraphs);
  const sentences = sentencesWith(text, paragraphs, spans);
  const cast = castOf(
    sentences.map(({ tokens }) => tokens),
    rules,
  );
  const drafts: Omit<Statement, "id">[] = [];
  /** Attribution of a run of spans, once known. */
  const byRun = new Map<number, Source>();
  let lastDirect: { source: Source; paragraph: number } | null = null;
  let announced: Source | null = null;
  /** Parts of a quotation read before the paragraph that names its speaker. */
  const orphans: { draft: number; run: number }[] = [];
  /** When each speaker was last dated: what is said next, in the same or the next paragraph, was said then too. */
  const occasions = new Map<string, { words: string; paragraph: number }>();
  const onOccasion = (source: Source, paragraph: number, isPerfect: boolean): Source => {
    const name = source.speaker?.name;
    if (name === undefined) return source;
    if (source.saidOnWords !== null) {
      occasions.set(name, { words: source.saidOnWords, paragraph });
      return source;
    }
    const last = occasions.get(name);
    // "has said" is another occasion.
    if (last === undefined || isPerfect || paragraph - last.paragraph > 1) return source;
    last.paragraph = paragraph;
    return {
      ...source,
      saidOnWords: last.words,
      why: [...source.why, `no day of its own: the occasion of the statement before, “${last.words}”`],
    };
  };

  for (const sentence of sentences) {
    if (drafts.length >= LIMITS.statements) break;
    const { tokens } = sentence;
    cast.enter(tokens);
    const attributions = attributionsOf(tokens, rules);
    const sources = new Map<Attribution, Source>();
    // In reading order, so that "he" in the second half finds the name in the first.
    for (const a of attributions) {
      const isPerfect = /^(has|have|had)$/.test(tokens[a.verbAt - 1]?.low ?? "");
      sources.set(
        a,
        onOccasion(sourceOf(text, sentence, a, attributions, cast, rules), sentence.paragraph, isPerfect),
      );
    }
    const quotes = tokens.map((t, i) => ({ t, i })).filter(({ t }) => t.kind === "quote");
    const used = new Set<Attribution>();
    let previous: { i: number; draft: number; source: Source } | null = null;
    for (const { t, i } of quotes) {
      const span = spans[t.span]!;
      const chosen = attributionFor(tokens, i, attributions);
      let source: Source;
      if (chosen !== null) {
        used.add(chosen);
        source = withOuter(chosen, attributions, sources, tokens);
      } else if (byRun.has(span.run)) {
        source = byRun.get(span.run)!;
      } else if (announced !== null) {
        source = { ...announced, why: [...announced.why, "announced by a colon in the sentence before"] };
      } else if (lastDirect !== null && isBare(tokens) && sentence.paragraph - lastDirect.paragraph <= 1) {
        source = {
          ...lastDirect.source,
          why: [
            `a quotation without a speaker of its own goes on from the one before: ${lastDirect.source.speaker?.name ?? "nobody named"}`,
          ],
        };
      } else if (isBare(tokens)) {
        const ahead = sourceAhead(sentence);
        source = ahead ?? NOBODY;
      } else source = NOBODY;
      if (source.speaker !== null) cast.spoke(source.speaker);
      if ((byRun.get(span.run)?.speaker ?? null) === null) byRun.set(span.run, source);
      lastDirect = { source, paragraph: sentence.paragraph };
      const units = unitsOf(text, span);
      for (const [u, unit] of units.entries()) {
        const joins =
          u === 0 &&
          previous !== null &&
          isInterrupted(tokens, previous.i, i, drafts[previous.draft]!, text[unit.from] ?? "");
        if (joins && previous !== null) {
          const before = drafts[previous.draft]!;
          drafts[previous.draft] = {
            ...before,
            range: { from: before.range.from, to: unit.to },
            quoteRanges: [...before.quoteRanges, unit],
            text: `${before.text} ${squeezed(text.slice(unit.from, unit.to))}`,
            why: [...before.why, "the attribution stands inside the sentence"],
          };
          continue;
        }
        if (source.speaker === null) orphans.push({ draft: drafts.length, run: span.run });
        drafts.push(directDraft(read, unit, sentence, source, span, rules));
      }
      previous = { i, draft: drafts.length - 1, source };
    }
    for (const a of attributions) {
      const source = sources.get(a)!;
      if (source.speaker !== null && a.form !== "phrase") cast.spoke(source.speaker);
      const content = reportedContent(sentence, a, attributions, used, rules);
      if (content === null) continue;
      drafts.push({
        documentId: id,
        range: content,
        sentence: { from: sentence.from, to: sentence.to },
        quoteRanges: quotes
          .map(({ t }) => spans[t.span]!.inner)
          .filter(inner => inner.from >= content.from && inner.to <= content.to),
        text: squeezed(text.slice(content.from, content.to)),
        direct: false,
        speaker: source.speaker,
        via: viaOf(a, attributions, sources, tokens),
        channel: source.channel,
        saidOnWords: source.saidOnWords,
        saidOn: source.saidOnWords === null ? null : resolveSaidOn(source.saidOnWords, read.published),
        verb: source.verb,
        stance: source.stance,
        qualifier:
          rules.qualifier.exec(
            text.slice(content.from, Math.min(content.to, content.from + LINE_UNITS)),
          )?.[0] ?? null,
        fidelity: "indirect",
        quoteGroup: null,
        why: source.why,
      });
    }
    const colon = tokens[tokens.length - 1]?.text === ":";
    const last = attributions[attributions.length - 1];
    announced = colon && last !== undefined ? sources.get(last)! : null;
  }
  for (const { draft, run } of orphans) {
    const source = byRun.get(run);
    const before = drafts[draft]!;
    if (source === undefined || source.speaker === null) continue;
    const { speaker, via, channel, saidOnWords, verb, stance } = source;
    const saidOn = saidOnWords === null ? null : resolveSaidOn(saidOnWords, read.published);
    const why = [...source.why, "the quotation goes on to the paragraph that names its speaker"];
    drafts[draft] = { ...before, speaker, via, channel, saidOnWords, saidOn, verb, stance, why };
  }
  return drafts
    .sort(
      (a, b) => a.range.from - b.range.from || Number(b.direct) - Number(a.direct) || a.range.to - b.range.to,
    )
    .map((draft, n) => ({ id: `${id}#${n + 1}`, ...draft }));

  /** A report may open with the words and name the speaker in the next sentence: “…” That is how X put it. */
  function sourceAhead(sentence: Sentence): Source | null {
    const next = sentences[sentences.indexOf(sentence) + 1];
    if (next === undefined || next.paragraph !== sentence.paragraph) return null;
    const found = attributionsOf(next.tokens, rules).find(a => a.form !== "phrase");
    if (found === undefined || next.tokens[0]?.kind !== "quote") return null;
    const source = sourceOf(text, next, found, [found], cast, rules);
    return { ...source, why: [...source.why, "named in the sentence after"] };
  }
}

function sentencesWith(
  text: string,
  paragraphs: readonly TextRange[],
  spans: readonly QuoteSpan[],
): Sentence[] {
  const sentences: Sentence[] = [];
  let s = 0;
  for (const [p, paragraph] of paragraphs.entries()) {
    while (s < spans.length && spans[s]!.paragraph < p) s++;
    const first = s;
    let k = first;
    const isOpaque = (at: number) => {
      while (k < spans.length && spans[k]!.outer.to <= at) k++;
      const span = spans[k];
      if (span === undefined || at < span.outer.from) return false;
      // The last character inside may end the outer sentence too, by the marks that close it.
      return at < span.outer.to && !endsOuter(text, span, at, paragraph.to);
    };
    let at = first;
    for (const range of sentencesOf(text, paragraph, isOpaque)) {
      while (at < spans.length && spans[at]!.outer.to <= range.from) at++;
      sentences.push({ ...range, paragraph: p, tokens: tokensOf(text, range, spans, at) });
    }
  }
  return sentences;
}

/** Whether the quotation's own final stop ends the sentence around it: nothing but a new sentence follows. */
function endsOuter(text: string, span: QuoteSpan, at: number, to: number): boolean {
  const { inner, outer } = span;
  if (at < inner.to - 1 || !/[.!?…]/.test(text[inner.to - 1] ?? "")) return false;
  const rest = text.slice(outer.to, Math.min(to, outer.to + 90));
  if (/^\s*$/.test(rest)) return true;
  if (!/^\s+["“‘«„(]?[\p{Lu}\p{N}]/u.test(rest) && !/^\s+["“‘«„]/.test(rest)) return false;
  if (text[inner.to - 1] === ".") return true;
  // “Are you ready?” Ms Lee asked: the name and a verb of speech still belong to it.
  return !/^\s+(?:\p{Lu}[\p{L}.'’-]*\s+){1,4}(?:said|asked|told|wrote|added|shouted|replied|says|asks)\b/u.test(
    rest,
  );
}

/** Only quotations, and what joins them. */
function isBare(tokens: readonly Token[]): boolean {
  return tokens.every(t => t.kind !== "word" || /^(and|but)$/.test(t.low));
}

function squeezed(words: string): string {
  return words.replace(/\s+/g, " ").trim();
}

/** The sentences, or the fragment, inside the marks. */
function unitsOf(text: string, span: QuoteSpan): TextRange[] {
  return sentencesOf(text, span.inner).filter(({ from, to }) => /[\p{L}\p{N}]/u.test(text.slice(from, to)));
}

/** `"I came," he said, "and saw."`: one sentence, which the attribution interrupts. */
function isInterrupted(
  tokens: readonly Token[],
  first: number,
  second: number,
  before: Omit<Statement, "id">,
  head: string,
): boolean {
  const between = tokens.slice(first + 1, second);
  return (
    /[,—–-]$/.test(before.text) &&
    between[between.length - 1]?.text === "," &&
    between.length <= 14 &&
    !between.some(t => /^(and|but|that)$/.test(t.low)) &&
    /\p{Ll}/u.test(head)
  );
}

function directDraft(
  read: ReadDocument,
  unit: TextRange,
  sentence: Sentence,
  source: Source,
  span: QuoteSpan,
  rules: SpeechRules,
): Omit<Statement, "id"> {
  const { text, id } = read.document;
  const words = squeezed(text.slice(unit.from, unit.to));
  const around = `${text.slice(sentence.from, span.outer.from)} ${text.slice(span.outer.to, sentence.to)}`;
  const why = [...source.why];
  if (!span.closed) why.push("the closing mark is missing; the paragraph's end was taken for it");
  const tongue = OTHER_TONGUE.exec(around);
  const whole = isWhole(words, text[span.outer.to] ?? "");
  if (tongue !== null) why.push(`said in another language: “${tongue[0]}”`);
  else if (!whole) why.push("a fragment of what was said");
  return {
    documentId: id,
    range: unit,
    sentence: { from: sentence.from, to: sentence.to },
    quoteRanges: [unit],
    text: words,
    direct: true,
    speaker: source.speaker,
    via: source.via,
    channel: source.channel,
    saidOnWords: source.saidOnWords,
    saidOn: source.saidOnWords === null ? null : resolveSaidOn(source.saidOnWords, read.published),
    verb: source.verb,
    stance: source.stance,
    qualifier: rules.qualifier.exec(words.slice(0, LINE_UNITS))?.[0] ?? null,
    fidelity: tongue !== null ? "translated" : whole && !/…|\.\.\.|\[/.test(words) ? "verbatim" : "partial",
    quoteGroup: null,
    why,
  };
}

/** A whole sentence begins like one and ends like one; a comma stands for the stop before the attribution. */
function isWhole(words: string, after: string): boolean {
  const ends = /[.!?,…—–-]["”’')\]]*$/.test(words) || /[,.;]/.test(after);
  return /^[\p{Lu}\p{N}("“‘]/u.test(words) && ends && words.split(" ").length >= 3;
}

/** Which attribution of the sentence a quotation belongs to. */
function attributionFor(
  tokens: readonly Token[],
  at: number,
  all: readonly Attribution[],
): Attribution | null {
  const before = all.filter(a => a.last < at && a.form !== "phrase").at(-1) ?? null;
  // `said: “…”`, `said, “…”`: nothing stands between the verb and the words.
  if (before !== null) {
    const gap = tokens.slice(before.last + 1, at);
    if (gap.every(t => t.kind === "mark" || t.low === "that")) return before;
    if (tokens[at - 1]?.text === ":") return before;
  }
  const after = all.find(a => a.first > at) ?? null;
  if (after !== null && after.form !== "phrase") {
    const gap = tokens.slice(at + 1, after.first);
    if (gap.every(t => t.kind === "mark" && /^[,—–-]$/.test(t.text))) return after;
    if (gap.length <= 2 && gap.every(t => /^(,|the|a|later|also|then)$/.test(t.low))) return after;
  }
  // The words before the quotation may end a clause of their own: `; ` or a new subject without a verb of speech.
  if (before !== null && !tokens.slice(before.last + 1, at).some(t => t.text === ";")) return before;
  const phrase = all.find(a => a.form === "phrase") ?? null;
  if (phrase !== null) return phrase;
  return after !== null && after.form !== "phrase" && tokens.slice(0, at).every(t => t.kind !== "word")
    ? after
    : null;
}

/** Whether `inner` stands in what `outer` says: its clause, not one set beside it. */
function encloses(outer: Attribution, inner: Attribution, tokens: readonly Token[]): boolean {
  if (outer.last >= inner.first || outer.mention === inner.mention) return false;
  const between = tokens.slice(outer.last + 1, inner.first);
  if (between.some(t => /^(while|but|whereas|after|before|;)$/.test(t.low) || t.kind === "quote"))
    return false;
  return between.length === 0 || between.some(t => /^(that|where|which)$/.test(t.low));
}

function viaOf(
  chosen: Attribution,
  all: readonly Attribution[],
  sources: ReadonlyMap<Attribution, Source>,
  tokens: readonly Token[],
): readonly Speaker[] {
  const via: Speaker[] = [];
  const add = (who: Speaker | null | undefined) => {
    const self = sources.get(chosen)?.speaker?.name;
    if (who !== null && who !== undefined && who.name !== self && !via.some(v => v.name === who.name))
      via.push(who);
  };
  for (const a of [...all].reverse())
    if (a !== chosen && a.form !== "phrase" && encloses(a, chosen, tokens)) add(sources.get(a)?.speaker);
  for (const a of all) if (a !== chosen && a.form === "phrase") add(sources.get(a)?.speaker);
  return via;
}

/** The source of a quotation, with those through whom it came. */
function withOuter(
  chosen: Attribution,
  all: readonly Attribution[],
  sources: ReadonlyMap<Attribution, Source>,
  tokens: readonly Token[],
): Source {
  const own = sources.get(chosen)!;
  const phrase = all.find(a => a.form === "phrase");
  const person = phrase === undefined ? undefined : sources.get(phrase)!.speaker;
  // "According to Ms Lee, the ministry admitted that …": a ministry has no mouth; the words in marks are hers.
  if (
    phrase !== undefined &&
    phrase !== chosen &&
    person?.kind === "person" &&
    own.speaker?.kind !== "person"
  ) {
    const source = sources.get(phrase)!;
    return {
      ...source,
      stance: own.stance,
      verb: source.verb,
      saidOnWords: source.saidOnWords ?? own.saidOnWords,
      channel: source.channel ?? own.channel,
      why: [...source.why, `says what ${own.speaker?.name ?? "somebody"} “${chosen.verb}”`],
    };
  }
  return { ...own, via: viaOf(chosen, all, sources, tokens) };
}

/** Reads the speaker, the day and the channel of one attribution. */
function sourceOf(
  text: string,
  sentence: Sentence,
  a: Attribution,
  all: readonly Attribution[],
  cast: Cast,
  rules: SpeechRules,
): Source {
  const { tokens } = sentence;
  const why: string[] = [];
  const subject = squeezed(text.slice(a.mention.from, a.mention.to));
  why.push(
    a.form === "phrase"
      ? `“${a.verb} ${subject}”`
      : a.form === "inverted"
        ? `“${a.verb} ${subject}”, the verb before its subject`
        : a.form === "participle"
          ? `“${a.verb}”, with the subject “${subject}”`
          : `“${subject} … ${a.verb}”`,
  );
  const speaker = cast.speakerOf(a.mention, why);
  // The attribution's own words: from its clause's beginning to "that", a quotation, or some words on.
  const k = all.indexOf(a);
  const previous = k > 0 ? all[k - 1]! : null;
  let start = previous === null ? 0 : previous.last + 1;
  for (let i = start; i < a.first; i++)
    if (tokens[i]!.kind === "quote" || /^(while|but|that)$/.test(tokens[i]!.low)) start = i + 1;
  let end = a.last + 1;
  const isAfterQuote = tokens.slice(0, a.first).some(t => t.kind === "quote");
  while (end < tokens.length && end - a.last <= (isAfterQuote ? 24 : 14)) {
    const t = tokens[end]!;
    if (t.kind === "quote" || /^(that|while|but|;|:)$/.test(t.low)) break;
    if (!isAfterQuote && end > a.last + 1 && t.text === ",") break;
    end++;
  }
  const from = tokens[start]?.from ?? sentence.from;
  const to = tokens[end - 1]?.to ?? sentence.to;
  // One blank for each, so that offsets hold and expressions need not know of line ends.
  const zone = text.slice(from, Math.max(from, to)).replace(/\s/g, " ");
  const verb = tokens[a.verbAt]!;
  const saidOnWords = a.form === "phrase" ? null : datingWords(zone, verb.from - from);
  const channelZone = `${zone.slice(0, LINE_UNITS)} ${a.mention.form === "utterance" ? a.mention.name : ""}`;
  const channel = rules.anyChannel.test(channelZone)
    ? (rules.channels.find(([, forms]) => forms.some(form => form.test(channelZone)))?.[0] ?? null)
    : null;
  return { speaker, via: [], channel, saidOnWords, verb: a.verb, stance: a.stance, why };
}

/** The clause of reported speech that an attribution has besides quotations, or `null`. */
function reportedContent(
  sentence: Sentence,
  a: Attribution,
  all: readonly Attribution[],
  used: ReadonlySet<Attribution>,
  rules: SpeechRules,
): TextRange | null {
  const { tokens } = sentence;
  if (a.form === "participle" || QUOTES_ONLY.has(tokens[a.verbAt]!.low)) return null;
  const quotesInside = tokens.some(t => t.kind === "quote");
  const k = all.indexOf(a);
  let start = 0;
  let end = tokens.length;
  // Attributions set side by side have each their clause.
  for (let j = k + 1; j < all.length; j++) {
    const cut = clauseBreak(tokens, a.last + 1, all[j]!.first);
    if (cut >= 0 && all[j]!.form !== "phrase") {
      end = cut;
      break;
    }
  }
  for (let j = k - 1; j >= 0; j--) {
    const cut = clauseBreak(tokens, all[j]!.last + 1, a.first);
    if (cut >= 0 && all[j]!.form !== "phrase") {
      start = cut + 1;
      break;
    }
  }
  const count = (from: number, to: number) =>
    tokens.slice(from, to).reduce((n, t) => n + (t.kind === "word" ? 1 : 0), 0);
  if (a.form === "phrase") {
    if (quotesInside || used.size > 0) return null;
    const verbs = all.filter(other => other !== a && other.form !== "phrase");
    if (verbs.length > 0 || count(start, a.first) + count(a.last + 1, end) < 4) return null;
  } else {
    const least = a.stance === "declines" || a.stance === "denies" ? 2 : 3;
    const that = tokens.findIndex((t, i) => i > a.verbAt && i < end && i - a.verbAt < 16 && t.low === "that");
    const quoteAfter = tokens.findIndex((t, i) => i > a.last && i < end && t.kind === "quote");
    const plain = that >= 0 && (quoteAfter < 0 || that < quoteAfter);
    const follows = isAfterWords(tokens, a);
    if (
      plain
        ? count(that + 1, end) < 2
        : quoteAfter >= 0
          ? quoteGap(tokens, a, quoteAfter, end)
          : follows
            ? count(start, a.first) < 3
            : count(a.last + 1, end) < least
    )
      return null;
    // “…,” he said, referring to …: what follows an attribution after a quotation is the reporter's.
    if (!plain && follows && tokens.slice(start, a.first).some(t => t.kind === "quote")) return null;
    if (!plain && quoteAfter >= 0 && !rules.finite.has(tokens[a.verbAt]!.low)) return null;
  }
  const first = tokens[start];
  const last = tokens[end - 1];
  if (first === undefined || last === undefined) return null;
  // A sentence that is longer than what is searched ends, for its statements, where the search does.
  const isAll = end === tokens.length && tokens.length < LIMITS.sentenceTokens;
  return { from: start === 0 ? sentence.from : first.from, to: isAll ? sentence.to : last.to };
}

/** Whether too little stands between verb and quotation to be reported speech of its own. */
function quoteGap(tokens: readonly Token[], a: Attribution, quoteAt: number, end: number): boolean {
  const gap = tokens.slice(a.last + 1, quoteAt);
  if (gap.length === 0 || /^[:,]$/.test(gap[gap.length - 1]!.text)) return true;
  const words = (part: readonly Token[]) => part.filter(t => t.kind === "word").length;
  return words(gap) + words(tokens.slice(quoteAt + 1, end)) < 4;
}

/** `…, he said`: the attribution ends its sentence. */
function isAfterWords(tokens: readonly Token[], a: Attribution): boolean {
  const before = tokens[a.first - 1];
  return a.first >= 1 && (before?.text === "," || before?.kind === "quote");
}

function clauseBreak(tokens: readonly Token[], from: number, to: number): number {
  for (let i = to - 1; i >= from; i--) if (/^(while|but|whereas|after|;)$/.test(tokens[i]!.low)) return i;
  const last = tokens[to - 1];
  return to > from && last?.low === "and" ? to - 1 : -1;
}
