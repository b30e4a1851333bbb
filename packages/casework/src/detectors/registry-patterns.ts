// SPDX-License-Identifier: MIT
// Patterns of who registers, buys and sells: P4, P5, P6, P10, P14.
import type { AllowListApplication, Terminal } from "@perigee/authority";
import type { CaseBook } from "../records.ts";
import type { DetectorLimits } from "./limits.ts";
import { grouped, rounded, signalOf } from "./making.ts";
import type { ActivationRow, Observations } from "./rows.ts";
import type { Signal } from "./signal.ts";

const dayMs = 86_400_000;

const keyWords = {
  card: "payment card",
  device: "device",
  email: "e-mail address",
  ip: "IP address",
} as const;

/** P4: many accounts that share a card, a device, an e-mail address or an IP address. */
export function sharedKeys(
  book: CaseBook,
  { links }: Observations,
  limits: DetectorLimits,
  atMs: number,
): Signal[] {
  return [...grouped(links, ({ kind, key }) => `${kind} ${key}`).values()].flatMap(rows => {
    const accounts = [...new Set(rows.map(({ account }) => account))].sort();
    if (accounts.length < limits.accountsPerKey) return [];
    const terminals = accounts
      .flatMap(account => book.about("terminal", account))
      .filter(t => accounts.includes(t.accountId ?? ""));
    const managers = new Set(accounts.map(account => book.get("account", account)?.managedBy ?? null));
    const managed = managers.size === 1 && !managers.has(null);
    return signalOf(book, "P4", {
      accounts,
      terminals: terminals.map(({ id }) => id),
      atMs,
      text: `${accounts.length} accounts have one ${keyWords[rows[0]!.kind]}.`,
      figures: { accounts: accounts.length, limitAccounts: limits.accountsPerKey },
      innocent: managed ? [`All are managed by the account ${[...managers][0]}.`] : [],
    });
  });
}

/** A terminal with the number at the end of its serial. */
interface Numbered {
  readonly terminal: Terminal;
  readonly stem: string;
  readonly number: number;
}

/** P5: a run of serial numbers that one party had and that went on to different holders within days. */
export function resoldSerials(book: CaseBook, limits: DetectorLimits): Signal[] {
  const numbered: Numbered[] = [];
  for (const terminal of book.all("terminal")) {
    const [, stem, digits] = /^(.*?)(\d{1,12})$/.exec(terminal.serial ?? "") ?? [];
    if (stem !== undefined && digits !== undefined) {
      numbered.push({ terminal, stem: `${stem}/${digits.length}`, number: Number(digits) });
    }
  }
  const found: Signal[] = [];
  for (const family of grouped(numbered, ({ stem }) => stem).values()) {
    const inOrder = family.toSorted((a, b) => a.number - b.number);
    for (const run of runsOf(inOrder, limits.serialGap)) {
      if (run.length >= limits.serialRun) found.push(...resoldBy(book, run, limits));
    }
  }
  return found;
}

function runsOf(inOrder: readonly Numbered[], gap: number): readonly (readonly Numbered[])[] {
  const runs: Numbered[][] = [];
  for (const item of inOrder) {
    const run = runs.at(-1);
    if (run !== undefined && item.number - run.at(-1)!.number <= gap + 1) run.push(item);
    else runs.push([item]);
  }
  return runs;
}

/** Hand-overs of a run from one party to several, all within the limit's days. */
function resoldBy(book: CaseBook, run: readonly Numbered[], limits: DetectorLimits): readonly Signal[] {
  const moves = run.flatMap(({ terminal }) =>
    book
      .about("custody", terminal.id)
      .filter(
        ({ terminalId, step }) => terminalId === terminal.id && (step === "sale" || step === "transfer"),
      )
      .flatMap(({ fromParty, toParty, atMs }) =>
        fromParty === null || toParty === null ? [] : [{ terminal: terminal.id, fromParty, toParty, atMs }],
      ),
  );
  return [...grouped(moves, ({ fromParty }) => fromParty)].flatMap(([seller, sales]) => {
    const inOrder = sales.toSorted((a, b) => a.atMs - b.atMs);
    let best: typeof inOrder = [];
    let from = 0;
    for (const [i, { atMs }] of inOrder.entries()) {
      while (atMs - inOrder[from]!.atMs > limits.resaleDays * dayMs) from++;
      if (i - from + 1 > best.length) best = inOrder.slice(from, i + 1);
    }
    const terminals = [...new Set(best.map(({ terminal }) => terminal))];
    const buyers = new Set(best.map(({ toParty }) => toParty));
    if (terminals.length < limits.serialRun || buyers.size < 2) return [];
    const atMs = best.at(-1)!.atMs;
    const says = book.about("reseller", seller).filter(said => said.party === seller && said.authorised);
    const days = rounded((atMs - best[0]!.atMs) / dayMs);
    return [
      signalOf(book, "P5", {
        terminals,
        atMs,
        text: `${seller} handed ${terminals.length} terminals with adjoining serial numbers to ${buyers.size} holders within ${days} days.`,
        figures: { terminals: terminals.length, holders: buyers.size, days, limitDays: limits.resaleDays },
        innocent: says.map(
          ({ asserter, territory }) =>
            `${asserter} says that ${seller} is an authorised reseller in ${territory}.`,
        ),
      }),
    ];
  });
}

