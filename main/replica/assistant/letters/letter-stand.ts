import { createHash } from "node:crypto";
import {
  approvalIdOf,
  sealedWords,
  whyHeld,
  type Letter,
  type SecondPerson,
} from "../../../../shared/assistant/letters/approval.ts";
import type { Approval } from "../../../../shared/entities/insight.ts";
import type { RecordId } from "../../../../shared/entities/id.ts";
import type { Draft, LetterStand } from "../../../../shared/rpc/contract/assistant.ts";
import { cleanText } from "../../edits/clean-value.ts";
import type { Wanted } from "./wanted-approvals.ts";

/** A draft as the letter that would leave in these words; null = it is no letter, or an empty one. */
export function letterOf({ question }: Pick<Draft, "question">, text: string): Letter | null {
  if ((question.about !== "email" && question.about !== "message") || text === "") return null;
  return { about: question.about, leadId: question.leadId, text: cleanText(text) };
}

/** The record that says what becomes of it, if this person has asked. */
export function approvalOf(letter: Letter, userId: string): RecordId {
  return approvalIdOf(userId, createHash("sha256").update(sealedWords(letter)).digest("hex"));
}

export type Known = {
  rule: SecondPerson;
  flagged: boolean;
  /** As the server says it; null = it knows of none yet. */
  record: Approval | null;
  /** What this device has asked for; null = nothing. */
  wanted: Wanted | null;
  nameOf: (userId: string) => string;
};

/** The server's word stands before what this device knows; without either it is held. */
export function standOf({ rule, flagged, record, wanted, nameOf }: Known): LetterStand {
  const why = whyHeld(rule, flagged);
  if (why === null) return { state: "free" };
  if (record && record.state !== "waiting") {
    const decided = { by: nameOf(record.byId ?? ""), at: record.decidedAt ?? record.updatedAt };
    if (record.state === "approved") return { state: "approved", ...decided };
    return { state: "rejected", why, ...decided, reason: record.reason };
  }
  if (record) return { state: "waiting", why, at: record.at };
  if (wanted === null || wanted.trouble !== "") return { state: "held", why, trouble: wanted?.trouble ?? "" };
  return wanted.heard ? { state: "waiting", why, at: wanted.at } : { state: "kept", why };
}
