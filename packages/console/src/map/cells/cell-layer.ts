// SPDX-License-Identifier: MIT
import type { CustomLayerInterface, CustomRenderMethodInput } from "maplibre-gl";
import { ProjectedPrograms, worldsOf } from "../custom-projection.ts";
import type { Ink } from "./cell-ink.ts";
import { INK_WIDTH, packInks } from "./cell-ink.ts";
import type { CellMesh } from "./cell-mesh.ts";

const VERTEX = `
in vec4 corner; // x, y, place of the cell, 1 in the middle
uniform float world;
uniform highp sampler2D inks;
out vec4 ink;
out float middle;
flat out int pattern;
void main() {
  int cell = int(corner.z + 0.5);
  ivec2 texel = ivec2(cell % ${INK_WIDTH}, 2 * (cell / ${INK_WIDTH}));
  ink = texelFetch(inks, texel, 0);
  pattern = int(255.0 * texelFetch(inks, texel + ivec2(0, 1), 0).r + 0.5);
  middle = corner.w;
  gl_Position = projectTile(vec2(corner.x + world, corner.y));
  if (ink.a <= 0.0) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
}`;

// Strokes have screen pixels, so they look alike at every zoom. Between cells that are large enough stays a seam; it is
// found from how fast \`middle\` falls to the rim.
const FRAGMENT = `#version 300 es
precision highp float;
in vec4 ink;
in float middle;
flat in int pattern;
uniform float pixelRatio;
uniform float rimOpacity;
out vec4 shown;

float stripe(float across, float period, float width) {
  float d = abs(mod(across, period) - 0.5 * period);
  return 1.0 - smoothstep(0.5 * width - 0.5, 0.5 * width + 0.5, d);
}

float stroke(vec2 p) {
  if (pattern == 1) return stripe(0.7071 * (p.x + p.y), 6.0, 1.7);
  if (pattern == 2) return 1.0 - smoothstep(0.8, 1.8, length(mod(p, 6.0) - 3.0));
  if (pattern == 3) return stripe(p.y, 6.0, 1.7);
  if (pattern == 4) return max(stripe(0.7071 * (p.x + p.y), 7.0, 1.3), stripe(0.7071 * (p.x - p.y), 7.0, 1.3));
  if (pattern == 5) return stripe(p.x, 6.0, 1.7);
  return 0.0;
}

void main() {
  float perPx = length(vec2(dFdx(middle), dFdy(middle)));
  float fromRimPx = middle / max(perPx, 1e-6) / pixelRatio;
  float sizePx = 1.0 / max(perPx, 1e-6) / pixelRatio;
  float a = pattern == 0 ? ink.a : mix(0.42 * ink.a, min(1.0, 1.7 * ink.a), stroke(gl_FragCoord.xy / pixelRatio));
  float rim = (1.0 - smoothstep(0.4, 1.2, fromRimPx)) * smoothstep(5.0, 10.0, sizePx);
  a = mix(a, rimOpacity < 0.0 ? 0.35 * a : rimOpacity, rim);
  shown = vec4(ink.rgb * a, a);
}`;

/** Cells under coasts and labels: many in one buffer, each with its ink in a texture. */
export class CellLayer implements CustomLayerInterface {
  readonly id: string;
  readonly type = "custom";
  readonly renderingMode = "2d";
  readonly #programs = new ProjectedPrograms(VERTEX, FRAGMENT);
  readonly #rimOpacity: number;
  #mesh: CellMesh | null = null;
  #inks: readonly Ink[] = [];
  #meshIsNew = false;
  #inksAreNew = false;
  #vertices: WebGLBuffer | null = null;
  #indices: WebGLBuffer | null = null;
  #texture: WebGLTexture | null = null;

  /** @param rimOpacity of the line around each cell; `null`: only a seam */
  constructor(id: string, rimOpacity: number | null) {
    this.id = id;
    this.#rimOpacity = rimOpacity ?? -1;
  }

  /** Replaces the cells. @param inks one per cell of the mesh, in its order */
  set(mesh: CellMesh | null, inks: readonly Ink[]): void {
    this.#meshIsNew ||= mesh !== this.#mesh;
    this.#mesh = mesh;
    this.#inks = inks;
    this.#inksAreNew = true;
  }

  onAdd(_map: unknown, gl: WebGL2RenderingContext): void {
    this.#vertices = gl.createBuffer();
    this.#indices = gl.createBuffer();
    this.#texture = gl.createTexture();
    this.#meshIsNew = this.#inksAreNew = true;
  }

  onRemove(_map: unknown, gl: WebGL2RenderingContext): void {
    gl.deleteBuffer(this.#vertices);
    gl.deleteBuffer(this.#indices);
    gl.deleteTexture(this.#texture);
  }

  render(context: WebGLRenderingContext | WebGL2RenderingContext, input: CustomRenderMethodInput): void {
    if (!this.#mesh || this.#inks.length === 0) return;
    const gl = context as WebGL2RenderingContext;
    const program = this.#programs.begin(gl, input);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.#texture);
    if (this.#inksAreNew) this.#uploadInks(gl);
    gl.uniform1i(program.uniform("inks"), 0);
    gl.uniform1f(program.uniform("pixelRatio"), Math.min(2, devicePixelRatio));
    gl.uniform1f(program.uniform("rimOpacity"), this.#rimOpacity);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#vertices);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.#indices);
    if (this.#meshIsNew) {
      gl.bufferData(gl.ARRAY_BUFFER, this.#mesh.vertices, gl.STATIC_DRAW);
      gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, this.#mesh.indices, gl.STATIC_DRAW);
      this.#meshIsNew = false;
    }
    const location = gl.getAttribLocation(program.handle, "corner");
    gl.enableVertexAttribArray(location);
    gl.vertexAttribPointer(location, 4, gl.FLOAT, false, 0, 0);
    for (const world of worldsOf(input)) {
      gl.uniform1f(program.uniform("world"), world);
      gl.drawElements(gl.TRIANGLES, this.#mesh.indices.length, gl.UNSIGNED_INT, 0);
    }
  }

  #uploadInks(gl: WebGL2RenderingContext): void {
    const { texels, rows } = packInks(this.#inks);
    // MapLibre premultiplies and flips pictures as it uploads them; these bytes are no picture.
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
    gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, INK_WIDTH, rows, 0, gl.RGBA, gl.UNSIGNED_BYTE, texels);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    this.#inksAreNew = false;
  }
}
