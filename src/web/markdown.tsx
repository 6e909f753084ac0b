import type { Messages } from './messages.ts';
import { parts, withFewHidden } from './visible.tsx';

/**
 * The Markdown of narratives (OB 3.0), by an allow-list: paragraphs, line breaks, bullet lists, bold, italic, and
 * headings as bold lines. Links, pictures and HTML stay the text that they are: a badge must not put a door on our page.
 */
export function Markdown({ text, t, lang }: { text: string; t: Messages; lang?: string }) {
  return (
    <div class="prose" dir="auto" lang={lang}>
      {blocks(withFewHidden(text)).map(block =>
        block.kind === 'list' ? (
          <ul>
            {block.lines.map(line => (
              <li>{inline(line, t)}</li>
            ))}
          </ul>
        ) : (
          <p>
            {block.lines.map((line, i) => (
              <>
                {i > 0 && <br />}
                {block.kind === 'heading' ? <strong>{parts(line, t)}</strong> : inline(line, t)}
              </>
            ))}
          </p>
        ),
      )}
    </div>
  );
}

interface Block {
  kind: 'paragraph' | 'list' | 'heading';
  lines: string[];
}

// The second form, a star without a space and without a second star, is how people write lists in published badges.
const bullet = /^\s{0,8}(?:[-*+•]\s+(?=\S)|\*(?=[^\s*][^*]*$))(.*)$/;
const heading = /^\s{0,3}#{1,6}\s+(.*)$/;

/** Splits a text into blocks; a line that continues a bullet belongs to it. */
function blocks(text: string): Block[] {
  const out: Block[] = [];
  let open: Block | undefined;
  /** The block that is open when it is of this kind, else a new one. */
  const within = (kind: Block['kind']): Block => {
    if (open?.kind === kind) return open;
    open = { kind, lines: [] };
    out.push(open);
    return open;
  };
  for (const line of text.split(/\r\n?|\n/)) {
    const item = bullet.exec(line);
    const title = heading.exec(line);
    if (!line.trim()) {
      open = undefined;
    } else if (title) {
      out.push({ kind: 'heading', lines: [title[1]!.trim()] });
      open = undefined;
    } else if (item) {
      within('list').lines.push(item[1]!);
    } else if (open?.kind === 'list' && /^\s{2,}/.test(line)) {
      open.lines[open.lines.length - 1] += ` ${line.trim()}`;
    } else {
      within('paragraph').lines.push(line.trim());
    }
  }
  return out;
}

// Every branch stops at the next delimiter, so that no text makes it slow.
const emphasis =
  /\*\*([^*\n]+)\*\*|__([^_\n]+)__|\*([^*\s][^*\n]*)\*|(?<![\p{L}\p{N}])_([^_\s][^_\n]*)_(?![\p{L}\p{N}])/gu;

function inline(line: string, t: Messages) {
  const out: unknown[] = [];
  let at = 0;
  for (const match of line.matchAll(emphasis)) {
    out.push(...parts(line.slice(at, match.index), t));
    const bold = match[1] ?? match[2];
    out.push(bold === undefined ? <em>{parts(match[3] ?? match[4]!, t)}</em> : <strong>{parts(bold, t)}</strong>);
    at = match.index + match[0].length;
  }
  out.push(...parts(line.slice(at), t));
  return out as string[];
}
