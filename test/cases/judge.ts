// Hands something to a service over HTTP, as a program would, and tells what came of it.
import type { Handed } from './inputs.ts';

export type Send = (
  path: string,
  init: { headers: Record<string, string>; body: Uint8Array<ArrayBuffer> },
) => Promise<{
  status: number;
  json(): Promise<unknown>;
}>;

/**
 * What is compared between runtimes: the verdict and each check, or the refusal; and nothing that is about this moment.
 */
export type Judged = { verdict: string; code: string; checks: string[] };

export async function judge(send: Send, handed: Handed): Promise<Judged> {
  const response = await send('/api/v1/verifications', await bodyOf(handed));
  const answer = (await response.json()) as {
    verdict?: string;
    code: string;
    kind?: string;
    checks?: { id: string; outcome: string; code: string }[];
  };
  const { verdict = String(response.status), code, kind, checks = [] } = answer;
  return {
    verdict,
    code: kind ? `${code} ${kind}` : code,
    checks: checks.map(({ id, outcome, code: of }) => `${id} ${outcome} ${of}`),
  };
}

async function bodyOf(handed: Handed) {
  if (!('file' in handed)) {
    const body = new TextEncoder().encode(JSON.stringify(handed));
    return { headers: { 'content-type': 'application/json' }, body };
  }
  const form = new FormData();
  form.set('file', new File([handed.file as Uint8Array<ArrayBuffer>], 'badge'));
  const request = new Request('https://form.example/', { method: 'POST', body: form });
  return {
    headers: { 'content-type': request.headers.get('content-type')! },
    body: new Uint8Array(await request.arrayBuffer()),
  };
}
