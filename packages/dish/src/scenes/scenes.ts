// SPDX-License-Identifier: MIT
import { alertScenes } from "./alert-scenes.ts";
import { disablementScenes } from "./disablement-scenes.ts";
import { outageScenes } from "./outage-scenes.ts";
import type { Scene } from "./scene.ts";

const unplugged: Scene = {
  name: "unplugged",
  sentence: "It has no power.",
  overrides: { hardware: { powered: false } },
  shows: { dark: true },
};

/** Every scene: one for each disablement code, cause of an outage and alert, and one without power. */
export const scenes: readonly Scene[] = [...disablementScenes, ...outageScenes, ...alertScenes, unplugged];

/** The scene of a name; null: there is none. */
export function sceneNamed(name: string): Scene | null {
  return scenes.find(scene => scene.name === name) ?? null;
}

/** {@link scenes} as a Markdown table. */
export function scenesTable(): string {
  const lines = ["| scene | what happens | what the terminal shows |", "|---|---|---|"];
  for (const { name, sentence, shows } of scenes) {
    const shown = [
      shows.disablement === undefined ? "" : `disablement code ${shows.disablement}`,
      shows.outage === undefined ? "" : `outage \`${shows.outage}\``,
      ...(shows.alerts ?? []).map(alert => `\`${alert}\``),
      ...(shows.telemetryAlerts ?? []).map(code => `telemetry alert ${code}`),
      shows.dark === true ? "nothing: it does not answer" : "",
    ].filter(part => part !== "");
    lines.push(`| \`${name}\` | ${sentence} | ${shown.join(", ")} |`);
  }
  return `${lines.join("\n")}\n`;
}
