import "@fontsource-variable/inter/opsz.css";
import "./tokens.css";
import "./base.css";
import { createTheme, HeadlessMantineProvider } from "@mantine/core";
import { useEffect, type ReactNode } from "react";
import { showCutTitles } from "./display/cut-titles.ts";
import { ShortcutsProvider } from "./keys/shortcuts.tsx";
import { TipLayer } from "./floating/tip-layer.tsx";
import { ToastProvider } from "./floating/toast.tsx";

/**
 * Mantine gives behaviour (focus, placement, listboxes, calendars), our stylesheets give the look. Headless, it
 * injects no <style> at all, so that the page runs under `style-src 'self'`.
 */
const theme = createTheme({ respectReducedMotion: true, fontFamily: "var(--font)" });

export function UiProvider({ children }: { children: ReactNode }) {
  useEffect(() => showCutTitles(document), []);
  return (
    <HeadlessMantineProvider theme={theme}>
      <ShortcutsProvider>
        <ToastProvider>{children}</ToastProvider>
        <TipLayer />
      </ShortcutsProvider>
    </HeadlessMantineProvider>
  );
}
