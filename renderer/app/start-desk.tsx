import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ClientProvider, type Client } from "../client/index.ts";
import { UiProvider } from "../ui/ui-provider.tsx";
import { Desk } from "./desk.tsx";
import { ErrorBoundary } from "./error-boundary.tsx";

/** Shows the desk of one window. Everything it knows comes through `client`. */
export function startDesk(client: Client): void {
  const root = document.getElementById("root");
  if (!root) throw new Error("the page has no #root");
  createRoot(root).render(
    <StrictMode>
      <ClientProvider client={client}>
        <UiProvider>
          <ErrorBoundary>
            <Desk />
          </ErrorBoundary>
        </UiProvider>
      </ClientProvider>
    </StrictMode>,
  );
}
