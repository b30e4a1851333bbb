// SPDX-License-Identifier: MIT
import { z } from "zod";
import { gated } from "./gated.ts";

const instant = z.iso.datetime({ offset: true });
const airportCode = z.object({
  airportIataCode: z.string().max(3).nullish(),
  airportIcaoCode: z.string().max(4).nullish(),
});

export const flightRequest = z.object({
  tailNumber: z.string().min(1).max(20),
  flightNumber: z.string().min(1).max(20),
  eventType: z.enum(["EventUnknown", "Departure", "Arrival", "MetadataUpdate"]),
  eventTimeUtc: instant.nullish(),
  eventAirport: airportCode.optional(),
  scheduledArrivalAirport: airportCode.optional(),
  estimatedGateArrivalTimeUtc: instant.nullish(),
  passengerCount: z.number().int().min(0).max(2_000).nullish(),
  slaOptOutFlight: z.boolean().optional(),
});

export const flightOperations = [
  gated({
    operationId: "setFlightStatus",
    method: "POST",
    path: "/public/v2/flights/status",
    summary: "Says where an aircraft is on its flight",
    tag: "flights",
    feature: "AviationFlightStatusManagement",
    level: "Edit",
    body: flightRequest,
  }),
];
