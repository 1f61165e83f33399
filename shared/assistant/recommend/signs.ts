import type { Recommended } from "./recommended.ts";

// What in the records asks for somebody's attention: how the advice is named that follows from it, and how urgent it is.
// A story of somebody is advised by it, and a desk finds by it whose stories are worth reading, among a hundred thousand.

export type Sign = Pick<Recommended, "key" | "priority">;

/** Older than so many days it is a silence like any other. */
export const signDays = { missedCall: 7, chat: 7, letter: 14, newLead: 14 } as const;

export function signOfMissedCall(callId: string, daysAgo: number): Sign {
  return { key: `call-back:${callId}`, priority: Math.round(95 - 5 * daysAgo) };
}

export function signOfChat(chatId: string, daysAgo: number): Sign {
  return { key: `chat:${chatId}`, priority: Math.round(93 - 5 * daysAgo) };
}

export function signOfLetter(messageId: string, daysAgo: number): Sign {
  return { key: `letter:${messageId}`, priority: Math.round(90 - 3 * daysAgo) };
}

/** Whoever is new is called so often, and who did not answer just now at another time of the day. */
export const firstTries = { most: 3, hoursBetween: 4 } as const;

/** @param tries how often they were called in vain */
export function signOfNewLead(tries: number, daysAgo: number): Sign {
  return { key: `first-contact:${tries}`, priority: Math.round(92 - 3 * daysAgo) };
}

/** @param day by which it was to be closed, YYYY-MM-DD */
export function signOfLateDeal(dealId: string, day: string): Sign {
  return { key: `deal-day:${dealId}:${day}`, priority: 68 };
}
