import type { Language, Length, Purpose, Tone } from "../../../../shared/assistant/question.ts";

/** What the output rules object to in what a model wrote. */
export const foreignWords =
  "The model put a link, an address or a placeholder into it that is not in your records.";

export const purposes: readonly { value: Purpose; label: string }[] = [
  { value: "after-call", label: "After the call" },
  { value: "follow-up", label: "Follow up" },
  { value: "appointment", label: "Find a time to meet" },
  { value: "offer", label: "Send an offer" },
  { value: "reconnect", label: "After a long silence" },
  { value: "thanks", label: "Say thank you" },
];

export const tones: readonly { value: Tone; label: string }[] = [
  { value: "friendly", label: "Friendly" },
  { value: "neutral", label: "Neutral" },
  { value: "formal", label: "Formal" },
];

export const lengths: readonly { value: Length; label: string }[] = [
  { value: "short", label: "Short" },
  { value: "medium", label: "Medium" },
  { value: "long", label: "Long" },
];

export const languages: readonly { value: Language; label: string }[] = [
  { value: "en", label: "English" },
  { value: "de", label: "German" },
  { value: "es", label: "Spanish" },
  { value: "fr", label: "French" },
  { value: "it", label: "Italian" },
  { value: "nl", label: "Dutch" },
  { value: "pl", label: "Polish" },
  { value: "pt", label: "Portuguese" },
];
