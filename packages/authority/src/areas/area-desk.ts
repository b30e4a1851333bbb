// SPDX-License-Identifier: MIT
// A desk for the tests of this folder: carries commands out as a dispatcher would, with approvals where they are needed.
import assert from "node:assert/strict";
import type { Actor } from "../actor.ts";
import type { Decision } from "../decision.ts";
import type { Approval } from "../decisions/proposal.ts";
import { noonMs, samplePolicy } from "../fixture.ts";
import { MapBook } from "../map-book.ts";
import type { AuthorityError, Result } from "../result.ts";
import type { Ruling } from "../ruling.ts";
import { areaCommands } from "./area-commands.ts";
import type { AreaRequest } from "./area-request.ts";
import { type AreaRules, defaultAreaRules } from "./area-rules.ts";
import { policyInForce } from "./policy-in-force.ts";

const person = (id: string): Actor => ({ id, name: `Officer ${id}`, roles: [] });
export const ada = person("ada");
export const eve = person("eve");
export const operator = defaultAreaRules.operator;
export const why = "As the tests of this folder need it";

/** Approved by two persons who are not Ada. */
export function approvals(atMs: number): readonly Approval[] {
  return ["bo", "cy"].map(id => ({
    ...{ approverId: id, approver: id, verdict: "approved", reason: "Agreed", atMs },
  }));
}

export class AreaDesk {
  readonly book = new MapBook();
  readonly decisions: Decision[] = [];
  atMs = noonMs;
  readonly #commands;
  readonly #rules: AreaRules;

  readonly #repeats: boolean;

  /** @param repeats whether every request is read and decided twice, and must come out the same */
  constructor(rules: AreaRules = defaultAreaRules, repeats = true) {
    this.#rules = rules;
    this.#repeats = repeats;
    this.#commands = new Map(areaCommands(rules).map(entry => [entry.name, entry]));
  }

  /** Asks for a command, approved by two where it needs that unless `alone`. A ruling is carried out. */
  ask(name: string, request: object, actor = ada, alone = false): Result<Ruling, AuthorityError<string>> {
    const entry = this.#commands.get(name);
    assert.ok(entry !== undefined, name);
    const read = entry.read(request);
    if (!read.ok) return read;
    if (this.#repeats) {
      // What was read reads the same again: a replay begins from it.
      const again = entry.read(JSON.parse(JSON.stringify(read.value.request)));
      assert.deepEqual(again.ok && again.value.request, read.value.request);
    }
    const inForce = policyInForce(this.book, this.#rules.views);
    const context = {
      ...{ book: this.book, policy: inForce.ok ? inForce.value : samplePolicy, actor, atMs: this.atMs },
      approvals: [] as readonly Approval[],
    };
    const needed = read.value.approvalsNeeded(context);
    if (needed === 2 && !alone) context.approvals = approvals(this.atMs);
    const ruling = read.value.decide(context);
    if (this.#repeats) assert.deepEqual(read.value.decide(context), ruling, "equal inputs, equal ruling");
    if (ruling.ok) {
      this.book.apply(ruling.value.changes);
      this.decisions.push(...ruling.value.decisions);
    }
    return ruling;
  }

  do(name: string, request: object, actor = ada): Ruling {
    const ruling = this.ask(name, request, actor);
    assert.ok(
      ruling.ok,
      ruling.ok ? "" : `${name} ${ruling.error.code} ${ruling.error.place}: ${ruling.error.message}`,
    );
    return ruling.value;
  }

  /** The code of the error with which a command must be refused. */
  refused(name: string, request: object, actor = ada, alone = false): string {
    const ruling = this.ask(name, request, actor, alone);
    assert.ok(!ruling.ok, `${name} should have been refused`);
    return ruling.error.code;
  }

  move(area: string, event: string, more: object = {}): Ruling {
    return this.do("area.move", { area, event, source: "board minutes", reason: why, ...more });
  }

  /** Receives a request; returns its id. */
  receive(more: object = {}): string {
    const ruling = this.do("areaRequest.receive", {
      ...{
        requester: "Ministry of Waves",
        kind: "request",
        jurisdiction: "AA",
        scope: area(["AA-9"], "activate"),
      },
      ...more,
    });
    return ruling.changes[0]!.id;
  }

  /** Receives, authenticates and reviews a request; returns its id. */
  reviewed(more: object = {}): string {
    const requestId = this.receive(more);
    this.do("areaRequest.authenticate", { requestId, method: "called back on a known number" });
    this.do("areaRequest.review", { requestId, impactNote: "A harbour town of 40,000 people", note: why });
    return requestId;
  }

  request(id: string): AreaRequest {
    const request = this.book.get("areaRequest", id);
    assert.ok(request !== undefined);
    return request;
  }
}

export function area(areas: readonly string[], wants: string): object {
  return { kind: "area", areas, wants };
}
