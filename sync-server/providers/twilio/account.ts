import { z } from "zod";

const sid = (prefix: string) =>
  z.string().regex(new RegExp(`^${prefix}[0-9a-f]{32}$`, "u"), `must be ${prefix} and 32 hexadecimal digits`);

/** What an admin may see of a Twilio account again. */
export const TwilioConfig = z.strictObject({
  accountSid: sid("AC"),
  /** Signs access tokens; made in Twilio's console under "API keys". */
  apiKeySid: sid("SK"),
  /** Where calls that desks place ask what to do. */
  applicationSid: sid("AP"),
  /** Twilio's data centre that desks use; null = the nearest. */
  edge: z.string().max(40).nullable().default(null),
});
export type TwilioConfig = z.infer<typeof TwilioConfig>;

export const TwilioCredentials = z.strictObject({
  /** Signs webhooks. */
  authToken: z.string().min(16).max(200),
  apiKeySecret: z.string().min(16).max(200),
});
export type TwilioCredentials = z.infer<typeof TwilioCredentials>;
