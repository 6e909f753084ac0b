CREATE TABLE `achievement_drafts` (
	`achievement_id` text PRIMARY KEY NOT NULL,
	`content` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`achievement_id`) REFERENCES `achievements`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `achievement_versions` (
	`achievement_id` text NOT NULL,
	`version` integer NOT NULL,
	`content` text NOT NULL,
	`published_at` text NOT NULL,
	PRIMARY KEY(`achievement_id`, `version`),
	FOREIGN KEY (`achievement_id`) REFERENCES `achievements`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `achievements` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`import_digest` text,
	`created_at` text NOT NULL,
	FOREIGN KEY (`institution_id`) REFERENCES `institutions`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `achievements_import` ON `achievements` (`institution_id`,`import_digest`);--> statement-breakpoint
CREATE TABLE `award_changes` (
	`award_id` text NOT NULL,
	`seq` integer NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`words` text,
	`at` text NOT NULL,
	PRIMARY KEY(`award_id`, `seq`),
	FOREIGN KEY (`award_id`) REFERENCES `awards`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `awards` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`achievement_id` text NOT NULL,
	`achievement_version` integer NOT NULL,
	`recipient_key` text NOT NULL,
	`decided_on` text NOT NULL,
	`reference` text NOT NULL,
	`input` text NOT NULL,
	`state` text NOT NULL,
	`changes` integer NOT NULL,
	`credential_id` text NOT NULL,
	`subject_id` text NOT NULL,
	`status_list_id` text NOT NULL,
	`status_index` integer NOT NULL,
	`created_at` text NOT NULL,
	FOREIGN KEY (`institution_id`) REFERENCES `institutions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`achievement_id`) REFERENCES `achievements`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `awards_credential_id_unique` ON `awards` (`credential_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `awards_once` ON `awards` (`institution_id`,`achievement_id`,`achievement_version`,`recipient_key`,`decided_on`,`reference`);--> statement-breakpoint
CREATE TABLE `claims` (
	`token` text PRIMARY KEY NOT NULL,
	`award_id` text NOT NULL,
	`created_at` text NOT NULL,
	FOREIGN KEY (`award_id`) REFERENCES `awards`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `claims_award_id_unique` ON `claims` (`award_id`);--> statement-breakpoint
CREATE TABLE `credentials` (
	`award_id` text NOT NULL,
	`format` text NOT NULL,
	`document` text NOT NULL,
	`verification_method` text NOT NULL,
	`signed_at` text NOT NULL,
	PRIMARY KEY(`award_id`, `format`),
	FOREIGN KEY (`award_id`) REFERENCES `awards`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `shares` (
	`token` text PRIMARY KEY NOT NULL,
	`award_id` text NOT NULL,
	`created_at` text NOT NULL,
	FOREIGN KEY (`award_id`) REFERENCES `awards`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `shares_award_id_unique` ON `shares` (`award_id`);--> statement-breakpoint
CREATE TABLE `status_entries` (
	`list_id` text NOT NULL,
	`list_index` integer NOT NULL,
	`award_id` text NOT NULL,
	PRIMARY KEY(`list_id`, `list_index`),
	FOREIGN KEY (`list_id`) REFERENCES `status_lists`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `status_list_versions` (
	`list_id` text NOT NULL,
	`version` integer NOT NULL,
	`document` text NOT NULL,
	`verification_method` text NOT NULL,
	`valid_from` text NOT NULL,
	`valid_until` text NOT NULL,
	`bits_set` integer NOT NULL,
	PRIMARY KEY(`list_id`, `version`),
	FOREIGN KEY (`list_id`) REFERENCES `status_lists`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `status_lists` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`purpose` text NOT NULL,
	`ordinal` integer NOT NULL,
	`permutation_key` text NOT NULL,
	`next` integer NOT NULL,
	`created_at` text NOT NULL,
	FOREIGN KEY (`institution_id`) REFERENCES `institutions`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `status_lists_ordinal` ON `status_lists` (`institution_id`,`purpose`,`ordinal`);--> statement-breakpoint
CREATE TABLE `api_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`role` text NOT NULL,
	`label` text,
	`secret_hash` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text,
	`revoked_at` text,
	FOREIGN KEY (`institution_id`) REFERENCES `institutions`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `institution_keys` (
	`institution_id` text NOT NULL,
	`id` text NOT NULL,
	`public_key_multibase` text NOT NULL,
	`sealed` text NOT NULL,
	`version` text NOT NULL,
	`state` text NOT NULL,
	`created_at` text NOT NULL,
	`ended_at` text,
	PRIMARY KEY(`institution_id`, `id`),
	FOREIGN KEY (`institution_id`) REFERENCES `institutions`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `institution_keys_public_key_multibase_unique` ON `institution_keys` (`public_key_multibase`);--> statement-breakpoint
CREATE UNIQUE INDEX `institution_keys_one_active` ON `institution_keys` (`institution_id`) WHERE state = 'active';--> statement-breakpoint
CREATE TABLE `institutions` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`profile` text NOT NULL,
	`created_at` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `institutions_slug_unique` ON `institutions` (`slug`);--> statement-breakpoint
CREATE TABLE `audit_heads` (
	`institution` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`hash` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `audit_log` (
	`institution` text NOT NULL,
	`seq` integer NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`subject` text NOT NULL,
	`digest` text NOT NULL,
	`previous` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`institution`, `seq`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`institution` text NOT NULL,
	`key` text NOT NULL,
	`request` text NOT NULL,
	`subject` text,
	`status` integer,
	`body` text,
	`created_at` text NOT NULL,
	PRIMARY KEY(`institution`, `key`)
) STRICT;
