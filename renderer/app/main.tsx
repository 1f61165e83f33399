import { connectClient, findPipe } from "../client/index.ts";
import { startDesk } from "./start-desk.tsx";

startDesk(connectClient(findPipe()));
