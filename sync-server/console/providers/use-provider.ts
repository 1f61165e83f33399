import { useChange } from "../api/use-change.ts";
import { useEdited } from "../api/use-edited.ts";
import type { Provider } from "./provider-words.ts";

type Changeable = Pick<Provider, "name" | "issuer" | "clientId" | "domains" | "joinsAs" | "enabled">;

/** A provider as it is seen, and what can be done with it. A secret cannot be taken back: nobody knows what it was. */
export function useProvider(saved: Provider) {
  const change = useChange();
  const path = `/identity-providers/${saved.id}`;
  const { shown, save } = useEdited(path, saved);
  const deeds = {
    change: (next: Partial<Changeable>, said: string) => save(next, said),
    keepSecret: (secret: string | null, said: string) =>
      change({ request: { method: "PUT", path: `${path}/secret`, body: { secret } }, said }),
    forgetPeople: () =>
      change({
        request: { method: "POST", path: `${path}/forget-people` },
        said: "People are known by their address again when they come next.",
      }),
  };
  return { provider: shown, deeds };
}

export type ProviderPart = ReturnType<typeof useProvider>;
