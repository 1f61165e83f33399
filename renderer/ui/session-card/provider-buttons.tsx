import { useEffect, useState } from "react";
import { Button } from "../controls/button.tsx";
import styles from "./session-card.module.css";

/** Where people of an organisation may sign in instead of with a password of ours. */
export type Provider = { id: string; name: string; organisation: string };

/** `email` null: nobody has typed one. Nothing where the server does not answer. */
export type FindProviders = (email: string | null) => Promise<readonly Provider[]>;

/** People type on: only what stands still is asked about. */
const typingMs = 250;

/**
 * The providers for what has been typed.
 * @param find the same from one rendering to the next
 * @returns `own` the one of the address's domain, `offered` those that anybody here may choose
 */
export function useProviders(
  find: FindProviders,
  email: string,
): { own: Provider | null; offered: readonly Provider[] } {
  const [offered, setOffered] = useState<readonly Provider[]>([]);
  const [found, setFound] = useState<{ domain: string; own: Provider | null }>({ domain: "", own: null });
  const domain = domainOf(email);
  useEffect(() => keepAnswer(find(null), setOffered), [find]);
  useEffect(() => {
    if (domain === "") return;
    let forget = () => {};
    const timer = setTimeout(() => {
      forget = keepAnswer(find(`anybody@${domain}`), ([own = null]) => setFound({ domain, own }));
    }, typingMs);
    return () => {
      clearTimeout(timer);
      forget();
    };
  }, [find, domain]);
  return { own: found.domain === domain ? found.own : null, offered };
}

/** @returns what makes an answer that is still to come count for nothing */
function keepAnswer<T>(answer: Promise<T>, keep: (value: T) => void): () => void {
  let counts = true;
  void answer.then((value) => counts && keep(value));
  return () => {
    counts = false;
  };
}

/** What follows the `@` once it looks like a whole domain. */
function domainOf(email: string): string {
  return /^[^\s@]+@((?:[^\s@.]+\.)+[^\s@.]{2,})$/u.exec(email.trim())?.[1]?.toLowerCase() ?? "";
}

export function ProviderButtons({
  providers,
  busy,
  onChoose,
}: {
  providers: readonly Provider[];
  busy: boolean;
  onChoose: (provider: Provider) => void;
}) {
  if (providers.length === 0) return null;
  return (
    <section aria-label="Other ways to sign in" className={styles["providers"]}>
      {providers.map((provider) => (
        <Button key={provider.id} size="large" disabled={busy} onClick={() => onChoose(provider)}>
          {continueWith(provider)}
        </Button>
      ))}
    </section>
  );
}

export function continueWith({ name }: Provider): string {
  return `Continue with ${name}`;
}
