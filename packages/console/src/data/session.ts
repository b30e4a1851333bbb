// SPDX-License-Identifier: MIT
import type { Session, SignInRequest } from "@perigee/operator/contract";
import { api, whenSignedOut } from "./api.ts";
import { createStore, useStore } from "./external-store.ts";
import type { Failure, Result } from "./failure.ts";
import { startLiveFeed } from "./live-feed.ts";

/** Who is in front of the page, as far as the operator knows. */
export interface SessionState {
  /** `null`: not asked yet, or no answer. */
  readonly session: Session | null;
  readonly failure: Failure | null;
  /** Somebody was signed in and is no more; what they were doing stays on the page. */
  readonly ended: boolean;
}

const RETRY_MS = 3_000;
const store = createStore<SessionState>({ session: null, failure: null, ended: false });
let stopFeed: (() => void) | null = null;

/** Asks who is signed in, and follows the operator's events once somebody is. */
export function startSession(): void {
  whenSignedOut(() => {
    if (store.get().session?.person) store.set({ ended: true });
  });
  void ask();
}

async function ask(): Promise<void> {
  const answer = await api.session();
  if (answer.ok) take(answer.value);
  else {
    store.set({ failure: answer.error });
    setTimeout(() => void ask(), RETRY_MS);
  }
}

function take(session: Session): void {
  const before = store.get().session?.person;
  if (before && !session.person) {
    store.set({ ended: true });
    return;
  }
  // Somebody else may see other things: everything on the page is theirs to load anew.
  if (before && before.id !== session.person?.id) {
    location.reload();
    return;
  }
  store.set({ session, failure: null, ended: false });
  // Customers have the portal, which asks for what it shows.
  if (!session.person || session.person.party !== undefined) return;
  stopFeed?.();
  stopFeed = startLiveFeed(() => setTimeout(() => void ask(), RETRY_MS));
}

/** Signs in; says why not, where not. */
export const signIn = (request: SignInRequest): Promise<Failure | null> => enter(api.signIn(request));

/** Sets a password with a code, and signs in. */
export const setPassword = (email: string, code: string, password: string): Promise<Failure | null> =>
  enter(api.setPassword({ email, code, password }));

/** Changes one's own password; one's other sessions end, this one goes on. */
export const changePassword = (current: string, password: string): Promise<Failure | null> =>
  enter(api.changePassword({ current, password }));

/** Signs out; the page is empty afterwards. */
export async function signOut(): Promise<void> {
  await api.signOut();
  location.reload();
}

async function enter(answer: Promise<Result<Session>>): Promise<Failure | null> {
  const result = await answer;
  if (!result.ok) return result.error;
  take(result.value);
  return null;
}

export function useSession(): SessionState {
  return useStore(store, state => state);
}

/** Why the person in front of the page may not do something; `null`: they may. */
export function useRefusal(permission: string): string | null {
  return useStore(store, ({ session }) => {
    const found = session?.permissions.find(({ name }) => name === permission);
    return found === undefined || found.allowed ? null : (found.refusal ?? `This needs ${permission}.`);
  });
}
