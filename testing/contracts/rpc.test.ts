import { describeRpc } from "./rpc-contract.ts";
import { portTransport, socketTransport } from "./rpc-transports.ts";

describeRpc(portTransport());
describeRpc(socketTransport());
