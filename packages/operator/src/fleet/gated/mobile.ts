// SPDX-License-Identifier: MIT
import { gated } from "./gated.ts";

const about = {
  method: "GET",
  tag: "mobile",
  feature: "GatedFeature__StarlinkMobileData",
  level: "View",
} as const;

export const mobileOperations = [
  gated({
    ...about,
    operationId: "readMobileRadioAccessNetwork",
    path: "/public/v2/mobile/radio-access-network/{timestamp}",
    summary: "The radio network for phones at an instant",
  }),
  gated({
    ...about,
    operationId: "readMobileTimeSeries",
    path: "/public/v2/mobile/timeseries/{timestamp}",
    summary: "How phones used the network over time",
  }),
  gated({
    ...about,
    operationId: "readMobileMap",
    path: "/public/v2/mobile/map/{timestamp}",
    summary: "Where phones use the network",
  }),
];
