import { formatPhone } from "../../../renderer/ui/format/phones.ts";
import type { Entry } from "./audit-words.ts";

type About = Pick<Entry, "subject" | "subjectName" | "details">;

/** Whom or what a deed was about: by the name it has, the last one it had, or what it is. */
export function saySubject({ subject, subjectName, details }: About): string {
  if (subjectName) return subjectName;
  const named = [details["after"], details["before"], details].map(nameIn).find((name) => name !== null);
  if (named) return named;
  const number = /^(?:telephony\/numbers|do-not-call)\/(.+)$/u.exec(subject)?.[1];
  if (number) return formatPhone(number);
  const [, thing] = things.find(([beginning]) => subject.startsWith(beginning)) ?? [];
  return thing ?? saySetting(subject);
}

/** What has no name, or has lost it, by the beginning of its subject. */
const things: readonly (readonly [string, string])[] = [
  ["users/", "Somebody who left"],
  ["teams/", "A team that is gone"],
  ["devices/", "A device without a name"],
  ["invitations/", "An invitation that is over"],
  ["identity-providers/", "An identity provider that is gone"],
  ["tenants/", "A tenant"],
  ["bots/", "A bot that is gone"],
  ["bot-chats/", "A conversation with a visitor"],
  ["ai-accounts/", "An account that is gone"],
  ["ai-models/", "A model that is gone"],
  ["ai-limits/", "An AI limit"],
  ["ai-retention", "AI requests and chats"],
  // Which one it was stands among the details.
  ["ai-approvals/", "A letter"],
  ["telephony/accounts/", "A telephone account that is gone"],
  ["telephony/line", "The account for calls"],
  ["do-not-call", "Numbers not to call"],
  ["recording-imports/", "An import that is gone"],
  ["calls/", "A call"],
  ["settings/business", "The business"],
  ["settings/phone-rules", "The phone rules"],
  ["settings/letter-rules", "The rules for letters"],
];

function nameIn(said: unknown): string | null {
  const { label, name, email, source, botName } = (said ?? {}) as Record<string, unknown>;
  const named = [label, name, email, source, botName].find((one) => typeof one === "string" && one !== "");
  return (named as string | undefined) ?? null;
}

/** "Stage tour" of `settings/stage:leads:tour`, "Every stage" of `settings/stage`. */
function saySetting(subject: string): string {
  const [kind = "", ...rest] = subject.replace(/^settings\//u, "").split(":");
  const noun = kind.replaceAll("-", " ");
  const key = rest.at(-1);
  return key === undefined ? `Every ${noun}` : `${noun.charAt(0).toUpperCase()}${noun.slice(1)} ${key}`;
}
