import type { ReactNode } from "react";
import { syncStatus } from "../../../shared/rpc/contract/sync.ts";
import { useLive } from "../../client/index.ts";
import { EmptyState } from "../../ui/display/empty-state.tsx";

const filling = new Set(["starting", "first-sync", "rebuilding"]);

/** An empty list says what to do next (`children`), but not while what belongs in it is still on its way. */
export function NoneYet({ of, children }: { of: string; children: ReactNode }) {
  const status = useLive(syncStatus, {}).value;
  if (!status) return null;
  if (!filling.has(status.phase)) return <EmptyState>{children}</EmptyState>;
  return <EmptyState>Your {of} are on their way, and stand here as they come. Work on meanwhile.</EmptyState>;
}
