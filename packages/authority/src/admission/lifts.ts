// SPDX-License-Identifier: MIT
import type { AdmissionContext } from "../admission-context.ts";
import { type Ground, groundOf } from "../grounds.ts";
import { oldLocationMs } from "../location-facts.ts";
import { type ReasonRow, reasons } from "../reasons.ts";
import { inInterval } from "../territory.ts";
import type { ExceptionFacts } from "./admission-facts.ts";

/** A ground that would have refused, and what set it aside: the id of a site exception, or `emergency`. */
export interface LiftedGround {
  readonly ground: Ground;
  readonly by: string;
}

/** Grounds that stand and grounds that were set aside. */
export interface Lifting {
  readonly standing: readonly Ground[];
  readonly lifted: readonly LiftedGround[];
}

/**
 * Sets aside what site exceptions in force set aside: the reasons each one names, for the terminals it names, at its site
 * and within its dates. A prohibition by law only by a licence in force from that very statement; what stands against the
 * terminal, its parties or its place in the world's licences, never.
 */
export function liftByExceptions(context: AdmissionContext, grounds: readonly Ground[]): Lifting {
  if (context.exceptions.length === 0) return { standing: grounds, lifted: [] };
  const inForce = context.exceptions.filter(exception => isInForce(exception, context));
  const standing: Ground[] = [];
  const lifted: LiftedGround[] = [];
  for (const ground of grounds) {
    const exception = inForce.find(exception => covers(exception, ground, context.atMs));
    if (exception === undefined) standing.push(ground);
    else lifted.push({ ground, by: exception.id });
  }
  return { standing, lifted };
}

/** At the site as far as anybody knows: an old location, or one that measurements contradict, opens nothing. */
function isInForce(exception: ExceptionFacts, { atMs, location, verdict }: AdmissionContext): boolean {
  return (
    exception.atSite &&
    inInterval(atMs, exception.fromMs, exception.toMs) &&
    location !== null &&
    atMs - location.reportedAtMs <= oldLocationMs &&
    verdict?.verdict !== "inconsistent"
  );
}

function covers({ lifts, licence }: ExceptionFacts, ground: Ground, atMs: number): boolean {
  if (!lifts.some(reason => reason === ground.reason)) return false;
  if (ground.reason !== "LEGAL_REGIME") return true;
  return (
    licence !== null &&
    inInterval(atMs, licence.fromMs, licence.toMs) &&
    licence.statementId === ground.record &&
    licence.territory === ground.territory
  );
}

/**
 * For a terminal that calls for help, sets every denial aside if all of them may be, and restricts it to the account
 * site and emergency services instead.
 */
export function liftByEmergency(context: AdmissionContext, grounds: readonly Ground[]): Lifting {
  if (!context.emergency) return { standing: grounds, lifted: [] };
  const denials = grounds.filter(({ reason }) => isDenial(reason));
  if (denials.length === 0 || !denials.every(ground => sparesEmergency(ground, context))) {
    return { standing: grounds, lifted: [] };
  }
  return {
    standing: [
      groundOf("emergency.call", "EMERGENCY"),
      ...grounds.filter(ground => !denials.includes(ground)),
    ],
    lifted: denials.map(ground => ({ ground, by: "emergency" })),
  };
}

function isDenial(reason: Ground["reason"]): boolean {
  return reasons[reason].reach === "nothing";
}

function sparesEmergency({ reason, record }: Ground, { txOffOrders }: AdmissionContext): boolean {
  const row: ReasonRow = reasons[reason];
  if (row.inEmergency === "nothing") return false;
  return reason !== "TX_OFF" || txOffOrders.some(order => order.id === record && order.sparesEmergency);
}
