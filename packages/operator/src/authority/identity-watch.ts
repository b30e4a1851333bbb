// SPDX-License-Identifier: MIT
import {
  type CloneAlarm,
  CloneWatch,
  type Identity,
  IdentityDesk,
  nonceBytes,
  readDeviceKey,
  type SessionRecord,
} from "@perigee/authority";
import { cellAt } from "@perigee/earth";
import { keyIdOf } from "@perigee/ledger";
import type { AreaReject, Transmission, WorldDevices } from "@perigee/world";

/** Time for an answer: over before the next slot is prepared. */
const ANSWER_MS = 10_000;
/** A device that stays where it is proves itself again after this time: four slots. */
const PROOF_EVERY_MS = 60_000;
/** Slots after which a terminal that is not heard any more is forgotten. */
const SLOTS_REMEMBERED = 240;

/** What one slot's listening came to. */
export interface IdentityRound {
  /** Terminals that transmit. */
  readonly heard: ReadonlySet<string>;
  /** Of the terminals that were ever asked. */
  readonly identities: ReadonlyMap<string, Identity>;
  /** By terminal: cells in which a device that uses its name did not answer, and none did. */
  readonly refusedCells: ReadonlyMap<string, ReadonlySet<string>>;
  /** Terminals that call for help. */
  readonly calling: ReadonlySet<string>;
  readonly alarms: readonly CloneAlarm[];
}

/** An order in force to a terminal's transmitter. */
export interface Silence {
  readonly sparesEmergency: boolean;
}

interface Proof {
  readonly cell: string;
  readonly atMs: number;
  /** Public key, as the terminal's record has it. */
  readonly key: string;
  readonly keyId: string;
}

/**
 * The network's ear: slot by slot it hears who transmits, has each device prove that it is the terminal whose name it
 * uses, and notices two devices under one name. A terminal without an enrolled key is not asked, and not held to it.
 */
export class IdentityWatch {
  readonly #devices: WorldDevices;
  readonly #keyOf: (terminalId: string) => string | null;
  readonly #randomness: (bytes: number) => Uint8Array;
  readonly #desk = new IdentityDesk();
  readonly #clones = new CloneWatch();
  /** By device. */
  readonly #proofs = new Map<string, Proof>();
  readonly #devicesOf = new Map<string, Set<string>>();
  /** In the last round. */
  #heard: readonly Transmission[] = [];
  readonly #commands = new Map<string, { sequence: number; silence: Silence | null }>();

  /**
   * @param keyOf - A terminal's enrolled key, `null` without one.
   * @param randomness - So many bytes that no device can know beforehand.
   */
  constructor(
    devices: WorldDevices,
    keyOf: (terminalId: string) => string | null,
    randomness: (bytes: number) => Uint8Array,
  ) {
    this.#devices = devices;
    this.#keyOf = keyOf;
    this.#randomness = randomness;
  }

