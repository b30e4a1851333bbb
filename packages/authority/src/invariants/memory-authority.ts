// SPDX-License-Identifier: MIT
// A whole authority in memory for the tests of what must always hold: every command, admission, leases and the log, as the
// operator keeps them, without a database. It dispatches as the operator does and no more.
import { cellAt } from "@perigee/earth";
import type { Actor } from "../actor.ts";
import { theSystem } from "../actor.ts";
import { type AdmissionFacts, factsOf } from "../admission/admission-facts.ts";
import type { Dice } from "../admission/random-admissions.ts";
import { type Admission, decideAdmission } from "../admission.ts";
import { areaIndexOf } from "../areas/area-index.ts";
import { policyInForce } from "../areas/policy-in-force.ts";
import type { Book, Change } from "../book.ts";
import type { BoundCommand, CommandEntry } from "../command-entry.ts";
import { commandsOf } from "../commands.ts";
import { contentHash } from "../content-hash.ts";
import { admissionDecision, type Decision } from "../decision.ts";
import { allowListEntriesOf } from "../decisions/allow-lists.ts";
import { dueCommands } from "../decisions/decision-commands.ts";
import { party } from "../decisions/desk.ts";
import { account, noonMs, placeIn, policyOf, samplePolicyDocument, terminal, view } from "../fixture.ts";
import { emptyHistory, type LocationHistory } from "../location-history.ts";
import { MapBook } from "../map-book.ts";
import type { Policy } from "../policy.ts";
import { sampleIndex } from "../registry/office.ts";
import { keptRequest, salted } from "../registry/personal-data.ts";
import type { LedgerDecision, ReplaySources } from "../replay.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import type { CommandContext, Ruling } from "../ruling.ts";
import { KnownIds, RandomRequests } from "./random-requests.ts";

/** The operator's name in statements and moves of areas. */
export const operatorName = "The operator";

const person = (id: string): Actor => ({ id, name: `Officer ${id}`, roles: ["compliance"] });
export const people: readonly Actor[] = ["ada", "bo", "cy", "di"].map(person);

export const territories: readonly string[] = ["AA", "AA-1", "AA-2", "AA-3", "BB", "CC", "DD", "HIGH_SEAS"];
const planIds: readonly string[] = ["home", "roam", "land", "sea"];
const listVersions = new Map(["1", "2"].map(version => [version, sampleIndex(version)]));

/** A cell for leases that need one. */
export const cell = cellAt(10, 20);

/** The sample policy, and terminals in service of their own holders. */
export function firstBook(terminals: number): MapBook {
  const book = new MapBook();
  const document = { ...samplePolicyDocument(), statements: [] };
  const put = (kind: Change["kind"], of: { readonly id: string }): void =>
    book.apply([{ kind, id: of.id, document: of } as Change]);
  put("policy", { id: "policy", document } as { id: string });
  for (const statement of policyOf(samplePolicyDocument()).statements) put("statement", statement);
  for (let i = 1; i <= terminals; i++) {
    put("party", party(`party-${i}`));
    put("account", { ...account, id: `acc-${i}`, holder: `party-${i}` } as { id: string });
    put("terminal", terminal({ id: `ut-${i}`, accountId: `acc-${i}`, holder: `party-${i}` }));
  }
  return book;
}

/** What came of a command. */
export interface Carried {
  readonly ruling: Ruling;
  readonly name: string;
}

export class MemoryAuthority {
  readonly book: MapBook;
  readonly commands: readonly CommandEntry[];
  /** The ledger's entries, in order. */
  readonly log: LedgerDecision[] = [];
  readonly requests = new Map<string, unknown>();
  readonly facts = new Map<string, AdmissionFacts>();
  readonly admissions = new Map<string, Admission>();
  readonly locations = new Map<string, LocationHistory>();
  /** Every latitude and longitude that a terminal ever told. */
  readonly toldDegrees: number[] = [];
  readonly known: KnownIds;
  readonly random: RandomRequests;
  atMs = noonMs;
  /** Told of every ruling before it changes the book. */
  beforeRuling: (ruling: Ruling) => void = () => undefined;
  readonly #byName: ReadonlyMap<string, CommandEntry>;
  readonly #decided = new Map<string, Pick<Decision, "outcome" | "reasons">>();
  #salts = 0;

