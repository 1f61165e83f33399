export { AvatarMenu } from "./avatar-menu.tsx";
export { SessionGate } from "./session-gate.tsx";
