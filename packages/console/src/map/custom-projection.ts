// SPDX-License-Identifier: MIT
import type { CustomRenderMethodInput } from "maplibre-gl";
import { makeProgram, type Program } from "./overlay/program.ts";

/**
 * Programs of a custom layer, one per projection that MapLibre goes through; its own prelude projects, so a layer lies
 * exactly on the map.
 */
export class ProjectedPrograms {
  readonly #programs = new Map<string, Program>();
  readonly #vertex: string;
  readonly #fragment: string;

  /** @param vertex declarations and `main` of the vertex shader, which may call `projectTile` */
  constructor(vertex: string, fragment: string) {
    this.#vertex = vertex;
    this.#fragment = fragment;
  }

  /** The program for this picture, in use and with MapLibre's uniforms set. */
  begin(gl: WebGL2RenderingContext, input: CustomRenderMethodInput): Program {
    const program = this.#program(gl, input.shaderData);
    const data = input.defaultProjectionData;
    // biome-ignore lint/correctness/useHookAtTopLevel: WebGL's own name, not a React hook
    gl.useProgram(program.handle);
    const matrix = (name: string, of: ArrayLike<number>) =>
      gl.uniformMatrix4fv(program.uniform(name), false, Float32Array.from(of));
    matrix("u_projection_matrix", data.mainMatrix);
    matrix("u_projection_fallback_matrix", data.fallbackMatrix);
    gl.uniform4f(program.uniform("u_projection_tile_mercator_coords"), ...data.tileMercatorCoords);
    gl.uniform4f(program.uniform("u_projection_clipping_plane"), ...data.clippingPlane);
    gl.uniform1f(program.uniform("u_projection_transition"), data.projectionTransition);
    gl.disable(gl.DEPTH_TEST);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    return program;
  }

  #program(gl: WebGL2RenderingContext, shader: CustomRenderMethodInput["shaderData"]): Program {
    const known = this.#programs.get(shader.variantName);
    if (known) return known;
    const vertex = `#version 300 es\n${shader.vertexShaderPrelude}\n${shader.define}\n${this.#vertex}`;
    const program = makeProgram(gl, vertex, this.#fragment);
    this.#programs.set(shader.variantName, program);
    return program;
  }
}

/** Copies of the world in which a layer is drawn: beside the flat map there are others. */
export function worldsOf(input: CustomRenderMethodInput): readonly number[] {
  return input.defaultProjectionData.projectionTransition > 0 ? [0] : [-1, 0, 1];
}
