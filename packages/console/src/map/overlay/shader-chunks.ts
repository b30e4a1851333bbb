// SPDX-License-Identifier: MIT
import { E2 } from "../../geo/geodetic.ts";
import { GLOBE_RADIUS_KM } from "../camera.ts";

const float = (value: number) => (Number.isInteger(value) ? `${value}.0` : `${value}`);

/**
 * Shared vertex code: satellites from the ephemeris texture (one column per satellite; three texels, one per epoch),
 * Earth-fixed kilometres to the ground place, and the ground place to the screen. The twins on the CPU are
 * `positionKm`, `toGeodetic` and `project`; all three are compared in tests.
 */
export const VERTEX_CHUNK = `#version 300 es
precision highp float;
precision highp sampler2D;
uniform sampler2D ephemeris;
uniform vec3 weights;
uniform mat4 mainMatrix;
uniform mat4 flatMatrix;
uniform float globe;
uniform vec3 eye;
uniform float world;
uniform vec2 viewport;

const int EPHEMERIS_WIDTH = 1024;

vec3 satelliteKm(int index) {
  ivec2 cell = ivec2(index % EPHEMERIS_WIDTH, 3 * (index / EPHEMERIS_WIDTH));
  return weights.x * texelFetch(ephemeris, cell, 0).xyz
    + weights.y * texelFetch(ephemeris, cell + ivec2(0, 1), 0).xyz
    + weights.z * texelFetch(ephemeris, cell + ivec2(0, 2), 0).xyz;
}

// Latitude and longitude in radians, altitude in kilometres.
vec3 groundPlace(vec3 km) {
  float p = length(km.xy);
  float lat = atan(km.z, p * ${float(1 - E2)});
  float altitude = 0.0;
  for (int round = 0; round < 2; round++) {
    float s = sin(lat);
    float normal = 6378.137 / sqrt(1.0 - ${float(E2)} * s * s);
    altitude = p * cos(lat) + km.z * s - normal * (1.0 - ${float(E2)} * s * s);
    lat = atan(km.z, p * (1.0 - ${float(E2)} * normal / (normal + altitude)));
  }
  return vec3(lat, atan(km.y, km.x), altitude);
}

vec3 onSphere(vec3 place) {
  float c = cos(place.x);
  return (1.0 + place.z / ${float(GLOBE_RADIUS_KM)}) * vec3(c * sin(place.y), sin(place.x), c * cos(place.y));
}

vec2 onMercator(vec3 place) {
  float lat = clamp(place.x, -1.569, 1.569);
  return vec2(place.y / 6.283185307 + 0.5, 0.5 - log(tan(0.7853981634 + 0.5 * lat)) / 6.283185307);
}

// 1 in sight, 0 behind the Earth.
float inSight(vec3 point) {
  vec3 d = point - eye;
  float a = dot(d, d), b = dot(eye, d), c = dot(eye, eye) - 1.0;
  float disc = b * b - a * c;
  if (globe < 0.5 || disc <= 0.0) return 1.0;
  float near = (-b - sqrt(disc)) / a;
  return near > 0.0 && near < 0.9995 ? 0.0 : 1.0;
}

vec4 toClip(vec3 place, vec2 mercator) {
  vec4 flatClip = flatMatrix * vec4(mercator.x + world, mercator.y, 0.0, 1.0);
  if (globe <= 0.0) return flatClip;
  return mix(flatClip, mainMatrix * vec4(onSphere(place), 1.0), globe);
}
`;

/** Columns of the ephemeris texture; keep equal to EPHEMERIS_WIDTH above. */
export const EPHEMERIS_WIDTH = 1024;
