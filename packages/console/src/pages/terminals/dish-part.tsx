// SPDX-License-Identifier: MIT
import type { DishView } from "@perigee/operator/contract";
import { useId, useState } from "react";
import { api } from "../../data/api.ts";
import type { Failure } from "../../data/failure.ts";
import { useLive } from "../../data/live-state.ts";
import { useResource } from "../../data/resource.ts";
import { useRefusal } from "../../data/session.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { FailureNote } from "../../ui/notes.tsx";

/** What the terminal says of itself on its owner's network, where tools reach it, and what it is made to show in tests. */
export function DishPart({ id }: { id: string }) {
  const slot = useLive(state => state.status?.slot.number ?? null);
  const dish = useResource(`dish ${id}`, slot, () => api.dish(id));
  // A terminal that stands nowhere has no device, and nothing to show here.
  if (dish.failure?.code === "NOT_FOUND") return null;
  return (
    <section aria-labelledby="device">
      <h3 id="device">The device</h3>
      {dish.failure && <FailureNote failure={dish.failure} retry={dish.reload} />}
      {dish.value && <Device dish={dish.value} onChange={dish.reload} />}
    </section>
  );
}

function Device({ dish, onChange }: { dish: DishView; onChange: () => void }) {
  const faults = useLive(state => state.status?.faultsEnabled ?? false);
  const addresses = [
    ["gRPC", dish.grpc],
    ["gRPC-Web", dish.grpcWeb],
    ["Router, gRPC", dish.routerGrpc],
    ["Router, gRPC-Web", dish.routerGrpcWeb],
  ] as const;
  return (
    <>
      <Facts columns={3}>
        <Fact name="It says">{dish.outage ?? "CONNECTED"}</Fact>
        <Fact name="Radio" hint={dish.silentBecause ?? undefined}>
          {dish.onAir ? "On" : "Off"}
        </Fact>
        <Fact name="Disablement code">{dish.disablementCode}</Fact>
        <Fact name="Terminal id">
          <code>{dish.id}</code>
        </Fact>
        <Fact name="Software">
          <code>{dish.softwareVersion}</code>
        </Fact>
        <Fact name="Alerts">{dish.alerts.length === 0 ? "None" : dish.alerts.join(", ")}</Fact>
      </Facts>
      <dl className="proxies">
        {addresses.map(([name, address]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code>{address}</code>
              <CopyButton text={address} label={`Copy ${name}`} />
            </dd>
          </div>
        ))}
      </dl>
      {faults && <SceneChoice dish={dish} onChange={onChange} />}
    </>
  );
}

/** Test mode: the terminal shows a disablement, an outage or an alert that it does not have. */
function SceneChoice({ dish, onChange }: { dish: DishView; onChange: () => void }) {
  const id = useId();
  const refusal = useRefusal("faults.use");
  const scenes = useResource("scenes", null, api.scenes);
  const [failure, setFailure] = useState<Failure | null>(null);
  const choose = async (name: string) => {
    const set = await api.setScene(dish.terminalId, name === "" ? null : name);
    setFailure(set.ok ? null : set.error);
    onChange();
  };
  const chosen = scenes.value?.find(({ name }) => name === dish.scene);
  return (
    <div className="field">
      <label htmlFor={id}>Scene</label>
      <select
        id={id}
        value={dish.scene ?? ""}
        disabled={refusal !== null || scenes.value === null}
        aria-describedby={`${id}-note`}
        onChange={event => void choose(event.target.value)}
      >
        <option value="">None: what it really is</option>
        {scenes.value?.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      <span id={`${id}-note`} className="field-note" role="status">
        {failure?.message ??
          refusal ??
          chosen?.sentence ??
          "For tests: the terminal shows what it does not have."}
      </span>
    </div>
  );
}