  /** Listens once. Slots come in order; in a slot it may be listened more than once. */
  round(slot: number, atMs: number): IdentityRound {
    const unanswered = this.#desk.expire(atMs);
    this.#heard = this.#devices.transmitting(atMs);
    const heard = Map.groupBy(this.#heard, ({ terminalId }) => terminalId);
    const alarms: CloneAlarm[] = [];
    const identities = new Map<string, Identity>();
    const calling = new Set<string>();
    for (const [terminalId, transmissions] of heard) {
      this.#remember(terminalId, transmissions);
      this.#ask(terminalId, transmissions, slot, atMs);
      if (transmissions.some(({ emergency }) => emergency)) calling.add(terminalId);
      for (const transmission of transmissions) {
        const alarm = this.#clones.take(this.#sessionOf(transmission, slot));
        if (alarm !== null) alarms.push(alarm);
      }
    }
    this.#clones.forgetBefore(slot - SLOTS_REMEMBERED);
    for (const terminalId of this.#devicesOf.keys()) {
      const identity = this.#desk.identityOf(terminalId);
      if (identity !== null) identities.set(terminalId, identity);
    }
    const refusedCells = new Map<string, Set<string>>();
    for (const { terminalId, cell, issuedAtMs } of unanswered) {
      if (this.#isProved(terminalId, cell, issuedAtMs)) continue;
      const cells = refusedCells.get(terminalId) ?? new Set();
      refusedCells.set(terminalId, cells.add(cell));
    }
    return { heard: new Set(heard.keys()), identities, refusedCells, calling, alarms };
  }

  /** Passes on to the devices of terminals what their transmitters are ordered; `null`: nothing (any more). */
  command(silenceOf: (terminalId: string) => Silence | null, atMs: number): void {
    for (const [terminalId, deviceIds] of this.#devicesOf) {
      const silence = silenceOf(terminalId);
      const before = this.#commands.get(terminalId);
      if (silence === null && before === undefined) continue;
      const isSame = before?.silence?.sparesEmergency === silence?.sparesEmergency;
      const sequence = (before?.sequence ?? 0) + (before !== undefined && isSame ? 0 : 1);
      this.#commands.set(terminalId, { sequence, silence });
      const transmit = silence === null ? "on" : "off";
      // Repeated: a device that was without power has not heard it, and hearing it twice changes nothing.
      for (const deviceId of deviceIds) {
        const command = { sequence, transmit, sparesEmergency: silence?.sparesEmergency ?? true } as const;
        this.#devices.command(deviceId, command, atMs);
      }
    }
  }

  /**
   * Answers the terminals that were heard in the last round: where they get no service, that they need not ask again
   * before they have moved or waited; elsewhere, that they are served.
   *
   * @param rejectOf - `null`: the terminal is not turned away from where it is.
   */
  answer(rejectOf: (terminalId: string) => AreaReject | null, atMs: number): void {
    for (const { terminalId, deviceId } of this.#heard) {
      const reject = rejectOf(terminalId);
      if (reject !== null) this.#devices.reject(deviceId, reject, atMs);
      else this.#devices.accept(deviceId);
    }
  }

  #remember(terminalId: string, transmissions: readonly Transmission[]): void {
    const known = this.#devicesOf.get(terminalId) ?? new Set();
    for (const { deviceId } of transmissions) known.add(deviceId);
    this.#devicesOf.set(terminalId, known);
  }

  /** Asks all devices under a name together as soon as one of them is to be asked: what one proves fails no other. */
  #ask(terminalId: string, transmissions: readonly Transmission[], slot: number, atMs: number): void {
    const text = this.#keyOf(terminalId);
    if (text === null) return;
    const isDue = transmissions.some(({ deviceId, latDeg, lonDeg }) => {
      const proof = this.#proofs.get(deviceId);
      const isHere = proof?.key === text && proof.cell === cellAt(latDeg, lonDeg);
      return !isHere || atMs - proof.atMs >= PROOF_EVERY_MS;
    });
    if (!isDue) return;
    const read = readDeviceKey(text);
    const key = read.ok ? read.value : null;
    for (const { deviceId, latDeg, lonDeg } of transmissions) {
      const channel = { terminalId, cell: cellAt(latDeg, lonDeg), slot };
      const asked = this.#desk.issue(channel, this.#randomness(nonceBytes), atMs, ANSWER_MS);
      // More devices under one name than are asked at once: those prove nothing.
      if (!asked.ok) continue;
      const answer = this.#devices.answer(deviceId, asked.value, atMs);
      const taken = answer && this.#desk.take(answer, channel, key, atMs);
      if (key !== null && taken?.ok)
        this.#proofs.set(deviceId, { cell: channel.cell, atMs, key: text, keyId: keyIdOf(key) });
      else this.#proofs.delete(deviceId);
    }
  }

  #sessionOf({ terminalId, deviceId, atMs, latDeg, lonDeg }: Transmission, slot: number): SessionRecord {
    return {
      ...{ terminalId, deviceId, slot, atMs },
      keyId: this.#proofs.get(deviceId)?.keyId ?? null,
      cell: cellAt(latDeg, lonDeg),
      // A beam tells the cell; where in it the device is, is not measured.
      position: null,
    };
  }

  /** Whether any device proved itself on a channel at or after an instant. */
  #isProved(terminalId: string, cell: string, sinceMs: number): boolean {
    for (const deviceId of this.#devicesOf.get(terminalId) ?? []) {
      const proof = this.#proofs.get(deviceId);
      if (proof?.cell === cell && proof.atMs >= sinceMs) return true;
    }
    return false;
  }
}
