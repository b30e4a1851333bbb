// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Role, roles, theSystem } from "./actor.ts";
import {
  allows,
  holderOf,
  type Permission,
  permissionNames,
  permissions,
  permissionsTable,
  refusalText,
  rolesTable,
} from "./permissions.ts";

const allRoles = Object.keys(roles) as Role[];
const someRoles = fc.uniqueArray(fc.constantFrom(...allRoles));
const somePermission = fc.constantFrom(...permissionNames);

/** What the sentences of `actor.ts` promise, written down role by role and apart from the table. */
const changes: Record<Role, readonly Permission[]> = {
  viewer: [],
  auditor: ["ledger.cosign"],
  admin: ["people.manage", "keys.manage"],
  operator: ["terminals.change", "parties.change", "elements.change", "faults.use", "cases.report"],
  compliance: [
    "orders.suspend",
    "orders.request",
    "evidence.add",
    "cases.report",
    "cases.work",
    "areas.change",
    "policy.apply",
    "screening.decide",
    "allowLists.decide",
    "appeals.decide",
    "breakGlass",
  ],
  approver: ["approvals.decide", "allowLists.decideForces"],
};
const looks: readonly Permission[] = [
  "public",
  "portal",
  "fleet",
  "self",
  "policy.plan",
  ...permissionNames.filter(name => name.endsWith(".read")),
];

test("every permission but looking belongs to the roles whose sentences name it", () => {
  for (const permission of permissionNames.filter(name => !looks.includes(name))) {
    for (const role of allRoles) {
      const expected = changes[role].includes(permission);
      assert.equal(allows({ roles: [role] }, permission), expected, `${role}: ${permission}`);
    }
  }
});

test("a viewer reads neither positions nor what is sealed; an auditor reads both", () => {
  for (const [role, sees] of [
    ["viewer", false],
    ["admin", false],
    ["auditor", true],
  ] as const) {
    assert.equal(allows({ roles: [role] }, "positions.read"), sees, role);
    assert.equal(allows({ roles: [role] }, "sealed.read"), sees, role);
  }
  for (const name of permissionNames.filter(name => name.endsWith(".read"))) {
    assert.ok(allows({ roles: ["auditor"] }, name), `auditor: ${name}`);
  }
});

test("no role both asks for approval and gives it", () => {
  for (const role of allRoles) {
    const asks = allows({ roles: [role] }, "orders.request") || allows({ roles: [role] }, "policy.apply");
    assert.ok(!(asks && allows({ roles: [role] }, "approvals.decide")), role);
  }
});

test("several roles allow exactly what one of them allows", () => {
  fc.assert(
    fc.property(someRoles, somePermission, (own, permission) => {
      const byOne = own.some(role => allows({ roles: [role] }, permission));
      assert.equal(allows({ roles: own }, permission), byOne || holderOf(permission) === "everyone");
    }),
    { numRuns: 10_000 },
  );
});

test("nobody, and the system, may do only what everyone may", () => {
  for (const permission of permissionNames) {
    assert.equal(allows(null, permission), permission === "public", permission);
    assert.equal(allows(theSystem, permission), permission === "public", permission);
  }
});

test("a refusal names the permission, who has it and who asked", () => {
  const viewer = { name: "Vera Lind", roles: ["viewer"] as const };
  assert.equal(
    refusalText(viewer, "orders.suspend"),
    "This needs the permission orders.suspend, which the role compliance has; Vera Lind has the role viewer.",
  );
  assert.match(
    refusalText(null, "positions.read"),
    /operator, compliance, approver and auditor have. Nobody/,
  );
  assert.match(refusalText({ name: "N", roles: [] }, "portal"), /customers have; N has no role/);
  for (const name of permissionNames) assert.ok(permissions[name].sentence.endsWith("."), name);
});

test("the tables for people have a row for each permission and each role", () => {
  for (const [table, names] of [
    [permissionsTable(), permissionNames],
    [rolesTable(), allRoles],
  ] as const) {
    const rows = table.trimEnd().split("\n").slice(2);
    assert.deepEqual(
      rows.map(row => /^\| `([\w.]+)` \| [A-Z].*\. ?/.exec(row)?.[1]),
      [...names],
    );
  }
});
