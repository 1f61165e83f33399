export {
  openAiAccountRecords,
  operator,
  type AccountFields,
  type AiAccount,
  type AiAccountRecords,
  type Owned,
  type Owner,
  type SealedAccount,
} from "./account-records.ts";
