// SPDX-License-Identifier: MIT
import { eventReason, eventSeverity } from "../schema/constants.ts";
import type { DishCore } from "./core.ts";
import { WEAK_FOR_S } from "./signal.ts";

/** What the event log keeps besides outages (`EventReason`, `EventSeverity`), while it lasts. */
export const loggedEvents: readonly {
  readonly reason: number;
  readonly severity: number;
  readonly when: (core: DishCore) => boolean;
}[] = [
  {
    reason: eventReason.EVENT_REASON_UT_ALERT_RAIN_SNR_PERSISTENTLY_LOW,
    severity: eventSeverity.EVENT_SEVERITY_CAUTION,
    when: core => core.weakS >= WEAK_FOR_S,
  },
  {
    reason: eventReason.EVENT_REASON_UT_ALERT_ETH_NO_LINK,
    severity: eventSeverity.EVENT_SEVERITY_WARNING,
    when: core => core.hardware.ethernetMbps === 0,
  },
  {
    reason: eventReason.EVENT_REASON_UT_ALERT_ETH_SLOW_LINK,
    severity: eventSeverity.EVENT_SEVERITY_CAUTION,
    when: core => core.hardware.ethernetMbps === 10,
  },
  {
    reason: eventReason.EVENT_REASON_UT_ALERT_ETH_SLOW_LINK_100,
    severity: eventSeverity.EVENT_SEVERITY_ADVISORY,
    when: core => core.hardware.ethernetMbps === 100,
  },
];
