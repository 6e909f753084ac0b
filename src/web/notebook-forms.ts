import type { Context } from 'hono';
import type { z } from 'zod';
import { type ExperienceInput, experienceInput, type Holder, allPrompts, storeEvidence } from '../portfolio/index.ts';
import type { AppEnv } from '../platform/http.ts';
import type { DomainError } from '../platform/errors.ts';
import { dropBytes, type StoredFile } from '../platform/files.ts';
import { readUpload } from '../platform/upload.ts';
import type { Form } from './form.ts';
import type { EntryForm } from './pages/notebook/entry-form.tsx';

/** A form that brought files: its fields, the files that were kept for it, and why one was not. */
export interface FormWithFiles {
  form: Form;
  files: StoredFile[];
  refused?: DomainError;
}

/** Reads a form of the notebook. Files go to the store while they come in; what is not tied to anything is dropped. */
export async function readFiles(c: Context<AppEnv>, holder: Holder): Promise<FormWithFiles> {
  const { fields, files, refused } = await readUpload(c, file => storeEvidence(c.var.deps, holder, file));
  const tidy = (text: string) => text.replaceAll('\r\n', '\n').trim();
  const form: Form = {
    get: name => tidy(fields.get(name) ?? ''),
    all: name => fields.getAll(name).map(tidy).filter(Boolean),
    has: name => fields.has(name),
  };
  return { form, files, ...(refused ? { refused } : {}) };
}

/** Files that came with a form that cannot be taken. */
export const drop = (c: Context<AppEnv>, files: readonly StoredFile[]): Promise<void> =>
  dropBytes(
    c.var.deps,
    files.map(file => file.id),
  );

/** What a form tells of an experience; its answers are those that it asked for. */
export function entryOf(form: Form, answers: Record<string, string> = {}): z.ZodSafeParseResult<ExperienceInput> {
  return experienceInput.safeParse({
    kind: form.get('kind') || 'informal',
    context: form.get('context') || null,
    title: form.get('title'),
    periodFrom: form.get('periodFrom') || null,
    periodTo: form.get('periodTo') || null,
    story: form.get('story'),
    answers,
  });
}

/** The answers that a form brings, over those that there were. */
export function answersOf(form: Form, before: Record<string, string>): Record<string, string> {
  const sent = allPrompts.filter(prompt => form.has(prompt)).map(prompt => [prompt, form.get(prompt)]);
  return { ...before, ...Object.fromEntries(sent) };
}

/** The form again, with what is not right yet. */
export const filledWith = (form: Form, error?: z.ZodError): EntryForm => ({
  get: name => form.get(name),
  errors: Object.fromEntries((error?.issues ?? []).map(({ path, message }) => [String(path[0]), message])),
});

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id that a page gave to the entry of its form. */
export const idOf = (form: Form): { id?: string } => (uuid.test(form.get('id')) ? { id: form.get('id') } : {});
