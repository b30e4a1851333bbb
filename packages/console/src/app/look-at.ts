// SPDX-License-Identifier: MIT

/** A place that the map should bring into its middle. */
export interface LookAt {
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly zoom?: number;
}

const listeners = new Set<(place: LookAt) => void>();

/** Asks the map, if it is there, to look at a place. */
export function lookAt(place: LookAt): void {
  for (const listener of listeners) listener(place);
}

/** The map listens here. */
export function onLookAt(listener: (place: LookAt) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
