export { NoneYet } from "./none-yet.tsx";
export { OfflineBadge } from "./offline-badge.tsx";
export type { OpenRecord } from "./open-record.ts";
export { PresenceDot } from "./presence-dot.tsx";
export { PresenceMenu } from "./presence-menu.tsx";
export { presenceText, sortColleagues } from "./presence-words.ts";
export { offlineWords } from "./sync-words.ts";
export { SyncStatusItem } from "./sync-status-item.tsx";
