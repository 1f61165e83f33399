import { errorCode } from "./file-port.ts";

export type JournalError = {
  /** `wrong-key`: these edits were written under another key; nothing was changed. The others are the disk's. */
  code: "wrong-key" | "disk-full" | "read-only" | "failed" | "closed";
  /** One sentence for the person. */
  message: string;
  cause?: unknown;
};

/** What a failed file operation means to the person. */
export function diskError(cause: unknown): JournalError {
  switch (errorCode(cause)) {
    case "ENOSPC":
    case "EDQUOT":
      return { code: "disk-full", message: "The disk is full: the edit was not saved.", cause };
    case "EROFS":
    case "EACCES":
    case "EPERM":
      return {
        code: "read-only",
        message: "Ringside may not write to its folder: the edit was not saved.",
        cause,
      };
    default:
      return { code: "failed", message: "The disk refused the edit: it was not saved.", cause };
  }
}

export const wrongKey: JournalError = {
  code: "wrong-key",
  message: "The unsent edits on this machine were saved under another key and cannot be read with this one.",
};

export const closed: JournalError = { code: "closed", message: "The journal is closed." };
