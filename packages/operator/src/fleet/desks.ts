// SPDX-License-Identifier: MIT
import type { OperatorContext } from "../context.ts";
import { BillingClock } from "./billing/billing-clock.ts";
import { BillingDesk } from "./billing/billing-desk.ts";
import type { FleetPorts } from "./ports.ts";
import type { Product } from "./products.ts";
import { TelemetryDesk } from "./telemetry/telemetry-desk.ts";
import { WebhookDesk } from "./webhooks/webhook-desk.ts";

/** Parts of the fleet API that hold something of their own: bills and data, telemetry readers, webhooks. */
export interface FleetDesks extends AsyncDisposable {
  readonly billing: BillingDesk;
  readonly telemetry: TelemetryDesk;
  readonly webhooks: WebhookDesk;
}

/**
 * Opens the desks and begins to send webhooks.
 *
 * @param ports - Looked at each time: devices and telemetry plug into them when they start.
 */
export async function openDesks(
  { db, clock, authority, config }: OperatorContext,
  products: readonly Product[],
  ports: FleetPorts,
): Promise<FleetDesks> {
  const time = await BillingClock.open(clock, db);
  const book = () => authority.book;
  const nowMs = () => clock.nowMs();
  const telemetry = () => ports.telemetry;
  const targets = config.webhooks;
  const webhooks = new WebhookDesk({ db, book, nowMs, telemetry, targets, random: Math.random });
  webhooks.start();
  return {
    billing: new BillingDesk({ db, authority, time, products, usage: () => ports.usage }),
    telemetry: new TelemetryDesk({ db, book, nowMs, telemetry }),
    webhooks,
    [Symbol.asyncDispose]: () => webhooks[Symbol.asyncDispose](),
  };
}
