CREATE TABLE `confirmations` (
	`award_id` text NOT NULL,
	`at` text NOT NULL,
	`identified` text NOT NULL,
	`withdrawn_at` text,
	PRIMARY KEY(`award_id`, `at`),
	FOREIGN KEY (`award_id`) REFERENCES `awards`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `offers` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`achievement_id` text NOT NULL,
	`achievement_version` integer NOT NULL,
	`recipient_key` text NOT NULL,
	`decided_on` text NOT NULL,
	`reference` text NOT NULL,
	`input` text NOT NULL,
	`state` text NOT NULL,
	`made_by` text NOT NULL,
	`batch` text,
	`token` text NOT NULL,
	`links` integer NOT NULL,
	`created_at` text NOT NULL,
	`release_at` text,
	`offered_at` text,
	`lapses_at` text,
	`reminders` integer NOT NULL,
	FOREIGN KEY (`institution_id`) REFERENCES `institutions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`achievement_id`) REFERENCES `achievements`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `offers_token_unique` ON `offers` (`token`);--> statement-breakpoint
CREATE INDEX `offers_recipient` ON `offers` (`recipient_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `offers_once` ON `offers` (`institution_id`,`achievement_id`,`achievement_version`,`recipient_key`,`decided_on`,`reference`);--> statement-breakpoint
CREATE TABLE `replacements` (
	`award_id` text PRIMARY KEY NOT NULL,
	`successor_id` text NOT NULL,
	`kind` text NOT NULL,
	`created_at` text NOT NULL,
	`done_at` text,
	FOREIGN KEY (`award_id`) REFERENCES `awards`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`successor_id`) REFERENCES `awards`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `replacements_successor_id_unique` ON `replacements` (`successor_id`);--> statement-breakpoint
CREATE TABLE `replies` (
	`id` text PRIMARY KEY NOT NULL,
	`award_id` text NOT NULL,
	`words` text,
	`at` text NOT NULL,
	FOREIGN KEY (`award_id`) REFERENCES `awards`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `revocation_requests` (
	`award_id` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`words` text,
	`asked_by` text NOT NULL,
	`asked_at` text NOT NULL,
	FOREIGN KEY (`award_id`) REFERENCES `awards`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `api_key_uses` (
	`key_id` text PRIMARY KEY NOT NULL,
	`used_at` text NOT NULL,
	FOREIGN KEY (`key_id`) REFERENCES `api_keys`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `institution_policies` (
	`institution_id` text PRIMARY KEY NOT NULL,
	`policy` text NOT NULL,
	FOREIGN KEY (`institution_id`) REFERENCES `institutions`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`token_hash` text NOT NULL,
	`address_kind` text NOT NULL,
	`address` text NOT NULL,
	`role` text NOT NULL,
	`achievements` text,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL,
	FOREIGN KEY (`institution_id`) REFERENCES `institutions`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_token_hash_unique` ON `invitations` (`token_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_once` ON `invitations` (`institution_id`,`address_kind`,`address`,`role`);--> statement-breakpoint
CREATE TABLE `members` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`person_id` text NOT NULL,
	`role` text NOT NULL,
	`achievements` text,
	`since` text NOT NULL,
	`ended_at` text,
	FOREIGN KEY (`institution_id`) REFERENCES `institutions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `members_person` ON `members` (`person_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `members_once` ON `members` (`institution_id`,`person_id`,`role`) WHERE ended_at is null;--> statement-breakpoint
CREATE TABLE `identities` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`kind` text NOT NULL,
	`issuer` text NOT NULL,
	`subject` text NOT NULL,
	`label` text NOT NULL,
	`email` text,
	`eppn` text,
	`home` text,
	`name` text,
	`name_source` text,
	`acr` text,
	`assurance` text NOT NULL,
	`links` text NOT NULL,
	`created_at` text NOT NULL,
	`proven_at` text NOT NULL,
	`lapses_at` text,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `identities_subject` ON `identities` (`kind`,`issuer`,`subject`);--> statement-breakpoint
CREATE INDEX `identities_person` ON `identities` (`person_id`);--> statement-breakpoint
CREATE INDEX `identities_email` ON `identities` (`email`);--> statement-breakpoint
CREATE INDEX `identities_eppn` ON `identities` (`eppn`);--> statement-breakpoint
CREATE TABLE `moved_subjects` (
	`issuer` text NOT NULL,
	`before` text NOT NULL,
	`after` text NOT NULL,
	`moved_at` text NOT NULL,
	PRIMARY KEY(`issuer`, `before`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`language` text NOT NULL,
	`created_at` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`identity_id` text NOT NULL,
	`provider` text,
	`device` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`proven_at` text NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `sessions_person` ON `sessions` (`person_id`);--> statement-breakpoint
CREATE TABLE `spent` (
	`key` text PRIMARY KEY NOT NULL,
	`expires_at` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`kind` text NOT NULL,
	`institution` text NOT NULL,
	`letter` text,
	`created_at` text NOT NULL,
	`due_at` text NOT NULL,
	`attempts` integer NOT NULL,
	`sent_at` text,
	`failed_at` text
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_key_unique` ON `outbox` (`key`);--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`sent_at`,`failed_at`,`due_at`);--> statement-breakpoint
CREATE TABLE `outbox_leases` (
	`letter_id` text NOT NULL,
	`attempt` integer NOT NULL,
	`taken_at` text NOT NULL,
	PRIMARY KEY(`letter_id`, `attempt`)
) STRICT;
--> statement-breakpoint
ALTER TABLE `awards` ADD `person_id` text REFERENCES people(id);--> statement-breakpoint
ALTER TABLE `awards` ADD `identified` text;--> statement-breakpoint
CREATE INDEX `awards_person` ON `awards` (`person_id`);--> statement-breakpoint
ALTER TABLE `api_keys` ADD `replaced_by` text;