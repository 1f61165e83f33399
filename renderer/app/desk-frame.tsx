import { Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { settings } from "../../shared/rpc/contract/session.ts";
import { setPresence, syncStatus } from "../../shared/rpc/contract/sync.ts";
import { useClient, useDirectory, useLive } from "../client/index.ts";
import { AssistantHub, LettersDecided } from "../features/assistant/index.ts";
import {
  CallColumn,
  CallColumnRoom,
  CallPanelButton,
  CallUp,
  DialPrompt,
  DockedCall,
  RingNotices,
  useDial,
} from "../features/calls/index.ts";
import { useChatsWaiting } from "../features/chats/index.ts";
import { KeySheet, Palette } from "../features/palette/index.ts";
import { JobWatcher, WantedLeadDialog } from "../features/leads/index.ts";
import { openPhoneWindow } from "../features/phone/index.ts";
import { AvatarMenu, SessionGate } from "../features/session/index.ts";
import {
  DockedInTopBar,
  Frame,
  openAssistant,
  openKeys,
  openPalette,
  Rail,
  StatusBar,
  useDesk,
} from "../features/shell/index.ts";
import { TaskReminders, useTasksDue } from "../features/tasks/index.ts";
import { useShortcuts } from "../ui/keys/shortcuts.tsx";
import { Later } from "../ui/later.tsx";
import { miniPhonePath, placesOf } from "./places.ts";

/** What stands around every screen, for whoever is signed in. */
export function DeskFrame() {
  const isBare = useRouterState({ select: ({ location }) => location.pathname === miniPhonePath });
  return (
    <SessionGate>
      <KnownFirst>{isBare ? <Outlet /> : <SignedInFrame />}</KnownFirst>
    </SessionGate>
  );
}

/** Views, words and the state of sync come first: without them a screen would show one list, then another. */
function KnownFirst({ children }: { children: ReactNode }) {
  const words = useLive(settings, {});
  const status = useLive(syncStatus, {});
  return (words.value || words.error) && (status.value || status.error) ? children : null;
}

const docked = { button: <CallPanelButton />, call: <DockedCall /> };

function SignedInFrame() {
  const directory = useDirectory();
  const places = placesOf(directory, useTasksDue(), useChatsWaiting());
  useDeskShortcuts(places);
  return (
    <>
      <DockedInTopBar value={docked}>
        <Frame
          rail={<Rail places={places} me={<AvatarMenu />} />}
          statusBar={<StatusBar />}
          side={<CallColumn />}
          sideRoom={<CallColumnRoom />}
        >
          <Outlet />
          <JobWatcher />
        </Frame>
      </DockedInTopBar>
      <CallUp />
      <Later>
        <Palette />
        <AssistantHub />
        <KeySheet />
        <TaskReminders />
        <LettersDecided />
        <DialPrompt />
        <WantedLeadDialog />
        <RingNotices />
      </Later>
    </>
  );
}

/** Keys that work on every screen. */
function useDeskShortcuts(places: ReturnType<typeof placesOf>): void {
  const navigate = useNavigate();
  const client = useClient();
  const { term, breakReasons } = useDirectory();
  const dial = useDial();
  const anywhere = { group: "Anywhere" };
  const presence = (keys: string, word: string, value: "available" | "busy" | "break") => ({
    id: `presence-${value}`,
    keys,
    title: `Set presence: ${word}`,
    group: "Presence",
    run: () => void client.call(setPresence, { presence: value }),
  });
  useShortcuts("global", [
    { id: "palette", keys: "mod+k", title: "Find or do anything", ...anywhere, run: () => openPalette() },
    {
      id: "assistant",
      keys: "mod+j",
      title: "Ask the assistant",
      ...anywhere,
      run: () => openAssistant(useDesk.getState().currentLead),
    },
    { id: "keys", keys: "?", title: "All keys", ...anywhere, run: openKeys },
    ...places.map(({ to, label, keys }) => ({
      id: `go${to.replace("/", "-")}`,
      keys,
      title: `Go to ${label}`,
      group: "Go to",
      run: () => void navigate({ to }),
    })),
    {
      id: "go-settings",
      keys: "g ,",
      title: "Go to Settings",
      group: "Go to",
      run: () => void navigate({ to: "/settings" }),
    },
    {
      id: "wallboard",
      keys: "g w",
      title: "Go to the wallboard",
      group: "Go to",
      run: () => void navigate({ to: "/wallboard" }),
    },
    {
      id: "mini-phone",
      keys: "g m",
      title: "Show the mini phone",
      group: "Go to",
      run: () => void openPhoneWindow(client, "mini-phone"),
    },
    {
      id: "import",
      keys: "g i",
      title: `Import ${term("leads")} from CSV`,
      group: "Go to",
      run: () => void navigate({ to: "/import" }),
    },
    {
      id: "list-next",
      keys: "j",
      also: ["arrowdown"],
      title: "Next",
      group: "In lists",
      run: enterList,
    },
    {
      id: "list-previous",
      keys: "k",
      also: ["arrowup"],
      title: "Previous",
      group: "In lists",
      run: enterList,
    },
    {
      id: "call",
      keys: "c",
      title: "Call",
      group: "This person",
      run() {
        const lead = useDesk.getState().currentLead;
        if (lead && lead.phone !== "") void dial(lead.phone, lead.id);
      },
    },
    presence("g a", "Available", "available"),
    presence("g b", "Busy", "busy"),
    presence("g k", "Break", "break"),
    ...breakReasons.map(({ key, label }) => ({
      id: `presence-break-${key}`,
      keys: "",
      title: `Set presence: Break, ${label}`,
      group: "Presence",
      run: () => void client.call(setPresence, { presence: "break", reason: key }),
    })),
  ]);
}

/** From anywhere on a screen: the list takes the focus, and the key with it. A list that has it reads its keys itself. */
function enterList({ key }: KeyboardEvent): void {
  const list = document.querySelector<HTMLElement>("[data-table]");
  list?.focus();
  list?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}
