import "@fontsource-variable/inter/opsz.css";
import "../ui/tokens.css";
import "../ui/base.css";
import "./overlay.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import type { Client } from "../../shared/rpc/client.ts";
import { ClientProvider } from "../client/hooks.tsx";
import { Overlay } from "../features/coaching/overlay/overlay.tsx";

/** Shows the coach of one call. No more stands behind it than it needs: it is to be there within a second. */
export function startOverlay(client: Client): void {
  const root = document.getElementById("root");
  if (!root) throw new Error("the page has no #root");
  // Electron's window is glass; a browser's pop-up is not.
  document.documentElement.classList.toggle("glass", window.ringside !== undefined);
  createRoot(root).render(
    <StrictMode>
      <ClientProvider client={client}>
        <Overlay />
      </ClientProvider>
    </StrictMode>,
  );
}
