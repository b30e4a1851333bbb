// SPDX-License-Identifier: MIT
import type { ProtoFile } from "../table.ts";

/** Unlocking a device that was locked to an account. */
export const unlockFile = {
  path: "spacex_api/device/services/unlock/service.proto",
  package: "SpaceX.API.Device.Services.Unlock",
  imports: [],
  messages: {
    UnlockChallenge: {
      device_id: [1, "string"],
      nonce: [2, "bytes"],
      sign_spki: [4, "bytes"],
      grant_keydata: [5, "string"],
      service_keydata: [6, "string"],
      authority_grants: [7, "string[]"],
    },
    StartUnlockRequest: {},
    StartUnlockResponse: { device_id: [1, "string"], nonce: [2, "bytes"], sign_spki: [3, "bytes"] },
    FinishUnlockRequest: { challenge: [1, "bytes"], signature: [2, "bytes"] },
    FinishUnlockResponse: { status: [1, "uint32"] },
  },
  enums: {},
  services: {
    UnlockService: {
      StartUnlock: { takes: "StartUnlockRequest", gives: "StartUnlockResponse", streams: false },
      FinishUnlock: { takes: "FinishUnlockRequest", gives: "FinishUnlockResponse", streams: false },
    },
  },
  reserved: {
    UnlockChallenge: [3, "grant_spki"],
  },
} as const satisfies ProtoFile;
