// SPDX-License-Identifier: MIT
import type { MessageOf } from "@perigee/dish";
import type { Figure, Words } from "./gauges.ts";

type Status = MessageOf<"SpaceX.API.Device.DishGetStatusResponse">;
type Alerts = MessageOf<"SpaceX.API.Device.DishAlerts">;

/** What a terminal answers to `get_status`, and the last second of its history. */
export interface DishReading {
  /** `undefined`: it does not answer. */
  readonly status: Status | undefined;
  /** Share of the last second's pings that were lost; current firmware leaves it out of the status. */
  readonly pingDropRate: number | undefined;
  readonly powerW: number | undefined;
}

type Read = Figure<DishReading>["of"];

const figure = (name: string, help: string, of: Read): Figure<DishReading> => ({
  name: `starlink_dish_${name}`,
  help,
  of,
});

/** The same under two names: exporters agree on what to read and not always on what to call it. */
const figures = (names: readonly string[], help: string, of: Read): Figure<DishReading>[] =>
  names.map(name => figure(name, help, of));

/** On the wire a number that is 0 and a flag that is not set are absent. */
const number = (of: (status: Status) => number | bigint | undefined): Read => {
  return ({ status }) => (status === undefined ? undefined : Number(of(status) ?? 0));
};
const flag = (of: (status: Status) => boolean | undefined): Read => {
  return ({ status }) => (status === undefined ? undefined : (of(status) ?? false));
};

/** Alerts by the ends of their metrics' names. */
const alerts: readonly (readonly [name: string, help: string, member: keyof Alerts])[] = [
  ["motors_stuck", "Its motors do not move", "motorsStuck"],
  ["thermal_throttle", "It sends less often because it is hot", "thermalThrottle"],
  ["thermal_shutdown", "It has switched itself off because it is too hot", "thermalShutdown"],
  ["mast_not_near_vertical", "Its mast leans", "mastNotNearVertical"],
  ["unexpected_location", "It is where its plan does not allow it", "unexpectedLocation"],
  ["slow_ethernet_speeds", "Its Ethernet link runs below 1 Gbit/s", "slowEthernetSpeeds"],
  ["slow_ethernet_speeds_100", "Its Ethernet link runs at 100 Mbit/s or less", "slowEthernetSpeeds100"],
  ["no_ethernet_link", "It has no Ethernet link", "noEthernetLink"],
  ["roaming", "It is away from its service address", "roaming"],
  ["install_pending", "Software waits for a restart", "installPending"],
  ["is_heating", "It melts snow", "isHeating"],
  [
    "power_supply_thermal_throttle",
    "Its power supply gives less because it is hot",
    "powerSupplyThermalThrottle",
  ],
  ["is_power_save_idle", "It sleeps on its owner's schedule", "isPowerSaveIdle"],
  ["dbf_telem_stale", "Its beamformer says nothing new", "dbfTelemStale"],
  ["low_motor_current", "Its motors draw too little current", "lowMotorCurrent"],
  ["signal_lower_than_predicted", "Its signal is weaker than it should be", "lowerSignalThanPredicted"],
  ["obstruction_map_reset", "Its map of obstructions began anew", "obstructionMapReset"],
  ["dish_water_detected", "There is water in it", "dishWaterDetected"],
  ["router_water_detected", "There is water in its router", "routerWaterDetected"],
  ["upsu_router_port_slow", "The power supply's router port is slow", "upsuRouterPortSlow"],
];

