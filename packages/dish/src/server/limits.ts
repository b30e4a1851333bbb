// SPDX-License-Identifier: MIT

/** How much of the server one client, one terminal and all of them together may have. */
export interface Limits {
  /** Longest message taken, in bytes. */
  readonly messageBytes: number;
  /** Longest block of headers taken, in bytes. */
  readonly headerBytes: number;
  /** Calls of one HTTP/2 connection at a time. */
  readonly streamsPerConnection: number;
  /** Connections to one endpoint, all its ports together. A newcomer displaces one that never made a call. */
  readonly connectionsPerEndpoint: number;
  /** Connections to the whole server. */
  readonly connections: number;
  /** What open calls may hold in memory: of one connection, one endpoint, and all, in bytes. */
  readonly connectionMemoryBytes: number;
  readonly endpointMemoryBytes: number;
  readonly memoryBytes: number;
  /** From the connection to its first call. */
  readonly firstCallMs: number;
  /** A connection without a call. */
  readonly idleMs: number;
  /** A unary call from its headers to its last byte; a stream from one message to the next. */
  readonly callMs: number;
  /** Pings and settings of one connection: so many at once, and so many each second. */
  readonly controlBurst: number;
  readonly controlPerSecond: number;
  /** Calls of one connection that its client takes back: so many at once, and so many each second. */
  readonly resetBurst: number;
  readonly resetsPerSecond: number;
  /** Bytes of one connection in one second that belong to no call. */
  readonly chatterBytesPerSecond: number;
}

/** For terminals on a network of people's own devices: far above every known client, far below what hurts. */
export const defaultLimits: Limits = {
  messageBytes: 4 * 1024 * 1024,
  headerBytes: 16 * 1024,
  streamsPerConnection: 100,
  connectionsPerEndpoint: 256,
  connections: 12_000,
  connectionMemoryBytes: 6 * 1024 * 1024,
  endpointMemoryBytes: 24 * 1024 * 1024,
  memoryBytes: 256 * 1024 * 1024,
  firstCallMs: 10_000,
  idleMs: 600_000,
  callMs: 30_000,
  controlBurst: 100,
  controlPerSecond: 20,
  resetBurst: 200,
  resetsPerSecond: 33,
  chatterBytesPerSecond: 256 * 1024,
};
