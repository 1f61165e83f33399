import { serveTestPage, type TestPage } from "../serve-test-page.ts";

export type SdkPage = TestPage;

/** The page that drives the voice SDK. */
export function serveSdkPage(): Promise<SdkPage> {
  return serveTestPage(import.meta.dirname);
}
