import { readFile } from "node:fs/promises";
import { once } from "node:events";
import { request, type ClientRequest, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Outcome } from "../../../sync-server/providers/simulator/callers/outcomes.ts";
import { askCarrier, type CarrierControl } from "../../simulator/ask-carrier.ts";
import { eventually } from "./eventually.ts";

/** As the simulated carrier tells it (docs/carrier-simulator.md); `at` in ms since the epoch. */
export type CarrierEvent = { at: number; callSid: string } & (
  { event: "digit"; digit: string } | { event: "status"; status: string; from: string; to: string }
);

/** The control API of the simulated carrier that a server has started. */
export type CarrierDoor = {
  /** Of its REST too. */
  url: string;
  /** Somebody dials one of the own numbers. @returns the call's SID */
  callIn(wanted: { to: string; from: string; stays?: boolean }): Promise<string>;
  hangUp(callSid: string): Promise<void>;
  setOutcome(number: string, outcome: Outcome): Promise<void>;
  /** The next event that fits. @throws after a minute without one */
  next(fits: (event: CarrierEvent) => boolean): Promise<CarrierEvent>;
  countCalls(): Promise<number>;
  /** When a voice came last from any device, in ms since the epoch: before the carrier's buffers. */
  lastVoiceAt(): Promise<number>;
  close(): void;
};

/** @param dataDir of the server, whose carrier has been started by somebody's line */
export async function openCarrierDoor(dataDir: string, accountId: string): Promise<CarrierDoor> {
  const file = join(dataDir, "server", "simulator", accountId, "control.json");
  const control = await eventually(async () => JSON.parse(await readFile(file, "utf8")) as CarrierControl);
  const ask = (method: string, path: string, body?: unknown) => askCarrier(control, method, path, body);
  const callsNow = async () => (await ask("GET", "/"))["calls"] as { lastVoiceAt: number | null }[];
  const waiting = new Set<(event: CarrierEvent) => void>();
  const follower = await follow(control, (event) => {
    for (const look of waiting) look(event);
  });

  return {
    url: control.url,
    async callIn({ to, from, stays = true }) {
      const call = await ask("POST", "/calls", { to, from, stays, script: "tone", mode: "straight" });
      return String(call["callSid"]);
    },
    hangUp: async (callSid) => void (await ask("POST", `/calls/${callSid}/hang-up`)),
    setOutcome: async (number, outcome) => void (await ask("PUT", `/outcomes/${number}`, outcome)),
    next: (fits) =>
      new Promise((resolve, reject) => {
        const look = (event: CarrierEvent) => {
          if (!fits(event)) return;
          over();
          resolve(event);
        };
        const late = setTimeout(() => {
          over();
          reject(new Error(`the carrier told of nothing that fits: ${fits.toString()}`));
        }, 60_000);
        const over = () => {
          waiting.delete(look);
          clearTimeout(late);
        };
        waiting.add(look);
      }),
    countCalls: async () => (await callsNow()).length,
    lastVoiceAt: async () => Math.max(...(await callsNow()).map(({ lastVoiceAt }) => lastVoiceAt ?? 0)),
    close: () => void follower.destroy(),
  };
}

async function follow(
  { url, controlToken }: CarrierControl,
  tell: (event: CarrierEvent) => void,
): Promise<ClientRequest> {
  const sent = request(`${url}/control/events`, { headers: { authorization: `Bearer ${controlToken}` } });
  sent.end();
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  const lines = createInterface({ input: answer });
  lines.on("line", (line) => tell(JSON.parse(line) as CarrierEvent));
  // Ours is the end that goes.
  for (const each of [sent, answer, lines]) each.on("error", () => {});
  return sent;
}
