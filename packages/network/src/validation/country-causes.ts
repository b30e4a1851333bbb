// SPDX-License-Identifier: MIT
import { distanceKm } from "@perigee/earth";
import type { Planner } from "../plan.ts";
import type { CountryPaths } from "./country-paths.ts";
import { mean, median } from "./quantiles.ts";

/** What the plan of a country and its published rates say about why the model is off. */
export interface Evidence {
  readonly code:
    | "noGatewayAtPop"
    | "severalHomes"
    | "nearerHome"
    | "congested"
    | "manyLasers"
    | "highLatitude"
    | "longFibre"
    | "popUnknown"
    | "landsElsewhere"
    | "wideSpread"
    | "rarelyServed"
    | "noTown";
  readonly sentence: string;
}

/** Beyond this from the PoP, landing traffic pays more than 5 ms of round trip in fibre. */
const FAR_GATEWAY_KM = 350;
/** Published rates below half of the world's medians (278 and 41 Mbit/s, September 2026) speak of full beams. */
const SLOW_DOWN_MBPS = 139;
const SLOW_UP_MBPS = 25;
/** North of this the 53-degree shells stand below 45 degrees of elevation. */
const HIGH_LATITUDE_DEG = 57;
/** Of the links; fewer at the PoP's own gateway mean that its antennas are taken. */
const FEW_LANDINGS = 0.7;
/** Best and worst fifth of one country this far apart: what its subscribers get differs from place to place. */
const WIDE_SPREAD_MS = 15;
/** Another PoP counts as nearer when a round trip to it takes this much less. */
const NEARER_HOME_MS = 4;

/**
 * Evidence that bears on a country's error, in both directions: what makes the real network slower than the plan
 * (`modelled - measured` negative) and what makes the plan slower than the real network.
 */
export function evidenceOf(paths: CountryPaths, errorMs: number, planner: Planner): Evidence[] {
  const { row, places, landings, pops, laserHops, fibreKm, servedShare } = paths;
  const found: Evidence[] = [];
  const say = (code: Evidence["code"], sentence: string): void => {
    found.push({ code, sentence });
  };
  const pop = planner.ground.pops.find(({ iata }) => iata === row.mainPop);
  if (pop === undefined) {
    say(
      "popUnknown",
      `The ground segment has no PoP "${row.mainPop}"; addresses were put at ${pops[0]?.code ?? "none"}.`,
    );
  } else {
    const near = planner.ground.gateways
      .map(gateway => ({ gateway, km: distanceKm(gateway, pop) }))
      .sort((a, b) => a.km - b.km)[0];
    if (near !== undefined && near.km > FAR_GATEWAY_KM)
      say(
        "noGatewayAtPop",
        `No list names a gateway within ${near.km.toFixed(0)} km of the PoP ${pop.city}: the plan lands at ` +
          `${landings[0]?.gateway ?? "none"} and takes ${median(fibreKm).toFixed(0)} km of fibre` +
          (errorMs > 0
            ? ", for which the measured time leaves no room."
            : "; how the real one gets there is not known."),
      );
    const atPop = landings.find(({ gateway }) => gateway === near?.gateway.id)?.share ?? 0;
    if (near !== undefined && near.km <= FAR_GATEWAY_KM && atPop < FEW_LANDINGS && errorMs > 0)
      say(
        "landsElsewhere",
        `Only ${(100 * atPop).toFixed(0)} % of the planned links land at ${near.gateway.name}, nearest to the PoP ${pop.city}, most others at ` +
          `${landings.find(({ gateway }) => gateway !== near.gateway.id)?.gateway ?? "none"}: the list gives the site ` +
          `${near.gateway.antennas} antennas, and more stand there, or addresses live at another PoP too.`,
      );
    const home = nearerHome(paths, planner, pop.code);
    if (home !== null && errorMs > 0)
      say(
        "nearerHome",
        `${home.city} is nearer by ${home.gainMs.toFixed(0)} ms of round trip than ${pop.city}, the main PoP; addresses of the ` +
          "country may live at both.",
      );
  }
  if (errorMs < 0 && (row.downMbps < SLOW_DOWN_MBPS || row.upMbps < SLOW_UP_MBPS))
    say(
      "congested",
      `Subscribers see ${row.downMbps} Mbit/s down and ${row.upMbps} up, half of the world's medians or less: beams are full, and ` +
        "packets queue.",
    );
  const lasers = mean(laserHops);
  if (lasers >= 1)
    say(
      "manyLasers",
      `Paths have ${lasers.toFixed(1)} laser hops on average; the plan takes the shortest way through lasers that nobody else ` +
        "loads.",
    );
  const lat = median(places.map(({ site }) => Math.abs(site.latDeg)));
  if (lat > HIGH_LATITUDE_DEG)
    say(
      "highLatitude",
      `At ${lat.toFixed(0)} degrees few satellites stand high, and those of 70 and 97 degrees must carry the rest: which of them the ` +
        "real network uses is not known.",
    );
  if (median(fibreKm) > 2 * FAR_GATEWAY_KM && errorMs < 0)
    say(
      "longFibre",
      `From gateway to PoP the plan takes ${median(fibreKm).toFixed(0)} km of fibre as if laid straight; real cables go by way of ` +
        "other exchanges.",
    );
  const { best, worst } = row.rttMs;
  if (errorMs < 0 && worst - best > WIDE_SPREAD_MS)
    say(
      "wideSpread",
      `Best and worst fifth are ${(worst - best).toFixed(0)} ms apart: parts of the country are served by ways that a single home and ` +
        "shortest paths do not have.",
    );
  if (servedShare < 0.9)
    say("rarelyServed", `Only ${(100 * servedShare).toFixed(0)} % of the planned slots had a link.`);
  if (places.length === 1) say("noTown", "No town of the country is listed; its middle stood for it.");
  return found;
}

/** A PoP nearer than the main one, if there is one, for the country's middle place. */
function nearerHome(
  { places }: CountryPaths,
  planner: Planner,
  code: string,
): { readonly city: string; readonly gainMs: number } | null {
  const { site } = places[places.length >> 1]!;
  const delays = planner.homes.meanDelays(site.latDeg, site.lonDeg);
  const own = delays.find(({ pop }) => pop.code === code);
  const best = delays[0];
  if (own === undefined || best === undefined) return null;
  const gainMs = 2 * (own.oneWayMs - best.oneWayMs);
  return gainMs > NEARER_HOME_MS ? { city: best.pop.city, gainMs } : null;
}
