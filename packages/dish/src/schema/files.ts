// SPDX-License-Identifier: MIT
import { accountShardFile } from "./files/account-shard.ts";
import { commandFile } from "./files/command.ts";
import { deviceFile } from "./files/device.ts";
import { deviceCommonFile } from "./files/device-common.ts";
import { disablementFile } from "./files/disablement.ts";
import { dishFile } from "./files/dish.ts";
import { dishConfigFile } from "./files/dish-config.ts";
import { gnssFile } from "./files/gnss.ts";
import { googleTimestampFile } from "./files/google-timestamp.ts";
import { googleWrappersFile } from "./files/google-wrappers.ts";
import { rateLimitReasonFile } from "./files/rate-limit-reason.ts";
import { reflectionV1File } from "./files/reflection-v1.ts";
import { reflectionV1AlphaFile } from "./files/reflection-v1alpha.ts";
import { rssiScanFile } from "./files/rssi-scan.ts";
import { statusFile } from "./files/status.ts";
import { timeFile } from "./files/time.ts";
import { transceiverFile } from "./files/transceiver.ts";
import { unlockFile } from "./files/unlock.ts";
import { wifiFile } from "./files/wifi.ts";
import { wifiConfigFile } from "./files/wifi-config.ts";
import { wifiUtilFile } from "./files/wifi-util.ts";
import type { ProtoFile } from "./table.ts";

/** The 19 files of a terminal's local API, firmware 2026.07; each stands after the files it imports. */
export const terminalFiles: readonly ProtoFile[] = [
  statusFile,
  commandFile,
  deviceCommonFile,
  googleTimestampFile,
  accountShardFile,
  dishConfigFile,
  rssiScanFile,
  disablementFile,
  rateLimitReasonFile,
  dishFile,
  gnssFile,
  transceiverFile,
  googleWrappersFile,
  wifiUtilFile,
  wifiConfigFile,
  timeFile,
  wifiFile,
  unlockFile,
  deviceFile,
];

/** Both dialects of server reflection, which a server of gRPC describes among its own files. */
export const reflectionFiles: readonly ProtoFile[] = [reflectionV1File, reflectionV1AlphaFile];

/** Everything a terminal's server speaks and describes. */
export const servedFiles: readonly ProtoFile[] = [...terminalFiles, ...reflectionFiles];
