import type { Target } from "./carrier/model.ts";
import type { Callback } from "./twiml/verbs.ts";
import type { SimulatorOptions } from "./options.ts";

export interface OwnNumber {
  readonly sid: string;
  readonly phoneNumber: string;
  friendlyName: string;
  voiceUrl: string | null;
  voiceFallbackUrl: string | null;
  statusCallback: string | null;
}

export interface Application {
  readonly sid: string;
  friendlyName: string;
  voiceUrl: string | null;
}

/** The account's own numbers and TwiML applications, and where their calls go. */
export interface Directory {
  numbers: Map<string, OwnNumber>;
  applications: Map<string, Application>;
  findNumber(phoneNumber: string): OwnNumber | undefined;
}

export function createDirectory(options: SimulatorOptions, newId: () => string): Directory {
  const numbers = new Map<string, OwnNumber>();
  for (const { phoneNumber, friendlyName, voiceUrl, voiceFallbackUrl, statusCallback } of options.numbers) {
    const sid = `PN${newId()}`;
    numbers.set(sid, {
      sid,
      phoneNumber,
      friendlyName: friendlyName ?? phoneNumber,
      voiceUrl: voiceUrl ?? null,
      voiceFallbackUrl: voiceFallbackUrl ?? null,
      statusCallback: statusCallback ?? null,
    });
  }
  const applications = new Map<string, Application>(
    options.applications.map((one) => [one.sid, { ...one, voiceUrl: one.voiceUrl ?? null }]),
  );
  return {
    numbers,
    applications,
    findNumber: (phoneNumber) => [...numbers.values()].find((one) => one.phoneNumber === phoneNumber),
  };
}

/** Where calls to this number fetch their TwiML; null where it has no address yet. */
export function voiceTarget(number: OwnNumber): Target | null {
  if (!number.voiceUrl) return null;
  const fallback = number.voiceFallbackUrl ? { fallbackUrl: number.voiceFallbackUrl } : {};
  return { url: number.voiceUrl, method: "POST", ...fallback };
}

export function numberCallback(number: OwnNumber): Callback | null {
  return number.statusCallback ? { url: number.statusCallback, method: "POST", events: ["completed"] } : null;
}
