// SPDX-License-Identifier: MIT

/**
 * The rules of a policy apart from its statements: plans, allow-lists, zones, caps. Statements are records of their own,
 * because each has its own asserter and its own two times.
 */
export interface PolicyRecord {
  /** There is one policy in force. */
  readonly id: "policy";
  /** A policy document whose `statements` are empty. */
  readonly document: unknown;
}
