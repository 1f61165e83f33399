import type { ReactNode } from "react";
import { useTheme } from "../../../renderer/ui/theme.ts";
import { useThemeChoice } from "./theme.ts";

/** Sign-in and pages alike look as chosen. */
export function Themed({ children }: { children: ReactNode }) {
  const [choice] = useThemeChoice();
  useTheme(choice);
  return children;
}
