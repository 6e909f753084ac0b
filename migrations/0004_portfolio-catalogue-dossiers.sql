CREATE TABLE `catalogue_imports` (
	`id` text PRIMARY KEY NOT NULL,
	`owner` text NOT NULL,
	`kind` text NOT NULL,
	`source` text NOT NULL,
	`file_id` text,
	`summary` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`done_at` text
) STRICT;
--> statement-breakpoint
CREATE TABLE `frameworks` (
	`id` text PRIMARY KEY NOT NULL,
	`owner` text NOT NULL,
	`kind` text NOT NULL,
	`source` text NOT NULL,
	`uri` text NOT NULL,
	`version` text,
	`names` text NOT NULL,
	`shared` integer NOT NULL,
	`created_at` text NOT NULL,
	`changed_at` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `frameworks_uri` ON `frameworks` (`owner`,`uri`);--> statement-breakpoint
CREATE TABLE `outcome_links` (
	`from_id` text NOT NULL,
	`to_id` text NOT NULL,
	`kind` text NOT NULL,
	PRIMARY KEY(`from_id`, `to_id`, `kind`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `outcome_links_to` ON `outcome_links` (`to_id`);--> statement-breakpoint
CREATE TABLE `outcomes` (
	`id` text PRIMARY KEY NOT NULL,
	`framework_id` text NOT NULL,
	`uri` text NOT NULL,
	`kind` text NOT NULL,
	`code` text,
	`level` text,
	`words` text NOT NULL,
	`search` text NOT NULL,
	`digest` text NOT NULL,
	`changed_at` text NOT NULL,
	`retired_at` text,
	FOREIGN KEY (`framework_id`) REFERENCES `frameworks`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `outcomes_uri` ON `outcomes` (`framework_id`,`uri`);--> statement-breakpoint
CREATE TABLE `unit_versions` (
	`unit_id` text NOT NULL,
	`version` integer NOT NULL,
	`content` text NOT NULL,
	`established_by` text NOT NULL,
	`published_at` text NOT NULL,
	PRIMARY KEY(`unit_id`, `version`),
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `units` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`draft` text,
	`created_at` text NOT NULL,
	FOREIGN KEY (`institution_id`) REFERENCES `institutions`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `endorsements` (
	`id` text PRIMARY KEY NOT NULL,
	`subject_kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`document` text NOT NULL,
	`person_id` text,
	`created_at` text NOT NULL,
	`accepted_at` text,
	`withdrawn_at` text,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `endorsements_subject` ON `endorsements` (`subject_kind`,`subject_id`);--> statement-breakpoint
CREATE INDEX `endorsements_person` ON `endorsements` (`person_id`);--> statement-breakpoint
CREATE TABLE `decision_documents` (
	`dossier_id` text NOT NULL,
	`decision` integer NOT NULL,
	`document` text NOT NULL,
	`created_at` text NOT NULL,
	PRIMARY KEY(`dossier_id`, `decision`),
	FOREIGN KEY (`dossier_id`) REFERENCES `dossiers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `dossier_arrivals` (
	`invitation_id` text NOT NULL,
	`person_id` text NOT NULL,
	`dossier_id` text NOT NULL,
	PRIMARY KEY(`invitation_id`, `person_id`),
	FOREIGN KEY (`invitation_id`) REFERENCES `dossier_invitations`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `dossier_arrivals_dossier` ON `dossier_arrivals` (`dossier_id`);--> statement-breakpoint
CREATE TABLE `dossier_awards` (
	`dossier_id` text NOT NULL,
	`decision` integer NOT NULL,
	`achievement_id` text NOT NULL,
	`award_id` text,
	`created_at` text NOT NULL,
	PRIMARY KEY(`dossier_id`, `decision`, `achievement_id`),
	FOREIGN KEY (`dossier_id`) REFERENCES `dossiers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`achievement_id`) REFERENCES `achievements`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `dossier_awards_award_id_unique` ON `dossier_awards` (`award_id`);--> statement-breakpoint
CREATE TABLE `dossier_events` (
	`dossier_id` text NOT NULL,
	`seq` integer NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`role` text NOT NULL,
	`type` text NOT NULL,
	`data` text NOT NULL,
	`words_hash` text,
	`previous` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`dossier_id`, `seq`),
	FOREIGN KEY (`dossier_id`) REFERENCES `dossiers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `dossier_invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`achievement_id` text,
	`name` text NOT NULL,
	`places` integer NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`ended_at` text,
	FOREIGN KEY (`institution_id`) REFERENCES `institutions`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `dossier_invitations_institution` ON `dossier_invitations` (`institution_id`);--> statement-breakpoint
CREATE TABLE `dossier_outcomes` (
	`dossier_id` text PRIMARY KEY NOT NULL,
	`asked_at` text NOT NULL,
	`answer` text,
	`answered_at` text,
	FOREIGN KEY (`dossier_id`) REFERENCES `dossiers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `dossier_partners` (
	`id` text PRIMARY KEY NOT NULL,
	`dossier_id` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`token_hash` text NOT NULL,
	`person_id` text,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`ended_at` text,
	FOREIGN KEY (`dossier_id`) REFERENCES `dossiers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `dossier_partners_token_hash_unique` ON `dossier_partners` (`token_hash`);--> statement-breakpoint
CREATE INDEX `dossier_partners_dossier` ON `dossier_partners` (`dossier_id`);--> statement-breakpoint
CREATE INDEX `dossier_partners_person` ON `dossier_partners` (`person_id`);--> statement-breakpoint
CREATE TABLE `dossier_samples` (
	`dossier_id` text PRIMARY KEY NOT NULL,
	`why` text NOT NULL,
	`assessor_id` text NOT NULL,
	`drawn_at` text NOT NULL,
	`done_at` text,
	`reading` text,
	FOREIGN KEY (`dossier_id`) REFERENCES `dossiers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `dossier_shares` (
	`dossier_id` text NOT NULL,
	`experience_id` text NOT NULL,
	`partners` integer NOT NULL,
	`shared_at` text NOT NULL,
	PRIMARY KEY(`dossier_id`, `experience_id`),
	FOREIGN KEY (`dossier_id`) REFERENCES `dossiers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `dossier_staff` (
	`id` text PRIMARY KEY NOT NULL,
	`dossier_id` text NOT NULL,
	`person_id` text NOT NULL,
	`role` text NOT NULL,
	`since` text NOT NULL,
	`ended_at` text,
	FOREIGN KEY (`dossier_id`) REFERENCES `dossiers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `dossier_staff_dossier` ON `dossier_staff` (`dossier_id`);--> statement-breakpoint
CREATE INDEX `dossier_staff_person` ON `dossier_staff` (`person_id`);--> statement-breakpoint
CREATE TABLE `dossier_words` (
	`dossier_id` text NOT NULL,
	`seq` integer NOT NULL,
	`salt` text NOT NULL,
	`words` text NOT NULL,
	PRIMARY KEY(`dossier_id`, `seq`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `dossiers` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`person_id` text,
	`previous_id` text,
	`cycle` integer NOT NULL,
	`state` text NOT NULL,
	`phase` text NOT NULL,
	`turn` text NOT NULL,
	`due_at` text,
	`created_at` text NOT NULL,
	`turn_at` text NOT NULL,
	`closed_at` text,
	FOREIGN KEY (`institution_id`) REFERENCES `institutions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `dossiers_institution` ON `dossiers` (`institution_id`,`turn`);--> statement-breakpoint
CREATE INDEX `dossiers_person` ON `dossiers` (`person_id`);--> statement-breakpoint
CREATE TABLE `plan_lines` (
	`id` text PRIMARY KEY NOT NULL,
	`dossier_id` text NOT NULL,
	`position` integer NOT NULL,
	`words` text NOT NULL,
	`owner` text NOT NULL,
	`offer_url` text,
	`achievement_id` text,
	`next_on` text,
	`answers` text NOT NULL,
	`confirmed` text NOT NULL,
	`taken` integer NOT NULL,
	`created_at` text NOT NULL,
	FOREIGN KEY (`dossier_id`) REFERENCES `dossiers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `plan_lines_dossier` ON `plan_lines` (`dossier_id`);--> statement-breakpoint
CREATE TABLE `question_templates` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`words` text NOT NULL,
	`created_at` text NOT NULL,
	FOREIGN KEY (`institution_id`) REFERENCES `institutions`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `service_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`public_key_multibase` text NOT NULL,
	`sealed` text NOT NULL,
	`version` text NOT NULL,
	`state` text NOT NULL,
	`created_at` text NOT NULL,
	`ended_at` text
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `service_keys_public_key_multibase_unique` ON `service_keys` (`public_key_multibase`);--> statement-breakpoint
CREATE TABLE `files` (
	`id` text PRIMARY KEY NOT NULL,
	`scope` text NOT NULL,
	`name` text NOT NULL,
	`media_type` text NOT NULL,
	`size` integer NOT NULL,
	`sha256` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text
) STRICT;
--> statement-breakpoint
CREATE INDEX `files_scope` ON `files` (`scope`);--> statement-breakpoint
CREATE INDEX `files_expires` ON `files` (`expires_at`);--> statement-breakpoint
CREATE TABLE `evidence` (
	`id` text PRIMARY KEY NOT NULL,
	`experience_id` text NOT NULL,
	`use` text NOT NULL,
	`title` text NOT NULL,
	`url` text,
	`file_id` text,
	`created_at` text NOT NULL,
	FOREIGN KEY (`experience_id`) REFERENCES `experiences`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`file_id`) REFERENCES `files`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `evidence_experience` ON `evidence` (`experience_id`);--> statement-breakpoint
CREATE TABLE `experiences` (
	`id` text PRIMARY KEY NOT NULL,
	`portfolio_id` text NOT NULL,
	`kind` text NOT NULL,
	`context` text,
	`title` text NOT NULL,
	`period_from` text,
	`period_to` text,
	`story` text NOT NULL,
	`answers` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`changed_at` text NOT NULL,
	FOREIGN KEY (`portfolio_id`) REFERENCES `portfolios`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `experiences_portfolio` ON `experiences` (`portfolio_id`);--> statement-breakpoint
CREATE TABLE `goals` (
	`id` text PRIMARY KEY NOT NULL,
	`portfolio_id` text NOT NULL,
	`achievement_id` text,
	`words` text NOT NULL,
	`created_at` text NOT NULL,
	FOREIGN KEY (`portfolio_id`) REFERENCES `portfolios`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `goals_once` ON `goals` (`portfolio_id`,`achievement_id`);--> statement-breakpoint
CREATE TABLE `portfolio_access` (
	`id` text PRIMARY KEY NOT NULL,
	`portfolio_id` text NOT NULL,
	`kind` text NOT NULL,
	`label` text NOT NULL,
	`experiences` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL,
	FOREIGN KEY (`portfolio_id`) REFERENCES `portfolios`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `portfolio_access_portfolio` ON `portfolio_access` (`portfolio_id`);--> statement-breakpoint
CREATE TABLE `portfolio_groups` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`institution_id` text NOT NULL,
	`name` text NOT NULL,
	`goal` text,
	`language` text NOT NULL,
	`begun` integer NOT NULL,
	`created_at` text NOT NULL,
	`ends_at` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `portfolio_groups_code_unique` ON `portfolio_groups` (`code`);--> statement-breakpoint
CREATE TABLE `portfolios` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text,
	`code_hash` text,
	`expires_at` text,
	`language` text NOT NULL,
	`goal` text,
	`help` text NOT NULL,
	`standard` text NOT NULL,
	`group_id` text,
	`created_at` text NOT NULL,
	`changed_at` text NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `portfolios_person_id_unique` ON `portfolios` (`person_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `portfolios_code_hash_unique` ON `portfolios` (`code_hash`);--> statement-breakpoint
CREATE INDEX `portfolios_expires` ON `portfolios` (`expires_at`);--> statement-breakpoint
CREATE TABLE `reference_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`portfolio_id` text NOT NULL,
	`experience_id` text,
	`name` text NOT NULL,
	`relation` text NOT NULL,
	`message` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL,
	FOREIGN KEY (`portfolio_id`) REFERENCES `portfolios`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`experience_id`) REFERENCES `experiences`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `reference_requests_portfolio` ON `reference_requests` (`portfolio_id`);--> statement-breakpoint
CREATE TABLE `reference_answers` (
	`id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`portfolio_id` text NOT NULL,
	`experience_id` text,
	`name` text NOT NULL,
	`relation` text NOT NULL,
	`words` text NOT NULL,
	`answers` text NOT NULL,
	`file_id` text,
	`standing` text NOT NULL,
	`person_id` text,
	`document` text,
	`created_at` text NOT NULL,
	`changed_at` text NOT NULL,
	FOREIGN KEY (`portfolio_id`) REFERENCES `portfolios`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`experience_id`) REFERENCES `experiences`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`file_id`) REFERENCES `files`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `reference_answers_request_id_unique` ON `reference_answers` (`request_id`);--> statement-breakpoint
CREATE INDEX `reference_answers_portfolio` ON `reference_answers` (`portfolio_id`);--> statement-breakpoint
CREATE INDEX `reference_answers_person` ON `reference_answers` (`person_id`);--> statement-breakpoint
CREATE TABLE `self_assessments` (
	`portfolio_id` text NOT NULL,
	`outcome_id` text NOT NULL,
	`scale` text NOT NULL,
	`experiences` text NOT NULL,
	`changed_at` text NOT NULL,
	PRIMARY KEY(`portfolio_id`, `outcome_id`),
	FOREIGN KEY (`portfolio_id`) REFERENCES `portfolios`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `check_counts` (
	`day` text NOT NULL,
	`verdict` text NOT NULL,
	`code` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`day`, `verdict`, `code`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `verification_batches` (
	`id` text PRIMARY KEY NOT NULL,
	`language` text NOT NULL,
	`as_of` text,
	`total` integer NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`report` text
) STRICT;
--> statement-breakpoint
CREATE TABLE `verification_rows` (
	`batch_id` text NOT NULL,
	`seq` integer NOT NULL,
	`name` text NOT NULL,
	`input` text,
	`input_kind` text NOT NULL,
	`verdict` text,
	`code` text,
	`duplicate_of` integer,
	`result` text,
	`done_at` text,
	PRIMARY KEY(`batch_id`, `seq`),
	FOREIGN KEY (`batch_id`) REFERENCES `verification_batches`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
ALTER TABLE `achievement_versions` ADD `established_by` text;--> statement-breakpoint
ALTER TABLE `achievements` ADD `source` text;