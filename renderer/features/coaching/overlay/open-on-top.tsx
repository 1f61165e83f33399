import { createRoot } from "react-dom/client";
import type { Client } from "../../../../shared/rpc/client.ts";
import { ClientProvider } from "../../../client/hooks.tsx";
import { Overlay } from "./overlay.tsx";

/**
 * Draws the overlay in a window that a browser keeps above all others. It is a page without an address: the desk's
 * script draws it, with the desk's style sheets, and it goes with the desk's page.
 */
export function drawOnTop(view: Window, client: Client): void {
  const { document: page } = view;
  page.title = "Coach · Ringside";
  page.documentElement.lang = "en";
  page.head.append(...styleSheets());
  // The desk's own ground is lighter: on the overlay's the panel stands out.
  page.body.style.background = "var(--bg)";
  const root = createRoot(page.body.appendChild(page.createElement("div")));
  root.render(
    <ClientProvider client={client}>
      <Overlay page={page} />
    </ClientProvider>,
  );
  view.addEventListener("pagehide", () => root.unmount(), { once: true });
}

/** In their order; those of libraries know this page's nonce, which copies are not given by themselves. */
function styleSheets(): HTMLElement[] {
  return Array.from(document.querySelectorAll<HTMLElement>("link[rel=stylesheet], style"), (sheet) => {
    const copy = sheet.cloneNode(true) as HTMLElement;
    copy.nonce = sheet.nonce ?? "";
    return copy;
  });
}
