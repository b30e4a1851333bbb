// SPDX-License-Identifier: MIT
import type { z } from "zod";
import type { Feature, Level } from "../feature.ts";
import { type FleetOperation, operation, refused } from "../operation.ts";

/** What an operation states that nobody here may use. */
export interface GatedSpec {
  readonly operationId: string;
  readonly method: FleetOperation["method"];
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly feature: Feature;
  readonly level: Level;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly multipart?: boolean;
  readonly content?: z.ZodType;
  readonly status?: 200 | 201;
}

/**
 * An operation for a feature that this operator does not have. It is there and described, and whoever calls it is told
 * what an account without the permission is told; no service account can have it.
 */
export function gated({ feature, level, ...spec }: GatedSpec): FleetOperation {
  return operation({
    ...spec,
    permission: { feature, level },
    gated: true,
    // Nobody gets past the permission.
    handle: () => refused("user_lacks_required_permission", [], "No account here has this feature.", 403),
  });
}
