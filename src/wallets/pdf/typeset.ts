import type { PDFFont } from '@cantoo/pdf-lib';

/** Breaks text into lines of at most `width` points; a word that is longer is broken where it has to be. */
export type Typeset = (text: string, font: PDFFont, size: number, width: number) => string[];

/** Words are measured once, since the same ones come back and shaping them takes most of the time. */
export function createTypeset(): Typeset {
  const known = new Map<PDFFont, Map<string, number>>();
  const measure = (word: string, font: PDFFont): number => {
    const widths = known.get(font) ?? new Map<string, number>();
    known.set(font, widths);
    const width = widths.get(word) ?? font.widthOfTextAtSize(word, 1);
    widths.set(word, width);
    return width;
  };
  return (text, font, size, width) => {
    const most = width / size;
    const space = measure(' ', font);
    return text.split('\n').flatMap(paragraph => {
      const lines: string[] = [];
      let line = '';
      let used = 0;
      for (const word of paragraph.split(/\s+/).filter(Boolean).flatMap(pieces)) {
        const w = measure(word, font);
        if (line && used + space + w <= most) {
          line += ` ${word}`;
          used += space + w;
          continue;
        }
        if (line) lines.push(line);
        [line, used] = [word, w];
      }
      return [...lines, line];

      function pieces(word: string): string[] {
        if (measure(word, font) <= most) return [word];
        const found: string[] = [];
        let piece = '';
        let length = 0;
        for (const letter of word) {
          const w = measure(letter, font);
          if (piece && length + w > most) {
            found.push(piece);
            [piece, length] = ['', 0];
          }
          piece += letter;
          length += w;
        }
        return [...found, piece];
      }
    });
  };
}
