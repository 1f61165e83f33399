import { useEffect } from "react";

export type ThemeChoice = "system" | "light" | "dark";

const darkSystem = "(prefers-color-scheme: dark)";

/** Keeps `data-theme` of the page in step with the choice, and with the system where that is the choice. */
export function useTheme(choice: ThemeChoice): void {
  useEffect(() => {
    const system = window.matchMedia(darkSystem);
    const apply = () => {
      document.documentElement.dataset["theme"] = resolveTheme(choice, system.matches);
    };
    apply();
    system.addEventListener("change", apply);
    return () => system.removeEventListener("change", apply);
  }, [choice]);
}

function resolveTheme(choice: ThemeChoice, systemIsDark: boolean): "light" | "dark" {
  if (choice !== "system") return choice;
  return systemIsDark ? "dark" : "light";
}
