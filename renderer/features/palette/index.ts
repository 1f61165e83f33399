export { KeySheet } from "./key-sheet.tsx";
export { Palette } from "./palette.tsx";
