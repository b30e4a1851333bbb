// SPDX-License-Identifier: MIT
import type { DishServer } from "@perigee/dish";
import type { DishHost } from "./dish-host.ts";

/** Where a terminal and its router answer on the local network. */
export interface DishAddresses {
  readonly address: string;
  readonly grpcPort: number;
  readonly grpcWebPort: number;
  readonly routerAddress: string;
  readonly routerGrpcPort: number;
  readonly routerGrpcWebPort: number;
}

/** Ports of one terminal; 0: any. */
export type WantedAddresses = DishAddresses;

/** How many ports a terminal takes. */
export const PORTS_EACH = 4;

/** Why an address could not be taken. */
export interface AddressError {
  readonly code: string;
  readonly message: string;
  readonly place: string;
}

type Result =
  | { readonly ok: true; readonly value: DishAddresses }
  | { readonly ok: false; readonly error: AddressError };

/**
 * Opens the ports of a hosted terminal: gRPC and gRPC-Web of the dish, and of the router behind it. Either passes calls
 * for the other on, by their `target_id`, as on a home network.
 */
export async function openEndpoints(
  server: DishServer,
  host: DishHost,
  terminalId: string,
  wanted: WantedAddresses,
): Promise<Result> {
  const [dish, router] = [host.deviceOf(terminalId, "dish"), host.deviceOf(terminalId, "router")];
  const find = (targetId: string) => [dish, router].find(({ id }) => id === targetId);
  const opened = await server.add({
    ...{ address: wanted.address, grpcPort: wanted.grpcPort, grpcWebPort: wanted.grpcWebPort },
    ...{ device: dish, find },
  });
  if (!opened.ok) return opened;
  const routed = await server.add({
    ...{ address: wanted.routerAddress, grpcPort: wanted.routerGrpcPort },
    ...{ grpcWebPort: wanted.routerGrpcWebPort, device: router, find },
  });
  if (!routed.ok) return routed;
  return {
    ok: true,
    value: {
      address: opened.value.address,
      grpcPort: opened.value.grpcPort,
      grpcWebPort: opened.value.grpcWebPort ?? opened.value.grpcPort,
      routerAddress: routed.value.address,
      routerGrpcPort: routed.value.grpcPort,
      routerGrpcWebPort: routed.value.grpcWebPort ?? routed.value.grpcPort,
    },
  };
}
