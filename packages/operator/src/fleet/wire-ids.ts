// SPDX-License-Identifier: MIT
import { createHash } from "node:crypto";
import type { Book, Terminal } from "@perigee/authority";

/**
 * The names that a terminal and what belongs to it have on the wire. They follow from the id of its record, so that every
 * process and every restart gives the same ones; what is printed on the box wins where somebody entered it.
 */
export interface WireIdentity {
  /** `00020900-` and two groups of eight hexadecimal digits. The dish calls itself `ut` and this. */
  readonly userTerminalId: string;
  /** `KIT` and digits. */
  readonly kitNumber: string;
  readonly dishSerial: string;
  /** 24 hexadecimal digits; on the wire `Router-` stands before them. */
  readonly routerId: string;
}

/** @param terminal as the registry has it; its record's id, and what is printed on its box where that is known */
export function wireIdentityOf({
  id,
  kitNumber,
  serial,
}: Pick<Terminal, "id" | "kitNumber" | "serial">): WireIdentity {
  return {
    userTerminalId: userTerminalId(id),
    kitNumber: kitNumber ?? `KIT${digits("kit", id, 8)}`,
    dishSerial: serial ?? `2DHT${digits("dish", id, 8)}`,
    routerId: routerIdOf(id, 0),
  };
}

/** The n-th router behind a terminal, from 0; 24 hexadecimal digits. */
export function routerIdOf(terminalId: string, nth: number): string {
  return hash(`router ${nth}`, terminalId).toString("hex").slice(0, 24);
}

/** The number of an account: `ACC-511274-31364-54`. */
export const accountNumberOf = (accountId: string): string => number("ACC", "account", accountId);

/** The number of a service line: `AST-511274-31364-54`. */
export const lineNumberOf = (lineId: string): string => number("AST", "service line", lineId);

const TERMINAL = /^(?:ut)?(00020900-[0-9a-f]{8}-[0-9a-f]{8})$/i;
const ACCOUNT = /^ACC-\d{6}-\d{5}-\d{2}$/;
const LINE = /^AST-\d{6}-\d{5}-\d{2}$/;
const ROUTER = /^(?:Router-)?([0-9a-f]{24})$/i;

/** The 24 digits of a router's name, with or without its prefix; `null`: this is no router's name. */
export const routerIdIn = (text: string): string | null => ROUTER.exec(text)?.[1]?.toLowerCase() ?? null;

export const routerNameOf = (routerId: string): string => `Router-${routerId}`;

/**
 * From names on the wire back to records. A name is looked for among the things of one account, because nothing else is
 * anybody's business there; only whoever adds a device names one that is nobody's yet.
 *
 * Account and line numbers have 13 digits made of a hash: two of one account's million lines share a number with a
 * probability of 5 %, two of ten thousand with 5 in a million. The older line then keeps the number.
 */
export class WireIds {
  readonly #book: Book;
  readonly #terminalByWire = new Map<string, string>();
  readonly #known = new Set<string>();
  readonly #lineByNumber = new Map<string, string>();
  readonly #accountByNumber = new Map<string, string>();

  constructor(book: Book) {
    this.#book = book;
  }

  /** The service line of an account by its number. */
  lineOf(accountId: string, lineNumber: string): string | null {
    if (!LINE.test(lineNumber)) return null;
    const known = this.#lineByNumber.get(`${accountId} ${lineNumber}`);
    if (known !== undefined) return known;
    for (const { id, accountId: owner } of this.#book.about("serviceLine", accountId)) {
      const key = `${accountId} ${lineNumberOf(id)}`;
      if (owner === accountId && !this.#lineByNumber.has(key)) this.#lineByNumber.set(key, id);
    }
    return this.#lineByNumber.get(`${accountId} ${lineNumber}`) ?? null;
  }

  /**
   * An account by its number: the given one, or one that it manages, however many accounts stand between.
   *
   * @returns `null` where the number is not of these
   */
  accountOf(rootId: string, accountNumber: string): string | null {
    if (!ACCOUNT.test(accountNumber)) return null;
    if (accountNumberOf(rootId) === accountNumber) return rootId;
    const known = this.#accountByNumber.get(accountNumber);
    if (known !== undefined && this.#isUnder(known, rootId)) return known;
    for (const id of accountsUnder(this.#book, rootId)) {
      const number = accountNumberOf(id);
      this.#accountByNumber.set(number, id);
      if (number === accountNumber) return id;
    }
    return null;
  }

  #isUnder(accountId: string, rootId: string): boolean {
    let at: string | null = accountId;
    while (at !== null && at !== rootId) at = this.#book.get("account", at)?.managedBy ?? null;
    return at === rootId;
  }

  /** Any terminal by its id on the wire, its kit number or its dish's serial number. */
  terminalOf(deviceId: string): string | null {
    const printed = this.#book
      .about("terminal", deviceId)
      .find(({ kitNumber, serial }) => kitNumber === deviceId || serial === deviceId);
    if (printed !== undefined) return printed.id;
    const wire = TERMINAL.exec(deviceId)?.[1]?.toLowerCase() ?? deviceId;
    if (!/^(00020900-|KIT\d{8}$|2DHT\d{8}$)/.test(wire)) return null;
    const found = this.#terminalByWire.get(wire);
    if (found !== undefined && this.#book.get("terminal", found) !== undefined) return found;
    for (const terminal of this.#book.all("terminal")) {
      if (this.#known.has(terminal.id)) continue;
      this.#known.add(terminal.id);
      const identity = wireIdentityOf({ id: terminal.id, kitNumber: null, serial: null });
      for (const name of [identity.userTerminalId, identity.kitNumber, identity.dishSerial]) {
        if (!this.#terminalByWire.has(name)) this.#terminalByWire.set(name, terminal.id);
      }
    }
    return this.#terminalByWire.get(wire) ?? null;
  }
}

/** An account and every account under it, each before those that it manages. */
export function accountsUnder(book: Book, rootId: string): readonly string[] {
  const ids = [rootId];
  for (const id of ids) {
    for (const account of book.about("account", id)) if (account.managedBy === id) ids.push(account.id);
  }
  return ids;
}

function userTerminalId(terminalId: string): string {
  const hex = hash("terminal", terminalId).toString("hex");
  return `00020900-${hex.slice(0, 8)}-${hex.slice(8, 16)}`;
}

function number(prefix: string, what: string, id: string): string {
  const text = digits(what, id, 13);
  return `${prefix}-${text.slice(0, 6)}-${text.slice(6, 11)}-${text.slice(11)}`;
}

/** Decimal digits of a hash, the first one not 0 so that no reader drops it. */
function digits(what: string, id: string, count: number): string {
  const least = 10n ** BigInt(count - 1);
  return (least + (hash(what, id).readBigUInt64BE(0) % (9n * least))).toString();
}

const hash = (what: string, id: string): Buffer => createHash("sha256").update(`${what}\n${id}`).digest();
