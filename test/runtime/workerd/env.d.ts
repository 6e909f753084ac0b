declare module 'cloudflare:workers' {
  /** The bindings of wrangler.toml, and the migrations that the test set-up hands in. */
  export const env: {
    DB: import('@cloudflare/workers-types').D1Database;
    FILES: import('@cloudflare/workers-types').R2Bucket;
    TEST_MIGRATIONS: import('cloudflare:test').D1Migration[];
  };
}
