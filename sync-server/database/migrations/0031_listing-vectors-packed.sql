ALTER TABLE "listing_vectors" ALTER COLUMN "coordinates" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "listing_vectors" ADD COLUMN "packed" "bytea";--> statement-breakpoint
ALTER TABLE listing_vectors ALTER COLUMN packed SET STORAGE EXTERNAL;
