import { hostname } from "node:os";
import { contract } from "../../shared/rpc/contract.ts";
import { letterDecided } from "../../shared/rpc/contract/assistant.ts";
import { notice } from "../../shared/rpc/contract/sync.ts";
import { phoneLevels, phonePower } from "../../shared/rpc/contract/phone.ts";
import { taskDue } from "../../shared/rpc/contract/work.ts";
import type { PayloadOf } from "../../shared/rpc/define.ts";
import { systemTimers } from "../../shared/result/ports.ts";
import { err, ok } from "../../shared/result/result.ts";
import type { OpenSettings } from "../host/protocol.ts";
import { createRouter, type Router } from "../rpc/router.ts";
import { composeDesk, deskContract, type DeskApp } from "./compose-desk.ts";
import { createDeskClock } from "./live/desk-clock.ts";
import { followWakes } from "./live/wakes.ts";
import { dropConnections } from "./server/drop-connections.ts";
import { createAuthClient } from "./session/auth-client.ts";
import { delegateToDesk } from "./session/desk-delegates.ts";
import type { HostPort } from "./session/host-port.ts";
import { platformOf, readInstallation } from "./session/installation.ts";
import { blockOf, openDesk } from "./session/open-desk.ts";
import { openPreferences } from "./session/preferences.ts";
import { createSessionHandlers } from "./session/session-handlers.ts";
import { createSession, type Session } from "./session/session.ts";
import { keepHotkeys } from "./session/show-on-desktop.ts";
import { createHttpTransport } from "./sync/http-transport.ts";
import type { RefusedEdit } from "./sync/push.ts";

export type ReplicaProcess = { router: Router; session: Session; close(): Promise<void> };

/**
 * The replica process, put together: host → session → desk → router. Nothing is opened before `session.start`.
 * @param leave ends this process as it is: main starts another one, and everything that was acknowledged is on disk
 */
export async function composeReplica(
  settings: OpenSettings,
  host: HostPort,
  log: (line: string) => void,
  leave: () => void,
): Promise<ReplicaProcess> {
  const { dataDir, serverUrl, deviceName, appVersion, demo } = settings;
  const clock = createDeskClock();
  const timers = systemTimers;
  const wakes = followWakes({ clock, timers });
  let app: DeskApp | null = null;
  /** A program was started by a `tel:` link: nobody is there yet to ask the person. */
  let toDial: string | null = null;

  // Before anything is waited for: what the desktop says first comes right behind the order to open.
  host.onDial((to) => {
    if (app) app.phone.promptDial(to);
    else toDial = to;
  });

  const auth = createAuthClient(serverUrl, async () => ({
    installation: await readInstallation(dataDir),
    name: deviceName,
    platform: platformOf(process.platform),
    appVersion,
  }));
  const session = createSession({
    dataDir,
    serverUrl,
    demo,
    host,
    auth,
    clock,
    timers,
    async openDesk(account, token) {
      const title = `Ringside of ${account.person.name} on ${hostname()}`;
      const ports = { dataDir, title, host, clock, timers, random: Math.random };
      const opened = await openDesk(
        {
          ...ports,
          connect,
          onEnded: (why) => session.ended(why),
          onRefused: tellRefused,
          onTrouble: tellTrouble,
          onBroken,
        },
        account,
        token,
      );
      if (!opened.ok) return opened;
      const desk = opened.value;
      const appPorts = {
        clock,
        timers,
        onWake: wakes.onWake,
        onTrouble: tellTrouble,
        remind,
        onDecided,
        host,
        notify,
        overlay: () => preferences.get().overlay,
        tellLevels: (levels: PayloadOf<typeof phoneLevels>) => router.broadcast(phoneLevels, levels),
      };
      const opening = await composeDesk(desk, appPorts).catch(async (cause: unknown) => {
        await desk.close();
        tellTrouble("The desk could not be opened.", cause);
        return blockOf(cause);
      });
      if ("code" in opening) return err({ state: "blocked", ...opening });
      app = opening;
      if (toDial !== null) opening.phone.promptDial(toDial);
      toDial = null;
      return ok({
        ...desk,
        async close() {
          if (app === opening) app = null;
          await opening.close();
          await desk.close();
        },
      });
    },
  });
  const ofDesk = delegateToDesk(deskContract, {
    get: () => app?.handlers ?? null,
    onSwitch: (listener) => onSwitch(session, () => app, listener),
  });
  const preferences = await openPreferences(dataDir);
  keepHotkeys(host, preferences, tellTrouble);
  const secretsNotice = await host.secrets.notice().catch(() => null);
  const ofSession = createSessionHandlers({ session, preferences, host, clock, serverUrl, secretsNotice });
  const router = createRouter(
    contract,
    { ...ofDesk, ...ofSession },
    { onBug: ({ method, error }) => log(`${method} failed: ${describe(error)}`) },
  );
  host.onKey((key, tag) => app?.phone.press(key, tag));
  host.onPresence((presence, reason) => session.desk()?.presence.setMine(presence, reason));
  wakes.onWake(() => void connectAnew());
  host.onPower((state) => {
    if (state === "resume") wakes.told();
    router.broadcast(phonePower, { state });
  });
  return {
    router,
    session,
    async close() {
      wakes.stop();
      router.close();
      await session.close();
    },
  };

  async function connectAnew(): Promise<void> {
    // One that cannot be dropped ends by itself, later.
    await dropConnections().catch((cause: unknown) =>
      log(`connections were not dropped: ${describe(cause)}`),
    );
    session.desk()?.engine.woke();
  }

  function remind(due: PayloadOf<typeof taskDue>): void {
    router.broadcast(taskDue, due);
    notify({ tag: `task.${due.id}`, title: due.title, body: due.leadName ?? "" });
  }

  function onDecided(decided: PayloadOf<typeof letterDecided>): void {
    router.broadcast(letterDecided, decided);
    const { id, leadName, by, approved, reason } = decided;
    const title = `${by} ${approved ? "approved" : "refused"} your letter to ${leadName}`;
    notify({ tag: `letter.${id}`, title, body: reason });
  }

  function notify(what: Parameters<HostPort["notify"]>[0]): void {
    host.notify(what).catch((error: unknown) => log(describe(error)));
  }

  function connect(_account: unknown, token: string) {
    return createHttpTransport({ serverUrl, token });
  }

  function tellRefused(edits: readonly RefusedEdit[]): void {
    const [first] = edits;
    const text =
      edits.length === 1
        ? `The server did not take an edit: ${first?.refusal.message ?? ""}`
        : `The server did not take ${edits.length} edits. They are kept for you to decide.`;
    router.broadcast(notice, { tone: "trouble", text, undoId: null });
  }

  function onBroken(cause: unknown): void {
    log(`The records broke: ${describe(cause)}`);
    leave();
  }

  function tellTrouble(text: string, cause?: unknown): void {
    log(`${text} ${cause === undefined ? "" : describe(cause)}`);
    router.broadcast(notice, { tone: "trouble", text, undoId: null });
  }
}

/** Calls when another desk is open, or none. */
function onSwitch(session: Session, current: () => DeskApp | null, listener: () => void): () => void {
  let known = current();
  return session.onChange(() => {
    if (current() === known) return;
    known = current();
    listener();
  });
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
