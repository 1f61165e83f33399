import { AuditEntries } from "../../admin/wire.ts";
import { usePages, type Paged } from "../api/use-pages.ts";
import type { Entry } from "./audit-words.ts";

const log: Paged<typeof AuditEntries, Entry> = {
  path: "/audit",
  answer: AuditEntries,
  read: ({ entries, next }) => ({ rows: entries, next }),
};

/** The audit log, newest first. */
export function useAudit(query: string) {
  const { rows, ...rest } = usePages(log, query);
  return { entries: rows, ...rest };
}
