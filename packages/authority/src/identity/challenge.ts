// SPDX-License-Identifier: MIT
import { type KeyObject, sign, verify } from "node:crypto";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";

/** Where a device speaks: the identity it claims, the cell whose beam hears it, and the slot. */
export interface Channel {
  readonly terminalId: string;
  /** H3 resolution 5 cell, as the network sees it. */
  readonly cell: string;
  readonly slot: number;
}

/** A question that only the holder of the terminal's key can answer, once, here and now. */
export interface Challenge extends Channel {
  /** 32 random bytes, lower-case hex. */
  readonly nonce: string;
  readonly issuedAtMs: number;
  /** No answer counts at this instant or after. */
  readonly expiresAtMs: number;
}

export interface ChallengeAnswer {
  /** Of the challenge. */
  readonly nonce: string;
  /** Ed25519 (RFC 8032) over {@link challengeText}; base64. */
  readonly signature: string;
}

/** Why an answer does not count; one code for each thing that can be the matter. */
export type IdentityErrorCode =
  | "malformed"
  | "unknownChallenge"
  | "alreadyAnswered"
  | "notYetIssued"
  | "expired"
  | "wrongChannel"
  | "notEnrolled"
  | "wrongKey";
export type IdentityError = AuthorityError<IdentityErrorCode>;

/** Bytes of randomness in a challenge: none is ever met twice by chance. */
export const nonceBytes = 32;
/** Time for an answer: a slot, which is many round trips. */
export const challengeLifeMs = 15_000;

/** Ids that stand in a signed line: no white space, so that no id can pass for two lines. */
const idPattern = /^[A-Za-z0-9_.:-]{1,64}$/;
const noncePattern = /^[0-9a-f]{64}$/;
const signaturePattern = /^[A-Za-z0-9+/]{86}==$/;

/**
 * Makes a challenge. Equal arguments give the equal challenge: who calls this brings fresh randomness.
 *
 * @param randomness exactly {@link nonceBytes} bytes that nobody else can know beforehand
 * @param lifeMs up to {@link challengeLifeMs}
 * @throws RangeError for another number of bytes, another life, or a channel that cannot be signed
 */
export function challengeFor(
  { terminalId, cell, slot }: Channel,
  randomness: Uint8Array,
  atMs: number,
  lifeMs: number = challengeLifeMs,
): Challenge {
  if (randomness.length !== nonceBytes) throw new RangeError(`A nonce has ${nonceBytes} bytes.`);
  if (!(lifeMs > 0 && lifeMs <= challengeLifeMs))
    throw new RangeError(`A challenge lives at most ${challengeLifeMs} ms.`);
  if (!idPattern.test(terminalId) || !idPattern.test(cell) || !Number.isSafeInteger(slot))
    throw new RangeError("A channel is a terminal's id, a cell and a slot.");
  const nonce = Buffer.from(randomness).toString("hex");
  return { terminalId, cell, slot, nonce, issuedAtMs: atMs, expiresAtMs: atMs + lifeMs };
}

/**
 * What a device signs: seven lines of UTF-8, each ended by LF. The first line keeps the signature from meaning anything
 * elsewhere; the rest binds it to this terminal, this cell, this slot and this moment.
 *
 * ```text
 * perigee-identity/1
 * <terminalId>
 * <cell>
 * <slot>
 * <nonce>
 * <issuedAtMs>
 * <expiresAtMs>
 * ```
 */
export function challengeText(challenge: Challenge): string {
  const { terminalId, cell, slot, nonce, issuedAtMs, expiresAtMs } = challenge;
  return `perigee-identity/1\n${terminalId}\n${cell}\n${slot}\n${nonce}\n${issuedAtMs}\n${expiresAtMs}\n`;
}

/** The device's part. */
export function answerChallenge(privateKey: KeyObject, challenge: Challenge): ChallengeAnswer {
  const signature = sign(null, Buffer.from(challengeText(challenge)), privateKey).toString("base64");
  return { nonce: challenge.nonce, signature };
}

/**
 * Whether an answer, of unknown origin, was given to this challenge by the holder of this key in time. That it was given
 * for the first time is for who keeps the challenges to say: {@link IdentityDesk}.
 *
 * @returns `malformed`, `unknownChallenge`, `notYetIssued`, `expired` or `wrongKey`
 */
export function verifyAnswer(
  publicKey: KeyObject,
  challenge: Challenge,
  answer: ChallengeAnswer,
  atMs: number,
): Result<Challenge, IdentityError> {
  const { nonce, signature } = answer;
  if (!isAnswer(answer)) return fail("malformed", "answer", "The answer is no nonce with a signature.");
  if (nonce !== challenge.nonce)
    return fail("unknownChallenge", "answer.nonce", "The answer is to another challenge.");
  if (atMs < challenge.issuedAtMs)
    return fail("notYetIssued", "challenge.issuedAtMs", "The challenge is dated later than its answer.");
  if (atMs >= challenge.expiresAtMs)
    return fail("expired", "challenge.expiresAtMs", "The answer came too late.");
  const text = Buffer.from(challengeText(challenge));
  if (!verify(null, text, publicKey, Buffer.from(signature, "base64")))
    return fail("wrongKey", "answer.signature", "The answer was not signed with the terminal's key.");
  return succeed(challenge);
}

/** Whether the answer has the form of one. */
export function isAnswer({ nonce, signature }: ChallengeAnswer): boolean {
  return noncePattern.test(nonce) && signaturePattern.test(signature);
}
