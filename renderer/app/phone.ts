import { connectClient, findPipe } from "../client/index.ts";
import { startPhoneWindow } from "../features/phone/index.ts";
import "./phone.css";

void startPhoneWindow(connectClient(findPipe()));
