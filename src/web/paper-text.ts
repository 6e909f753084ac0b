import { withoutHidden } from './visible.tsx';

/** A text on one line of paper. */
export const paperLine = (text: string, most = 400): string =>
  [...withoutHidden(text)].slice(0, most).join('').replace(/\s+/g, ' ');

/** A text of several lines on paper; `rest` stands after one that was cut. */
export function paperText(text: string, most = 6_000, rest = ''): string {
  const letters = [...withoutHidden(text.slice(0, 4 * most))];
  const kept = letters.slice(0, most).join('').replace(/\t/g, ' ').replace(/\r\n?/g, '\n');
  return letters.length > most ? `${kept}…${rest}` : kept;
}
