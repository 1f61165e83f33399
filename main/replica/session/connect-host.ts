import type { AnyCommand, InputOf, OutputOf } from "../../../shared/rpc/define.ts";
import type { Client } from "../../../shared/rpc/client.ts";
import { hostContract } from "../../host/services.ts";
import { KeychainLocked, type HostPort } from "./host-port.ts";

/** The desktop's services over the link to main. A keychain that fails is a failure, not an empty keychain. */
export function createHostPort(services: Client): HostPort {
  async function ask<D extends AnyCommand>(def: D, input: InputOf<D>): Promise<OutputOf<D>> {
    const answer = await services.call(def, input);
    if (answer.ok) return answer.value;
    if (answer.error.code === "locked") throw new KeychainLocked(answer.error.message);
    throw Object.assign(new Error(`${def.name}: ${answer.error.message}`), { code: answer.error.code });
  }
  return {
    secrets: {
      read: (name) => ask(hostContract.readSecret, { name }),
      write: async (name, value) => void (await ask(hostContract.writeSecret, { name, value })),
      remove: async (name) => void (await ask(hostContract.removeSecret, { name })),
      notice: () => ask(hostContract.secretsNotice, {}),
    },
    notify: async (what) => void (await ask(hostContract.notify, what)),
    takeBack: async (tag) => void (await ask(hostContract.takeBack, { tag })),
    openWindow: async (path) => void (await ask(hostContract.openWindow, { path })),
    openPhone: (window) => ask(hostContract.openPhone, { window }),
    openOverlay: () => ask(hostContract.openOverlay, {}),
    catchClicks: async (on) => void (await ask(hostContract.catchClicks, { on })),
    setHotkeys: (hotkeys) => ask(hostContract.setHotkeys, hotkeys),
    setTray: async (view) => void (await ask(hostContract.setTray, view)),
    onDial: (listener) => void services.onEvent(hostContract.dialRequested, ({ to }) => listener(to)),
    onKey: (listener) => void services.onEvent(hostContract.keyPressed, ({ key, tag }) => listener(key, tag)),
    onPresence: (listener) =>
      void services.onEvent(hostContract.presenceChosen, ({ presence, reason }) =>
        listener(presence, reason),
      ),
    onPower: (listener) => void services.onEvent(hostContract.power, ({ state }) => listener(state)),
    setTheme: async (theme) => void (await ask(hostContract.setTheme, { theme })),
    reloadWindows: async () => void (await ask(hostContract.reloadWindows, {})),
  };
}
