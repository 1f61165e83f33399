import type { LeadListModel } from "../model/use-lead-list.ts";

export function LeadBoard({ list }: { list: LeadListModel }) {
  return <div>{list.view.name}</div>;
}
