import type { Timers } from "../../shared/result/ports.ts";
import { join } from "node:path";
import { newRecordId } from "../../shared/entities/id.ts";
import type { PhoneState } from "../../shared/calls/phone.ts";
import { contract } from "../../shared/rpc/contract.ts";
import type { letterDecided } from "../../shared/rpc/contract/assistant.ts";
import { sessionContract, type Preferences, type settings } from "../../shared/rpc/contract/session.ts";
import type { phoneLevels } from "../../shared/rpc/contract/phone.ts";
import type { taskDue } from "../../shared/rpc/contract/work.ts";
import type { PayloadOf } from "../../shared/rpc/define.ts";
import type { Handlers } from "../rpc/handlers.ts";
import { createAskAssistant } from "./assistant/ask-assistant.ts";
import { openAssistant } from "./assistant/open-assistant.ts";
import { startChatAlerts } from "./chats/chat-alerts.ts";
import { createChatHandlers } from "./chats/chat-handlers.ts";
import { composeQueries, type Queries } from "./compose-queries.ts";
import { createDecisions } from "./edits/decisions.ts";
import { createCallLists } from "./call-lists/ask-lists.ts";
import { createCallListHandlers } from "./call-lists/call-list-handlers.ts";
import { createAsk, createTelephony, type AskTelephony } from "./phone/ask-telephony.ts";
import { createPhone, type Phone, type PhonePorts } from "./phone/phone-handlers.ts";
import type { DeskClock } from "./live/desk-clock.ts";
import type { Wakes } from "./live/wakes.ts";
import { openCoaching } from "./coaching/open-coaching.ts";
import { createGreetingSounds } from "./recordings/greeting-sounds.ts";
import { openRecordings, type Recordings } from "./recordings/keep-recordings.ts";
import { startFetchAhead } from "./recordings/fetch-ahead.ts";
import { readToReview } from "./recordings/to-review.ts";
import { createRecordHandlers } from "./records/record-handlers.ts";
import { afterFirstSync } from "./session/first-sync.ts";
import { isIdle, startHousekeeping } from "./session/housekeeping.ts";
import type { HostPort } from "./session/host-port.ts";
import type { Desk } from "./session/open-desk.ts";
import { tellRings } from "./phone/tell-rings.ts";
import { keepTray } from "./session/show-on-desktop.ts";
import { createSyncHandlers } from "./sync/sync-handlers.ts";
import { openTallies } from "./sync/tallies.ts";

type Contract = typeof contract;
type DeskContract = Omit<Contract, keyof typeof sessionContract> & { settings: typeof settings };

/** Everything but what a window may ask before anybody is signed in. */
export const deskContract = Object.fromEntries(
  Object.entries(contract).filter(([key]) => key === "settings" || !Object.hasOwn(sessionContract, key)),
) as unknown as DeskContract;

/** What answers windows while somebody is signed in. */
export type DeskApp = {
  handlers: Handlers<DeskContract>;
  phone: Pick<Phone, "press" | "promptDial">;
  /** Before the desk itself is closed. */
  close(): Promise<void>;
};

export type DeskAppPorts = {
  clock: DeskClock;
  timers: Timers;
  onWake: Wakes["onWake"];
  onTrouble: (text: string, cause?: unknown) => void;
  remind: (due: PayloadOf<typeof taskDue>) => void;
  onDecided: (decided: PayloadOf<typeof letterDecided>) => void;
  host: HostPort;
  /** A desktop notification; where it cannot be shown it is left. */
  notify: (what: Parameters<HostPort["notify"]>[0]) => void;
  /** Whether the overlay opens by itself. */
  overlay: () => Preferences["overlay"];
  tellLevels: (levels: PayloadOf<typeof phoneLevels>) => void;
};

