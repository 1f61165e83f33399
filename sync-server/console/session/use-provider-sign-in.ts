import { useState } from "react";
import { useProviders, type Provider } from "../../../renderer/ui/session-card/provider-buttons.tsx";
import { BegunAtProvider, SignInProviders } from "../../../shared/sync/session-wire.ts";
import { ask } from "../api/ask.ts";
import { client } from "./code-form.tsx";

/** Providers for the address that is being typed, and the way to them: this page is left. */
export function useProviderSignIn(email: string) {
  const [busy, setBusy] = useState(false);
  const providers = useProviders(findProviders, email);
  /** @returns what went wrong; nothing comes back where it went right */
  const leaveFor = async ({ id }: Provider): Promise<string | null> => {
    setBusy(true);
    const body = { client, email: email.trim() === "" ? null : email.trim() };
    const begun = await ask("POST", `/session/providers/${id}/begin`, BegunAtProvider, body);
    if (begun.ok) window.location.assign(begun.value.url);
    else setBusy(false);
    return begun.ok ? null : begun.error.message;
  };
  return { ...providers, busy, leaveFor };
}

async function findProviders(email: string | null): Promise<readonly Provider[]> {
  const answer = await ask("POST", "/session/providers", SignInProviders, { email });
  return answer.ok ? answer.value.providers : [];
}
