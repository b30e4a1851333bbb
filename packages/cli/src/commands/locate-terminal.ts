// SPDX-License-Identifier: MIT
import type { LocationRound, LocationStanding, TerminalDetail } from "@perigee/operator/contract";
import { type ClientFlags, connect } from "../operator-client.ts";

/** `perigee locate --terminal`: has the running operator measure a terminal, and says what it last found. */
export async function locateTerminal(
  id: string,
  flags: ClientFlags & { readonly json?: boolean },
): Promise<void> {
  const operator = connect(flags);
  const path = `/v1/terminals/${encodeURIComponent(id)}`;
  const round = await operator.post<LocationRound>(`${path}/location-round`, {});
  const { detail } = await operator.get<TerminalDetail>(path);
  if (flags.json) return void console.log(JSON.stringify({ round, location: detail.location }));
  console.log(standingText(detail.location));
  console.log(`It is measured anew; the verdict is there at ${round.until} if it is heard until then.`);
}

function standingText(location: LocationStanding | null): string {
  const latest = location?.latest ?? null;
  if (latest === null) return "It was not measured lately.";
  const { verdict, at, because, satellites, places, ellipse95Km, evidence } = latest;
  const size = ellipse95Km === null ? "" : `, 95 % within ${ellipse95Km[0]} by ${ellipse95Km[1]} km`;
  return `${verdict} at ${at}: ${because}\n${satellites} satellites, ${places === 1 ? "1 place" : `${places} places`}${size}; evidence ${evidence}.`;
}
