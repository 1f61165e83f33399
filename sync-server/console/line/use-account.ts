import { useChange } from "../api/use-change.ts";
import { useUnsaved } from "../api/use-unsaved.ts";
import type { Account } from "./provider-words.ts";

const touches = ["/telephony"];

/** Changes of one account, each of what is seen. Secrets cannot be taken back: nobody knows what they were. */
export function useAccount(saved: Account) {
  const change = useChange();
  const { shown, keep } = useUnsaved(saved);
  const { id, label, config } = shown;
  const path = `/telephony/accounts/${id}`;
  const patch = (body: object) => ({ method: "PATCH" as const, path, body });
  const keepAndTell = (next: Account, request: Parameters<typeof change>[0]) =>
    new Promise<boolean>((tell) =>
      keep(next, async () => {
        const done = await change(request);
        tell(done);
        return done;
      }),
    );
  const deeds = {
    rename: (next: string) =>
      keepAndTell(
        { ...shown, label: next },
        {
          request: patch({ label: next }),
          undo: [patch({ label })],
          said: `“${label}” is called “${next}” now.`,
          touches,
        },
      ),
    /** @param changed the fields that are different now */
    configure(changed: object, said: string) {
      const next = { ...config, ...changed };
      const request = { request: patch({ config: next }), undo: [patch({ config })], said, touches };
      return keepAndTell({ ...shown, config: next }, request);
    },
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
