// SPDX-License-Identifier: MIT
import type { ProtoFile } from "../table.ts";

/** Measurements of navigation satellites. */
export const gnssFile = {
  path: "spacex_api/device/gnss.proto",
  package: "SpaceX.API.Device.Gnss",
  imports: [],
  options: { goPackage: "spacex.com/api/device" },
  messages: {
    Measurement: {
      time_of_validity_ns: [1, "int64"],
      satellite_system: [2, "SatelliteSystem"],
      prn: [3, "int32"],
      pseudorange: [4, "Pseudorange"],
      ephemeris: [5, "Ephemeris"],
    },
    Pseudorange: { pseudorange_m: [1, "double"], pseudorange_variance_m2: [2, "float"] },
    Ephemeris: {
      sv_data_time: [1, "SatnavTime"],
      coordinate_frame: [2, "CoordinateFrame"],
      sv_pos_m: [3, "Vector3"],
      sv_vel_m: [4, "Vector3"],
    },
    SatnavTime: {
      week_number: [1, "uint32"],
      seconds_of_week: [2, "double"],
      time_reference: [3, "TimeReference"],
    },
    Vector3: { x: [1, "double"], y: [2, "double"], z: [3, "double"] },
  },
  enums: {
    TimeReference: { TIME_GPS: 0, TIME_GALILEO: 1, TIME_BEIDOU: 2, TIME_GLONASS: 3 },
    SatelliteSystem: {
      SYS_GPS: 0,
      SYS_GALILEO: 1,
      SYS_GLONASS: 2,
      SYS_BEIDOU: 3,
      SYS_SBAS: 4,
      SYS_QZSS: 5,
      SYS_IRNSS: 6,
      SYS_STARLINK: 7,
      SYS_STARSHIELD: 8,
    },
    CoordinateFrame: { ITRF: 0, ECEF: 1, GTRF: 2, PZ90: 3 },
  },
} as const satisfies ProtoFile;
