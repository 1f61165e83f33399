import { RouterProvider } from "@tanstack/react-router";
import { useState } from "react";
import { preferences } from "../../shared/rpc/contract/session.ts";
import { useLive } from "../client/index.ts";
import { useTheme } from "../ui/theme.ts";
import { createDeskRouter } from "./router.tsx";

/** One window: its theme, and the screen that its address names. */
export function Desk() {
  useTheme(useLive(preferences, {}).value?.theme ?? "system");
  const [router] = useState(createDeskRouter);
  return <RouterProvider router={router} />;
}
