import { useEffect } from "react";

export type ThemeChoice = "system" | "light" | "dark";

const darkSystem = "(prefers-color-scheme: dark)";

/** Keeps `data-theme` of a page in step with the choice, and with the system where that is the choice. */
export function useTheme(choice: ThemeChoice, page: Document = document): void {
  useEffect(() => {
    const system = (page.defaultView ?? window).matchMedia(darkSystem);
    const apply = () => setTheme(page, resolveTheme(choice, system.matches));
    apply();
    system.addEventListener("change", apply);
    return () => system.removeEventListener("change", apply);
  }, [choice, page]);
}

function setTheme({ documentElement }: Document, theme: "light" | "dark"): void {
  documentElement.dataset["theme"] = theme;
}

function resolveTheme(choice: ThemeChoice, systemIsDark: boolean): "light" | "dark" {
  if (choice !== "system") return choice;
  return systemIsDark ? "dark" : "light";
}
