// SPDX-License-Identifier: MIT
// What `perigee case` prints of cases.
import type { CandidateSearchView, CaseSheet, RecommendationView } from "@perigee/operator/contract";
import { printTable } from "../command.ts";

/** Text that strangers wrote, in a terminal: one line, no control characters. */
export function plain(text: string, most = 80): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ");
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}

/** A sheet as a person reads it: what is due, what is said, who is looked at, what may come next. */
export function printSheet(sheet: CaseSheet): void {
  const {
    case: found,
    kind,
    state,
    clocks,
    weights,
    reading,
    candidates,
    evidence,
    findings,
    orders,
  } = sheet;
  console.log(`${found.id}: ${plain(found.title, 200)}`);
  console.log(`${kind.text} ${state.text}`);
  if (sheet.protectedSites.length > 0) {
    const sites = sheet.protectedSites.map(({ id, title, kind: what }) => `${plain(title)} (${what}, ${id})`);
    console.log(`protected sites at or near candidates: ${sites.join("; ")}`);
  }
  for (const { clock, subject, due, state: running } of clocks)
    console.log(`clock ${clock} of ${subject}: ${running}, due ${due}`);
  if (weights.length > 0) {
    console.log("\nclaims; origins are counted, never documents");
    printTable(
      ["predicate", "asserted by", "denied by"],
      weights.map(({ predicate, asserting, denying }) => [
        predicate,
        `${asserting.length}: ${plain(asserting.join(", "), 60)}`,
        `${denying.length}: ${plain(denying.join(", "), 60)}`,
      ]),
    );
  }
  for (const { propositions, why } of reading?.conflicts ?? []) {
    const texts = propositions.map(id => plain(reading?.propositions[id] ?? id, 100));
    console.log(`conflict: ${texts.join(" / ")} (${plain(why)})`);
  }
  for (const { words } of reading?.gaps ?? []) console.log(`asked and not answered: ${plain(words, 100)}`);
  for (const { from, to, moves, status } of sheet.supply.edges)
    console.log(`supply ${plain(from, 40)} to ${plain(to, 40)}: ${moves}, ${status}`);
  if (candidates.length > 0) {
    console.log("\nterminals looked at, those at or near protected sites first");
    printTable(
      ["terminal", "state", "protected", "found by", "patterns", "measured", "taken out"],
      candidates.map(({ terminalId, state: service, protectedSite, by, signals, location, excluded }) => [
        terminalId,
        service ?? "–",
        protectedSite ? "yes" : "",
        by,
        [...new Set(signals.map(({ pattern }) => pattern))].join(" ") || "–",
        location[0]?.verdict ?? "–",
        excluded === null ? "" : plain(excluded.reason, 40),
      ]),
    );
  }
  for (const { id, title, sha256 } of evidence)
    console.log(`evidence ${id}: ${plain(title)}, SHA-256 ${sha256}`);
  for (const { id, terminalId, verdict } of findings) console.log(`finding ${id}: ${terminalId}, ${verdict}`);
  for (const { id, kind: what, terminalId } of orders) console.log(`order ${id}: ${what} ${terminalId}`);
  for (const end of sheet.openEnds) console.log(`open: ${plain(end, 200)}`);
  console.log(`may come next: ${sheet.next.join(", ")}`);
}

/** All measures about each candidate, least restrictive first, with what each still needs. */
export function printRecommendations(recommendations: readonly RecommendationView[]): void {
  for (const { terminalId, protectedSites, recommended, why, measures } of recommendations) {
    console.log(`${terminalId}: ${recommended}. ${why}`);
    for (const { id, title } of protectedSites) console.log(`  near or at ${plain(title)} (${id})`);
    for (const { measure, needs, approvals, command } of measures) {
      const asked = command === null ? "" : ` (perigee command ${command.name})`;
      const people = approvals === 0 ? "" : `, and ${approvals} persons who approve`;
      if (needs.length === 0) console.log(`  ${measure}${asked}: needs nothing more${people}`);
      else for (const need of needs) console.log(`  ${measure}${asked}: ${plain(need, 200)}`);
    }
  }
  if (recommendations.length === 0) console.log("No terminal is looked at in this case.");
}

/** What a search found. */
export function printCandidates(found: CandidateSearchView): void {
  for (const { id, title, kind } of found.protectedSites)
    console.log(`protected site ${id}: ${plain(title)} (${kind})`);
  printTable(
    ["terminal", "protected", "found by", "why", "what speaks for it", "in case"],
    found.candidates.map(({ terminalId, protectedSite, matches, mitigations, inCase }) => [
      terminalId,
      protectedSite ? "yes" : "",
      [...new Set(matches.map(({ by }) => by))].join(" "),
      plain(matches[0]?.why ?? "", 50),
      plain(mitigations.map(({ kind }) => kind).join(" "), 40) || "–",
      inCase ? "yes" : "",
    ]),
  );
  for (const what of found.notFound) console.log(`nothing found for ${plain(what)}`);
  if (found.truncated) console.log("There are more; search a smaller area.");
}