/** Every figure of a terminal under the names that exporters of real terminals use. */
export const dishFigures: readonly Figure<DishReading>[] = [
  figure("up", "Whether the terminal answers", ({ status }) => status !== undefined),
  figure(
    "uptime_seconds",
    "Time since its start",
    number(s => s.deviceState?.uptimeS),
  ),
  figure(
    "pop_ping_latency_seconds",
    "Round trip to its point of presence",
    number(s => (s.popPingLatencyMs ?? 0) / 1000),
  ),
  figure("pop_ping_drop_ratio", "Lost share of those pings, 0 to 1", reading => reading.pingDropRate),
  figure(
    "downlink_throughput_bps",
    "Download, bits per second",
    number(s => s.downlinkThroughputBps),
  ),
  figure(
    "uplink_throughput_bps",
    "Upload, bits per second",
    number(s => s.uplinkThroughputBps),
  ),
  figure(
    "downlink_throughput_bytes",
    "Download, bytes per second",
    number(s => (s.downlinkThroughputBps ?? 0) / 8),
  ),
  figure(
    "uplink_throughput_bytes",
    "Upload, bytes per second",
    number(s => (s.uplinkThroughputBps ?? 0) / 8),
  ),
  figure("power_input_watts", "Power that it draws", reading => reading.powerW),
  figure(
    "disablement_code",
    "Why service is limited (UtDisablementCode); 1: it is not",
    number(s => s.disablementCode),
  ),
  figure(
    "snr_above_noise_floor",
    "Whether it hears its satellite",
    flag(s => s.isSnrAboveNoiseFloor),
  ),
  figure(
    "snr_persistently_low",
    "Whether it hears it badly for long",
    flag(s => s.isSnrPersistentlyLow),
  ),
  figure(
    "currently_obstructed",
    "Whether something stands in the way",
    flag(s => s.obstructionStats?.currentlyObstructed),
  ),
  figure(
    "fraction_obstruction_ratio",
    "Share of its sky that is obstructed",
    number(s => s.obstructionStats?.fractionObstructed),
  ),
  figure(
    "time_obstruction_ratio",
    "Share of the time that it is obstructed",
    number(s => s.obstructionStats?.timeObstructed),
  ),
  figure(
    "valid_seconds",
    "Time that its figures of obstruction rest on",
    number(s => s.obstructionStats?.validS),
  ),
  figure(
    "prolonged_obstruction_duration_seconds",
    "Mean length of long obstructions",
    number(s => s.obstructionStats?.avgProlongedObstructionDurationS),
  ),
  figure(
    "prolonged_obstruction_interval_seconds",
    "Mean time between them; NaN: there were none",
    number(s => s.obstructionStats?.avgProlongedObstructionIntervalS),
  ),
  ...figures(
    ["boresight_azimuth_deg", "bore_sight_azimuth_deg"],
    "Where it points, clockwise from north",
    number(s => s.boresightAzimuthDeg),
  ),
  ...figures(
    ["boresight_elevation_deg", "bore_sight_elevation_deg"],
    "Where it points, above the horizon",
    number(s => s.boresightElevationDeg),
  ),
  figure(
    "tilt_angle_deg",
    "Angle between it and the vertical",
    number(s => s.alignmentStats?.tiltAngleDeg),
  ),
  ...figures(
    ["seconds_to_first_nonempty_slot", "first_nonempty_slot_seconds"],
    "Time until the network has time for it",
    number(s => s.secondsToFirstNonemptySlot),
  ),
  figure(
    "gps_valid",
    "Whether it has a position",
    flag(s => s.gpsStats?.gpsValid),
  ),
  ...figures(
    ["gps_satellites", "gps_sats"],
    "Satellites that its position rests on",
    number(s => s.gpsStats?.gpsSats),
  ),
  ...figures(
    ["eth_speed_mbps", "eth_speed"],
    "Speed of its Ethernet link",
    number(s => s.ethSpeedMbps),
  ),
  figure(
    "stow_requested",
    "Whether its owner has stowed it",
    flag(s => s.stowRequested),
  ),
  figure(
    "mobility_class",
    "UserMobilityClass: 0 stationary, 1 nomadic, 2 mobile",
    number(s => s.mobilityClass),
  ),
  figure(
    "class_of_service",
    "UserClassOfService",
    number(s => s.classOfService),
  ),
  figure(
    "software_update_state",
    "SoftwareUpdateState",
    number(s => s.softwareUpdateState),
  ),
  figure(
    "software_update_reboot_ready",
    "Whether it may restart into new software",
    flag(s => s.swupdateRebootReady),
  ),
  figure(
    "connected_routers_count",
    "Routers behind it",
    number(s => s.connectedRouters?.length),
  ),
  figure(
    "is_cell_disabled",
    "Whether its cell is disabled",
    flag(s => s.isCellDisabled),
  ),
  figure(
    "dl_bandwidth_restricted_reason",
    "Why downloads are held back (RateLimitReason); 1: they are not",
    number(s => s.dlBandwidthRestrictedReason),
  ),
  figure(
    "ul_bandwidth_restricted_reason",
    "Why uploads are held back (RateLimitReason); 1: they are not",
    number(s => s.ulBandwidthRestrictedReason),
  ),
  figure(
    "outage",
    "Whether it is out of service",
    flag(s => s.outage !== undefined),
  ),
  figure(
    "outage_duration",
    "How long, seconds",
    number(s => Number(s.outage?.durationNs ?? 0n) / 1e9),
  ),
  figure("outage_cause", "Why (DishOutage.Cause)", ({ status }) =>
    status?.outage === undefined ? undefined : (status.outage.cause ?? 0),
  ),
  ...alerts.map(([name, help, member]) =>
    figure(
      `alert_${name}`,
      help,
      flag(s => s.alerts?.[member]),
    ),
  ),
];

export const dishWords: readonly Words<DishReading>[] = [
  {
    name: "starlink_dish_info",
    help: "What it is and runs",
    labels: [
      ...["device_id", "hardware_version", "software_version", "manufactured_version"],
      ...["country_code", "utc_offset", "boot_count"],
    ],
    of: ({ status }) => {
      const info = status?.deviceInfo;
      if (info === undefined) return undefined;
      return {
        device_id: info.id ?? "",
        hardware_version: info.hardwareVersion ?? "",
        software_version: info.softwareVersion ?? "",
        manufactured_version: info.manufacturedVersion ?? "",
        country_code: info.countryCode ?? "",
        utc_offset: String(info.utcOffsetS ?? 0),
        boot_count: String(info.bootcount ?? 0),
      };
    },
  },
];
