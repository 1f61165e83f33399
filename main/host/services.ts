import { z } from "zod";
import { Presence, PresenceReason } from "../../shared/sync/wire.ts";
import { command, event } from "../../shared/rpc/define.ts";

/** What can be pressed while another program has the keyboard, or chosen in the tray. */
const PhoneKey = z.enum(["answer", "hang-up", "mute"]);
export type PhoneKey = z.infer<typeof PhoneKey>;
const accelerator = z.string().max(60).nullable();
const Hotkeys = z.strictObject({ answer: accelerator, "hang-up": accelerator, mute: accelerator });
export type Hotkeys = z.infer<typeof Hotkeys>;

/** What a key does at a given moment. */
const PhoneAct = z.enum(["answer", "decline", "mute", "unmute", "hang-up"]);
export type PhoneAct = z.infer<typeof PhoneAct>;
const PhoneControl = z.strictObject({ key: PhoneKey, does: PhoneAct });
export type PhoneControl = z.infer<typeof PhoneControl>;

/** What the tray tells and offers. */
const TrayView = z.strictObject({
  presence: Presence,
  /** Key of the break reason; empty = none. */
  reason: PresenceReason,
  /** The tenant's, in its order. */
  breakReasons: z.array(z.strictObject({ key: PresenceReason, label: z.string().max(200) })).max(100),
  /** Who is on the line, for its first line. */
  calling: z.string().max(200).nullable(),
  /** Who rings. */
  ringing: z.string().max(200).nullable(),
  /** What can be done with the call now, in the order in which it is offered. */
  controls: z.array(PhoneControl).max(3),
});
export type TrayView = z.input<typeof TrayView>;

const secretName = z.string().regex(/^[\w.-]{1,64}$/u);
const none = z.null();

/** What the desktop does for the replica, asked over the same RPC that windows use with the replica. */
export const hostContract = {
  readSecret: command("host.secrets.read", {
    input: z.strictObject({ name: secretName }),
    output: z.string().nullable(),
  }),
  writeSecret: command("host.secrets.write", {
    input: z.strictObject({ name: secretName, value: z.string().max(16_384) }),
    output: none,
  }),
  removeSecret: command("host.secrets.remove", { input: z.strictObject({ name: secretName }), output: none }),
  /** One sentence where secrets lie when this machine has no keychain; null = in its keychain. */
  secretsNotice: command("host.secrets.notice", { input: z.strictObject({}), output: z.string().nullable() }),
  /** `unsupported`: this shell cannot; tell the windows instead. A notification replaces the one with its tag. */
  notify: command("host.notify", {
    input: z.strictObject({
      tag: z.string().max(100),
      title: z.string().max(200),
      body: z.string().max(1_000),
      /** A call: it stays until it is taken back, and offers to answer where the system has buttons there. */
      rings: z.boolean().optional(),
    }),
    output: z.enum(["shown", "unsupported"]),
  }),
  /** What it told of is over. One that has gone already is left. */
  takeBack: command("host.takeBack", { input: z.strictObject({ tag: z.string().max(100) }), output: none }),
  /** Opens a page or a mail program outside. False: not an address that may be opened. */
  openExternal: command("host.openExternal", {
    input: z.strictObject({ url: z.string().max(2_000) }),
    output: z.boolean(),
  }),
  /** Another window on the desk at this path, such as `/leads/…`. */
  openWindow: command("host.openWindow", {
    input: z.strictObject({
      path: z
        .string()
        .regex(/^\/(?!\/)/u)
        .max(500),
    }),
    output: none,
  }),
  /** The phone's window, or the small one that shows it. False: this shell needs the person's click for that. */
  openPhone: command("host.openPhone", {
    input: z.strictObject({ window: z.enum(["phone", "mini-phone"]) }),
    output: z.boolean(),
  }),
  /** The window that coaches during a call. False: this shell needs the person's click for that. */
  openOverlay: command("host.openOverlay", { input: z.strictObject({}), output: z.boolean() }),
  /** Whether it takes clicks, or lets them through to what lies below. */
  catchClicks: command("host.catchClicks", { input: z.strictObject({ on: z.boolean() }), output: none }),
  /** Keys that work while another program has the keyboard; null = none. Answers with those that could not be had. */
  setHotkeys: command("host.setHotkeys", { input: Hotkeys, output: z.array(PhoneKey) }),
  setTray: command("host.setTray", { input: TrayView, output: none }),
  setTheme: command("host.setTheme", {
    input: z.strictObject({ theme: z.enum(["system", "light", "dark"]) }),
    output: none,
  }),
  /** Loads every window anew, e.g. after a wipe. */
  reloadWindows: command("host.reloadWindows", { input: z.strictObject({}), output: none }),
  quit: command("host.quit", { input: z.strictObject({}), output: none }),
  /** Another program wants this number called (a `tel:` link). */
  dialRequested: event("host.dialRequested", z.strictObject({ to: z.string().max(40) })),
  /** `tag`: of the notification whose button it was; null = no notification's. */
  keyPressed: event(
    "host.keyPressed",
    z.strictObject({ key: PhoneKey, tag: z.string().max(100).nullable() }),
  ),
  /** Chosen in the tray's menu. */
  presenceChosen: event(
    "host.presenceChosen",
    z.strictObject({ presence: Presence, reason: PresenceReason }),
  ),
  /** The machine is about to sleep, or has woken up. */
  power: event("host.power", z.strictObject({ state: z.enum(["suspend", "resume"]) })),
  notificationClicked: event("host.notificationClicked", z.strictObject({ tag: z.string() })),
} as const;
export type HostContract = typeof hostContract;
