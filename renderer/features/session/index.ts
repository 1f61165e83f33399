export { AvatarMenu } from "./avatar-menu.tsx";
export { SessionGate } from "./session-gate.tsx";
export { SignOutButton } from "./sign-out-button.tsx";
