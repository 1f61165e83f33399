CREATE TABLE "listing_pictures" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"listing_id" text NOT NULL,
	"number" integer NOT NULL,
	"mime_type" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"by" text NOT NULL,
	"model" text NOT NULL,
	"request_id" text NOT NULL,
	"drawn_by_id" text NOT NULL,
	"drawn_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "listing_pictures_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "ai_prices" ADD COLUMN "picture" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "ai_requests" ADD COLUMN "pictures" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "ai_requests" ADD COLUMN "picture_price" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "listing_pictures_listing" ON "listing_pictures" USING btree ("tenant_id","listing_id","number");--> statement-breakpoint
-- Pictures cannot be packed: not trying saves half of the time of a write.
ALTER TABLE listing_pictures ALTER COLUMN bytes SET STORAGE EXTERNAL;
--> statement-breakpoint
SELECT ringside_protect('listing_pictures');
