import {
  Building2,
  ChartLine,
  LayoutDashboard,
  ListChecks,
  MessagesSquare,
  Phone,
  SquareKanban,
  Users,
} from "lucide-react";
import type { Directory } from "../client/index.ts";
import type { Place } from "../features/shell/index.ts";

/** The small window above all others: nothing stands around it. */
export const miniPhonePath = "/mini-phone";

/** The rail, top to bottom, in the tenant's words. */
export function placesOf({ term }: Directory, tasksDue: number, chatsWaiting: number): Place[] {
  const name = (word: string) => word.charAt(0).toLocaleUpperCase() + word.slice(1);
  return [
    { to: "/leads", label: name(term("leads")), icon: Users, keys: "g l" },
    { to: "/tasks", label: "Tasks", icon: ListChecks, keys: "g t", badge: tasksDue },
    { to: "/deals", label: name(term("deals")), icon: SquareKanban, keys: "g d" },
    { to: "/calls", label: "Calls", icon: Phone, keys: "g c" },
    {
      to: "/chats",
      label: "Chats",
      icon: MessagesSquare,
      keys: "g v",
      badge: chatsWaiting,
      badgeWord: "waiting",
    },
    { to: "/listings", label: name(term("listings")), icon: Building2, keys: "g p" },
    { to: "/insights", label: "Insights", icon: ChartLine, keys: "g n" },
    { to: "/today", label: "Today", icon: LayoutDashboard, keys: "g h" },
  ];
}
