import {
  Activity,
  Ban,
  BarChart3,
  BookOpen,
  Bot,
  Brain,
  ClipboardCheck,
  Building2,
  Cable,
  CircleUser,
  CircleCheck,
  Coffee,
  Columns3,
  FileAudio,
  FileText,
  FlaskConical,
  Gauge,
  History,
  KeyRound,
  ListChecks,
  ListOrdered,
  Logs,
  MessagesSquare,
  MonitorSmartphone,
  Network,
  Phone,
  PhoneOff,
  Radio,
  Scale,
  ScrollText,
  Shield,
  SlidersHorizontal,
  Store,
  Users,
  Voicemail,
} from "lucide-react";
import type { ComponentType } from "react";
import type { z } from "zod";
import type { IconType } from "../../../renderer/ui/display/icon.tsx";
import type { Role } from "../../../shared/entities/setting.ts";
import type { SessionInfo } from "../../../shared/sync/session-wire.ts";
import { PhoneNumbers } from "../../admin/telephony/wire.ts";
import { Devices, Dispositions, Fields, People, Teams, Tenants } from "../../admin/wire.ts";
import { AccountPage } from "../account/account-page.tsx";
import { ApprovalsPage } from "../ai/approvals-page.tsx";
import { EvaluationPage } from "../ai/evaluation-page.tsx";
import { LimitsPage } from "../ai/limits-page.tsx";
import { ModelsPage, OwnModelsPage } from "../ai/models-page.tsx";
import { PromptsPage } from "../ai/prompts-page.tsx";
import { RequestsPage } from "../ai/requests-page.tsx";
import { SystemUsagePage } from "../ai/system-usage-page.tsx";
import { UsagePage } from "../ai/usage-page.tsx";
import { AiNotices, Approvals } from "../../admin/ai/wire.ts";
import { AuditPage } from "../audit/audit-page.tsx";
import { BotsPage } from "../bots/bots-page.tsx";
import { BotChatsPage } from "../bots/chats-page.tsx";
import { BusinessPage } from "../business/business-page.tsx";
import { CallLogPage } from "../call-log/call-log-page.tsx";
import { DevicesPage } from "../devices/devices-page.tsx";
import { HealthPage } from "../health/health-page.tsx";
import { LinePage } from "../line/line-page.tsx";
import { MonitorPage } from "../monitor/monitor-page.tsx";
import { NumbersPage } from "../numbers/numbers-page.tsx";
import { PeoplePage } from "../people/people-page.tsx";
import { GreetingsPage } from "../greetings/greetings-page.tsx";
import { BreakReasonsPage } from "../phone/break-reasons-page.tsx";
import { CallListsPage } from "../phone/call-lists-page.tsx";
import { DoNotCallPage } from "../phone/do-not-call-page.tsx";
import { QueuesPage } from "../phone/queues-page.tsx";
import { RulesPage } from "../phone/rules-page.tsx";
import { Playbooks } from "../../admin/playbooks/wire.ts";
import { PlaybooksPage } from "../playbooks/playbooks-page.tsx";
import { RecordingsPage } from "../recordings/recordings-page.tsx";
import { ScorecardsPage } from "../scorecards/scorecards-page.tsx";
import { ProvidersPage } from "../providers/providers-page.tsx";
import { RolesPage } from "../roles/roles-page.tsx";
import { DispositionsPage } from "../settings/dispositions-page.tsx";
import { FieldsPage } from "../settings/fields-page.tsx";
import { StagesPage } from "../settings/stages-page.tsx";
import { TeamsPage } from "../teams/teams-page.tsx";
import { TenantsPage } from "../tenants/tenants-page.tsx";

export type PageProps = {
  session: SessionInfo;
  /** What follows the page in the address: what is open there. */
  rest: readonly string[];
};

/** A number beside the page's name, read from the address that the page itself asks. */
export type PageCount = {
  path: string;
  schema: z.ZodType;
  count: (value: never) => number;
  /** It is of what somebody should look at: it stands out, and is read again while the console is open. */
  calls: boolean;
};

