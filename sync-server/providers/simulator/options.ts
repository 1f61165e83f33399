import { z } from "zod";
import { chooseMediaHost } from "./media/choose-media-host.ts";

const url = z.url({ protocol: /^https?$/ });

/** Everything the simulator is told when it starts. Its secrets are made by who starts it. */
export const SimulatorOptions = z.strictObject({
  host: z.string().default("127.0.0.1"),
  /** 0 takes any free port. */
  port: z.number().int().min(0).max(65_535).default(0),
  /** Where WebRTC media is received; an address that browsers on this machine reach, when absent. */
  mediaHost: z.string().default(() => chooseMediaHost()),
  account: z.strictObject({
    sid: z.string().regex(/^AC[0-9a-f]{32}$/),
    authToken: z.string().min(16),
    apiKeySid: z.string().regex(/^SK[0-9a-f]{32}$/),
    apiKeySecret: z.string().min(16),
  }),
  applications: z
    .array(
      z.strictObject({
        sid: z.string().regex(/^AP[0-9a-f]{32}$/),
        friendlyName: z.string().default("Ringside"),
        voiceUrl: url.optional(),
      }),
    )
    .default([]),
  numbers: z
    .array(
      z.strictObject({
        phoneNumber: z.string().regex(/^\+[1-9]\d{6,14}$/),
        friendlyName: z.string().optional(),
        voiceUrl: url.optional(),
        voiceFallbackUrl: url.optional(),
        statusCallback: url.optional(),
      }),
    )
    .default([]),
  /** Recordings are written here. */
  dataDir: z.string(),
  /** Folders of scripted callers; without any a caller that hums answers. */
  callsDir: z.string().nullable().default(null),
  /** Words that were spoken once: machines greet with them, <Say> of the same words is heard as speech. */
  greetingsDir: z.string().nullable().default(null),
  harperValleyDir: z.string().nullable().default(null),
  controlToken: z.string().min(16),
  /** For tests: time stands still until the control API steps it. */
  steppedClock: z.boolean().default(false),
  /** Of everything random (identifiers, faults); another one each time, when absent. */
  seed: z.number().int().optional(),
  limits: z
    .strictObject({ calls: z.number().int().default(1_000), kept: z.number().int().default(5_000) })
    .default({ calls: 1_000, kept: 5_000 }),
});
export type SimulatorOptions = z.infer<typeof SimulatorOptions>;
export type SimulatorInput = z.input<typeof SimulatorOptions>;
