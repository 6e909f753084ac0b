import type { Deps } from '../../src/platform/context.ts';

/** Keys that were opened stay so for a while; under another copy of what opens them they are opened anew. */
export function openAnew({ deps }: { deps: Deps }): void {
  deps.config.keyEncryptionKey = deps.config.keyEncryptionKey.slice();
}
