import { readTelephoneLink } from "../telephone-link.ts";
import type { ElectronApi } from "./api.ts";

export interface TelephoneLinks {
  /** What a further start of this program was given. */
  take(argv: readonly string[]): void;
  onDial(listener: (to: string) => void): void;
}

/** `tel:` links of other programs. macOS hands them over as an event, others start the program with them. */
export function openTelephoneLinks({ app }: ElectronApi, showDesk: () => void): TelephoneLinks {
  const listeners = new Set<(to: string) => void>();
  // One that this very start was for: nobody listens yet.
  let early = process.argv.map(readTelephoneLink).find((to) => to !== null) ?? null;
  app.setAsDefaultProtocolClient("tel");
  app.on("open-url", (event, url) => {
    event.preventDefault();
    dial(readTelephoneLink(url));
  });

  function dial(to: string | null): void {
    if (to === null) return;
    if (listeners.size === 0) early = to;
    for (const tell of listeners) tell(to);
    if (app.isReady()) showDesk();
  }

  return {
    take: (argv) => dial(argv.map(readTelephoneLink).find((to) => to !== null) ?? null),
    onDial(listener) {
      listeners.add(listener);
      if (early !== null) listener(early);
      early = null;
    },
  };
}
