import { describeShell } from "./shell-contract.ts";
import { fakeElectronUnderTest } from "./electron-desk.ts";

describeShell(fakeElectronUnderTest);
