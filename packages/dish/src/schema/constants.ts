// SPDX-License-Identifier: MIT
// Enums that the simulation speaks of, under short names; every other one is a call of `enumOf`.
import { enumOf } from "./directory.ts";

/** Why a terminal may not pass traffic (`dishGetStatus.disablementCode`). */
export const disablementCode = enumOf("SpaceX.API.Satellites.Network.UtDisablementCode");

/** What the holder of an account has to do first; no field of the terminal's API carries it. */
export const accountDisablementReason = enumOf("SpaceX.API.Satellites.Network.AccountDisablementReason");

/** Why a rate is limited (`dishGetStatus.dlBandwidthRestrictedReason`, `ulBandwidthRestrictedReason`). */
export const rateLimitReason = enumOf("SpaceX.API.Telemetron.Public.Integrations.RateLimitReason");

/** Why a dish has no link. */
export const outageCause = enumOf("SpaceX.API.Device.DishOutage.Cause");

/** How far a terminal may move. */
export const userMobilityClass = enumOf("SpaceX.API.Device.UserMobilityClass");

/** What kind of service a terminal has. */
export const userClassOfService = enumOf("SpaceX.API.Device.UserClassOfService");

/** From what a position was found. */
export const positionSource = enumOf("SpaceX.API.Device.PositionSource");

/** Why a device started. */
export const bootReason = enumOf("SpaceX.API.Device.BootReason");

/** Why a dish was made to start again (`dishGetStatus.rebootReason`). */
export const rebootReason = enumOf("SpaceX.API.Device.RebootReason");

/** What happened to a device, in its event log. */
export const eventReason = enumOf("SpaceX.API.Device.EventReason");

/** How grave it was. */
export const eventSeverity = enumOf("SpaceX.API.Device.EventSeverity");

/** How far an update of the software is. */
export const softwareUpdateState = enumOf("SpaceX.API.Device.SoftwareUpdateState");