  constructor(terminals: number) {
    this.book = firstBook(terminals);
    const rules = { operator: operatorName };
    this.commands = commandsOf({
      screeningLists: { find: (_, version) => listVersions.get(version) },
      areas: { ...rules, subjects: ({ atMs }) => this.#subjects(atMs) },
    });
    this.#byName = new Map(this.commands.map(entry => [entry.name, entry]));
    this.known = new KnownIds(territories, planIds);
    this.random = new RandomRequests(this.commands, this.known);
    for (const kind of ["party", "account", "terminal", "statement"] as const) {
      this.known.note(Array.from(this.book.all(kind), ({ id }) => ({ kind, id })));
    }
  }

  get policy(): Policy {
    return policyFor(this.book);
  }

  /** Carries out, or proposes where two persons must approve; refused, nothing has changed. */
  carryOut(actor: Actor, name: string, request: unknown): Result<Carried, AuthorityError<string>> {
    this.carryOutDue();
    const salt = contentHash(this.#salts++).slice(0, 32);
    const bound = this.bound(name, salted(request, salt));
    if (!bound.ok) return bound;
    if (bound.value.approvalsNeeded(this.context(actor)) === 0) return this.#rule(bound.value, actor);
    const proposal = this.bound("proposal.propose", {
      command: { name, request: bound.value.request },
      reason: "It needs two persons",
    });
    return proposal.ok ? this.#rule(proposal.value, actor) : proposal;
  }

  /** What ends by itself, as far as it has. */
  carryOutDue(): void {
    for (const { name, request } of dueCommands(this.book, this.atMs)) {
      const bound = this.bound(name, request);
      const done = bound.ok ? this.#rule(bound.value, theSystem) : bound;
      if (!done.ok) throw new Error(`${name} is due and cannot be carried out: ${done.error.message}`);
    }
  }

  bound(name: string, request: unknown): Result<BoundCommand, AuthorityError<string>> {
    const entry = this.#byName.get(name);
    return entry === undefined ? fail("commandUnknown", "name", `There is no ${name}.`) : entry.read(request);
  }

  context(actor: Actor, seen?: { [name: string]: unknown }): CommandContext {
    return {
      ...{ book: this.book, policy: this.policy, actor, atMs: this.atMs, approvals: [] },
      observe: (what, compute) => {
        const value = compute();
        if (seen !== undefined) seen[what] = value;
        return value;
      },
    };
  }

  /** Asks about terminals; a changed answer is a decision. */
  evaluate(ids: Iterable<string>): void {
    const { policy } = this;
    for (const id of ids) {
      const subject = this.#subject(id, this.atMs);
      if (subject === null) continue;
      const facts = factsOf({ ...subject, policy });
      const admission = decideAdmission(facts, policy);
      this.admissions.set(id, admission);
      const before = this.#decided.get(id);
      if (before?.outcome === admission.outcome && before.reasons[0] === admission.reason) continue;
      const decision = admissionDecision(null, admission, { terminal: subject.terminal.name })!;
      this.#decided.set(id, decision);
      this.facts.set(decision.id, facts);
      this.log.push({ decision });
    }
  }

  terminalIds(): readonly string[] {
    return Array.from(this.book.all("terminal"), ({ id }) => id);
  }

  /** What a replay needs, as the operator's store would give it. */
  sources(): ReplaySources {
    return {
      policyOf: policyFor,
      requestOf: hash => {
        const request = this.requests.get(hash);
        return request === undefined ? undefined : JSON.parse(JSON.stringify(request));
      },
      factsOf: ({ id }) => this.facts.get(id),
    };
  }

  #rule(bound: BoundCommand, actor: Actor): Result<Carried, AuthorityError<string>> {
    const observed: { [name: string]: unknown } = {};
    const ruled = bound.decide(this.context(actor, observed));
    if (!ruled.ok) return ruled;
    const { decisions, changes } = ruled.value;
    this.beforeRuling(ruled.value);
    const requestHash = contentHash(keptRequest(bound.request));
    this.requests.set(requestHash, bound.request);
    const ruling = {
      name: bound.name,
      requestHash,
      actor,
      atMs: this.atMs,
      observed,
      decisions: decisions.length,
    };
    for (const [i, decision] of decisions.entries())
      this.log.push(i === 0 ? { decision, ruling } : { decision });
    this.book.apply(changes);
    this.known.note(changes);
    this.evaluate(touchedBy(changes));
    return succeed({ ruling: ruled.value, name: bound.name });
  }

  *#subjects(atMs: number) {
    for (const id of this.terminalIds()) yield this.#subject(id, atMs)!;
  }

