import type { Greeting } from "../../../shared/entities/setting.ts";
import { Greetings } from "../../admin/wire.ts";

export const greetingKind = { path: "/greetings", noun: "greeting", answer: Greetings };

/** In a word, for lists. */
export const nameOfUse: Readonly<Record<Greeting["use"], string>> = {
  drop: "On machines",
  mailbox: "Mailbox",
};

/** What becomes of it, as a sentence. */
export const sentenceOfUse: Readonly<Record<Greeting["use"], string>> = {
  drop: "Left on the machines of people whom agents call",
  mailbox: "Heard by callers who reach nobody; the first in the list counts",
};
