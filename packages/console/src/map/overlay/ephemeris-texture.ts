// SPDX-License-Identifier: MIT
import type { Ephemeris } from "../ephemeris.ts";
import { EPHEMERIS_WIDTH } from "./shader-chunks.ts";

/** Far outside every view: what stands in the texture where a satellite has no position. */
const NOWHERE_KM = 1e9;

/** The three epochs as a float texture: texel (i mod W, 3 ⌊i / W⌋ + epoch) holds x, y, z of satellite i. */
export class EphemerisTexture {
  readonly #gl: WebGL2RenderingContext;
  readonly #texture: WebGLTexture;

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
    this.#texture = gl.createTexture();
  }

  /** Replaces the content; about 0.4 MB for 10,000 satellites. */
  upload({ count, km }: Ephemeris): void {
    const gl = this.#gl;
    const rows = 3 * Math.max(1, Math.ceil(count / EPHEMERIS_WIDTH));
    const texels = new Float32Array(4 * EPHEMERIS_WIDTH * rows);
    for (let i = 0; i < count; i++)
      for (let epoch = 0; epoch < 3; epoch++) {
        const row = 3 * Math.floor(i / EPHEMERIS_WIDTH) + epoch;
        const to = 4 * (row * EPHEMERIS_WIDTH + (i % EPHEMERIS_WIDTH));
        for (let axis = 0; axis < 3; axis++) {
          const value = km[(3 * epoch + axis) * count + i] ?? Number.NaN;
          texels[to + axis] = Number.isNaN(value) ? NOWHERE_KM : value;
        }
      }
    this.bind();
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA32F, EPHEMERIS_WIDTH, rows, 0, gl.RGBA, gl.FLOAT, texels);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
  }

  /** Binds to unit 0. */
  bind(): void {
    this.#gl.activeTexture(this.#gl.TEXTURE0);
    this.#gl.bindTexture(this.#gl.TEXTURE_2D, this.#texture);
  }
}