export type ConsolePage = {
  /** The address under `/console/`. */
  key: string;
  name: string;
  icon: IconType;
  roles: readonly Role[];
  Page: ComponentType<PageProps>;
  count?: PageCount;
};
export type PageGroup = { title: string; pages: readonly ConsolePage[] };

function counted<S extends z.ZodType>(
  path: string,
  schema: S,
  count: (value: z.output<S>) => number,
): PageCount {
  return { path, schema, count, calls: false };
}

/** Of what waits for whoever sees it. */
function calling<S extends z.ZodType>(...of: Parameters<typeof counted<S>>): PageCount {
  return { ...counted(...of), calls: true };
}

const everybody: readonly Role[] = ["operator", "admin", "manager", "agent"];
const admin: readonly Role[] = ["admin"];

const groups: readonly PageGroup[] = [
  {
    title: "Organisations",
    pages: [
      {
        key: "tenants",
        name: "Tenants",
        icon: Building2,
        roles: ["operator"],
        Page: TenantsPage,
        count: counted("/tenants", Tenants, ({ tenants }) => tenants.length),
      },
    ],
  },
  {
    title: "People",
    pages: [
      {
        key: "people",
        name: "People",
        icon: Users,
        roles: ["admin", "manager"],
        Page: PeoplePage,
        count: counted("/people", People, ({ people }) => people.filter(({ active }) => active).length),
      },
      {
        key: "teams",
        name: "Teams",
        icon: Network,
        roles: ["admin", "manager"],
        Page: TeamsPage,
        count: counted("/teams", Teams, ({ teams }) => teams.length),
      },
      { key: "roles", name: "Roles", icon: Shield, roles: everybody, Page: RolesPage },
    ],
  },
  {
    title: "Work",
    pages: [
      {
        key: "fields",
        name: "Custom fields",
        icon: SlidersHorizontal,
        roles: admin,
        Page: FieldsPage,
        count: counted("/fields", Fields, ({ fields }) => fields.filter((one) => !one.archived).length),
      },
      { key: "stages", name: "Pipeline stages", icon: Columns3, roles: admin, Page: StagesPage },
      {
        key: "dispositions",
        name: "Dispositions",
        icon: PhoneOff,
        roles: admin,
        Page: DispositionsPage,
        count: counted(
          "/dispositions",
          Dispositions,
          ({ dispositions }) => dispositions.filter((one) => !one.archived).length,
        ),
      },
      { key: "business", name: "Business", icon: Store, roles: admin, Page: BusinessPage },
    ],
  },
  {
    title: "Phone",
    pages: [
      {
        key: "monitor",
        name: "Live monitor",
        icon: Radio,
        roles: ["admin", "manager"],
        Page: MonitorPage,
      },
      {
        key: "call-log",
        name: "Call log",
        icon: ScrollText,
        roles: ["admin", "manager"],
        Page: CallLogPage,
      },
      { key: "line", name: "Line", icon: Cable, roles: admin, Page: LinePage },
      {
        key: "numbers",
        name: "Numbers",
        icon: Phone,
        roles: admin,
        Page: NumbersPage,
        count: counted("/telephony/numbers", PhoneNumbers, ({ numbers }) => numbers.length),
      },
      { key: "queues", name: "Queues", icon: ListOrdered, roles: admin, Page: QueuesPage },
      { key: "call-lists", name: "Call lists", icon: ListChecks, roles: admin, Page: CallListsPage },
      { key: "greetings", name: "Greetings", icon: Voicemail, roles: admin, Page: GreetingsPage },
      { key: "break-reasons", name: "Break reasons", icon: Coffee, roles: admin, Page: BreakReasonsPage },
      {
        key: "do-not-call",
        name: "Do not call",
        icon: Ban,
        roles: ["admin", "manager"],
        Page: DoNotCallPage,
      },
      { key: "phone-rules", name: "Rules", icon: Scale, roles: admin, Page: RulesPage },
    ],
  },
  {
    title: "Calls",
    pages: [
      {
        key: "playbooks",
        name: "Playbooks",
        icon: BookOpen,
        roles: admin,
        Page: PlaybooksPage,
        count: counted(
          "/playbooks",
          Playbooks,
          ({ playbooks }) => new Set(playbooks.filter((one) => !one.archived).map(({ key }) => key)).size,
        ),
      },
      { key: "scorecards", name: "Scorecards", icon: ClipboardCheck, roles: admin, Page: ScorecardsPage },
      { key: "recordings", name: "Recordings", icon: FileAudio, roles: admin, Page: RecordingsPage },
    ],
  },
  {
    title: "Intelligence",
    pages: [
      { key: "ai-models", name: "Models", icon: Brain, roles: ["admin", "operator"], Page: ModelsPage },
      { key: "ai-limits", name: "AI limits", icon: Gauge, roles: ["admin", "operator"], Page: LimitsPage },
      {
        key: "ai-usage",
        name: "AI usage",
        icon: BarChart3,
        roles: admin,
        Page: UsagePage,
        count: calling("/ai/notices", AiNotices, ({ unusual, refused }) => unusual.length + refused.length),
      },
      { key: "ai-use", name: "AI usage", icon: BarChart3, roles: ["operator"], Page: SystemUsagePage },
      { key: "ai-requests", name: "AI requests", icon: Logs, roles: admin, Page: RequestsPage },
      { key: "bots", name: "Bots", icon: Bot, roles: admin, Page: BotsPage },
      { key: "bot-chats", name: "Bot chats", icon: MessagesSquare, roles: admin, Page: BotChatsPage },
      { key: "ai-prompts", name: "Prompts", icon: FileText, roles: ["admin", "operator"], Page: PromptsPage },
      {
        key: "approvals",
        name: "Approvals",
        icon: CircleCheck,
        roles: ["admin", "manager"],
        Page: ApprovalsPage,
        count: calling(
          "/ai/approvals",
          Approvals,
          ({ approvals }) => approvals.filter(({ state }) => state === "waiting").length,
        ),
      },
      {
        key: "evaluation",
        name: "Evaluation",
        icon: FlaskConical,
        roles: ["admin", "operator"],
        Page: EvaluationPage,
      },
    ],
  },
  {
    title: "Security",
    pages: [
      { key: "sign-in", name: "Sign-in", icon: KeyRound, roles: admin, Page: ProvidersPage },
      {
        key: "devices",
        name: "Devices and sessions",
        icon: MonitorSmartphone,
        roles: admin,
        Page: DevicesPage,
        count: counted("/devices", Devices, ({ devices }) => devices.length),
      },
      { key: "audit", name: "Audit log", icon: History, roles: ["admin", "operator"], Page: AuditPage },
      {
        key: "health",
        name: "Server health",
        icon: Activity,
        roles: ["admin", "operator"],
        Page: HealthPage,
      },
    ],
  },
  {
    title: "You",
    pages: [
      {
        key: "own-models",
        name: "Your models",
        icon: Brain,
        roles: ["admin", "manager", "agent"],
        Page: OwnModelsPage,
      },
      { key: "account", name: "Your account", icon: CircleUser, roles: everybody, Page: AccountPage },
    ],
  },
];

/** What somebody of this role may open. */
export function pagesOf(role: Role): PageGroup[] {
  return groups
    .map(({ title, pages }) => ({ title, pages: pages.filter(({ roles }) => roles.includes(role)) }))
    .filter(({ pages }) => pages.length > 0);
}

/** The page that the address names; without one, the first for those who administer and their account for the rest. */
export function pageAt(available: readonly PageGroup[], key: string | undefined): ConsolePage {
  const pages = available.flatMap((group) => group.pages);
  const named = pages.find((page) => page.key === key);
  const first = pages[0]?.key === "roles" ? pages.at(-1) : pages[0];
  const page = named ?? first;
  if (!page) throw new Error("nobody is without a page");
  return page;
}
