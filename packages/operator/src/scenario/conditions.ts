// SPDX-License-Identifier: MIT
import type { NetworkService } from "../network-service.ts";
import type { Scenario, ScenarioError } from "./scenario.ts";

/** A scenario that does not fit the satellites it is run with. */
export class ScenarioMismatch extends RangeError {
  readonly code = "SCENARIO_INVALID";
}

/** The first condition of a scenario on something that the network in force does not have; `null`: there is none. */
export function unknownTarget(
  { conditions }: Pick<Scenario, "conditions">,
  network: Pick<NetworkService, "faultOfTarget">,
): ScenarioError | null {
  for (const [k, { on }] of conditions.entries()) {
    const fault = network.faultOfTarget(on);
    if (fault !== null) {
      const message = `"${on}": ${fault}`;
      return { code: "SCENARIO_INVALID", message, place: `conditions[${k}].on` };
    }
  }
  return null;
}
