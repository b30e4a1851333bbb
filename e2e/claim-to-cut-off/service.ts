// SPDX-License-Identifier: MIT
// Slot by slot: who asks for service, what the authority answers, and who falls silent.
import type { Admission, Lease, LocationVerdict } from "@perigee/authority";
import type { Desk } from "./desk.ts";
import type { Field } from "./field.ts";
import { identityOf, prove } from "./identity.ts";

/** What a device that was heard in a slot was answered. */
export interface Served {
  readonly terminalId: string;
  readonly admission: Admission;
  readonly lease: Lease | null;
}

export class Service {
  /** What the network's measurements last said of each terminal. */
  readonly verdicts = new Map<string, LocationVerdict>();
  /** Terminals of which every device has to prove itself in each slot. */
  readonly mustProve = new Set<string>();
  readonly #desk: Desk;
  readonly #field: Field;
  readonly #silenced = new Map<string, string>();

  constructor(desk: Desk, field: Field) {
    this.#desk = desk;
    this.#field = field;
  }

  /** Serves the slot that begins at an instant; by device. Who is cut off is told to be silent, and heard no more. */
  slot(atMs: number): ReadonlyMap<string, Served> {
    const [desk, field] = [this.#desk, this.#field];
    desk.atMs = atMs;
    for (const [deviceId, terminalId] of this.#silenced) {
      if (desk.book.get("terminal", terminalId)!.state === "deactivated") continue;
      field.tell(deviceId, "on", atMs);
      this.#silenced.delete(deviceId);
    }
    const heard = field.heardAt(atMs);
    for (const [terminalId, spot] of field.reportsAt(atMs)) desk.report(terminalId, spot);
    const answers = heard.map(device => {
      const { terminalId } = device;
      const identity = this.mustProve.has(terminalId) ? identityOf(prove(desk, field, device, atMs)) : null;
      const admission = desk.admit(terminalId, identity, this.verdicts.get(terminalId) ?? null);
      return { ...device, admission };
    });
    const leases = desk.leases(answers);
    return new Map(
      answers.map(({ terminalId, deviceId, admission }, i) => {
        if (desk.book.get("terminal", terminalId)!.state === "deactivated") {
          field.tell(deviceId, "off", atMs);
          this.#silenced.set(deviceId, terminalId);
        }
        return [deviceId, { terminalId, admission, lease: leases[i]! }];
      }),
    );
  }
}

/** Whether a device has all it asks for: a lease that reaches more than the account's site. */
export function isOnline(served: Served | undefined): boolean {
  return served?.lease?.claims.reach === "all";
}
