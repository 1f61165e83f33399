CREATE TABLE "identity_links" (
	"tenant_id" text NOT NULL,
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"user_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "identity_links_tenant_id_issuer_subject_pk" PRIMARY KEY("tenant_id","issuer","subject")
);
--> statement-breakpoint
CREATE TABLE "identity_provider_domains" (
	"tenant_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"domain" text NOT NULL,
	CONSTRAINT "identity_provider_domains_tenant_id_domain_pk" PRIMARY KEY("tenant_id","domain")
);
--> statement-breakpoint
CREATE TABLE "identity_providers" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"issuer" text NOT NULL,
	"client_id" text DEFAULT '' NOT NULL,
	"client_secret" text,
	"key_id" text,
	"joins_as" text,
	"enabled" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "identity_providers_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "provider_sign_ins" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"provider_id" text NOT NULL,
	"state_hash" text NOT NULL,
	"nonce" text NOT NULL,
	"pkce" text NOT NULL,
	"browser_hash" text,
	"desk_hash" text,
	"code" text DEFAULT '' NOT NULL,
	"desk_name" text DEFAULT '' NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"user_id" text,
	"confirm_hash" text,
	"confirmed_at" timestamp (3) with time zone,
	"failure" text,
	CONSTRAINT "provider_sign_ins_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "identity_links" ADD CONSTRAINT "identity_links_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity_links" ADD CONSTRAINT "identity_links_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity_provider_domains" ADD CONSTRAINT "identity_provider_domains_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity_providers" ADD CONSTRAINT "identity_providers_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provider_sign_ins" ADD CONSTRAINT "provider_sign_ins_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "identity_links_person" ON "identity_links" USING btree ("tenant_id","issuer","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "identity_provider_domains_domain" ON "identity_provider_domains" USING btree ("domain");--> statement-breakpoint
CREATE INDEX "identity_provider_domains_provider" ON "identity_provider_domains" USING btree ("tenant_id","provider_id");--> statement-breakpoint
CREATE UNIQUE INDEX "identity_providers_id" ON "identity_providers" USING btree ("id");--> statement-breakpoint
CREATE UNIQUE INDEX "provider_sign_ins_id" ON "provider_sign_ins" USING btree ("id");--> statement-breakpoint
CREATE UNIQUE INDEX "provider_sign_ins_state" ON "provider_sign_ins" USING btree ("state_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "provider_sign_ins_confirm" ON "provider_sign_ins" USING btree ("confirm_hash");--> statement-breakpoint
SELECT ringside_protect('identity_providers'), ringside_protect('identity_provider_domains'),
  ringside_protect('identity_links'), ringside_protect('provider_sign_ins');
