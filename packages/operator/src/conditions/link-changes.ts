// SPDX-License-Identifier: MIT
import type { LinkState } from "@perigee/network";

/**
 * What the data plane has to be told when the plans of the running slot and of those after it are other than before.
 * A state that comes later takes the place of all that it overlaps, and there is no word for "none": where a link is gone,
 * one state covers everything that the data plane knows, and what remains covers that in turn; where nothing remains,
 * a last state that is over by now.
 *
 * @param before - Links sent earlier, of slots that are not over. @param after - Links of the same slots now.
 */
export function linkChanges(
  before: readonly LinkState[],
  after: readonly LinkState[],
  nowMs: number,
): readonly LinkState[] {
  const standing = new Set(after.map(keyOf));
  const gone = Map.groupBy(
    before.filter(link => !standing.has(keyOf(link))),
    ({ terminalId }) => terminalId,
  );
  const covers = [...gone].flatMap(([id, links]) => {
    const all = [...before, ...after].filter(({ terminalId }) => terminalId === id);
    const cover = {
      ...links[0]!,
      gap: null,
      fromMs: Math.min(nowMs - 1, ...all.map(({ fromMs }) => fromMs)),
      untilMs: Math.max(...all.map(({ untilMs }) => untilMs)),
    };
    const remains = after.some(({ terminalId }) => terminalId === id);
    return remains ? [cover] : [cover, { ...cover, untilMs: nowMs }];
  });
  return [...covers, ...after];
}

const keyOf = ({ terminalId, slot }: LinkState): string => `${slot} ${terminalId}`;
