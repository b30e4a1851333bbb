// SPDX-License-Identifier: MIT
import type { KeyObject } from "node:crypto";
import { cellCentre, distanceKm } from "@perigee/earth";
import { deviceKey, enrolmentOf, type Question, type Reply, reply } from "./device-key.ts";
import {
  type AreaReject,
  hearAccept,
  hearCommand,
  hearReject,
  maySpeak,
  type Radio,
  type TransmitCommand,
  untoldRadio,
} from "./radio.ts";
import { positionOnTrack } from "./track.ts";
import { type Clone, type DeviceScript, isWithin, type WorldTerminal } from "./world.ts";

/** A transmission as the network hears it: whose it claims to be, which radio it is, and where that really stands. */
export interface Transmission {
  readonly terminalId: string;
  readonly deviceId: string;
  readonly atMs: number;
  readonly latDeg: number;
  readonly lonDeg: number;
  /** It is calling for help. */
  readonly emergency: boolean;
}

/**
 * The devices behind terminals' names: the genuine one of each, and whatever else uses its name. They remember what they
 * were told; everything else about them is a function of the moment.
 */
export interface WorldDevices {
  /** Who transmits at a moment, in the order of the terminals, the genuine device first. */
  transmitting(atMs: number): readonly Transmission[];
  /** What a device answers when it is asked at a moment; `null`: nothing. */
  answer(deviceId: string, question: Question, atMs: number): Reply | null;
  command(deviceId: string, command: TransmitCommand, atMs: number): void;
  reject(deviceId: string, reject: AreaReject, atMs: number): void;
  accept(deviceId: string): void;
  /** What the maker of a terminal enrolled: the public key of its genuine device. */
  enrolment(terminalId: string): string;
}

/**
 * A device does not answer for a cell that it is this far from: otherwise a relay could let it prove itself somewhere
 * else. The widest cells reach some 12 km from their centre; a beam's edge is blurred.
 */
const farFromCellKm = 40;

interface Device {
  readonly id: string;
  readonly terminal: WorldTerminal;
  readonly body: Pick<WorldTerminal, "track" | "off">;
  readonly script: DeviceScript;
  readonly key: KeyObject | null;
  readonly wrongKey: KeyObject;
  radio: Radio;
}

/**
 * Builds the devices.
 *
 * @param startMs - UTC milliseconds that tracks and scripts count from.
 * @param seed - Of the keys.
 */
export function createDevices(
  terminals: readonly WorldTerminal[],
  startMs: number,
  seed: string,
): WorldDevices {
  const devices = new Map<string, Device>();
  for (const terminal of terminals) {
    const genuine = deviceKey(seed, terminal.id);
    add(terminal, terminal, genuine, terminal.device ?? {}, 0);
    for (const [i, clone] of (terminal.clones ?? []).entries())
      add(terminal, clone, clone.hasKey ? genuine : null, scriptOf(clone), i + 1);
  }
  /** The last answer that went over the air for each terminal: anyone could have listened. */
  const overheard = new Map<string, Reply>();

  function add(
    terminal: WorldTerminal,
    body: Pick<WorldTerminal, "track" | "off">,
    key: KeyObject | null,
    script: DeviceScript,
    number: number,
  ): void {
    const id = `${terminal.id}/${number}`;
    const wrongKey = deviceKey(seed, `${id} wrong`);
    devices.set(id, { id, terminal, body, script, key, wrongKey, radio: untoldRadio });
  }

  const secondsAt = (atMs: number): number => (atMs - startMs) / 1_000;
  const transmissionOf = (device: Device, atMs: number): Transmission | null => {
    const atS = secondsAt(atMs);
    const { id, terminal, body, script, radio } = device;
    if (isWithin(body.off, atS)) return null;
    const { latDeg, lonDeg } = positionOnTrack(body.track, atS);
    const emergency = isWithin(script.emergency, atS);
    const obeyed: Radio = {
      command: script.ignoresTxOff === true ? null : radio.command,
      reject: script.ignoresReject === true ? null : radio.reject,
    };
    const speaks = maySpeak(obeyed, { atMs, latDeg, lonDeg, emergency }, script.ceaseMs);
    return speaks ? { terminalId: terminal.id, deviceId: id, atMs, latDeg, lonDeg, emergency } : null;
  };
  const deviceOf = (deviceId: string): Device => {
    const device = devices.get(deviceId);
    if (device === undefined) throw new RangeError(`There is no device "${deviceId}".`);
    return device;
  };

  return {
    transmitting: atMs => [...devices.values()].flatMap(device => transmissionOf(device, atMs) ?? []),
    answer(deviceId, question, atMs) {
      const device = deviceOf(deviceId);
      const heard = transmissionOf(device, atMs);
      if (heard === null || question.terminalId !== device.terminal.id) return null;
      const { key, wrongKey, script } = device;
      const atS = secondsAt(atMs);
      if (isWithin(script.replays, atS)) return overheard.get(question.terminalId) ?? null;
      if (isWithin(script.wrongKey, atS)) return reply(wrongKey, question);
      if (key === null || distanceKm(heard, cellCentre(question.cell)) > farFromCellKm) return null;
      const said = reply(key, question);
      overheard.set(question.terminalId, said);
      return said;
    },
    command(deviceId, command, atMs) {
      const device = deviceOf(deviceId);
      if (!isWithin(device.body.off, secondsAt(atMs)))
        device.radio = hearCommand(device.radio, command, atMs);
    },
    reject(deviceId, reject, atMs) {
      const device = deviceOf(deviceId);
      const where = positionOnTrack(device.body.track, secondsAt(atMs));
      if (!isWithin(device.body.off, secondsAt(atMs)))
        device.radio = hearReject(device.radio, reject, where, atMs);
    },
    accept(deviceId) {
      const device = deviceOf(deviceId);
      device.radio = hearAccept(device.radio);
    },
    enrolment: terminalId => enrolmentOf(deviceOf(`${terminalId}/0`).key!),
  };
}

/** A copy without the key has nothing but what it overheard. */
function scriptOf({ hasKey }: Clone): DeviceScript {
  return hasKey ? {} : { replays: [{ fromS: 0, untilS: Number.POSITIVE_INFINITY }] };
}
