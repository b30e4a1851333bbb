// SPDX-License-Identifier: MIT
import type { CustomLayerInterface, CustomRenderMethodInput } from "maplibre-gl";
import { subsolarPoint } from "../geo/sun.ts";
import { toMercator, toSphere } from "./camera.ts";
import { ProjectedPrograms, worldsOf } from "./custom-projection.ts";

const COLUMNS = 72;
const ROWS = 60;
const EDGE_LAT_DEG = 89.5;

const VERTEX = `
in vec2 place;
uniform float world;
out vec2 mercator;
void main() {
  mercator = place;
  gl_Position = projectTile(vec2(place.x + world, place.y));
}`;

const FRAGMENT = `#version 300 es
precision highp float;
in vec2 mercator;
uniform vec3 sun;
uniform vec4 tint;
out vec4 ink;
void main() {
  float lon = (mercator.x - 0.5) * 6.283185307;
  float lat = 2.0 * atan(exp((0.5 - mercator.y) * 6.283185307)) - 1.570796327;
  float height = dot(vec3(cos(lat) * sin(lon), sin(lat), cos(lat) * cos(lon)), sun);
  // From sunset (0) to the end of astronomical twilight (18 degrees below the horizon).
  float night = 1.0 - smoothstep(-0.309, 0.0, height);
  ink = vec4(tint.rgb, 1.0) * tint.a * night;
}`;

/** The night side with its twilight, drawn into the map under coasts and labels. */
export class NightLayer implements CustomLayerInterface {
  readonly id = "night";
  readonly type = "custom";
  readonly renderingMode = "2d";
  readonly #nowMs: () => number;
  readonly #tint: readonly [number, number, number, number];
  readonly #programs = new ProjectedPrograms(VERTEX, FRAGMENT);
  #vertices: WebGLBuffer | null = null;
  #indices: WebGLBuffer | null = null;
  #indexCount = 0;

  /** @param tint red, green, blue and opacity of full night, 0…1 */
  constructor(nowMs: () => number, tint: readonly [number, number, number, number]) {
    this.#nowMs = nowMs;
    this.#tint = tint;
  }

  onAdd(_map: unknown, gl: WebGL2RenderingContext): void {
    const { points, triangles } = mesh();
    this.#vertices = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#vertices);
    gl.bufferData(gl.ARRAY_BUFFER, points, gl.STATIC_DRAW);
    this.#indices = gl.createBuffer();
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.#indices);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, triangles, gl.STATIC_DRAW);
    this.#indexCount = triangles.length;
  }

  render(context: WebGLRenderingContext | WebGL2RenderingContext, input: CustomRenderMethodInput): void {
    const gl = context as WebGL2RenderingContext;
    const program = this.#programs.begin(gl, input);
    const sun = subsolarPoint(this.#nowMs());
    gl.uniform3f(program.uniform("sun"), ...toSphere(sun.latDeg, sun.lonDeg, 0));
    gl.uniform4f(program.uniform("tint"), ...this.#tint);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#vertices);
    const location = gl.getAttribLocation(program.handle, "place");
    gl.enableVertexAttribArray(location);
    gl.vertexAttribPointer(location, 2, gl.FLOAT, false, 0, 0);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.#indices);
    for (const world of worldsOf(input)) {
      gl.uniform1f(program.uniform("world"), world);
      gl.drawElements(gl.TRIANGLES, this.#indexCount, gl.UNSIGNED_SHORT, 0);
    }
  }
}

/** A grid over the world, even in latitude so that the poles are as fine as the equator. */
function mesh(): { points: Float32Array; triangles: Uint16Array } {
  const points: number[] = [];
  const triangles: number[] = [];
  for (let row = 0; row <= ROWS; row++)
    for (let column = 0; column <= COLUMNS; column++) {
      const latDeg = EDGE_LAT_DEG - (2 * EDGE_LAT_DEG * row) / ROWS;
      points.push(...toMercator(latDeg, (360 * column) / COLUMNS - 180));
    }
  for (let row = 0; row < ROWS; row++)
    for (let column = 0; column < COLUMNS; column++) {
      const a = row * (COLUMNS + 1) + column;
      const b = a + COLUMNS + 1;
      triangles.push(a, b, a + 1, a + 1, b, b + 1);
    }
  return { points: Float32Array.from(points), triangles: Uint16Array.from(triangles) };
}
