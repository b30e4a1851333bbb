// SPDX-License-Identifier: MIT
import type { Camera } from "../camera.ts";
import { type Ephemeris, parabolaWeights, slotShare } from "../ephemeris.ts";
import { EphemerisTexture } from "./ephemeris-texture.ts";
import type { Frame } from "./frame.ts";
import { SatellitePoints } from "./satellite-points.ts";
import { type Segment, Segments } from "./segments.ts";

/** Steps of time between pictures while nothing but the satellites moves. */
const IDLE_FRAME_MS = 250;
const REDUCED_FRAME_MS = 1000;

/** What the overlay asks of the map under it. */
export interface OverlayHost {
  /** The camera of the map's last picture; `null` before the first. */
  camera(): Camera | null;
  zoom(): number;
  worlds(): readonly number[];
  nowMs(): number;
  /** Whether time stands still, so that nothing moves by itself. */
  still(): boolean;
  /** Called after each picture, for what must follow it (labels). */
  drawn(frame: Frame): void;
}

/**
 * A canvas over the map that draws everything in the sky at its own pace: with each picture of the map while that
 * moves, four times a second otherwise, once a second for people who asked for less motion, and not at all while the
 * page is hidden. The canvas carries `data-satellites`, `data-frame` and `data-ready` for whoever needs to know.
 */
export class Overlay {
  readonly canvas: HTMLCanvasElement;
  readonly #gl: WebGL2RenderingContext;
  readonly #host: OverlayHost;
  readonly #texture: EphemerisTexture;
  readonly #points: SatellitePoints;
  readonly #lasers: Segments;
  readonly #path: Segments;
  readonly #calm = matchMedia("(prefers-reduced-motion: reduce)");
  #ephemeris: Ephemeris | null = null;
  #looked = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #frames = 0;
  #opacity = 1;

  constructor(canvas: HTMLCanvasElement, gl: WebGL2RenderingContext, host: OverlayHost) {
    this.canvas = canvas;
    this.#gl = gl;
    this.#host = host;
    this.#texture = new EphemerisTexture(gl);
    this.#points = new SatellitePoints(gl);
    this.#lasers = new Segments(gl, 4);
    this.#path = new Segments(gl, 24);
    canvas.dataset["ready"] = "false";
    canvas.dataset["frame"] = "0";
    canvas.dataset["satellites"] = "0";
    document.addEventListener("visibilitychange", this.#wake);
    this.#schedule();
  }

  setEphemeris(ephemeris: Ephemeris): void {
    this.#ephemeris = ephemeris;
    this.#texture.upload(ephemeris);
    this.draw();
  }

  /** @param opacity of points; additive crowds need less */
  setLooks(looks: Float32Array, opacity: number): void {
    this.#points.setLooks(looks);
    this.#looked = looks.length > 0;
    this.#opacity = opacity;
    this.draw();
  }

  setLasers(segments: readonly Segment[]): void {
    this.#lasers.set(segments, this.pixelRatio);
    this.draw();
  }

  setPath(segments: readonly Segment[]): void {
    this.#path.set(segments, this.pixelRatio);
    this.draw();
  }

  /** Two at most: a finer screen costs more than it shows in dots. */
  get pixelRatio(): number {
    return Math.min(2, devicePixelRatio);
  }

  /** Draws the sky as it is now. */
  draw(): void {
    const camera = this.#host.camera();
    if (!camera || !this.#ephemeris || !this.#looked || this.#gl.isContextLost()) return;
    this.#fit();
    const frame = this.#frame(camera, this.#ephemeris);
    const gl = this.#gl;
    gl.viewport(0, 0, frame.widthPx, frame.heightPx);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.disable(gl.DEPTH_TEST);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    this.#texture.bind();
    this.#lasers.draw(frame);
    const sizePx = Math.min(9, Math.max(1.7, 1.5 + 0.75 * this.#host.zoom())) * frame.pixelRatio;
    this.#points.draw(frame, sizePx, this.#opacity);
    this.#path.draw(frame);
    this.#frames += 1;
    this.canvas.dataset["frame"] = String(this.#frames);
    this.canvas.dataset["satellites"] = String(this.#ephemeris.count);
    this.canvas.dataset["ready"] = "true";
    this.#host.drawn(frame);
  }

  destroy(): void {
    clearTimeout(this.#timer);
    document.removeEventListener("visibilitychange", this.#wake);
    this.#gl.getExtension("WEBGL_lose_context")?.loseContext();
    this.canvas.remove();
  }

  #frame(camera: Camera, ephemeris: Ephemeris): Frame {
    return {
      camera,
      weights: parabolaWeights(slotShare(ephemeris, this.#host.nowMs())),
      widthPx: this.canvas.width,
      heightPx: this.canvas.height,
      pixelRatio: this.pixelRatio,
      worlds: camera.globe > 0 ? [0] : this.#host.worlds(),
    };
  }

  #fit(): void {
    const width = Math.round(this.canvas.clientWidth * this.pixelRatio);
    const height = Math.round(this.canvas.clientHeight * this.pixelRatio);
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
  }

  #schedule(): void {
    const everyMs = this.#calm.matches ? REDUCED_FRAME_MS : IDLE_FRAME_MS;
    this.#timer = setTimeout(() => {
      if (document.hidden) return;
      if (!this.#host.still()) this.draw();
      this.#schedule();
    }, everyMs);
  }

  readonly #wake = (): void => {
    clearTimeout(this.#timer);
    if (!document.hidden) this.#schedule();
  };
}
