// SPDX-License-Identifier: MIT
import type {
  ActiveScene,
  Caller,
  Device,
  DeviceAnswer,
  DeviceRequest,
  Dish,
  DishHardware,
  DishSlot,
  DishTelemetry,
  Router,
  RouterTelemetry,
  Scene,
} from "@perigee/dish";
import { slotAt, slotStartMs } from "@perigee/network";
import type { TerminalCondition } from "@perigee/world";
import { type DishFeed, tellsTheSame } from "./dish-feed.ts";
import type { RadioSilence } from "./radio-silence.ts";

/** A terminal with what its owner's tools can talk to. */
export interface HostedTerminal {
  /** Of its record. */
  readonly id: string;
  readonly dish: Dish;
  readonly router: Router;
}

/** A hosted terminal at the end of a slot. */
export interface SlotReport {
  readonly terminalId: string;
  readonly telemetry: DishTelemetry;
  /** Of the router behind it; `null`: it is off, or not up yet. */
  readonly router: RouterTelemetry | null;
}

export interface DishHostOptions {
  readonly feed: DishFeed;
  readonly silence: RadioSilence;
  /** UTC ms. */
  readonly nowMs: () => number;
  /** Radios went on or off: {@link DishHostOptions.silence} has it already, the network has to follow. */
  readonly onRadio?: () => Promise<unknown>;
  /** A slot is over: what each terminal measured in it. */
  readonly onSlotOver?: (slot: number, reports: readonly SlotReport[], endMs: number) => void;
}

interface Hosted extends HostedTerminal {
  told: DishSlot | null;
  condition: TerminalCondition;
  scene: Scene | null;
}

/**
 * Keeps terminals in step with the world: tells each what holds for it, second by second, and passes on to the network
 * what they do to their radios. Whoever asks a terminal between two seconds gets an answer of that very moment.
 */
export class DishHost implements AsyncDisposable {
  readonly #options: DishHostOptions;
  readonly #hosted = new Map<string, Hosted>();
  #slot: number | null = null;
  #timer: NodeJS.Timeout | null = null;
  #following: Promise<void> | null = null;
  /** A radio changed since the network was last asked to follow. */
  #stale = false;

  constructor(options: DishHostOptions) {
    this.#options = options;
  }

  /** UTC ms. */
  nowMs(): number {
    return this.#options.nowMs();
  }

  add(terminal: HostedTerminal): void {
    this.#hosted.set(terminal.id, { ...terminal, told: null, condition: "normal", scene: null });
  }

  get(terminalId: string): HostedTerminal | null {
    return this.#hosted.get(terminalId) ?? null;
  }

  terminals(): Iterable<HostedTerminal> {
    return this.#hosted.values();
  }

  /** What a terminal is being made to show; `null`: what it is. */
  sceneOf(terminalId: string): Scene | null {
    return this.#hosted.get(terminalId)?.scene ?? null;
  }