  #subject(id: string, atMs: number) {
    const { book } = this;
    const terminal = book.get("terminal", id);
    if (terminal === undefined) return null;
    const location = this.locations.get(id) ?? emptyHistory;
    const account = terminal.accountId === null ? undefined : book.get("account", terminal.accountId);
    const exceptions = book.about("siteException", id);
    const { last } = location;
    return {
      ...{ atMs, terminal, location, exceptions, boundaryView: view, account: account ?? null },
      accountParty: (account && book.get("party", account.holder)) ?? null,
      holder: (terminal.holder === null ? undefined : book.get("party", terminal.holder)) ?? null,
      licences: exceptions.flatMap(({ licenceExceptionId }) => {
        const licence =
          licenceExceptionId === null ? undefined : book.get("licenceException", licenceExceptionId);
        return licence === undefined ? [] : [licence];
      }),
      allowListEntries: allowListEntriesOf(book, id),
      ...(last === null ? {} : areaIndexOf(book).around(last.latDeg, last.lonDeg, atMs, last.place)),
    };
  }
}

/** One policy for each state of the records, as `policyInForce` keeps it. */
function policyFor(book: MapBook): Policy {
  const policy = policyInForce(book);
  if (!policy.ok) throw new Error(policy.error.message);
  return policy.value;
}

/** The terminals that a change names; a change of policy or party is seen at the next evaluation. */
function touchedBy(changes: readonly Change[]): ReadonlySet<string> {
  return new Set(changes.flatMap(change => (change.kind === "terminal" ? [change.id] : [])));
}

/** What takes something away for good: now and then only, or nothing would be left to decide about. */
const rare: ReadonlySet<string> = new Set([
  ...[
    "terminal.retire",
    "terminal.reportLost",
    "terminal.suspectClone",
    "terminal.transfer",
    "terminal.enrolKey",
  ],
  ...[
    "account.close",
    "serviceLine.end",
    "party.erase",
    "party.verify",
    "operatorArea.draw",
    "donation.import",
  ],
]);

/** What is looked at most, and asked for more often. */
const grave: readonly string[] = [
  ...[
    "order.suspend",
    "order.restrict",
    "order.deactivate",
    "order.restore",
    "finding.record",
    "order.reinstate",
  ],
  ...[
    "siteException.grant",
    "bulk.propose",
    "allowList.apply",
    "allowList.approve",
    "area.move",
    "areaRequest.decide",
  ],
];

