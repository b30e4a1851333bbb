// SPDX-License-Identifier: MIT
import { type AreaRules, defaultAreaRules, type PolicySubject } from "@perigee/authority";
import type { AuthorityService } from "../authority/authority-service.ts";
import { views } from "../boundary.ts";

/** What the commands about areas go by; a plan goes by the same. */
export const areaRules: AreaRules = { ...defaultAreaRules, views };

/** Every terminal as admission sees it now, without the policy that judges it. */
export function policySubjects(
  authority: Pick<AuthorityService, "subjects">,
  atMs: number,
): Iterable<PolicySubject> {
  return authority.subjects(atMs);
}
