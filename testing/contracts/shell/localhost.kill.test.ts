import { describeShell } from "./shell-contract.ts";
import { localhostUnderTest } from "./localhost-desk.ts";

describeShell(localhostUnderTest);
