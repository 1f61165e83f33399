-- Who calls: found within the time of a webhook, however many leads there are.
CREATE INDEX leads_phone ON leads (tenant_id, (doc->>'phone')) WHERE NOT deleted AND doc->>'phone' <> '';
--> statement-breakpoint
CREATE INDEX leads_phone_second ON leads (tenant_id, (doc->>'phoneSecond'))
  WHERE NOT deleted AND doc->>'phoneSecond' <> '';
