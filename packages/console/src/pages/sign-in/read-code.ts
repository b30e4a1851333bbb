// SPDX-License-Identifier: MIT
import type { PasswordCode } from "./sign-in-form.tsx";

/** The code in a link of the form `/sign-in#email=…&code=…`; `null` in any other address. */
export function readCode(path: string, hash: string): PasswordCode | null {
  if (path !== "/sign-in") return null;
  const fields = new URLSearchParams(hash.replace(/^#/, ""));
  const email = fields.get("email") ?? "";
  const code = fields.get("code") ?? "";
  return email === "" || code === "" ? null : { email, code };
}
