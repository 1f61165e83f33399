import { connectClient, findPipe, tellZone } from "../client/index.ts";
import { startDesk } from "./start-desk.tsx";

const client = connectClient(findPipe());
startDesk(client);
tellZone(client);
