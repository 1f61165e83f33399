import { contract } from "../../../shared/rpc/contract.ts";
import type { InputOf, OutputOf } from "../../../shared/rpc/define.ts";
import type { PresenceEntry } from "../../../shared/sync/wire.ts";
import { FakeRefusal, type FakeAnswers } from "../pipe.ts";
import { fakeSettings } from "./people.ts";

type Session = OutputOf<typeof contract.session>;
type Status = OutputOf<typeof contract.syncStatus>;
type Issues = Omit<OutputOf<typeof contract.syncIssues>, "counts">;

export type SyncScene = { session: Session; status: Status; issues: Issues };

const ana = {
  userId: "ana",
  name: "Ana Ruiz",
  email: "ana@northgate.example",
  role: "agent",
  teamIds: ["new"],
};
export const signedIn = {
  state: "signed-in",
  person: ana,
  tenant: { id: "northgate", name: "Northgate Workspaces" },
  ended: null,
};

/** A desk in the middle of its first sync, with one of everything that needs a person. */
export function createSyncScene(now: Date): SyncScene {
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();
  const edit = (editId: string, title: string, minutes: number, fields: object) => ({
    editId,
    collection: "leads",
    id: `lead-${editId}`,
    title,
    leadId: `lead-${editId}`,
    allDay: false,
    kind: "update",
    fields: [],
    at: ago(minutes),
    label: "",
    ...fields,
  });
  return {
    session: {
      session: signedIn,
      serverUrl: "http://127.0.0.1:4100",
      demoPeople: [
        { userId: "ana", name: "Ana Ruiz", role: "agent", note: "New business" },
        { userId: "ben", name: "Ben Okafor", role: "agent", note: "Accounts" },
        { userId: "max", name: "Max Feldmann", role: "manager", note: "both teams" },
        { userId: "ada", name: "Ada Lind", role: "admin", note: "" },
        { userId: "ops", name: "Olu Peters", role: "operator", note: "all tenants" },
      ],
      elsewhere: null,
      secretsNotice: null,
    },
    status: {
      phase: "first-sync",
      trouble: null,
      progress: { collection: "leads", done: 61_240, total: 100_412, leftMs: 118_000 },
      waiting: 4,
      refused: 1,
      openKept: 2,
      lastSyncedAt: ago(0.1),
      offlineSince: null,
      nextTryAt: new Date(now.getTime() + 3_000).toISOString(),
      leadsOnDevice: 61_240,
      roundTripMs: 42,
    },
    issues: {
      refused: [
        edit("e1", "Leila Farahani", 35, {
          fields: [{ field: "phone", from: "+12025550108", to: "+1202555018" }],
          refusal: { code: "invalid", message: "One digit short for a US number.", field: "phone" },
        }),
      ],
      kept: [
        kept("Maria Kowalski", "custom.budget", 450_000, 650_000, ago(20)),
        kept(
          "Grant Ellison",
          "notes",
          "Likes the fourth floor.\nParking is the blocker.\nCFO joins tomorrow.\nHas two dogs.",
          "Likes the fourth floor.\nPrice is the blocker, not parking.\nCFO joins tomorrow.\nHas two dogs.",
          ago(51),
        ),
      ],
      waiting: [
        edit("w1", "Wei Chen", 1, {
          kind: "create",
          collection: "activities",
          fields: [
            { field: "kind", from: null, to: "note" },
            { field: "text", from: null, to: "One\nTwo" },
          ],
        }),
        edit("w2", "Dmitri Sokolov", 2, { fields: [{ field: "stage", from: "qualified", to: "tour" }] }),
        edit("w3", "Ines Moreau", 3, {
          collection: "tasks",
          title: "Send floor plans",
          fields: [{ field: "doneAt", from: null, to: ago(3) }],
        }),
        edit("w4", "Maria Kowalski", 6, { fields: [{ field: "tags", from: [], to: ["parking", "CFO"] }] }),
      ],
    },
  } as unknown as SyncScene;
}

function kept(title: string, field: string, value: unknown, stands: unknown, at: string) {
  return {
    collection: "leads",
    id: `lead-${title}`,
    title,
    leadId: `lead-${title}`,
    allDay: false,
    stands,
    kept: {
      id: `kept-${title}`,
      field,
      value,
      byId: "ana",
      at,
      wonById: "ben",
      wonEdit: "x1",
      settledAt: null,
    },
  };
}

