import { callsAside, keepCallsAside } from "../../../../shared/rpc/contract/phone.ts";
import type { AsideCall } from "../../../../shared/calls/aside-call.ts";
import type { Clock, Timers } from "../../../../shared/result/ports.ts";
import type { Client } from "../../../client/index.ts";
import { asideOf } from "../machine/given-calls.ts";
import type { Phone } from "../machine/model.ts";
import { againAfterMs, goesAway } from "./report-events.ts";

type AsideKeeper = {
  /** This window is the phone now: what the one before it kept. `told` once; empty where that cannot be read. */
  open(told: (calls: readonly AsideCall[]) => void): void;
  /** Something may have changed. */
  look(phone: Phone): void;
  /** Time has passed: should this window be closed, they were in it until about now. */
  beat(phone: Phone): void;
  /** It is the phone no more, or somebody else's: what was kept stays. */
  close(): void;
};

/** Keeps calls of which nobody has said yet whose they are where neither a reload nor a sign-out reaches them. */
export function createAsideKeeper(
  client: Pick<Client, "call">,
  { clock, timers }: { clock: Clock; timers: Timers },
): AsideKeeper {
  /** Of this person, as this window keeps them; null = it may not yet, or not any more. */
  let kept: string | null = null;
  let turn = {};
  let wanted: AsideCall[] | null = null;
  let busy = false;

  async function read(own: object, told: (calls: readonly AsideCall[]) => void): Promise<void> {
    const answer = await client.call(callsAside, {});
    if (own !== turn) return;
    if (!answer.ok && goesAway(answer.error)) {
      timers.after(againAfterMs, () => void read(own, told));
      return;
    }
    const calls = answer.ok ? answer.value.calls : [];
    kept = textOf(calls);
    told(calls);
  }

  /** The newest: what it takes the place of need not be kept any more. */
  async function save(own: object): Promise<void> {
    const calls = wanted;
    if (calls === null || own !== turn) return;
    wanted = null;
    busy = true;
    const answer = await client.call(keepCallsAside, { calls });
    busy = false;
    if (answer.ok || own !== turn || !goesAway(answer.error)) return save(turn);
    wanted ??= calls;
    timers.after(againAfterMs, () => void save(own));
  }

  function want(calls: AsideCall[]): void {
    wanted = calls;
    if (!busy) void save(turn);
  }

  function look(phone: Phone): void {
    if (kept === null) return;
    const calls = asideOf(phone, new Date(clock.now()).toISOString());
    const text = textOf(calls);
    if (text === kept) return;
    kept = text;
    want(calls);
  }

  return {
    open(told) {
      turn = {};
      kept = null;
      void read(turn, told);
    },
    look,
    beat(phone) {
      if (kept !== null && kept !== textOf([])) kept = "";
      look(phone);
    },
    close() {
      turn = {};
      kept = null;
      wanted = null;
    },
  };
}

/** Without the time, which changes by itself. */
function textOf(calls: readonly AsideCall[]): string {
  return JSON.stringify(calls.map((call) => ({ ...call, inUntil: "" })));
}
