import { useCallback, useState } from "react";
import { findProviders, session, signInWith } from "../../../shared/rpc/contract/session.ts";
import { useCommand, useLive } from "../../client/index.ts";
import { useProviders, type Provider } from "../../ui/session-card/provider-buttons.tsx";

/** Providers for the address that is being typed, and the way to them: a page beside the desk. */
export function useProviderSignIn(email: string) {
  const [busy, setBusy] = useState(false);
  const ask = useCommand(findProviders);
  const begin = useCommand(signInWith);
  const find = useCallback(
    async (typed: string | null) => {
      const found = await ask({ email: typed });
      return found.ok ? found.value.providers : [];
    },
    [ask],
  );
  const providers = useProviders(find, email);
  /** @returns what went wrong, or null */
  const leaveFor = async ({ id, name }: Provider): Promise<string | null> => {
    setBusy(true);
    const begun = await begin({ providerId: id, name, email: email.trim() === "" ? null : email.trim() });
    setBusy(false);
    if (!begun.ok) return begun.error.message;
    openPage(begun.value.url);
    return null;
  };
  return { ...providers, busy, leaveFor };
}

/** In the person's own browser: Electron hands it over, the localhost shell is in one already. */
export function openPage(url: string): void {
  window.open(url, "_blank", "noopener");
}

/** A sign-in that is at a provider now. */
export function useElsewhere() {
  return useLive(session, {}).value?.elsewhere ?? null;
}
