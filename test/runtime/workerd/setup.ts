import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';

await applyD1Migrations((env as never as { DB: never }).DB, (env as never as { TEST_MIGRATIONS: never }).TEST_MIGRATIONS);
