import type { PhoneRules } from "../entities/setting.ts";

type Own = Omit<PhoneRules, "id" | "kind" | "order" | "rev" | "createdAt" | "updatedAt" | "kept">;

/** What holds where a tenant has decided nothing. */
export const usualPhoneRules: Readonly<Own> = {
  wrapUpSeconds: 120,
  recording: true,
  consent: "by-law",
  windows: [],
  maxPerDay: null,
  maxPerWeek: null,
  voicemail: true,
  defaultQueue: "",
};

/** Of a queue that says nothing else. */
export const usualQueue = {
  ringSeconds: 20,
  targetSeconds: 20,
  overflowSeconds: 180,
  overflowQueue: "",
  announcement: "",
} as const;
