// SPDX-License-Identifier: MIT
import { listInvoices } from "./billing/operations/list-invoices.ts";
import { readBalance } from "./billing/operations/read-balance.ts";
import { readInvoice } from "./billing/operations/read-invoice.ts";
import { addDataTopUp } from "./data/operations/add-data-top-up.ts";
import { consumeFromPool } from "./data/operations/consume-from-pool.ts";
import { listDataPools } from "./data/operations/list-data-pools.ts";
import { listPartialPeriods } from "./data/operations/list-partial-periods.ts";
import { optIn } from "./data/operations/opt-in.ts";
import { optOut } from "./data/operations/opt-out.ts";
import { queryDataUsage } from "./data/operations/query-data-usage.ts";
import { readPoolUsage } from "./data/operations/read-pool-usage.ts";
import { setAutomaticTopUp } from "./data/operations/set-automatic-top-up.ts";
import { setRecurringData } from "./data/operations/set-recurring-data.ts";
import { flightOperations } from "./gated/flights.ts";
import { l2vpnOperations } from "./gated/l2vpn.ts";
import { localContentOperations } from "./gated/local-content.ts";
import { mobileOperations } from "./gated/mobile.ts";
import { routerConfigOperations } from "./gated/router-configs.ts";
import type { FleetOperation } from "./operation.ts";
import { queryTelemetry } from "./telemetry/operations/query-telemetry.ts";
import { streamTelemetry } from "./telemetry/operations/stream-telemetry.ts";
import { webhookOperations } from "./webhooks/operations/webhooks.ts";

/** What accounts use and pay, what their devices say, and what nobody here may do. */
export const useOperations: readonly FleetOperation[] = [
  queryDataUsage,
  listDataPools,
  readPoolUsage,
  setAutomaticTopUp,
  optIn,
  optOut,
  addDataTopUp,
  setRecurringData,
  listPartialPeriods,
  consumeFromPool,
  listInvoices,
  readInvoice,
  readBalance,
  streamTelemetry,
  queryTelemetry,
  ...flightOperations,
  ...mobileOperations,
  ...routerConfigOperations,
  ...localContentOperations,
  ...l2vpnOperations,
  ...webhookOperations,
];
