import type { Role } from "../../../shared/entities/setting.ts";
import { roleWords } from "../../ui/format/role-words.ts";
import type { SessionState } from "../../../shared/rpc/contract/session.ts";

export type BlockedCode = Extract<SessionState, { state: "blocked" }>["code"];
export type BlockedWords = { title: string; kept: string; next: string };

/** What happened, what was kept, and what to do; the replica's own sentence says the particulars between them. */
export function blockedWords(code: BlockedCode): BlockedWords {
  switch (code) {
    case "locked":
      return {
        title: "Another desk has this folder open",
        kept: "Nothing was changed. Everything you did is safe with that desk.",
        next: "Go on working there, or close it and try again here.",
      };
    case "keychain":
      return {
        title: "Your keychain is locked",
        kept: "It keeps your sign-in and the key of your unsent edits. Nothing was changed.",
        next: "Unlock it, and the desk opens by itself.",
      };
    case "disk-full":
      return {
        title: "The disk is full",
        kept: "Everything up to your last saved edit is safe. Nothing more can be written.",
        next: "Free some space, then try again.",
      };
    case "read-only":
      return {
        title: "Ringside may not write to its folder",
        kept: "Everything in the folder is untouched.",
        next: "Give yourself the right to write there, then try again.",
      };
    case "damaged":
      return {
        title: "A file of this desk is damaged",
        kept: "Your unsent edits are in a file of their own, and everything readable in it is kept.",
        next: "Try again with a network: the server brings back the rest.",
      };
  }
}

/** Why a session ended without the person asking for it, and that the desk works on. */
export function endedWords(ended: "revoked" | "update-required"): { text: string; action: string | null } {
  return ended === "revoked"
    ? {
        text: "Your sign-in was ended by an admin or on another device. You can work on; edits are kept here and sent after you sign in.",
        action: "Sign in",
      }
    : {
        text: "The server needs a newer Ringside. You can work on; edits are kept here and sent after the update.",
        action: null,
      };
}

/** The number of unsent edits that a refused sign-out reports; null when it was refused for another reason. */
export function unsentOf(details: unknown): number | null {
  if (typeof details === "number") return details;
  if (typeof details !== "object" || details === null) return null;
  const { unsent } = details as { unsent?: unknown };
  return typeof unsent === "number" ? unsent : null;
}

/** "Agent, New business": the second line of a card. A note that says the role already stands alone. */
export function roleAndNote(role: Role, note: string): string {
  if (note.toLowerCase().startsWith(role)) return note;
  return note === "" ? roleWords[role] : `${roleWords[role]}, ${note}`;
}
