CREATE TABLE `trust_entries` (
	`list_id` text NOT NULL,
	`position` integer NOT NULL,
	`issuer` text,
	`domain` text,
	`name` text NOT NULL,
	`since` text,
	`until` text,
	`suspended_at` text,
	PRIMARY KEY(`list_id`, `position`),
	FOREIGN KEY (`list_id`) REFERENCES `trust_lists`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `trust_entries_issuer` ON `trust_entries` (`issuer`);--> statement-breakpoint
CREATE INDEX `trust_entries_domain` ON `trust_entries` (`domain`);--> statement-breakpoint
CREATE TABLE `trust_lists` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`owner` text NOT NULL,
	`url` text,
	`imported_at` text NOT NULL
) STRICT;
