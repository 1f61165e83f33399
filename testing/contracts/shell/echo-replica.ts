import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { attachToHost } from "../../../main/host/attach-to-host.ts";
import type { OpenSettings } from "../../../main/host/protocol.ts";
import { hostContract } from "../../../main/host/services.ts";
import { createRouter } from "../../../main/rpc/router.ts";
import type { Router } from "../../../main/rpc/router.ts";
import { ok } from "../../../shared/result/result.ts";
import { echoContract } from "./echo-contract.ts";

// A replica process without data: what remains is what shells have to do with any replica.
let settings: OpenSettings | null = null;
const clicked: string[] = [];
/** What happened on the desktop that concerns the phone. */
const heard: string[] = [];

const router: Router = createRouter(
  echoContract,
  {
    echo: async (value) => ok(value),
    describe: async () => ok({ pid: process.pid, settings, clicked, heard }),
    load: async () => ok(router.load()),
    ticks(_, emit) {
      const tell = () => emit({ pid: process.pid, tick: Math.floor(process.uptime() * 10) });
      tell();
      const timer = setInterval(tell, 100);
      return () => clearInterval(timer);
    },
    async host({ service, input }) {
      const found = Object.entries(hostContract).find(([key]) => key === service)?.[1];
      if (found?.kind !== "command") throw new Error(`main offers no ${service}`);
      const answer = await host.call(found, input as never);
      return answer.ok ? ok(answer.value ?? null) : answer;
    },
  },
  { onBug: ({ error }) => process.stderr.write(`echo replica: ${String(error)}\n`), checkOutputs: true },
);

const host = attachToHost({
  open(given) {
    settings = given;
    // How a test makes a replica that cannot start.
    if (existsSync(join(given.dataDir, "die-at-start"))) process.exit(1);
    rmSync(join(given.dataDir, "put-down"), { force: true });
  },
  window: (channel) => router.serve(channel),
  async shutdown() {
    if (settings) writeFileSync(join(settings.dataDir, "put-down"), "in order");
  },
});
host.onEvent(hostContract.notificationClicked, ({ tag }) => clicked.push(tag));
host.onEvent(hostContract.dialRequested, ({ to }) => heard.push(`dial ${to}`));
host.onEvent(hostContract.keyPressed, ({ key, tag }) =>
  heard.push(`key ${key}${tag === null ? "" : ` of ${tag}`}`),
);
host.onEvent(hostContract.presenceChosen, ({ presence, reason }) =>
  heard.push(`presence ${presence}${reason && ` ${reason}`}`),
);
host.onEvent(hostContract.power, ({ state }) => heard.push(`power ${state}`));
