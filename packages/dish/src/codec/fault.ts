// SPDX-License-Identifier: MIT

/** Bounds on what a decoder takes. */
export interface DecodeLimits {
  /** Of the whole message. gRPC servers take 4 MiB unless told otherwise. */
  readonly maxBytes: number;
  /** Messages within messages, the outermost being the first. */
  readonly maxDepth: number;
  /**
   * Messages, texts, byte strings, map entries and numbers in lists, in all: two bytes can ask for an object of fifty,
   * so that bytes alone do not bound memory. Packed floats take what they take on the wire and are not counted.
   */
  readonly maxValues: number;
}

/** What holds unless a caller says otherwise. */
export const defaultLimits: DecodeLimits = { maxBytes: 4 << 20, maxDepth: 32, maxValues: 1 << 18 };

/** Why bytes are not a message. */
export type DecodeErrorCode =
  /** The bytes end inside a field, or a length points beyond its message. */
  | "truncated"
  /** A field number of zero or beyond 2^29 - 1, or a wire type that does not exist. */
  | "badTag"
  /** A known field comes with another type's encoding. */
  | "badWireType"
  /** An integer of more than ten bytes. */
  | "badInteger"
  /** A packed field whose length is no whole number of values. */
  | "badLength"
  /** A string that is not UTF-8. */
  | "badText"
  /** A group without end, or an end without group. */
  | "badGroup"
  | "tooLarge"
  | "tooDeep"
  | "tooMany";

/** An error of decoding. */
export interface DecodeError {
  readonly code: DecodeErrorCode;
  /** A sentence for people. */
  readonly message: string;
  /** Message, field where known, and byte. */
  readonly place: string;
}

/** Ends decoding from any depth; never leaves this folder. */
export class WireFault extends Error {
  readonly code: DecodeErrorCode;
  readonly at: number;
  /** The innermost message and field; set on the way out. */
  field: string | null = null;

  constructor(code: DecodeErrorCode, message: string, at: number) {
    super(message);
    this.code = code;
    this.at = at;
  }
}
