/** Where carriers ask and report; what follows is the account and the hook. */
export const webhooksPath = "/api/v1/webhooks/twilio";