/** A random piece of work: people ask for anything, others approve, terminals move, time passes. */
export function randomStep(
  authority: MemoryAuthority,
  dice: Dice,
): Result<Carried, AuthorityError<string>> | null {
  const { book, known } = authority;
  if (dice.chance(0.3)) authority.atMs += dice.pick([1, 1_000, 60_000, 3_600_000]);
  if (dice.chance(0.001)) authority.atMs += 86_400_000;
  const kind = dice.next();
  const actor = dice.pick(people);
  if (kind < 0.2) {
    const ids = authority.terminalIds();
    const chosen = Array.from({ length: Math.min(3, ids.length) }, () => dice.pick(ids));
    for (const id of chosen) {
      const history = somewhere(dice, authority.atMs);
      authority.locations.set(id, history);
      if (history.last !== null) authority.toldDegrees.push(history.last.latDeg, history.last.lonDeg);
    }
    authority.evaluate(chosen);
    return null;
  }
  if (kind < 0.6) {
    const open = known.newest("proposal", 6).flatMap(id => {
      const proposal = book.get("proposal", id);
      return proposal?.state === "open" ? [proposal] : [];
    });
    const proposal = open.length === 0 ? undefined : dice.pick(open);
    const had = [
      proposal?.requestedBy.id,
      ...(proposal?.approvals ?? []).map(({ approverId }) => approverId),
    ];
    const other = dice.chance(0.95) ? dice.pick(people.filter(({ id }) => !had.includes(id))) : actor;
    const request = { proposalId: proposal?.id ?? known.pick("proposal", dice), reason: "I agree with it" };
    return authority.carryOut(other, "proposal.approve", request);
  }
  const name = dice.pick(dice.chance(0.3) ? grave : authority.random.commands);
  if (rare.has(name) && dice.chance(0.9)) return null;
  const request = authority.random.make(name, dice, authority.atMs);
  return authority.carryOut(actor, name, dice.chance(0.8) ? fitting(book, request) : request);
}

/** The request with the party, the terminal or the account that its other members speak of. */
function fitting(book: Book, request: { readonly [member: string]: unknown }): unknown {
  const line = book.get("serviceLine", String(request["serviceLineId"]));
  const terminal = book.get("terminal", String(request["terminalId"]));
  const notice = book.get("notice", String(request["noticeId"]));
  const appeal = book.get("appeal", String(request["appealId"]));
  const holder = line === undefined ? terminal?.holder : book.get("account", line.accountId)?.holder;
  const party = notice?.party ?? appeal?.by ?? holder;
  const finding = book.get("finding", String((request["basis"] as { id?: unknown } | undefined)?.id));
  const released = "documents" in request && "to" in request && terminal !== undefined;
  return {
    ...request,
    ...("party" in request && party != null && !("authorised" in request) ? { party } : {}),
    ...(released ? { to: terminal.holder } : {}),
    ...("ground" in request && "terminalId" in request && finding !== undefined
      ? { terminalId: finding.terminalId }
      : {}),
    ...("list" in request ? { list: "invented", listVersion: "1" } : {}),
    ...("lane" in request && "class" in request
      ? { lane: request["class"] === "government" ? "forces" : "civilian" }
      : {}),
  };
}

function somewhere(dice: Dice, atMs: number): LocationHistory {
  if (dice.chance(0.05)) return emptyHistory;
  const ageMs = dice.pick([0, 0, 0, 30_000, 90_000, 700_000]);
  // Six decimals, as a receiver gives them: a position that leaks is found by its digits.
  const latDeg = Math.round((dice.next() * 170 - 85) * 1e6) / 1e6;
  const lonDeg = Math.round((dice.next() * 359 - 179) * 1e6) / 1e6;
  return {
    ...emptyHistory,
    last: {
      ...{ atMs: atMs - ageMs, latDeg, lonDeg, cell: cellAt(latDeg, lonDeg) },
      place: placeIn(dice.pick(territories)),
    },
    stays: dice.list(3, i => ({
      day: Math.floor(atMs / 86_400_000) - 3 + i,
      countries: [dice.pick(["AA", "BB"])],
    })),
  };
}
