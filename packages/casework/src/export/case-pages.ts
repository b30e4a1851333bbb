// SPDX-License-Identifier: MIT
import { caseKinds, caseStates, reporterKinds } from "../records.ts";
import type { CaseFile } from "./case-file.ts";

/** A piece of a printed case file, for whoever sets it as PDF or HTML. Plain text throughout: nothing is markup. */
export type PageBlock =
  | { readonly kind: "heading"; readonly level: 1 | 2; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | {
      readonly kind: "table";
      readonly columns: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

/** Rows of a table that are printed; the file itself has all of them. */
const mostRows = 500;

/** What a case file says, for people: in the order in which an oversight body asks. */
export function casePages({ operator, asOfMs, parts, manifest, ledger }: CaseFile): readonly PageBlock[] {
  const {
    case: found,
    reports,
    weights,
    supply,
    evidence,
    findings,
    orders,
    notices,
    appeals,
    clocks,
  } = parts;
  const blocks: PageBlock[] = [
    { kind: "heading", level: 1, text: `Case ${found.id}: ${found.title}` },
    paragraph(`${operator}. As on record at ${instant(asOfMs)}. ${caseKinds[found.kind]}`),
    paragraph(`State: ${found.state}. ${caseStates[found.state]}`),
  ];
  if (found.conclusion !== null) {
    const { verdict, summary, atMs } = found.conclusion;
    blocks.push(paragraph(`Concluded ${verdict} at ${instant(atMs)}: ${summary}`));
  }
  blocks.push(
    ...section(
      "Reports",
      ["Report", "From", "Received", "Acknowledged", "Note"],
      reports.map(({ id, reporter, receivedMs, acknowledgedMs, copyOf, summary }) => [
        id,
        reporter === null ? "(protected)" : reporterKinds[reporter],
        instant(receivedMs),
        acknowledgedMs === null ? "no" : instant(acknowledgedMs),
        copyOf === null ? (summary ?? "") : `Copy of ${copyOf}.`,
      ]),
    ),
    ...section(
      "Claims and their origins",
      ["Predicate", "Origins for it", "Origins against it", "Claims"],
      weights.map(({ predicate, asserting, denying, claims }) => [
        predicate,
        `${asserting.length}: ${asserting.join(", ")}`,
        `${denying.length}: ${denying.join(", ")}`,
        String(claims.length),
      ]),
    ),
    ...section(
      "Supply",
      ["From", "To", "What", "Status", "Claimed by", "Denied by"],
      supply.edges.map(({ from, to, moves, status, claimedBy, deniedBy }) => [
        ...[from, to, moves, status, claimedBy.join(", "), deniedBy.join(", ")],
      ]),
    ),
    ...section(
      "Terminals looked at",
      ["Terminal", "Found by", "Why", "Taken out"],
      found.candidates.map(({ terminalId, by, why, excluded }) => [
        terminalId,
        by,
        why,
        excluded?.reason ?? "no",
      ]),
    ),
    ...section(
      "Patterns seen, each with whom else it fits",
      ["Pattern", "Seen", "Also fits"],
      found.signals.map(({ pattern, text, falsePositives }) => [pattern, text, falsePositives]),
    ),
    ...section(
      "Evidence",
      ["Item", "Title", "SHA-256", "From", "Received", "Steps of custody"],
      evidence.map(({ id, title, sha256, receivedFrom, receivedMs, custody }) => [
        ...[id, title, sha256, receivedFrom, instant(receivedMs), String(custody.length)],
      ]),
    ),
    ...section(
      "Findings",
      ["Finding", "Terminal", "Verdict", "Rests on", "Bound by"],
      findings.map(({ id, terminalId, verdict, basis, identityBinding }) => [
        ...[id, terminalId, verdict, basis.evidence.join(", "), identityBinding?.kind ?? "nothing"],
      ]),
    ),
    ...section(
      "Orders",
      ["Order", "What", "Terminal", "Ground", "Given", "Ended"],
      orders.map(({ id, kind, terminalId, ground, atMs, endedAtMs }) => [
        ...[id, kind, terminalId, ground, instant(atMs), endedAtMs === null ? "no" : instant(endedAtMs)],
      ]),
    ),
    ...section(
      "Notices and appeals",
      ["Notice", "About", "Told", "Appeal"],
      notices.map(({ id, subject, atMs }) => {
        const appeal = appeals.find(({ noticeId }) => noticeId === id);
        return [id, subject, instant(atMs), appeal === undefined ? "none" : `${appeal.id}: ${appeal.state}`];
      }),
    ),
    ...section(
      "Terms",
      ["Term", "About", "Due", "Met"],
      clocks.map(({ clock, subject, dueMs, metMs, state }) => [
        ...[clock, subject, instant(dueMs), metMs === null ? state : `${instant(metMs)} (${state})`],
      ]),
    ),
    ...section(
      "Steps",
      ["At", "Event", "State", "By", "Note"],
      found.steps.map(({ atMs, event, to, by, note }) => [instant(atMs), event, to, by, note]),
    ),
    { kind: "heading", level: 2, text: "How to check this" },
    {
      kind: "list",
      items: [
        ...Object.entries(manifest).map(([name, hash]) => `${name}: SHA-256 ${hash}`),
        ledger === null
          ? "The ledger's bundle is handed over apart."
          : "The ledger's bundle in the file is verified with the operator's public key, without a network.",
      ],
    },
  );
  return blocks;
}

function paragraph(text: string): PageBlock {
  return { kind: "paragraph", text };
}

/** A table under its heading; nothing where it has no rows. */
function section(
  title: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): readonly PageBlock[] {
  if (rows.length === 0) return [];
  const more = rows.length - mostRows;
  return [
    { kind: "heading", level: 2, text: title },
    { kind: "table", columns, rows: rows.slice(0, mostRows) },
    ...(more > 0 ? [paragraph(`And ${more} more, in the file.`)] : []),
  ];
}

function instant(atMs: number): string {
  return new Date(atMs).toISOString();
}
