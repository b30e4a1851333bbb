// SPDX-License-Identifier: MIT
import type { Camera } from "../camera.ts";
import type { Program } from "./program.ts";

/** What all programs of the overlay share while one picture is drawn. */
export interface Frame {
  readonly camera: Camera;
  /** Weights of the ephemeris epochs for this instant. */
  readonly weights: readonly [number, number, number];
  readonly widthPx: number;
  readonly heightPx: number;
  /** Device pixels per CSS pixel. */
  readonly pixelRatio: number;
  /** Copies of the flat world that are in view: 0, and -1 or 1 beside it. */
  readonly worlds: readonly number[];
}

/** Sets the shared uniforms; the ephemeris texture is bound to unit 0 by its owner. */
export function beginProgram(gl: WebGL2RenderingContext, program: Program, frame: Frame): void {
  const { camera } = frame;
  // biome-ignore lint/correctness/useHookAtTopLevel: WebGL's own name, not a React hook
  gl.useProgram(program.handle);
  gl.uniform1i(program.uniform("ephemeris"), 0);
  gl.uniform3f(program.uniform("weights"), ...frame.weights);
  gl.uniformMatrix4fv(program.uniform("mainMatrix"), false, Float32Array.from(camera.main));
  gl.uniformMatrix4fv(program.uniform("flatMatrix"), false, Float32Array.from(camera.flat));
  gl.uniform1f(program.uniform("globe"), camera.globe);
  gl.uniform3f(program.uniform("eye"), ...camera.eye);
  gl.uniform2f(program.uniform("viewport"), frame.widthPx, frame.heightPx);
}