export function answerSync(scene: SyncScene, now: () => Date): FakeAnswers {
  let mine: Pick<PresenceEntry, "presence" | "reason"> = { presence: "available", reason: "" };
  const drop = (ids: string[]) => {
    scene.issues.refused = scene.issues.refused.filter(({ editId }) => !ids.includes(editId));
    scene.issues.waiting = scene.issues.waiting.filter(({ editId }) => !ids.includes(editId));
    scene.status.refused = scene.issues.refused.length;
    scene.status.waiting = scene.issues.waiting.length;
  };
  const chosen = (ids: string[] | "refused") =>
    ids === "refused" ? scene.issues.refused.map(({ editId }) => editId) : ids;
  const signIn = (userId: string) => {
    const found = scene.session.demoPeople.find((person) => person.userId === userId);
    const person = found ? { ...ana, userId, name: found.name, role: found.role } : ana;
    scene.session.session = { ...signedIn, person } as Session["session"];
  };
  return {
    queries: {
      session: () => scene.session,
      settings: () => ({ settings: fakeSettings }),
      preferences: () => ({
        theme: "system",
        leadColumns: null,
        listingColumns: null,
        remindMinutes: 10,
        ringVolume: 1,
        overlay: "automatic",
        overlayShows: "glance",
      }),
      "sync.status": () => scene.status,
      "sync.issues": () => ({
        ...scene.issues,
        counts: {
          refused: scene.issues.refused.length,
          kept: scene.issues.kept.length,
          waiting: scene.issues.waiting.length,
        },
      }),
      presence: () => ({
        mine: mine.presence,
        reason: mine.reason,
        since: new Date(now().getTime() - 134_000).toISOString(),
        people: [
          { userId: "ben", presence: "busy", reason: "", since: now().toISOString() },
          { userId: "max", presence: "available", reason: "", since: now().toISOString() },
          {
            userId: "mei",
            presence: "break",
            reason: "lunch",
            since: new Date(now().getTime() - 720_000).toISOString(),
          },
          { userId: "priya", presence: "offline", reason: "", since: now().toISOString() },
        ],
      }),
    },
    commands: {
      "session.signIn": ({ email, password }: InputOf<typeof contract.signIn>) => {
        if (password === "wrong")
          throw new FakeRefusal({ code: "refused", message: "E-mail or password is wrong." });
        if (email.startsWith("max")) {
          scene.session.session = { state: "two-factor" };
          return { next: "two-factor" };
        }
        signIn("ana");
        return { next: "signed-in" };
      },
      "session.verifyTwoFactor": ({ code }: InputOf<typeof contract.verifyTwoFactor>) => {
        if (code !== "123456")
          throw new FakeRefusal({ code: "refused", message: "That code is not valid any more." });
        signIn("max");
        return {};
      },
      "session.signInDemo": ({ userId }: InputOf<typeof contract.signInDemo>) => {
        signIn(userId);
        return {};
      },
      "session.signOut": ({ unsent }: InputOf<typeof contract.signOut>) => {
        if (unsent === "ask" && scene.status.waiting > 0) {
          throw new FakeRefusal({
            code: "refused",
            message: "There are unsent edits.",
            details: { unsent: scene.status.waiting },
          });
        }
        scene.session.session = { state: "signed-out", reason: null };
        return {};
      },
      "sync.retry": ({ editIds }: InputOf<typeof contract.retryEdits>) => ({
        count: chosen(editIds).length,
      }),
      "sync.discard": ({ editIds }: InputOf<typeof contract.discardEdits>) => {
        const ids = chosen(editIds);
        drop(ids);
        return { undoId: "discard-1", count: ids.length };
      },
      "sync.amend": ({ editId }: InputOf<typeof contract.amendEdit>) => {
        drop([editId]);
        return {};
      },
      "sync.pause": ({ paused }: InputOf<typeof contract.pauseSync>) => {
        scene.status.phase = paused ? "paused" : "live";
        return {};
      },
      "sync.now": () => ({}),
      "records.settleKept": ({ keptId }: InputOf<typeof contract.settleKept>) => {
        scene.issues.kept = scene.issues.kept.filter((item) => item.kept.id !== keptId);
        scene.status.openKept = scene.issues.kept.length;
        return { undoId: "settle-1", count: 1 };
      },
      "presence.set": ({ presence, reason = "" }: InputOf<typeof contract.setPresence>) => {
        mine = { presence, reason };
        return {};
      },
      "preferences.set": () => ({}),
      "desk.openWindow": () => ({}),
    },
  };
}