/** Builds everything on an open desk that does not sync yet. */
export async function composeDesk(desk: Desk, ports: DeskAppPorts): Promise<DeskApp> {
  const { clock, timers, onWake, onTrouble, remind } = ports;
  const { replica, journal, jobs } = desk;
  const tallies = await openTallies(replica.reads);
  const decisions = createDecisions(replica.editsPorts, replica.edits);
  const housekeeping = startHousekeeping(desk, timers, (cause) =>
    onTrouble("Ringside could not tidy up its folder.", cause),
  );
  const queries = await composeQueries({
    replica,
    journal,
    presence: desk.presence,
    jobs,
    folder: desk.folder,
    clock,
    timers,
    onWake,
    afterFirstSync: (work) => afterFirstSync(desk, work),
    remind,
    onTrouble,
  });
  const tray = keepTray(ports.host, desk.presence, queries.settings);
  const rings = tellRings(ports.host);
  const onPhone = (state: PhoneState) => {
    tray.onPhone(state);
    rings.onPhone(state);
  };
  const ask = createAsk(desk.account.serverUrl, desk.token, timers);
  const tellLevels: DeskAppPorts["tellLevels"] = (levels) => {
    coaching.hearLevel(levels.speaker);
    ports.tellLevels(levels);
  };
  const sounds = { serverUrl: desk.account.serverUrl, token: desk.token, reads: replica.reads, shelf: queries.shelf }; // prettier-ignore
  const recordings = await openRecordings({ ...sounds, folder: join(desk.folder, "recordings") });
  const greetings = createGreetingSounds({ ...sounds, folder: join(desk.folder, "greetings") });
  const phone = openPhone(desk, { recordings, greetings }, { ...ports, tellLevels }, ask, onPhone);
  const fetchAhead = fetchWhenIdle(desk, recordings, queries, phone, ports);
  const { settings, newLeads } = queries;
  const coaching = openCoaching({ ...ports, ...desk, ask, settings, hub: phone.hub });
  const asking = createAskAssistant(desk.account.serverUrl, desk.token, timers);
  const assistant = await openAssistant({
    ...{ ...ports, ...desk, ask: asking, settings, newLeads },
    shelf: queries.shelf,
    afterFirstSync: (work) => afterFirstSync(desk, work),
  });
  const chatAlerts = startChatAlerts(replica, {
    clock,
    notify: ports.notify,
    onTrouble: (cause) => onTrouble("Chats could not be watched.", cause),
  });
  const callLists = createCallListHandlers({
    ...{ clock, timers, presence: desk.presence, phone: phone.hub },
    lists: createCallLists(ask),
    selectedLeads: queries.selectedLeads,
    newId: () => newRecordId(),
  });
  return {
    phone,
    handlers: {
      ...queries.handlers,
      ...phone.handlers,
      ...callLists.handlers,
      ...coaching.handlers,
      ...assistant.handlers,
      ...createChatHandlers({ replica, timers, token: desk.token, serverUrl: desk.account.serverUrl }),
      ...createRecordHandlers({ replica, journal, jobs, clock }),
      ...createSyncHandlers({ desk, tallies, decisions, clock, timers }),
    },
    async close() {
      await jobs.stop();
      callLists.close();
      chatAlerts.close();
      await assistant.close();
      coaching.close();
      await fetchAhead.close();
      phone.close();
      await recordings.close();
      await greetings.close();
      tray.close();
      rings.close();
      queries.close();
      tallies.close();
      await housekeeping.stop();
    },
  };
}

function openPhone(
  desk: Desk,
  sounds: Pick<PhonePorts, "recordings" | "greetings">,
  ports: DeskAppPorts,
  ask: AskTelephony,
  onState: (state: PhoneState) => void,
): Phone {
  const { account, replica, presence, engine } = desk;
  const { timers } = ports;
  return createPhone({
    edits: replica.edits,
    presence,
    device: account.deviceId,
    telephony: createTelephony(ask),
    aside: desk.callsAside,
    ...sounds,
    timers,
    newId: () => newRecordId(),
    serverClock: engine,
    openPhone: (window) => ports.host.openPhone(window),
    tellLevels: ports.tellLevels,
    onState,
    onHangUp: desk.hangUps.onAsked,
  });
}

/** Never before the first sync is over, nor while this person has a call: recordings are for when nothing else goes on. */
function fetchWhenIdle(
  desk: Desk,
  recordings: Recordings,
  { settings }: Queries,
  { hub }: Phone,
  { clock, timers, onTrouble }: DeskAppPorts,
): { close(): Promise<void> } {
  const { replica, engine } = desk;
  const { reads } = replica;
  const trouble = (cause: unknown) => onTrouble("Recordings to review could not be looked for.", cause);
  let running: { close(): Promise<void> } | null = null;
  const forget = afterFirstSync(desk, () => {
    recordings.forgetGone().catch(trouble);
    running = startFetchAhead({
      ...{ recordings, timers, random: Math.random, onTrouble: trouble },
      readWanted: () => readToReview({ replica, settings, clock }),
      mayFetch: () => engine.state().phase === "connected" && isIdle(desk) && hub.state().calls.length === 0,
      onBusy: (listener) => hub.onState(({ calls }) => calls.length > 0 && listener()),
      onNews: (listener) =>
        reads.onChange(({ collection }) => {
          if (collection === "calls" || collection === "insights") listener();
        }),
    });
  });
  return {
    async close() {
      forget();
      await running?.close();
    },
  };
}
