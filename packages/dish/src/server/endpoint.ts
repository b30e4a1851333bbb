// SPDX-License-Identifier: MIT
import type { Connection } from "./connection.ts";
import type { Caller, Device } from "./device.ts";
import type { MemoryAccount } from "./memory.ts";
import type { Addressee } from "./method.ts";

/** Where clients reach a device. */
export interface Endpoint {
  /** Of the endpoint; the device's id where nothing else is said. */
  readonly id?: string;
  /** Address to listen on, e.g. `192.168.100.1`. */
  readonly address: string;
  /** Port of gRPC over HTTP/2 without TLS, e.g. 9200; 0: any. */
  readonly grpcPort: number;
  /** Port of gRPC-Web, e.g. 9201; 0: any; null: none; the same as `grpcPort`: one port speaks both. */
  readonly grpcWebPort: number | null;
  /** Who answers. */
  readonly device: Device;
  /** Where calls come from, as the device is told; `lan` if nothing is said. */
  readonly caller?: Caller;
  /**
   * Who answers calls with a `target_id` that is not the device's own: the other devices of the network behind this
   * endpoint, or every terminal of an account. Nobody, if nothing is said.
   */
  readonly find?: (targetId: string) => Device | undefined;
}

/** An endpoint that is listening: its ports are the real ones. */
export interface ListeningEndpoint {
  readonly id: string;
  readonly address: string;
  readonly grpcPort: number;
  readonly grpcWebPort: number | null;
}

/** What a port speaks. HTTP/1 finds nobody on a gRPC port, as on a real terminal. */
export interface PortKind {
  readonly grpc: boolean;
  readonly web: boolean;
}

/** An endpoint inside the server. */
export interface EndpointState extends Addressee {
  readonly id: string;
  /** Origin of the pages that it would serve itself, e.g. `http://127.0.0.1:9201`. */
  readonly ownOrigin: string;
  readonly memory: MemoryAccount;
  /** In order of their arrival. */
  readonly connections: Set<Connection>;
  /** Those that made no call yet, in order of their arrival. */
  readonly silent: Set<Connection>;
}
