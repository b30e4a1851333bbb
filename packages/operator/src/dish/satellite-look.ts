// SPDX-License-Identifier: MIT
import type { DishPorts } from "@perigee/dish";
import type { LinkState, Planner } from "@perigee/network";
import { lookAnglesFrom, type ObserverFrame, observerFrame } from "@perigee/orbit";

/**
 * Where the satellite of one terminal's link stands in its sky, second by second: it crosses a part of it in a slot.
 *
 * @param planner - The one in force. A link of elements that were replaced goes by where it stood at its slot's start.
 */
export function satelliteLook(planner: () => Planner): NonNullable<DishPorts["look"]> {
  const point = new Float64Array(3);
  let known: { readonly link: LinkState; readonly frame: ObserverFrame } | null = null;
  return (link, atMs) => {
    const { index, catalogNumber } = link.satellite;
    const { elements, motion } = planner();
    const here = link.nodes[0];
    if (here === undefined || elements[index]?.catalogNumber !== catalogNumber) return link;
    if (known?.link !== link) known = { link, frame: observerFrame(here) };
    motion.positionAt(index, atMs, point, 0);
    const look = lookAnglesFrom(known.frame, { xKm: point[0]!, yKm: point[1]!, zKm: point[2]! });
    return Number.isNaN(look.elevationDeg) ? link : look;
  };
}
