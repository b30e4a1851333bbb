// SPDX-License-Identifier: MIT
import type { Feature, Level } from "./feature.ts";
import { features, levels } from "./feature.ts";
import type { FleetRefusal, ValidationResult } from "./operation.ts";

/** What every answer is wrapped in, success and failure alike. */
export interface Envelope {
  readonly errors: readonly ValidationResult[];
  readonly warnings: readonly ValidationResult[];
  readonly information: readonly string[];
  readonly isValid: boolean;
  readonly content: unknown;
}

export function envelope(
  content: unknown,
  warnings: readonly ValidationResult[] = [],
  information: readonly string[] = [],
): Envelope {
  return { errors: [], warnings, information, isValid: true, content };
}

export function refusalEnvelope({ errors, information }: FleetRefusal): Envelope {
  return { errors, warnings: [], information, isValid: false, content: null };
}

/** What a caller without a permission is told, in the one shape that is not the envelope. */
export function lacksPermission(accountNumber: string, feature: Feature, level: Level) {
  return {
    accountId: accountNumber,
    requiredPermission: { featureAccess: features[feature], permission: levels[level] },
    featureAccessString: feature,
    permissionString: level,
  };
}
