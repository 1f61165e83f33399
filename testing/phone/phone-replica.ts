import { preferences, session, setPreferences, type Preferences } from "../../shared/rpc/contract/session.ts";
import { phoneContract, phonePower } from "../../shared/rpc/contract/phone.ts";
import { record } from "../../shared/rpc/contract/records.ts";
import type { CallControl, DialPermit, LineAccess } from "../../shared/calls/server-wire.ts";
import type { CallEvent } from "../../shared/calls/call-event.ts";
import type { UserId } from "../../shared/entities/id.ts";
import { newRecordId } from "../../shared/entities/id.ts";
import { systemClock, systemTimers } from "../../shared/result/ports.ts";
import { ok } from "../../shared/result/result.ts";
import { createRouter, type Router } from "../../main/rpc/router.ts";
import { createPhone } from "../../main/replica/phone/phone-handlers.ts";
import type { FromServer, Telephony } from "../../main/replica/phone/ask-telephony.ts";
import { refuse } from "../../main/replica/recordings/download-recording.ts";
import { createPresenceBoard, type PresenceBoard } from "../../main/replica/presence/presence.ts";

const contract = {
  session,
  preferences,
  setPreferences,
  record,
  ...phoneContract,
};
type Records = Record<string, Record<string, unknown>>;

/** The phone's half of a replica, real, between windows and a server that the test plays. */
export type PhoneReplica = {
  router: Router;
  presence: PresenceBoard;
  /** What was reported of calls. */
  reported: { callId: string; events: CallEvent[] }[];
  controlled: { callId: string; control: CallControl }[];
  server: {
    access: () => Promise<FromServer<LineAccess>>;
    permit: (callId: string, to: string) => Promise<FromServer<DialPermit>>;
    control: (callId: string, control: CallControl) => Promise<FromServer<Record<string, never>>>;
  };
  /** Records as they come from the server, by id. */
  receive(records: Records): void;
  tellPower(state: "suspend" | "resume"): void;
  signOut(): void;
  close(): void;
};

export function createPhoneReplica(server: PhoneReplica["server"], userId = "ana" as UserId): PhoneReplica {
  const reported: PhoneReplica["reported"] = [];
  const controlled: PhoneReplica["controlled"] = [];
  const listeners = new Set<() => void>();
  const presence = createPresenceBoard(systemClock);
  let records: Records = {};
  let signedIn = true;
  let preferred = {
    theme: "system",
    leadColumns: null,
    listingColumns: null,
    remindMinutes: 10,
    hotkeys,
    audioDevices,
    ringVolume: 1,
    overlay: "panel",
    overlayShows: "glance",
  } as Preferences;
  const tell = () => listeners.forEach((listener) => listener());
  const live =
    <I, O>(read: (input: I) => O) =>
    (input: I, emit: (value: O) => void) => {
      const look = () => emit(read(input));
      look();
      listeners.add(look);
      return () => void listeners.delete(look);
    };

  const telephony: Telephony = {
    access: () => server.access(),
    permit: ({ callId, to }) => server.permit(callId, to),
    // At an exchange everybody's telephone is called as they are.
    permitTransfer: async (_callId, target) => ({
      ok: true,
      value: { to: target.kind === "agent" ? target.userId : "" },
    }),
    control(callId, control) {
      controlled.push({ callId, control });
      return server.control(callId, control);
    },
    demoCallers: async () => ({ ok: true, value: { callers: [] } }),
    demoCall: async () => ({ ok: true, value: {} }),
  };
  const phone = createPhone({
    edits: {
      async apply([draft]: readonly { kind: string }[]) {
        const report = draft as unknown as { id: string; events: CallEvent[] };
        reported.push({ callId: report.id, events: report.events });
        return ok({ undoId: "", count: 1 });
      },
    } as never,
    presence,
    telephony,
    aside: { read: async () => [], keep: async () => ok({}) },
    device: "test-device",
    recordings: {
      fetch: async () => refuse("no-such-call", "None."),
      isKept: () => false,
      onChange: () => () => {},
    },
    greetings: { fetch: async () => refuse("not-possible", "None.") },
    timers: systemTimers,
    newId: newRecordId,
    serverClock: { aheadMs: () => 0, onChange: () => () => {} },
    openPhone: async () => false,
    tellLevels: (levels) => router.broadcast(phoneContract.phoneLevels, levels),
    onHangUp: () => () => {},
    onState() {},
  });
  const none = { total: 0, counts: {}, rows: [] };
  const router: Router = createRouter(
    contract,
    {
      ...phone.handlers,
      session: live(() => ({
        session: signedIn ? signedInAs(userId) : { state: "signed-out" as const, reason: null },
        serverUrl: "http://127.0.0.1:9",
        demoPeople: [],
        elsewhere: null,
        secretsNotice: null,
      })),
      preferences: live(() => preferred),
      async setPreferences(change) {
        preferred = { ...preferred, ...change } as Preferences;
        tell();
        return ok({});
      },
      record: live(({ id }) => ({ record: records[id] ?? null, unsent: { waiting: [], refused: [] } })),
      listCalls: live<unknown, typeof none>(() => none) as never,
      whoCalls: live(() => ({ leads: [] })),
      callStatistics: (() => () => {}) as never,
      wallboard: (() => () => {}) as never,
    },
    { onBug: ({ method, error }) => process.stderr.write(`phone replica: ${method} ${String(error)}\n`) },
  );
  return {
    router,
    presence,
    reported,
    controlled,
    server,
    receive(more) {
      records = { ...records, ...more };
      tell();
    },
    tellPower: (state) => router.broadcast(phonePower, { state }),
    signOut() {
      signedIn = false;
      tell();
    },
    close() {
      phone.close();
      router.close();
    },
  };
}

const hotkeys = { answer: null, "hang-up": null, mute: null };
const audioDevices = { microphone: [], speaker: [], ringer: [] };
const signedInAs = (userId: UserId) => ({
  state: "signed-in" as const,
  person: {
    userId,
    name: "Ana Ruiz",
    email: "ana@test.example",
    role: "agent" as const,
    teamIds: [],
  },
  tenant: { id: "acme", name: "Acme" },
  ended: null,
});
