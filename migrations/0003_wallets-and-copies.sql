CREATE TABLE `copies` (
	`id` text PRIMARY KEY NOT NULL,
	`award_id` text NOT NULL,
	`format` text NOT NULL,
	`algorithm` text NOT NULL,
	`holder` text NOT NULL,
	`credential_id` text NOT NULL,
	`status_list_id` text NOT NULL,
	`status_index` integer NOT NULL,
	`document` text,
	`verification_method` text,
	`created_at` text NOT NULL,
	`signed_at` text,
	FOREIGN KEY (`award_id`) REFERENCES `awards`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `copies_award` ON `copies` (`award_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `copies_place` ON `copies` (`status_list_id`,`status_index`);--> statement-breakpoint
CREATE TABLE `share_links` (
	`token` text PRIMARY KEY NOT NULL,
	`award_id` text NOT NULL,
	`person_id` text NOT NULL,
	`purpose` text NOT NULL,
	`without` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text,
	`most_uses` integer,
	`withdrawn_at` text,
	FOREIGN KEY (`award_id`) REFERENCES `awards`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `share_links_award` ON `share_links` (`award_id`);--> statement-breakpoint
CREATE TABLE `share_uses` (
	`token` text NOT NULL,
	`seq` integer NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`token`, `seq`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `jose_keys` (
	`institution_id` text NOT NULL,
	`id` text NOT NULL,
	`algorithm` text NOT NULL,
	`public_jwk` text NOT NULL,
	`sealed` text NOT NULL,
	`version` text NOT NULL,
	`state` text NOT NULL,
	`created_at` text NOT NULL,
	`ended_at` text,
	PRIMARY KEY(`institution_id`, `id`),
	FOREIGN KEY (`institution_id`) REFERENCES `institutions`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `jose_keys_one_active` ON `jose_keys` (`institution_id`,`algorithm`) WHERE state = 'active';--> statement-breakpoint
CREATE TABLE `connections` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`client_id` text NOT NULL,
	`scopes` text NOT NULL,
	`created_at` text NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`client_id`) REFERENCES `oauth_clients`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `connections_once` ON `connections` (`person_id`,`client_id`);--> statement-breakpoint
CREATE TABLE `grant_tries` (
	`id` text PRIMARY KEY NOT NULL,
	`grant_id` text NOT NULL,
	`at` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `imported_badges` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`issuer` text NOT NULL,
	`credential_id` text NOT NULL,
	`document` text NOT NULL,
	`media_type` text NOT NULL,
	`source` text NOT NULL,
	`verdict` text NOT NULL,
	`code` text NOT NULL,
	`checked_at` text NOT NULL,
	`created_at` text NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `imported_badges_once` ON `imported_badges` (`person_id`,`issuer`,`credential_id`);--> statement-breakpoint
CREATE TABLE `oauth_clients` (
	`id` text PRIMARY KEY NOT NULL,
	`secret_hash` text NOT NULL,
	`registration` text NOT NULL,
	`created_at` text NOT NULL,
	`used_at` text
) STRICT;
--> statement-breakpoint
CREATE TABLE `wallet_grants` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`person_id` text,
	`award_id` text,
	`institution_id` text,
	`data` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `wallet_grants_person` ON `wallet_grants` (`person_id`);--> statement-breakpoint
CREATE INDEX `wallet_grants_expires` ON `wallet_grants` (`expires_at`);