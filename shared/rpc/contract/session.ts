import { z } from "zod";
import { Hotkeys } from "../../calls/hotkey.ts";
import { AudioKind } from "../../calls/phone.ts";
import { UserId } from "../../entities/id.ts";
import { Role, Setting } from "../../entities/setting.ts";
import { isZone } from "../../time/zone.ts";
import { command, query } from "../define.ts";

const Person = z.object({
  userId: UserId,
  name: z.string(),
  email: z.string(),
  role: Role,
  teamIds: z.array(z.string()),
});

/** Who is at the desk. Everything but signing in needs `signed-in`. */
export const SessionState = z.discriminatedUnion("state", [
  z.object({ state: z.literal("opening"), note: z.string() }),
  /** `reason`: one sentence on why, when the person did not ask for it. */
  z.object({ state: z.literal("signed-out"), reason: z.string().nullable() }),
  z.object({ state: z.literal("two-factor") }),
  z.object({
    state: z.literal("signed-in"),
    person: Person,
    tenant: z.object({ id: z.string(), name: z.string() }),
    /** Set when the server ended the session: the desk works on, but syncs again only after signing in. */
    ended: z.enum(["revoked", "update-required"]).nullable(),
  }),
  /** The folder is held by another desk, cannot be written, or its disk is full; or the keychain does not answer. */
  z.object({
    state: z.literal("blocked"),
    code: z.enum(["locked", "keychain", "disk-full", "read-only", "damaged"]),
    message: z.string(),
  }),
]);
export type SessionState = z.infer<typeof SessionState>;

export const session = query("session", {
  input: z.object({}),
  output: z.object({
    session: SessionState,
    serverUrl: z.string(),
    /** People of the demo tenant that this server lets in with one click; empty on a real server. */
    demoPeople: z.array(z.object({ userId: UserId, name: z.string(), role: Role, note: z.string() })),
    /** A sign-in that is at an identity provider, in the person's browser; null = none is. */
    elsewhere: z
      .object({
        name: z.string(),
        /** At the provider; for whom no page opened by itself. */
        url: z.string(),
        /** What the page there shows too: proof that it belongs to this desk. */
        code: z.string(),
        /** Why it came to nothing, as a sentence; null = it goes on. */
        trouble: z.string().nullable(),
      })
      .nullable(),
    /** Where the sign-in is kept when there is no OS keychain: shown once, plainly. */
    secretsNotice: z.string().nullable(),
  }),
});

export const signIn = command("session.signIn", {
  input: z.object({ email: z.string().max(320), password: z.string().max(200) }),
  output: z.object({ next: z.enum(["signed-in", "two-factor"]) }),
});
export const verifyTwoFactor = command("session.verifyTwoFactor", {
  input: z.object({ code: z.string().max(20) }),
  output: z.object({}),
});
/** Identity providers for an address; null = nobody has typed one. Nobody where the server does not answer. */
export const findProviders = command("session.findProviders", {
  input: z.object({ email: z.string().max(320).nullable() }),
  output: z.object({
    providers: z.array(z.object({ id: z.string(), name: z.string(), organisation: z.string() })),
  }),
});
/** Begins a sign-in that goes on in a browser, at the address that it answers with; `session` tells of it. */
export const signInWith = command("session.signInWith", {
  input: z.object({
    providerId: z.string().regex(/^[\w-]{1,64}$/u),
    name: z.string().max(200),
    email: z.string().max(320).nullable(),
  }),
  output: z.object({ url: z.string() }),
});
export const leaveProvider = command("session.leaveProvider", { input: z.object({}), output: z.object({}) });
export const signInDemo = command("session.signInDemo", {
  input: z.object({ userId: UserId }),
  output: z.object({}),
});
/** Refused with `refused` and the number of unsent edits in `details` unless told what to do with them. */
export const signOut = command("session.signOut", {
  input: z.object({ unsent: z.enum(["ask", "keep", "discard"]) }),
  output: z.object({}),
});

/** Everything that explains the records: people, teams, stages, fields, views, the business. A few hundred at most. */
export const settings = query("settings", {
  input: z.object({}),
  output: z.object({ settings: z.array(Setting) }),
});

export const Preferences = z.object({
  theme: z.enum(["system", "light", "dark"]),
  leadColumns: z.array(z.string()).nullable(),
  listingColumns: z.array(z.string()).nullable(),
  /** Minutes before a due time at which a task reminds. */
  remindMinutes: z.int().min(0).max(1440),
  /** Keys that work while another program has the keyboard. */
  hotkeys: Hotkeys,
  /** The last chosen first: when a headset is plugged in again, it is taken again. */
  audioDevices: z.record(AudioKind, z.array(z.string().max(200)).max(8)),
  /** Of what rings here, 0 (silent) to 1. */
  ringVolume: z.number().min(0).max(1),
  /** Help during a call: in a window above all others as soon as one talks, or in the desk's panel alone. */
  overlay: z.enum(["automatic", "panel"]),
  /** What that window has: what is read at a glance, or also pace, interruptions and what is being said. */
  overlayShows: z.enum(["glance", "everything"]),
});
export type Preferences = z.infer<typeof Preferences>;
export const preferences = query("preferences", { input: z.object({}), output: Preferences });
export const setPreferences = command("preferences.set", {
  input: Preferences.partial(),
  output: z.object({}),
});
export const openWindow = command("desk.openWindow", {
  input: z.object({ path: z.string().max(500) }),
  output: z.object({}),
});
/** A window's own, at its start and whenever the machine's has changed: "today" is the day there. */
export const setZone = command("desk.setZone", {
  input: z.object({ zone: z.string().max(60).refine(isZone, "no IANA zone") }),
  output: z.object({}),
});

export const sessionContract = {
  session,
  signIn,
  verifyTwoFactor,
  findProviders,
  signInWith,
  leaveProvider,
  signInDemo,
  signOut,
  settings,
  preferences,
  setPreferences,
  openWindow,
  setZone,
};
