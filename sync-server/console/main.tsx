import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { UiProvider } from "../../renderer/ui/ui-provider.tsx";
import { Console } from "./frame/console.tsx";
import { Themed } from "./frame/themed.tsx";

const root = document.getElementById("root");
if (!root) throw new Error("the page has no root");
createRoot(root).render(
  <StrictMode>
    <UiProvider>
      <Themed>
        <Console />
      </Themed>
    </UiProvider>
  </StrictMode>,
);
