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
  /** The account gets another number; one that it has is given back as it stands. */
  addNumber(phoneNumber: string, friendlyName?: string): OwnNumber;
}

export function createDirectory(options: SimulatorOptions, newId: () => string): Directory {
  const numbers = new Map<string, OwnNumber>();
  const findNumber = (phoneNumber: string) =>
    [...numbers.values()].find((one) => one.phoneNumber === phoneNumber);
  const addNumber = (phoneNumber: string, friendlyName = phoneNumber): OwnNumber => {
    const known = findNumber(phoneNumber);
    if (known) return known;
    const sid = `PN${newId()}`;
    const number = {
      sid,
      phoneNumber,
      friendlyName,
      voiceUrl: null,
      voiceFallbackUrl: null,
      statusCallback: null,
    };
    numbers.set(sid, number);
    return number;
  };
  for (const { phoneNumber, friendlyName, voiceUrl, voiceFallbackUrl, statusCallback } of options.numbers) {
    Object.assign(addNumber(phoneNumber, friendlyName), {
      voiceUrl: voiceUrl ?? null,
      voiceFallbackUrl: voiceFallbackUrl ?? null,
      statusCallback: statusCallback ?? null,
    });
  }
  const applications = new Map<string, Application>(
    options.applications.map((one) => [one.sid, { ...one, voiceUrl: one.voiceUrl ?? null }]),
  );
  return { numbers, applications, findNumber, addNumber };
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
