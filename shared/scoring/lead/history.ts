import type { Lead } from "../../entities/lead.ts";

/** One thing that passed between a lead and us. */
export type Touch = {
  /** When what came of it (disposition, mood, opened, status) was last written; absent = it does not matter when. */
  settledAt?: number;
} & (
  | {
      kind: "call";
      /** Ms since 1970, like every time here. */
      at: number;
      inbound: boolean;
      answered: boolean;
      talkMs: number;
      /** -1 (very negative) to 1; null = nobody has said. */
      mood: number | null;
      disposition: string;
    }
  | { kind: "message"; at: number; inbound: boolean; opened: boolean }
  | { kind: "appointment"; at: number; status: "planned" | "done" | "cancelled" | "missed" }
);

export type CallTouch = Extract<Touch, { kind: "call" }>;

/** What a score is made of: the lead, and what passed, oldest first. */
export type LeadHistory = {
  lead: Pick<
    Lead,
    | "name"
    | "company"
    | "phone"
    | "email"
    | "city"
    | "source"
    | "createdAt"
    | "doNotCall"
    | "lastContactAt"
    | "phoneSecond"
  >;
  touches: readonly Touch[];
};

const moods: Readonly<Record<string, number>> = {
  "very-negative": -1,
  negative: -0.5,
  neutral: 0,
  positive: 0.5,
  "very-positive": 1,
};

/** What a touch is read from: records as they are stored, or just these fields of them. */
export type TouchRecord =
  | {
      collection: "calls";
      startedAt: string;
      answeredAt: string | null;
      endedAt: string | null;
      direction: string;
      sentiment: string;
      disposition: string;
    }
  | { collection: "messages"; at: string; direction: string; status: string; openedCount: number }
  /** Of insights those alone that are chats with a visitor. */
  | { collection: "insights"; at: string; outcome: string }
  | { collection: "appointments"; startAt: string; status: "planned" | "done" | "cancelled" | "missed" };

/** Collections in which a touch may be. */
export const countedTouches = [
  "calls",
  "messages",
  "appointments",
  "insights",
] as const satisfies readonly TouchRecord["collection"][];

export function touchOf(record: TouchRecord): Touch | null {
  switch (record.collection) {
    case "calls":
      return callOf(record);
    case "messages":
      // A draft has not passed between anybody.
      return record.status === "draft"
        ? null
        : {
            ...{ kind: "message", at: Date.parse(record.at), inbound: record.direction === "inbound" },
            opened: record.openedCount > 0 || record.status === "opened" || record.status === "replied",
          };
    case "insights":
      // They wrote to us, as often as they may have in it.
      return record.outcome === "spam"
        ? null
        : { kind: "message", at: Date.parse(record.at), inbound: true, opened: false };
    case "appointments":
      return { kind: "appointment", at: Date.parse(record.startAt), status: record.status };
  }
}

function callOf(record: Extract<TouchRecord, { collection: "calls" }>): CallTouch {
  const answeredMs = record.answeredAt === null ? null : Date.parse(record.answeredAt);
  const endedMs = record.endedAt === null ? answeredMs : Date.parse(record.endedAt);
  return {
    kind: "call",
    at: Date.parse(record.startedAt),
    inbound: record.direction === "inbound",
    answered: answeredMs !== null,
    talkMs: answeredMs === null || endedMs === null ? 0 : Math.max(0, endedMs - answeredMs),
    mood: moods[record.sentiment] ?? null,
    disposition: record.disposition,
  };
}
