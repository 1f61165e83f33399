import { nowOf, type TelephonyDeps } from "./deps.ts";
import type { Inbox } from "./inbox.ts";
import { Notice } from "./notices.ts";

/** Takes what was heard on a leg by somebody else than its carrier, on the same way. */
export async function hearNotice(
  deps: TelephonyDeps,
  inbox: Inbox,
  accountId: string,
  notice: Notice,
  identity: string,
): Promise<void> {
  const connected = await deps.accounts.byId(accountId);
  if (!connected) return;
  const { account } = connected;
  const receivedAt = nowOf(deps);
  const kept = deps.transcripts.take(account, Notice.parse(notice), receivedAt);
  if (kept === null) return;
  const { tenantId } = account;
  await inbox.store({ tenantId, accountId, identity, notice: kept, receivedAt });
}
