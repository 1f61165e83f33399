/** Colours of a title card. `ink`, `accent` and `quiet` are read on `paper`: 4.5:1 at least. */
export type CardLook = Record<"paper" | "ink" | "quiet" | "accent" | "wall" | "pane" | "lit", string>;

export const cardLooks: readonly CardLook[] = [
  { paper: "#f4f1ea", ink: "#22201c", quiet: "#6b655b", accent: "#3a4fc4", wall: "#d9d3c7", pane: "#b9b1a2", lit: "#fdf6df" }, // prettier-ignore
  { paper: "#1f2a37", ink: "#f3efe6", quiet: "#a9b1bb", accent: "#e3b778", wall: "#33445a", pane: "#25344a", lit: "#f6dfa6" }, // prettier-ignore
  { paper: "#eef2ec", ink: "#1d261f", quiet: "#5d685f", accent: "#2f6b4a", wall: "#cbd6cb", pane: "#a6b5a8", lit: "#fbf8e6" }, // prettier-ignore
  { paper: "#f6ece6", ink: "#2b1d18", quiet: "#75625a", accent: "#a2452f", wall: "#e3cdc1", pane: "#c9aa9a", lit: "#fff5e3" }, // prettier-ignore
  { paper: "#e9eff4", ink: "#17222c", quiet: "#566571", accent: "#1f5f86", wall: "#c4d3df", pane: "#9fb4c4", lit: "#fdf9ea" }, // prettier-ignore
  { paper: "#2a2430", ink: "#f4eef3", quiet: "#b3a9b6", accent: "#e0a4b4", wall: "#41384a", pane: "#322a3a", lit: "#f7e2b8" }, // prettier-ignore
];
