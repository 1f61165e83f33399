import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { UiProvider } from "../../renderer/ui/ui-provider.tsx";
import { Console } from "./frame/console.tsx";
import { followSystemTheme } from "./frame/theme.ts";

const root = document.getElementById("root");
if (!root) throw new Error("the page has no root");
followSystemTheme();
createRoot(root).render(
  <StrictMode>
    <UiProvider>
      <Console />
    </UiProvider>
  </StrictMode>,
);
