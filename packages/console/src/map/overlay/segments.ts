// SPDX-License-Identifier: MIT
import { beginProgram, type Frame } from "./frame.ts";
import { makeProgram, type Program } from "./program.ts";
import { VERTEX_CHUNK } from "./shader-chunks.ts";

/** One end of a segment: a satellite by its index, or a fixed place in Earth-fixed kilometres. */
export type SegmentEnd = number | readonly [xKm: number, yKm: number, zKm: number];

/** A line between two ends. Satellites are followed as they move. */
export interface Segment {
  readonly from: SegmentEnd;
  readonly to: SegmentEnd;
  readonly colour: readonly [number, number, number];
  readonly opacity: number;
  readonly widthPx: number;
  /** `ray`: straight through space. `ground`: along the great circle, dashed. */
  readonly form: "ray" | "ground";
}

const FLOATS = 13;

// A segment is an instance; a strip of 2 × (steps + 1) vertices runs along it, two to the left and right of each point.
const VERTEX = `${VERTEX_CHUNK}
layout(location = 0) in vec4 from;
layout(location = 1) in vec4 to;
layout(location = 2) in vec3 tint;
layout(location = 3) in vec2 line; // width in device pixels, opacity; a negative width means: along the ground
uniform float steps;
out vec4 colour;
out float along;
out float edgePx;
flat out float halfPx;
flat out float dashed;

vec3 end(vec4 e) { return e.w < 0.0 ? e.xyz : satelliteKm(int(e.w + 0.5)); }

vec3 point(vec3 a, vec3 b, float t) {
  vec3 chord = mix(a, b, t);
  return line.x < 0.0 ? normalize(chord) * mix(length(a), length(b), t) : chord;
}

vec2 near(vec2 mercator, float x) { return vec2(mercator.x - floor(mercator.x - x + 0.5), mercator.y); }

void main() {
  vec3 a = end(from), b = end(to);
  float t = float(gl_VertexID / 2) / steps;
  float side = float(gl_VertexID % 2) * 2.0 - 1.0;
  float home = onMercator(groundPlace(a)).x;
  vec3 here = groundPlace(point(a, b, t));
  vec3 ahead = groundPlace(point(a, b, t + (t < 0.5 ? 0.5 : -0.5) / steps));
  vec4 clip = toClip(here, near(onMercator(here), home));
  vec4 next = toClip(ahead, near(onMercator(ahead), home));
  vec2 way = (next.xy / next.w - clip.xy / clip.w) * viewport * (t < 0.5 ? 1.0 : -1.0);
  vec2 across = length(way) > 0.0 ? normalize(vec2(-way.y, way.x)) : vec2(0.0, 1.0);
  clip.xy += across * side * (abs(line.x) + 1.0) / viewport * clip.w;
  gl_Position = clip;
  colour = vec4(tint, line.y * inSight(onSphere(here)));
  halfPx = 0.5 * abs(line.x) + 0.5;
  edgePx = side * halfPx;
  along = t * length(b - a) / 60.0;
  dashed = line.x < 0.0 ? 1.0 : 0.0;
  if (dot(a, a) > 1e12 || dot(b, b) > 1e12) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
}`;

const FRAGMENT = `#version 300 es
precision mediump float;
in vec4 colour;
in float along;
in float edgePx;
flat in float halfPx;
flat in float dashed;
out vec4 ink;
void main() {
  float a = colour.a * (dashed > 0.5 && fract(along) > 0.6 ? 0.15 : 1.0) * clamp(halfPx - abs(edgePx), 0.0, 1.0);
  ink = vec4(colour.rgb * a, a);
}`;

/** Lines of the overlay: laser links and the path of the selection. */
export class Segments {
  readonly #gl: WebGL2RenderingContext;
  readonly #program: Program;
  readonly #array: WebGLVertexArrayObject;
  readonly #buffer: WebGLBuffer;
  readonly #steps: number;
  #count = 0;

  /** @param steps parts each segment is drawn in; more where the flat map bends it */
  constructor(gl: WebGL2RenderingContext, steps: number) {
    this.#gl = gl;
    this.#steps = steps;
    this.#program = makeProgram(gl, VERTEX, FRAGMENT);
    this.#array = gl.createVertexArray();
    this.#buffer = gl.createBuffer();
    gl.bindVertexArray(this.#array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    let offset = 0;
    [4, 4, 3, 2].forEach((size, location) => {
      gl.enableVertexAttribArray(location);
      gl.vertexAttribPointer(location, size, gl.FLOAT, false, 4 * FLOATS, 4 * offset);
      gl.vertexAttribDivisor(location, 1);
      offset += size;
    });
    gl.bindVertexArray(null);
  }

  /** Replaces all lines. Widths are in CSS pixels. */
  set(segments: readonly Segment[], pixelRatio: number): void {
    const gl = this.#gl;
    const data = new Float32Array(FLOATS * segments.length);
    const end = (e: SegmentEnd) => (typeof e === "number" ? [0, 0, 0, e] : [...e, -1]);
    segments.forEach(({ from, to, colour, opacity, widthPx, form }, i) => {
      const width = widthPx * pixelRatio * (form === "ground" ? -1 : 1);
      data.set([...end(from), ...end(to), ...colour, width, opacity], FLOATS * i);
    });
    this.#count = segments.length;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    gl.bufferData(gl.ARRAY_BUFFER, data, gl.DYNAMIC_DRAW);
  }

  draw(frame: Frame): void {
    if (this.#count === 0) return;
    const gl = this.#gl;
    beginProgram(gl, this.#program, frame);
    gl.uniform1f(this.#program.uniform("steps"), this.#steps);
    gl.bindVertexArray(this.#array);
    for (const world of frame.worlds) {
      gl.uniform1f(this.#program.uniform("world"), world);
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 2 * (this.#steps + 1), this.#count);
    }
    gl.bindVertexArray(null);
  }
}
