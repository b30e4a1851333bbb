// SPDX-License-Identifier: MIT
import { beginProgram, type Frame } from "./frame.ts";
import { makeProgram, type Program } from "./program.ts";
import { VERTEX_CHUNK } from "./shader-chunks.ts";

const VERTEX = `${VERTEX_CHUNK}
layout(location = 0) in vec4 look; // colour, and size as a factor; 0 hides
layout(location = 1) in float form;
uniform float sizePx;
out vec3 colour;
flat out int shape;
void main() {
  vec3 km = satelliteKm(gl_VertexID);
  vec3 place = groundPlace(km);
  gl_Position = toClip(place, onMercator(place));
  gl_PointSize = sizePx * look.w;
  colour = look.rgb;
  shape = int(form);
  if (look.w <= 0.0 || dot(km, km) > 1e12 || inSight(onSphere(place)) < 0.5) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
}`;

// Distances from the middle for disc, square, diamond and triangle: inside is below 1.
const FRAGMENT = `#version 300 es
precision mediump float;
in vec3 colour;
flat in int shape;
uniform float opacity;
out vec4 ink;
void main() {
  vec2 p = 2.0 * gl_PointCoord - 1.0;
  float d = shape == 1 ? 1.25 * max(abs(p.x), abs(p.y))
    : shape == 2 ? abs(p.x) + abs(p.y)
    : shape == 3 ? max(1.73 * abs(p.x) - p.y + 0.1, 1.25 * p.y + 0.1)
    : length(p);
  float a = opacity * (1.0 - smoothstep(0.72, 1.0, d));
  ink = vec4(colour * a, a);
}`;

/** All satellites as points at their altitude. */
export class SatellitePoints {
  readonly #gl: WebGL2RenderingContext;
  readonly #program: Program;
  readonly #array: WebGLVertexArrayObject;
  readonly #buffer: WebGLBuffer;
  #count = 0;

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
    this.#program = makeProgram(gl, VERTEX, FRAGMENT);
    this.#array = gl.createVertexArray();
    this.#buffer = gl.createBuffer();
    gl.bindVertexArray(this.#array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 4, gl.FLOAT, false, 20, 0);
    gl.enableVertexAttribArray(1);
    gl.vertexAttribPointer(1, 1, gl.FLOAT, false, 20, 16);
    gl.bindVertexArray(null);
  }

  /** Five numbers per satellite: red, green, blue in 0…1, size factor (0 hides), shape 0…3. */
  setLooks(looks: Float32Array): void {
    const gl = this.#gl;
    this.#count = looks.length / 5;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    gl.bufferData(gl.ARRAY_BUFFER, looks, gl.STATIC_DRAW);
  }

  /** @param sizePx device pixels of a point of factor 1 */
  draw(frame: Frame, sizePx: number, opacity: number): void {
    const gl = this.#gl;
    beginProgram(gl, this.#program, frame);
    gl.uniform1f(this.#program.uniform("sizePx"), sizePx);
    gl.uniform1f(this.#program.uniform("opacity"), opacity);
    gl.bindVertexArray(this.#array);
    for (const world of frame.worlds) {
      gl.uniform1f(this.#program.uniform("world"), world);
      gl.drawArrays(gl.POINTS, 0, this.#count);
    }
    gl.bindVertexArray(null);
  }
}
