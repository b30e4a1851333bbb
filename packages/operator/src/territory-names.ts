// SPDX-License-Identifier: MIT
import { HIGH_SEAS, territoryById } from "@perigee/earth";

/** The English name of a territory; its id where it has none. */
export const territoryName = (id: string): string =>
  id === HIGH_SEAS ? "the high seas" : (territoryById(id)?.name ?? id);
