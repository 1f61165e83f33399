import { z } from "zod";

/** What a replica process is told when it starts. */
export const OpenSettings = z.strictObject({
  dataDir: z.string().min(1),
  /** Base address of the sync-server, without a trailing slash. */
  serverUrl: z.url(),
  deviceName: z.string().min(1).max(100),
  appVersion: z.string(),
  /** Sign in as the demo tenant's first agent when nobody has signed in on this folder yet. */
  demo: z.boolean(),
});
export type OpenSettings = z.infer<typeof OpenSettings>;

/** Main to replica, the same over Electron's utility process and Node's IPC. */
export const ToReplica = z.discriminatedUnion("t", [
  z.strictObject({ t: z.literal("open"), settings: OpenSettings }),
  /** Comes with a message port (Electron). */
  z.strictObject({ t: z.literal("window-port") }),
  /** Comes with the connection's socket (localhost): the replica finishes the WebSocket handshake itself. */
  z.strictObject({
    t: z.literal("window-socket"),
    headers: z.record(z.string(), z.string()),
    head: z.base64(),
  }),
  z.strictObject({ t: z.literal("services"), frame: z.unknown() }),
  z.strictObject({ t: z.literal("shutdown") }),
]);
export type ToReplica = z.infer<typeof ToReplica>;

/** Replica to main. */
export const ToMain = z.discriminatedUnion("t", [
  /** Its listeners are in place: it may be told to open and be given windows. */
  z.strictObject({ t: z.literal("ready") }),
  z.strictObject({ t: z.literal("services"), frame: z.unknown() }),
  /** The socket of the last `window-socket` has arrived: the next one may come. */
  z.strictObject({ t: z.literal("window-taken") }),
]);
export type ToMain = z.infer<typeof ToMain>;
