// SPDX-License-Identifier: MIT

/** What a service account may be allowed to see or change, with the numbers that the API writes on the wire. */
export const features = {
  DeviceTelemetry: 1,
  DeviceCommand: 2,
  Financial: 3,
  UserManagement: 4,
  AccountInformation: 5,
  OutageHistory: 6,
  SupportRequest: 7,
  DeviceManagement: 8,
  ServicePlan: 9,
  UserViewership: 10,
  ServiceAccountManagement: 11,
  DataSharingPreferenceManagement: 12,
  DeviceConfigurationAssignment: 13,
  AviationFlightStatusManagement: 14,
  AdminOnlyUserManagementViaAPI: 15,
  ManagedAccountCreation: 16,
  ManagedAccountsInventoryManagement: 17,
  ManagedAccountInformation: 18,
  ManagedAccountStructureManagement: 19,
  ManagedAccountDeletion: 20,
  ManagedAccountLocationSettings: 21,
  DataUsageNotifications: 22,
  ManagedAccountBillingInformation: 23,
  GatedFeature__Installer: 3001,
  GatedFeature__LawEnforcementAgency: 3002,
  GatedFeature__StarlinkMobileData: 3003,
} as const;

export type Feature = keyof typeof features;

export const featureNames = Object.keys(features) as readonly Feature[];

/** The two levels of a permission. Who may edit may view. */
export const levels = { View: 0, Edit: 1 } as const;

export type Level = keyof typeof levels;

/** The permissions of a service account: what is not named is not allowed. */
export type FleetPermissions = { readonly [F in Feature]?: Level };

/** Whether permissions include a level of a feature. */
export function mayUse(permissions: FleetPermissions, feature: Feature, level: Level): boolean {
  const has = permissions[feature];
  return has !== undefined && levels[has] >= levels[level];
}
