import { useChange } from "../api/use-change.ts";
import type { Account } from "./provider-words.ts";

const touches = ["/telephony"];

/** Changes of one account. Secrets cannot be taken back: nobody knows what they were. */
export function useAccount({ id, label, config }: Account) {
  const change = useChange();
  const path = `/telephony/accounts/${id}`;
  const patch = (body: object) => ({ method: "PATCH" as const, path, body });
  return {
    rename: (next: string) =>
      change({
        request: patch({ label: next }),
        undo: [patch({ label })],
        said: `“${label}” is called “${next}” now.`,
        touches,
      }),
    /** @param changed the fields that are different now */
    configure: (changed: object, said: string) =>
      change({
        request: patch({ config: { ...config, ...changed } }),
        undo: [patch({ config })],
        said,
        touches,
      }),
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
}
