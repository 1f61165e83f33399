export { NoneYet } from "./none-yet.tsx";
export { OfflineBadge } from "./offline-badge.tsx";
export type { OpenRecord } from "./open-record.ts";
export { PresenceMenu } from "./presence-menu.tsx";
export { SyncStatusItem } from "./sync-status-item.tsx";
