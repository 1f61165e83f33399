import { useNavigate } from "@tanstack/react-router";
import {
  ArrowUpFromLine,
  CircleDot,
  Command as CommandIcon,
  CornerDownRight,
  FileText,
  ListChecks,
  Phone,
  SquareKanban,
} from "lucide-react";
import type { ReactNode } from "react";
import type { RecordId } from "../../../shared/entities/id.ts";
import type { find } from "../../../shared/rpc/contract/leads.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import { useDirectory, useEdits } from "../../client/index.ts";
import { filterChoices } from "../../ui/fields/choices.ts";
import { Avatar } from "../../ui/display/avatar.tsx";
import { Icon, type IconType } from "../../ui/display/icon.tsx";
import { StageRing } from "../../ui/display/stage-ring.tsx";
import { stageSteps } from "../../ui/display/stage-shares.ts";
import { dueDate } from "../../ui/format/due.ts";
import { formatMoney } from "../../ui/format/numbers.ts";
import { formatPhone } from "../../ui/format/phones.ts";
import { dayAndTime } from "../../ui/format/times.ts";
import type { Shortcut } from "../../ui/keys/shortcut-registry.ts";
import { callsAtExchange, readDialled, useDial, usePhone } from "../calls/index.ts";
import { placeOfRecord, type CurrentLead } from "../shell/index.ts";
import { commandsFor, commandsOf, type Command, type Typed } from "./palette-model.ts";
import { useLeadCommands } from "./use-lead-commands.ts";

type Found = OutputOf<typeof find>;
export type FoundLead = Found["leads"][number];

export interface PaletteItem {
  id: string;
  label: string;
  note?: string | undefined;
  keys?: string | undefined;
  mark: ReactNode;
  run: () => void;
  /** Tab makes it the one that actions are about. */
  lead?: CurrentLead | undefined;
  found?: FoundLead | undefined;
  asksStage?: boolean | undefined;
  /** Waits for nothing that is still being looked for. */
  isUrgent?: boolean | undefined;
}

export interface PaletteSection {
  title: string;
  items: PaletteItem[];
}

interface PaletteQuestion {
  typed: Typed;
  found: Found | undefined;
  subject: CurrentLead | null;
  askingStage: boolean;
  shortcuts: readonly Shortcut[];
}

/** What the palette offers: people found, what to do with the current one, and commands. */
export function usePaletteSections({
  typed,
  found,
  subject,
  askingStage,
  shortcuts,
}: PaletteQuestion): PaletteSection[] {
  const directory = useDirectory();
  const stages = useStageItems(askingStage ? subject : null, typed.text);
  const people = useFoundItems(found);
  const call = useCallItem(typed);
  const leadCommands = useLeadCommands(subject).map((command): PaletteItem => ({
    ...command,
    id: `lead-${command.id}`,
    mark: <Icon of={command.icon} />,
  }));
  if (askingStage && subject) return [{ title: `Move ${subject.name} to`, items: stages }];

  const commands = commandsFor(commandsOf(shortcuts), typed).map(commandItem);
  const leads = directory.term("leads");
  const calls = { title: "Call", items: call ? [call] : [] };
  const sections = [
    // Whoever needs help is not shown who else has these digits first.
    ...(call?.isUrgent ? [calls] : []),
    { title: leads.charAt(0).toLocaleUpperCase() + leads.slice(1), items: people.leads },
    { title: "Elsewhere", items: people.others },
    ...(call?.isUrgent ? [] : [calls]),
    {
      title: `With ${subject?.name ?? ""}`,
      items: typed.commandsOnly
        ? []
        : leadCommands.filter(({ id }) => id !== "lead-open" || typed.text === ""),
    },
    { title: typed.commandsOnly ? "Commands" : "Anywhere", items: commands },
  ];
  return sections.filter(({ items }) => items.length > 0);
}

const commandIcons: [RegExp, IconType][] = [
  [/^presence/u, CircleDot],
  [/^import/u, ArrowUpFromLine],
  [/^go-/u, CornerDownRight],
];

function commandItem(command: Command): PaletteItem {
  const icon = commandIcons.find(([pattern]) => pattern.test(command.id))?.[1] ?? CommandIcon;
  return {
    id: `command-${command.id}`,
    label: command.label,
    keys: command.keys,
    mark: <Icon of={icon} />,
    run: command.run,
  };
}

const otherIcons = { deals: SquareKanban, listings: FileText, tasks: ListChecks } as const;

function useFoundItems(found: Found | undefined): { leads: PaletteItem[]; others: PaletteItem[] } {
  const navigate = useNavigate();
  const leads = (found?.leads ?? []).map((lead): PaletteItem => ({
    id: lead.id,
    label: lead.name,
    found: lead,
    lead: { id: lead.id, name: lead.name, phone: lead.phone, stage: lead.stage },
    mark: <Avatar name={lead.name} />,
    run: () =>
      void navigate({ to: "/leads/$leadId", params: { leadId: lead.id }, search: (before) => before }),
  }));
  const others = (found?.others ?? []).slice(0, 4).map((other): PaletteItem => ({
    id: other.id,
    label: other.title,
    note: noteOf(other),
    mark: <Icon of={otherIcons[other.collection]} />,
    run: () => void navigate({ to: placeOfRecord({ ...other, leadId: null }) }),
  }));
  return { leads, others };
}

/** A number that was typed can be called at once. */
function useCallItem({ text, commandsOnly }: Typed): PaletteItem | null {
  const dial = useDial();
  const { business } = useDirectory();
  const atExchange = callsAtExchange(usePhone());
  const dialled = commandsOnly ? null : readDialled(text, { country: business?.country ?? "US", atExchange });
  // A few digits that nobody can be called at are looked for.
  if (!dialled || dialled.kind === "short") return null;
  const { number } = dialled;
  const label = `Call ${formatPhone(number)}`;
  const run = () => void dial(number, null);
  const isUrgent = dialled.kind === "emergency";
  return { id: "call-number", label, mark: <Icon of={Phone} />, run, isUrgent };
}

function noteOf({ note, value, at, allDay }: Found["others"][number]): string {
  const money = value ? formatMoney(value.amount, value.currency) : "";
  const when = at ? dayAndTime(dueDate({ dueAt: at, allDay }), new Date(), allDay) : "";
  return [note, money, when].filter(Boolean).join(" ");
}

function useStageItems(lead: CurrentLead | null, text: string): PaletteItem[] {
  const directory = useDirectory();
  const { edit } = useEdits();
  if (!lead) return [];
  const stages = directory.stages("leads");
  const steps = stageSteps(stages);
  return filterChoices(stages, text).map(({ key, label }) => ({
    id: `stage-${key}`,
    label,
    note: key === lead.stage ? "now" : undefined,
    mark: <StageRing {...(steps.get(key) ?? { share: 0, outcome: "open" })} />,
    run: () =>
      void edit(
        [{ collection: "leads", id: lead.id as RecordId, set: { stage: key } }],
        `Moved ${lead.name} to ${label}`,
      ),
  }));
}
