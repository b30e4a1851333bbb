// SPDX-License-Identifier: MIT
import type { Device, DeviceAnswer, DeviceRequest } from "../device.ts";
import { refusal, unimplemented } from "../rpc-status.ts";

/** A device for tests of the server: small, and awkward on request. */
export class EchoDish implements Device {
  readonly id: string;
  /** Requests answered so far. */
  answered = 0;

  constructor(id = "ut01000000-00000000-00001234") {
    this.id = id;
  }

  handle(request: DeviceRequest): DeviceAnswer | Promise<DeviceAnswer> {
    this.answered += 1;
    if (request.getStatus !== undefined) {
      return { dishGetStatus: { deviceInfo: { id: this.id }, uplinkThroughputBps: 12.5 } };
    }
    if (request.getHistory !== undefined) {
      const popPingLatencyMs = Float32Array.from({ length: 900 }, (_, i) => i);
      return { dishGetHistory: { current: 900n, popPingLatencyMs } };
    }
    if (request.getLocation !== undefined) return refusal("permissionDenied", "not today, 100 % — sorry");
    // Answers after a while, that long.
    if (request.getPing !== undefined) {
      return new Promise(resolve => setTimeout(() => resolve({ getPing: {} }), 150));
    }
    if (request.reboot !== undefined) throw new Error("it broke");
    if (request.startUnlock !== undefined) return { startUnlock: { deviceId: this.id } };
    return unimplemented;
  }
}
