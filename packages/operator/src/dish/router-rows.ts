// SPDX-License-Identifier: MIT
import type { RouterRow } from "../fleet/telemetry/router-window.ts";
import type { SlotReport } from "./dish-host.ts";

/** What the routers behind terminals say of a slot; those that are off say nothing. */
export function routerRows(reports: readonly SlotReport[]): RouterRow[] {
  return reports.flatMap(({ terminalId, router }) => {
    if (router === null) return [];
    const ping = (dropRate: number, latencyMs: number | null) => ({ dropRate, latencyMs });
    const hex = router.routerId.replace(/^Router-/, "");
    return {
      terminal: terminalId,
      routerId: hex,
      uptimeS: router.uptimeS,
      software: router.softwareVersion,
      hardware: router.hardwareVersion,
      // One router stands in each home: none repeats another's signal.
      isRepeater: false,
      hopsFromController: 0,
      isBypassed: router.isBypassed,
      internetPing: ping(router.internetPingDropRate, router.internetPingLatencyMs),
      popPing: ping(router.popPingDropRate, router.popPingLatencyMs),
      dishPing: ping(router.dishPingDropRate, router.dishPingLatencyMs),
      clients2Ghz: router["2.4GHz"].clients,
      clients5Ghz: router["5GHz"].clients,
      clientsEthernet: router.clientsEthernet,
      wanRxBytes: router.wanRxBytes,
      wanTxBytes: router.wanTxBytes,
    };
  });
}
