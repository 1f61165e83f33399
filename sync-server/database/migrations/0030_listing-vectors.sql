CREATE TABLE "listing_vectors" (
	"tenant_id" text NOT NULL,
	"listing_id" text NOT NULL,
	"rev" integer NOT NULL,
	"hash" text NOT NULL,
	"space" text NOT NULL,
	"size" integer NOT NULL,
	"coordinates" real[] NOT NULL,
	CONSTRAINT "listing_vectors_tenant_id_listing_id_pk" PRIMARY KEY("tenant_id","listing_id")
);
--> statement-breakpoint
-- Floating numbers cannot be packed: not trying saves half of the time of a write.
ALTER TABLE listing_vectors ALTER COLUMN coordinates SET STORAGE EXTERNAL;
--> statement-breakpoint
SELECT ringside_protect('listing_vectors');
