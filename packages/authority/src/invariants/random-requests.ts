// SPDX-License-Identifier: MIT
// Random requests of any command, drawn from the schema that reads them: a command added tomorrow is asked for without a
// line here. No shrinking: a seed and a number name the case.
import { z } from "zod";
import type { Dice } from "../admission/random-admissions.ts";
import type { Change, RecordKind } from "../book.ts";
import type { CommandEntry } from "../command-entry.ts";

/** The part of JSON Schema that command schemas become. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: { readonly [name: string]: Schema };
  readonly required?: readonly string[];
  readonly items?: Schema | false;
  readonly prefixItems?: readonly Schema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
}

/** What a member that is an id names. */
const names: { readonly [member: string]: RecordKind } = {
  ...{ terminalId: "terminal", terminalIds: "terminal", exclude: "terminal", accountId: "account" },
  ...{ accountIds: "account", serviceLineId: "serviceLine", programmeId: "programme" },
  ...{
    sponsorshipId: "sponsorship",
    screeningId: "screening",
    statementId: "statement",
    areaId: "operatorArea",
  },
  ...{ sealedPolicyId: "sealedPolicy", requestId: "areaRequest", bulkId: "bulkOrder", noticeId: "notice" },
  ...{ appealId: "appeal", applicationId: "allowListApplication", exceptionId: "siteException" },
  evidenceId: "evidence",
  ...{ licenceExceptionId: "licenceException", siteId: "protectedSite", protectedSitesSeen: "protectedSite" },
  ...{ sitesSeen: "protectedSite", proposalId: "proposal", breakGlassId: "breakGlass" },
  ...{ partyId: "party", party: "party", holder: "party", managedBy: "party", user: "party", to: "party" },
  ...{
    seller: "party",
    maker: "party",
    donor: "party",
    sponsor: "party",
    payer: "party",
    authority: "party",
  },
  ...{ fromParty: "party", toParty: "party" },
};

/** Members that make a new record where they are not left out. */
const makesNew: ReadonlySet<string> = new Set(["party.register partyId", "account.open accountId"]);

const territoryMembers: ReadonlySet<string> = new Set(["territory", "area", "areas"]);
const dayMs = 86_400_000;
const axisValues = [
  "granted",
  "notGranted",
  "active",
  "restricted",
  "suspended",
  "prohibited",
  "unrestricted",
];
const words = ["measured", "twice", "at", "the", "gate", "naïve", "Übergabe", "склад", "第一", "🛰"];

/** The ids that there are, so that requests are about something; newer ones come up more often. */
export class KnownIds {
  readonly territories: readonly string[];
  readonly planIds: readonly string[];
  readonly #ids = new Map<RecordKind, string[]>();
  readonly #seen = new Map<RecordKind, Set<string>>();

  constructor(territories: readonly string[], planIds: readonly string[]) {
    this.territories = territories;
    this.planIds = planIds;
  }

  note(changes: Iterable<Pick<Change, "kind" | "id">>): void {
    for (const { kind, id } of changes) {
      let seen = this.#seen.get(kind);
      if (seen === undefined) {
        seen = new Set();
        this.#seen.set(kind, seen);
        this.#ids.set(kind, []);
      }
      if (seen.has(id)) continue;
      seen.add(id);
      this.#ids.get(kind)!.push(id);
    }
  }

  /** The ids that came to be known last, oldest first. */
  newest(kind: RecordKind, most: number): readonly string[] {
    return (this.#ids.get(kind) ?? []).slice(-most);
  }

  pick(kind: RecordKind, dice: Dice): string {
    const ids = this.#ids.get(kind) ?? [];
    if (ids.length === 0 || dice.chance(0.02)) return "nobody";
    const among = dice.chance(0.6) ? Math.min(8, ids.length) : ids.length;
    return ids[ids.length - 1 - dice.below(among)]!;
  }
}

/** Makes requests that a command's schema accepts as a rule, about records that exist. */
export class RandomRequests {
  readonly #schemas: ReadonlyMap<string, Schema>;
  readonly #known: KnownIds;
  #made = 0;

  constructor(commands: Iterable<CommandEntry>, known: KnownIds) {
    this.#known = known;
    this.#schemas = new Map(
      Array.from(commands, ({ name, schema }) => [
        name,
        z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Schema,
      ]),
    );
  }

  get commands(): readonly string[] {
    return [...this.#schemas.keys()];
  }

  /** @param nowMs - instants in requests lie around this one */
  make(command: string, dice: Dice, nowMs: number): { readonly [member: string]: unknown } {
    this.#made++;
    const schema = this.#schemas.get(command);
    if (schema === undefined) throw new RangeError(`there is no command ${command}`);
    return this.#value(schema, { command, member: "", dice, nowMs, depth: 0 }) as Record<string, unknown>;
  }

  #value(schema: Schema, at: Place): unknown {
    const { dice, member } = at;
    if ("const" in schema) return schema.const;
    if (schema.enum !== undefined) return dice.pick(schema.enum);
    const either = schema.anyOf ?? schema.oneOf;
    if (either !== undefined) {
      // The first alternative is the one with something in it: null and what is sealed come after.
      return this.#value(dice.chance(0.7) ? either[0]! : dice.pick(either), at);
    }
    switch (typeof schema.type === "string" ? schema.type : schema.type?.[0]) {
      case "object":
        return this.#object(schema, at);
      case "array":
        return this.#array(schema, at);
      case "string":
        return this.#text(schema, at);
      case "boolean":
        return dice.chance(0.5);
      case "integer":
      case "number":
        return numberOf(schema, at);
      case "null":
        return null;
      default:
        // Anything: the request of another command.
        return member === "request" ? {} : dice.pick([null, 0, "x", [], {}]);
    }
  }

