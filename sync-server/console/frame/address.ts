import { useMemo, useSyncExternalStore } from "react";

const base = "/console/";

/** Where one is: the parts of the address below /console/. */
export function useAddress(): string[] {
  const path = useSyncExternalStore(followAddress, () => window.location.pathname);
  return useMemo(() => partsOf(path), [path]);
}

export function partsOf(pathname: string): string[] {
  if (!pathname.startsWith(base)) return [];
  return pathname.slice(base.length).split("/").filter(Boolean).map(decodePart);
}

/** An address that a person mangled leads to the first page rather than to an error. */
function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function addressOf(...parts: string[]): string {
  return base + parts.map(encodeURIComponent).join("/");
}

export function goTo(...parts: string[]): void {
  const address = addressOf(...parts);
  if (address === window.location.pathname) return;
  window.history.pushState(null, "", address);
  window.dispatchEvent(new PopStateEvent("popstate"));
}

/**
 * What leads on from here once something that was begun here is done. Who opened another page
 * meanwhile stays there: no slow answer pulls anybody away from what they are doing by then.
 */
export function goOnFromHere(): typeof goTo {
  const from = window.location.pathname;
  return (...parts) => {
    if (window.location.pathname === from) goTo(...parts);
  };
}

function followAddress(onChange: () => void): () => void {
  window.addEventListener("popstate", onChange);
  return () => window.removeEventListener("popstate", onChange);
}
