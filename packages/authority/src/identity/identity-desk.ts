// SPDX-License-Identifier: MIT
import type { KeyObject } from "node:crypto";
import type { Identity } from "../admission/admission-input.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import {
  type Challenge,
  type ChallengeAnswer,
  type Channel,
  challengeFor,
  type IdentityError,
  isAnswer,
  verifyAnswer,
} from "./challenge.ts";

/** How much an {@link IdentityDesk} remembers. */
export interface DeskLimits {
  /** Challenges of all terminals that are open, or were answered and are not yet over. */
  readonly challenges: number;
  /** The same for one terminal: more devices than this under one identity are not asked any more. */
  readonly challengesPerTerminal: number;
}

export const deskLimits: DeskLimits = { challenges: 1_000_000, challengesPerTerminal: 8 };

/** Why no challenge was issued. */
export type IssueError = AuthorityError<"deskFull" | "tooManyChallenges" | "nonceReused">;

/**
 * Whoever proved itself in one cell this recently is not failed by silence in another cell: that silence is somebody
 * else's, who claims to be this terminal. Four slots.
 */
export const proofHoldsMs = 60_000;

interface Asked {
  readonly challenge: Challenge;
  answered: boolean;
}

interface Standing {
  identity: Identity;
  /** Where and when it last proved itself. */
  proof: { readonly cell: string; readonly atMs: number } | null;
}

/**
 * Who was asked to prove itself, and who has. A plain state machine: it is told the time and given the randomness, and
 * the same calls give the same answers. Its memory is bounded by {@link DeskLimits}, and by the life of challenges: a
 * challenge is kept, answered or not, until it would have expired, so that no answer counts twice.
 */
export class IdentityDesk {
  readonly #limits: DeskLimits;
  /** By nonce. */
  readonly #asked = new Map<string, Asked>();
  readonly #perTerminal = new Map<string, number>();
  readonly #standings = new Map<string, Standing>();

  constructor(limits: Partial<DeskLimits> = {}) {
    this.#limits = { ...deskLimits, ...limits };
  }

  /** Challenges remembered. */
  get size(): number {
    return this.#asked.size;
  }

  /**
   * Asks a device. Call {@link expire} first where the desk may be full.
   *
   * @param randomness see {@link challengeFor}
   */
  issue(
    channel: Channel,
    randomness: Uint8Array,
    atMs: number,
    lifeMs?: number,
  ): Result<Challenge, IssueError> {
    const { terminalId } = channel;
    const challenge = challengeFor(channel, randomness, atMs, lifeMs);
    const own = this.#perTerminal.get(terminalId) ?? 0;
    if (this.#asked.has(challenge.nonce))
      return fail("nonceReused", "randomness", "This randomness has been used for another challenge.");
    if (own >= this.#limits.challengesPerTerminal)
      return fail("tooManyChallenges", "channel.terminalId", `${terminalId} is asked too often at once.`);
    if (this.#asked.size >= this.#limits.challenges)
      return fail("deskFull", "channel", "Too many terminals are being asked at once.");
    this.#asked.set(challenge.nonce, { challenge, answered: false });
    this.#perTerminal.set(terminalId, own + 1);
    if (!this.#standings.has(terminalId))
      this.#standings.set(terminalId, { identity: { state: "unproved", sinceMs: atMs }, proof: null });
    return succeed(challenge);
  }

  /**
   * Takes an answer of unknown origin. A wrong answer uses nothing up: who shouts nonsense on a channel cannot keep the
   * device on it from answering. An answer that counts makes the terminal `proved`.
   *
   * @param heardOn where the network heard it: the identity claimed there, the cell and the slot
   * @param publicKey the terminal's enrolled key, `null` without one
   * @returns `malformed`, `unknownChallenge`, `alreadyAnswered`, `wrongChannel`, `notEnrolled`, `notYetIssued`,
   *   `expired` or `wrongKey`
   */
  take(
    answer: ChallengeAnswer,
    heardOn: Channel,
    publicKey: KeyObject | null,
    atMs: number,
  ): Result<Challenge, IdentityError> {
    if (!isAnswer(answer)) return fail("malformed", "answer", "The answer is no nonce with a signature.");
    const asked = this.#asked.get(answer.nonce);
    if (asked === undefined)
      return fail("unknownChallenge", "answer.nonce", "Nobody asked this, or it was over long ago.");
    const { challenge } = asked;
    if (asked.answered)
      return fail("alreadyAnswered", "answer.nonce", "This challenge has been answered before.");
    if (!isSameChannel(challenge, heardOn))
      return fail(
        "wrongChannel",
        "channel",
        "The answer came on another channel than the challenge went to.",
      );
    if (publicKey === null)
      return fail("notEnrolled", "publicKey", `No device key is enrolled for ${challenge.terminalId}.`);
    const verified = verifyAnswer(publicKey, challenge, answer, atMs);
    if (!verified.ok) return verified;
    asked.answered = true;
    const { terminalId, cell } = challenge;
    const before = this.#standings.get(terminalId)?.identity;
    this.#standings.set(terminalId, {
      identity: before?.state === "proved" ? before : { state: "proved", sinceMs: atMs },
      proof: { cell, atMs },
    });
    return succeed(challenge);
  }

  /**
   * Forgets what is over and gives what nobody answered: on those channels nobody is to be served. The terminal itself is
   * `failed` from then on unless it has proved itself since it was asked, or in another cell within
   * {@link proofHoldsMs}; answering a later challenge makes it `proved` again.
   */
  expire(atMs: number): readonly Challenge[] {
    const unanswered: Challenge[] = [];
    for (const [nonce, { challenge, answered }] of this.#asked) {
      if (challenge.expiresAtMs > atMs) continue;
      this.#asked.delete(nonce);
      const left = this.#perTerminal.get(challenge.terminalId)! - 1;
      if (left === 0) this.#perTerminal.delete(challenge.terminalId);
      else this.#perTerminal.set(challenge.terminalId, left);
      if (answered) continue;
      unanswered.push(challenge);
      this.#fail(challenge);
    }
    return unanswered;
  }

  /** As admission takes it; `null` for a terminal that was never asked. */
  identityOf(terminalId: string): Identity | null {
    return this.#standings.get(terminalId)?.identity ?? null;
  }

  /** Forgets a terminal that has gone; what it was asked stays until it is over. */
  forget(terminalId: string): void {
    this.#standings.delete(terminalId);
  }

  #fail({ terminalId, cell, issuedAtMs, expiresAtMs }: Challenge): void {
    const standing = this.#standings.get(terminalId);
    if (standing === undefined || standing.identity.state === "failed") return;
    const { proof } = standing;
    if (proof !== null && proof.atMs >= issuedAtMs) return;
    if (proof !== null && proof.cell !== cell && expiresAtMs - proof.atMs < proofHoldsMs) return;
    standing.identity = { state: "failed", sinceMs: expiresAtMs };
  }
}

function isSameChannel(a: Channel, b: Channel): boolean {
  return a.terminalId === b.terminalId && a.cell === b.cell && a.slot === b.slot;
}