  #object(schema: Schema, at: Place): unknown {
    if (at.member === "command" && at.depth === 1) return this.#inner(at);
    const { properties = {}, required = [] } = schema;
    const made: Record<string, unknown> = {};
    for (const [member, inner] of Object.entries(properties)) {
      if (!required.includes(member) && at.dice.chance(0.5)) continue;
      made[member] = this.#value(inner, { ...at, member, depth: at.depth + 1 });
    }
    return at.member === "basis" && "id" in made ? { ...made, id: this.#basis(made["kind"], at.dice) } : made;
  }

  /** A command inside a command; a proposal inside a proposal is asked for now and then. */
  #inner({ command, dice, nowMs }: Place): unknown {
    const one = ["siteException.grant", "bulk.propose"];
    const name = command === "breakGlass.use" && dice.chance(0.9) ? dice.pick(one) : dice.pick(this.commands);
    const { command: _, ...rest } = this.make(name, dice, nowMs);
    return { name, request: rest };
  }

  #basis(kind: unknown, dice: Dice): string {
    return this.#known.pick(kind === "finding" ? "finding" : "areaRequest", dice);
  }

  #array(schema: Schema, at: Place): unknown {
    const { dice } = at;
    if (schema.prefixItems !== undefined) {
      return schema.prefixItems.map(item => this.#value(item, { ...at, depth: at.depth + 1 }));
    }
    if (at.member === "rings") return [ring(dice)];
    const least = schema.minItems ?? 0;
    const count = Math.min(least + dice.below(3), schema.maxItems ?? Number.POSITIVE_INFINITY);
    const items = schema.items;
    if (items === undefined || items === false) return [];
    const made = Array.from({ length: count }, () => this.#value(items, { ...at, depth: at.depth + 1 }));
    // Ids stand there once, mostly.
    return dice.chance(0.95) ? [...new Map(made.map(item => [JSON.stringify(item), item])).values()] : made;
  }

  #text(schema: Schema, { command, member, dice, nowMs }: Place): string {
    if (territoryMembers.has(member)) return dice.pick(this.#known.territories);
    if (member === "planId") return dice.pick(this.#known.planIds);
    if (member === "value") return dice.pick(axisValues);
    const { pattern, format, minLength = 0, maxLength = 60 } = schema;
    if (format === "date") return new Date(dice.below(20_000) * dayMs).toISOString().slice(0, 10);
    const number = String(this.#made * 7 + dice.below(7)).padStart(8, "0");
    if (pattern !== undefined) {
      if (pattern.startsWith("^KIT")) return `KIT${number}`;
      if (pattern.startsWith("^[0-9A-Z-]")) return `SN${number}`;
      if (pattern.startsWith("^[A-Z]{2}")) return dice.pick(["AA", "BB", "CC", "UA", "PL"]);
      if (pattern.startsWith("^MCow")) return `MCowBQYDK2VwAyEA${number.repeat(6).slice(0, 42)}A=`;
      const hex = /\{(\d+)\}\$$/.exec(pattern);
      if (pattern.startsWith("^[0-9a-f]")) return number.repeat(8).slice(0, Number(hex?.[1] ?? 64));
      if (pattern.startsWith("^[a-z0-9][")) return dice.pick(["image/jpeg", "text/csv", "application/pdf"]);
      const named = names[member];
      if (makesNew.has(`${command} ${member}`)) return `new-${number}`;
      return named === undefined ? `doc-${dice.below(9)}` : this.#known.pick(named, dice);
    }
    if (member === "csv") return csvOf(dice, nowMs + this.#made);
    let text = dice.pick(words);
    while (text.length < minLength || dice.chance(0.6)) text += ` ${dice.pick(words)}`;
    return text.slice(0, maxLength).trim().toWellFormed().replaceAll("\ufffd", "x").padEnd(minLength, "x");
  }
}

interface Place {
  readonly command: string;
  readonly member: string;
  readonly dice: Dice;
  readonly nowMs: number;
  readonly depth: number;
}

function numberOf(
  { type, minimum, maximum, exclusiveMinimum }: Schema,
  { member, dice, nowMs }: Place,
): number {
  const least = minimum ?? exclusiveMinimum ?? 0;
  const most = maximum ?? least + 100;
  if (member.endsWith("Ms"))
    return nowMs + dice.pick([-400, -2, -1, 0, 0, 1, 2, 30]) * dayMs + dice.below(1000);
  const value = dice.chance(0.15)
    ? dice.pick([least, most])
    : least + dice.next() * Math.min(most - least, member === "lonDeg" || member === "latDeg" ? 400 : 50);
  return type === "integer" ? Math.floor(value) : Math.max(value, (exclusiveMinimum ?? least - 1) + 1e-3);
}

/** A small closed square somewhere. */
function ring(dice: Dice): readonly (readonly [number, number])[] {
  const lon = Math.floor(dice.next() * 340 - 170);
  const lat = Math.floor(dice.next() * 160 - 80);
  const corner = (dx: number, dy: number): readonly [number, number] => [lon + dx, lat + dy];
  return [corner(0, 0), corner(0.5, 0), corner(0.5, 0.5), corner(0, 0.5), corner(0, 0)];
}

/** A file of donated terminals, some rows of it bad. */
function csvOf(dice: Dice, from: number): string {
  const rows = dice.list(6, i => {
    const number = String((from * 10 + i) % 1e12).padStart(12, "0");
    return dice.chance(0.9) ? `KIT${number},SN${number},Mini` : `KIT?,"${number}`;
  });
  return ["kitNumber,serial,model", ...rows].join("\n");
}
