import type { CallList, PhoneRules } from "../entities/setting.ts";

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
  detectMachines: false,
  transcription: "carrier",
  defaultQueue: "",
};

export const usualBreakReasons = [
  { key: "lunch", label: "Lunch" },
  { key: "coffee", label: "Coffee" },
  { key: "meeting", label: "Meeting" },
  { key: "training", label: "Training" },
] as const;

/** Of a queue that says nothing else. */
export const usualQueue = {
  ringSeconds: 20,
  targetSeconds: 20,
  overflowSeconds: 180,
  overflowQueue: "",
  announcement: "",
} as const;

/** Of a call list that says nothing else. */
export const usualCallList = {
  mode: "preview",
  previewSeconds: 15,
  priority: 5,
  maxAttempts: 6,
  retryMinutes: { "no-answer": 240, busy: 30, voicemail: 1_440, failed: 60 },
  businessHoursOnly: true,
  paused: false,
} as const satisfies Partial<CallList>;
