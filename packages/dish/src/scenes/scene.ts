// SPDX-License-Identifier: MIT
import type { DishAlertName } from "../terminal/alerts.ts";
import type { OutageCause } from "../terminal/outage-causes.ts";
import type { ActiveScene } from "../terminal/overrides.ts";

/** What a scene promises to show; its test holds it to it. */
export interface Shown {
  /** `UtDisablementCode`. */
  readonly disablement?: number;
  readonly outage?: OutageCause;
  /** Alerts of `get_status`. */
  readonly alerts?: readonly DishAlertName[];
  /** Codes of the operator's telemetry alerts. */
  readonly telemetryAlerts?: readonly number[];
  /** It answers nobody. */
  readonly dark?: true;
}

/** A situation that a terminal can be put into on request, for whoever builds tools that must cope with it. */
export interface Scene extends ActiveScene {
  /** kebab-case. */
  readonly name: string;
  readonly sentence: string;
  readonly shows: Shown;
}
