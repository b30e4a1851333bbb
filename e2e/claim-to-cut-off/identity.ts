// SPDX-License-Identifier: MIT
// Who a device is: questions that only the holder of the terminal's key can answer, here and now.
import { createHash, createPublicKey } from "node:crypto";
import {
  type Challenge,
  type CloneAlarm,
  CloneWatch,
  challengeFor,
  type Identity,
  type SessionRecord,
  verifyAnswer,
} from "@perigee/authority";
import { cellCentre } from "@perigee/earth";
import type { Desk } from "./desk.ts";
import type { Field, Heard } from "./field.ts";

const slotMs = 15_000;
const answerMs = 40;

/** A question, and whether it was answered with the enrolled key in time. */
export interface Proof {
  readonly challenge: Challenge;
  readonly state: "proved" | "failed";
  readonly why: string;
}

/** Asks a device, in the cell whose beam hears it. */
export function prove(desk: Desk, field: Field, { terminalId, deviceId, cell }: Heard, atMs: number): Proof {
  // In the story randomness is a function of the moment; a network takes the operating system's.
  const randomness = createHash("sha256").update(`${deviceId} ${cell} ${atMs}`).digest();
  const challenge = challengeFor({ terminalId, cell, slot: Math.floor(atMs / slotMs) }, randomness, atMs);
  const answer = field.answer(deviceId, challenge, atMs + answerMs);
  const enrolled = desk.book.get("terminal", terminalId)?.publicKey ?? null;
  if (answer === null || enrolled === null)
    return { challenge, state: "failed", why: answer === null ? "no answer" : "no key is enrolled" };
  const key = createPublicKey({ key: Buffer.from(enrolled, "base64"), format: "der", type: "spki" });
  const verified = verifyAnswer(key, challenge, answer, atMs + answerMs);
  return verified.ok
    ? { challenge, state: "proved", why: "answered with the enrolled key" }
    : { challenge, state: "failed", why: verified.error.code };
}

export function identityOf({ state, challenge }: Proof): Identity {
  return { state, sinceMs: challenge.issuedAtMs };
}

/** Listens for two devices under one name over some slots. */
export function watchForCopies(field: Field, fromMs: number, slots: number): readonly CloneAlarm[] {
  const watch = new CloneWatch();
  const alarms: CloneAlarm[] = [];
  for (let slot = 0; slot < slots; slot++) {
    const atMs = fromMs + slot * slotMs;
    for (const { terminalId, deviceId, cell } of field.heardAt(atMs)) {
      const record: SessionRecord = {
        ...{ terminalId, deviceId, cell, slot: Math.floor(atMs / slotMs), atMs },
        ...{ keyId: null, position: cellCentre(cell) },
      };
      const alarm = watch.take(record);
      if (alarm !== null) alarms.push(alarm);
    }
  }
  return alarms;
}