  /** @returns `false` where no such terminal is hosted */
  setScene(terminalId: string, scene: Scene | null): boolean {
    const hosted = this.#hosted.get(terminalId);
    if (hosted === undefined) return false;
    hosted.scene = scene;
    hosted.dish.setScene(staged(hosted));
    if (this.#bring(hosted, this.#options.nowMs())) this.#radioChanged();
    return true;
  }

  /** Brings every terminal to an instant; instants do not go back. */
  follow(atMs: number): void {
    const slot = slotAt(atMs);
    if (this.#slot !== null && slot > this.#slot) this.#endSlot(this.#slot);
    this.#slot = slot;
    let radios = false;
    for (const hosted of this.#hosted.values()) radios = this.#bring(hosted, atMs) || radios;
    if (radios) this.#radioChanged();
  }

  /** Follows the clock from now on, every second. */
  start(): void {
    const tick = (): void => {
      const nowMs = this.#options.nowMs();
      try {
        this.follow(nowMs);
      } catch (error) {
        // A bug in one second is no reason to end an operator; the next second is tried as any other.
        process.emitWarning(`the terminals are not followed: ${(error as Error).stack}`);
      }
      this.#timer = setTimeout(tick, 1000 - (nowMs % 1000));
    };
    tick();
  }

  /** A device that is brought to the moment of each request before it answers. */
  deviceOf(terminalId: string, which: "dish" | "router"): Device {
    const hosted = this.#hosted.get(terminalId);
    if (hosted === undefined) throw new RangeError(`There is no terminal "${terminalId}" here.`);
    return {
      id: hosted[which].id,
      handle: (request, caller) => this.#answer(hosted, which, request, caller),
    };
  }

  /** What a terminal answers to a request of this moment; `null`: no such terminal is hosted. */
  ask(
    terminalId: string,
    request: DeviceRequest,
    caller: Caller,
    which: "dish" | "router" = "dish",
  ): DeviceAnswer | null {
    const hosted = this.#hosted.get(terminalId);
    return hosted === undefined ? null : this.#answer(hosted, which, request, caller);
  }

  #answer(hosted: Hosted, which: "dish" | "router", request: DeviceRequest, caller: Caller): DeviceAnswer {
    const nowMs = this.#options.nowMs();
    if (this.#bring(hosted, nowMs)) this.#radioChanged();
    const answer = hosted[which].handle(request, caller);
    if (this.#heedRadio(hosted, nowMs)) this.#radioChanged();
    return answer;
  }

  /** Resolves when the network has followed what radios did until now. */
  async settled(): Promise<void> {
    while (this.#following !== null) await this.#following;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.settled();
  }

  /** @returns Whether its radio went on or off. */
  #bring(hosted: Hosted, atMs: number): boolean {
    const { feed } = this.#options;
    const slot = feed.slotOf(hosted.id, atMs);
    const condition = feed.conditionOf(hosted.id, atMs);
    if (condition !== hosted.condition) {
      hosted.condition = condition;
      hosted.dish.setScene(staged(hosted));
    }
    if (!tellsTheSame(hosted.told, slot)) {
      hosted.dish.enter(slot);
      hosted.told = slot;
    }
    hosted.dish.advance(atMs);
    return this.#heedRadio(hosted, atMs);
  }

  #heedRadio({ id, dish }: Hosted, atMs: number): boolean {
    return this.#options.silence.set(id, !dish.radio(atMs).onAir);
  }

  #endSlot(slot: number): void {
    const endMs = slotStartMs(slot + 1);
    const reports = Array.from(this.#hosted.values(), ({ id, dish, router }): SlotReport => {
      dish.advance(endMs);
      router.advance(endMs);
      return { terminalId: id, telemetry: dish.telemetry(endMs), router: router.telemetry(endMs) };
    });
    this.#options.onSlotOver?.(slot, reports, endMs);
  }

  #radioChanged(): void {
    this.#stale = true;
    this.#following ??= this.#letNetworkFollow().finally(() => {
      this.#following = null;
    });
  }

  /** One change of plans for all radios that changed meanwhile. */
  async #letNetworkFollow(): Promise<void> {
    while (this.#stale) {
      this.#stale = false;
      await this.#options
        .onRadio?.()
        .catch((error: Error) =>
          process.emitWarning(`the network does not follow a radio: ${error.message}`),
        );
    }
  }
}

/** What conditions of the world do to a terminal's hardware: a board 10 °C above the limit at which it shuts down. */
const conditioned: Readonly<Record<TerminalCondition, Partial<DishHardware>>> = {
  normal: {},
  unplugged: { powered: false },
  overheated: { boardC: 95 },
};

/** What a terminal plays: its scene, but no scene gives power or cools. */
function staged({ condition, scene }: Hosted): ActiveScene | null {
  if (condition === "normal") return scene;
  const hardware = { ...scene?.overrides.hardware, ...conditioned[condition] };
  return { name: scene?.name ?? condition, overrides: { ...scene?.overrides, hardware } };
}
