import { useNavigate } from "@tanstack/react-router";
import { AppWindow, ArrowRight, Copy, ListChecks, Phone, StickyNote, UserRound } from "lucide-react";
import { openWindow } from "../../../shared/rpc/contract/session.ts";
import { useClient, useDirectory } from "../../client/index.ts";
import type { IconType } from "../../ui/display/icon.tsx";
import { formatPhone } from "../../ui/format/phones.ts";
import { useToast } from "../../ui/floating/toast.tsx";
import { useDial } from "../calls/index.ts";
import type { CurrentLead } from "../shell/index.ts";

export interface LeadCommand {
  id: string;
  label: string;
  note?: string;
  icon: IconType;
  keys?: string;
  /** True: the palette stays open and shows the next question. */
  asksStage?: boolean;
  run: () => void;
}

/** What can be done with one lead. */
export function useLeadCommands(lead: CurrentLead | null): LeadCommand[] {
  const navigate = useNavigate();
  const client = useClient();
  const toast = useToast();
  const directory = useDirectory();
  const dial = useDial();
  if (!lead) return [];
  const open = (what?: "note" | "task") =>
    void navigate({
      to: "/leads/$leadId",
      params: { leadId: lead.id },
      search: (before) => ({ ...before, ...(what ? { do: what } : {}) }),
    });
  const commands: LeadCommand[] = [
    { id: "open", label: "Open", icon: UserRound, keys: "enter", run: () => open() },
    { id: "task", label: "New task", icon: ListChecks, keys: "t", run: () => open("task") },
    { id: "note", label: "Write a note", icon: StickyNote, keys: "n", run: () => open("note") },
    {
      id: "stage",
      label: "Move to stage",
      note: `now ${directory.stageLabel("leads", lead.stage)}`,
      icon: ArrowRight,
      keys: "s",
      asksStage: true,
      run: () => undefined,
    },
    {
      id: "window",
      label: "Open in a new window",
      icon: AppWindow,
      run: () => void client.call(openWindow, { path: `/leads/${lead.id}` }),
    },
  ];
  if (lead.phone === "") return commands;
  const phone = formatPhone(lead.phone);
  const copy = async () => {
    await navigator.clipboard.writeText(lead.phone);
    toast({ text: `Copied ${phone}` });
  };
  return [
    {
      id: "call",
      label: "Call",
      note: phone,
      icon: Phone,
      keys: "c",
      run: () => void dial(lead.phone, lead.id),
    },
    ...commands,
    { id: "copy", label: "Copy the number", note: phone, icon: Copy, run: () => void copy() },
  ];
}
