import { useChange } from "../api/use-change.ts";
import { useEdited } from "../api/use-edited.ts";
import type { Account } from "./provider-words.ts";

const touches = ["/telephony"];

/** Changes of one account, each of what is seen. Secrets cannot be taken back: nobody knows what they were. */
export function useAccount(saved: Account) {
  const change = useChange();
  const path = `/telephony/accounts/${saved.id}`;
  const { shown, save } = useEdited(path, saved, touches);
  const { label } = shown;
  const deeds = {
    rename: (next: string) => save({ label: next }, `“${label}” is called “${next}” now.`),
    /** @param changed the fields that are different now */
    configure: (changed: object, said: string) => save({ config: { ...changed } }, said),
    keepSecrets: (credentials: Record<string, string | null>, said: string) =>
      change({
        request: { method: "PATCH", path: `${path}/credentials`, body: { credentials } },
        said,
        touches,
      }),
    choose: (accountId: string | null, said: string) =>
      change({
        request: { method: "PUT", path: "/telephony/line", body: { accountId } },
        said,
        touches,
      }),
    remove: () => change({ request: { method: "DELETE", path }, said: `“${label}” is removed.`, touches }),
  };
  return { shown, deeds };
}

/** An account as it is seen, and what can be done with it. */
export type AccountPart = { account: Account; deeds: ReturnType<typeof useAccount>["deeds"] };
