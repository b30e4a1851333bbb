// SPDX-License-Identifier: MIT
import { isLoopback } from "../../config.ts";

/** Where webhooks may go: nowhere, to programs on this machine, or to any address that shows a certificate too. */
export type WebhookTargets = "off" | "loopback" | "https";

/** A web page's address with more than this is none that anybody meant. */
export const longestUrl = 2_000;

/**
 * Whether messages may be sent to an address. Addresses are what customers say: an operator that sent to any of them
 * would be made to knock on doors inside its own network, so by default only this machine is reached.
 *
 * @returns why not, as a sentence; `null`: they may
 */
export function refuseTarget(text: string, allowed: WebhookTargets): string | null {
  if (allowed === "off") return "This operator sends no webhooks.";
  if (text.length > longestUrl || !URL.canParse(text)) return "It is not an address.";
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") return "An address has no name and password in it.";
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  if ((url.protocol === "http:" || url.protocol === "https:") && isLoopback(host)) return null;
  if (allowed === "loopback") return "This operator sends webhooks to programs on its own machine only.";
  return url.protocol === "https:" ? null : "Beyond this machine, webhooks go to https addresses only.";
}