/**
 * P6: more activations in an area on one day than the days before explain. The spread of the days before is never taken to
 * be less than that of a Poisson count with their mean: a quiet area is not sure of its quiet.
 */
export function activationBursts(
  book: CaseBook,
  { activations }: Observations,
  limits: DetectorLimits,
): Signal[] {
  if (activations.length === 0) return [];
  const dayOf = ({ atMs }: ActivationRow): number => Math.floor(atMs / dayMs);
  const firstDay = Math.min(...activations.map(dayOf));
  return [...grouped(activations, ({ area }) => area)].flatMap(([area, rows]) => {
    const byDay = grouped(rows, dayOf);
    return [...byDay].flatMap(([day, ofDay]) => {
      const before = Math.min(day - firstDay, 90);
      if (before < limits.burstBaselineDays || ofDay.length < limits.burstActivations) return [];
      const counts = Array.from({ length: before }, (_, i) => byDay.get(day - 1 - i)?.length ?? 0);
      const mean = counts.reduce((sum, n) => sum + n, 0) / before;
      const variance = counts.reduce((sum, n) => sum + (n - mean) ** 2, 0) / before;
      const sigmas = (ofDay.length - mean) / Math.sqrt(Math.max(variance, mean, 1 / before));
      if (sigmas < limits.burstSigmas) return [];
      return signalOf(book, "P6", {
        terminals: ofDay.map(({ terminal }) => terminal),
        atMs: Math.max(...ofDay.map(({ atMs }) => atMs)),
        text: `${ofDay.length} terminals were switched on for the first time in ${area} on one day; the ${before} days before had ${mean.toFixed(1)} a day.`,
        figures: { activations: ofDay.length, meanPerDay: rounded(mean, 2), sigmas: rounded(sigmas, 1) },
      });
    });
  });
}

/** P10: two or more signs of a stand-in in the applications of one holder. The signs are the allow-list's own. */
export function standIns(book: CaseBook): Signal[] {
  const shown = [...book.all("allowListApplication")].filter(({ signals }) => signals.length > 0);
  return [...grouped<AllowListApplication, string>(shown, ({ holder }) => holder)].flatMap(
    ([holder, applications]) => {
      const rules = new Map(applications.flatMap(({ signals }) => signals.map(sign => [sign.rule, sign])));
      if (rules.size < 2) return [];
      return signalOf(book, "P10", {
        terminals: applications.map(({ terminalId }) => terminalId),
        atMs: Math.max(...applications.map(({ atMs }) => atMs)),
        text: `Applications of ${holder} show ${rules.size} signs of a stand-in: ${[...rules.values()].map(({ text }) => text).join(" ")}`,
        figures: { signs: rules.size, applications: applications.length },
        innocent: [...rules.values()].map(({ innocentReading }) => innocentReading),
      });
    },
  );
}

/** As printed on boxes; blanks and lower case do not matter. */
const kitPattern = /KIT ?[0-9A-Z](?: ?[0-9A-Z]){5,16}/g;
/** Longest text of an offer that is looked at. */
const longestListing = 20_000;

/** P14: an offer that shows the number of a terminal on record. */
export function shownInListing(book: CaseBook, { listings }: Observations): Signal[] {
  return listings.flatMap(({ id, text, seenMs }) => {
    const shown = text.slice(0, longestListing).toUpperCase();
    const numbers = new Set<string>();
    for (const [match] of shown.matchAll(kitPattern)) {
      // Blanks may belong to the number or to the words after it: every way to end it is tried.
      const parts = match.split(" ");
      for (let n = 1; n <= parts.length; n++) numbers.add(parts.slice(0, n).join(""));
    }
    for (const [word] of shown.matchAll(/[0-9A-Z-]{6,40}/g)) numbers.add(word);
    return [...numbers].flatMap(number =>
      book
        .about("terminal", number)
        .filter(({ kitNumber, serial }) => kitNumber === number || serial === number)
        .map(terminal =>
          signalOf(book, "P14", {
            terminals: [terminal.id],
            atMs: seenMs,
            text: `The offer ${id} shows the number ${number}, which is that of ${terminal.id}.`,
            figures: { numbersShown: numbers.size },
            innocent:
              terminal.flags.lost === undefined
                ? []
                : [`${terminal.id}: its holder reported it lost or stolen.`],
          }),
        ),
    );
  });
}
