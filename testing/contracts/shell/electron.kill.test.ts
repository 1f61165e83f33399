import { describeShell } from "./shell-contract.ts";
import { fakeElectronUnderTest } from "./electron-desk.ts";
import { realElectronUnderTest } from "./real-electron-desk.ts";

describeShell(fakeElectronUnderTest);
describeShell(realElectronUnderTest);
