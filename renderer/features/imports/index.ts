export { ImportScreen, readImportSearch } from "./import-screen.tsx";
