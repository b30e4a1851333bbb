// SPDX-License-Identifier: MIT
import { useCallback, useEffect, useRef, useState } from "react";
import type { Failure, Result } from "./failure.ts";

/** Something one page asked for. A failed reload keeps the last value beside the failure. */
export interface Resource<T> {
  readonly value: T | null;
  readonly failure: Failure | null;
  readonly loading: boolean;
  reload(): void;
}

/**
 * Loads `get()` when `key` changes and again when `revision` does; a new key forgets the old value, a new revision
 * keeps it on screen until the new one is here. `null` loads nothing.
 */
export function useResource<T>(
  key: string | null,
  revision: unknown,
  get: () => Promise<Result<T>>,
): Resource<T> {
  const [state, setState] = useState<{ key: string | null; value: T | null; failure: Failure | null }>({
    key: null,
    value: null,
    failure: null,
  });
  const [attempt, setAttempt] = useState(0);
  const latest = useRef(get);
  latest.current = get;
  // biome-ignore lint/correctness/useExhaustiveDependencies: revision and attempt ask for the same thing anew
  useEffect(() => {
    if (key === null) return;
    let wanted = true;
    void latest.current().then(answer => {
      if (!wanted) return;
      setState(old => ({
        key,
        value: answer.ok ? answer.value : old.key === key ? old.value : null,
        failure: answer.ok ? null : answer.error,
      }));
    });
    return () => {
      wanted = false;
    };
  }, [key, revision, attempt]);
  const reload = useCallback(() => setAttempt(n => n + 1), []);
  const current = state.key === key && key !== null;
  return {
    value: current ? state.value : null,
    failure: current ? state.failure : null,
    loading: key !== null && !current,
    reload,
  };
}
