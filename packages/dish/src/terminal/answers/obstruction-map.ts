// SPDX-License-Identifier: MIT
import { enumOf } from "../../schema/directory.ts";
import type { MessageOf } from "../../schema/message.ts";
import type { DishCore } from "../core.ts";
import { MAP_MAX_THETA_DEG, MAP_MIN_ELEVATION_DEG, MAP_SIDE } from "../obstruction-map.ts";

/** North is up, whichever way the terminal lies. */
const { FRAME_EARTH } = enumOf("SpaceX.API.Device.ObstructionMapReferenceFrame");

export function obstructionMap(core: DishCore): MessageOf<"SpaceX.API.Device.DishGetObstructionMapResponse"> {
  return {
    numRows: MAP_SIDE,
    numCols: MAP_SIDE,
    snr: core.map.values(),
    minElevationDeg: MAP_MIN_ELEVATION_DEG,
    maxThetaDeg: MAP_MAX_THETA_DEG,
    mapReferenceFrame: FRAME_EARTH,
  };
}
