import { AFRelationship, degrees, PDFDocument, type PDFFont, type PDFPage, rgb } from '@cantoo/pdf-lib';
import * as fontkit from 'fontkit';
import type { Fonts } from '../../platform/context.ts';
import type { Code, Mark, Paper, Section } from './paper.ts';
import { createTypeset, type Typeset } from './typeset.ts';

/** A4 in points, and what stays white around it. */
const PAGE = { width: 595.28, height: 841.89 };
const MARGIN = 48;
const WIDTH = PAGE.width - 2 * MARGIN;
const BAND = 148;
const LABELS = 132;
/** Height of the part with the QR codes, at the foot of the first page. */
const CHECK = 188;
const FOOT = 40;

const ink = colour('#1c1b19');
const soft = colour('#5a5650');
const alarm = colour('#8f1d14');
const white = colour('#ffffff');

// Reading the tables of a font takes longer than all else on a page, and they do not change.
const opened = new WeakMap<Uint8Array, fontkit.Font | fontkit.FontCollection>();
const openOnce = {
  create(bytes: Uint8Array) {
    const font = opened.get(bytes) ?? fontkit.create(bytes as never);
    opened.set(bytes, font);
    return font;
  },
};

interface Sheet {
  document: PDFDocument;
  page: PDFPage;
  /** The baseline of what was written last, and how low it may come. */
  y: number;
  lowest: number;
  regular: PDFFont;
  bold: PDFFont;
  typeset: Typeset;
}

/**
 * A badge on paper: PDF, A4, with the badge itself attached as data (ISO 32000-2 §7.11.3). The same paper gives the same
 * bytes. Letters that the fonts lack print as an empty box; the attached badge has them all.
 */
export async function drawPaper(paper: Paper, fonts: Fonts): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false });
  document.registerFontkit(openOnce as never);
  const embed = (font: Uint8Array) => document.embedFont(font, { subset: true });
  const [regular, bold] = [await embed(fonts.regular), await embed(fonts.bold)];
  const page = document.addPage([PAGE.width, PAGE.height]);
  const sheet: Sheet = {
    document,
    page,
    y: 0,
    lowest: FOOT + CHECK,
    regular,
    bold,
    typeset: createTypeset(),
  };
  describe(document, paper);
  drawBand(sheet, paper);
  drawHolder(sheet, paper);
  for (const section of paper.sections) drawSection(sheet, section);
  drawCheck({ ...sheet, page }, paper);
  drawFeet(sheet, paper);
  const { name, type, description, content } = paper.attached;
  await document.attach(content, name, {
    mimeType: type,
    description,
    creationDate: paper.made,
    modificationDate: paper.made,
    afRelationship: AFRelationship.Data,
  });
  return document.save();
}

function describe(document: PDFDocument, { title, holder, issuer, kicker, language, made }: Paper): void {
  document.setTitle(holder ? `${title}, ${holder.label} ${holder.name}` : title, { showInWindowTitleBar: true });
  document.setAuthor(issuer);
  document.setSubject(kicker);
  document.setLanguage(language);
  document.setCreator('Waarmerk');
  document.setProducer('Waarmerk');
  document.setCreationDate(made);
  document.setModificationDate(made);
}

/** The institution's colour over the whole width, with its mark, the title and its name. */
function drawBand(sheet: Sheet, { kicker, title, issuer, mark }: Paper): void {
  const { page, regular, bold, typeset } = sheet;
  const left = MARGIN + 128;
  const width = PAGE.width - left - MARGIN;
  // The largest size in which the title takes three lines at most; beyond that it takes the lines it needs.
  const size = [25, 21, 17].find(size => typeset(title, bold, size, width).length <= 3) ?? 14;
  const titled = typeset(title, bold, size, width);
  const kinds = typeset(kicker, regular, 10.5, width);
  const names = typeset(issuer, regular, 12, width);
  const tall = kinds.length * 15 + titled.length * size * 1.22 + names.length * 16 + 12;
  const height = Math.max(BAND, tall + 40);
  page.drawRectangle({
    x: 0,
    y: PAGE.height - height,
    width: PAGE.width,
    height,
    color: colour(mark.ground),
  });
  drawMark(sheet, mark, MARGIN + 54, PAGE.height - height / 2);
  let y = PAGE.height - (height - tall) / 2;
  const write = (lines: string[], font: PDFFont, size: number, step: number, color = white) => {
    for (const line of lines) page.drawText(line, { x: left, y: (y -= step), size, font, color });
  };
  write(kinds, regular, 10.5, 15, colour(mark.accent));
  y -= 4;
  write(titled, bold, size, size * 1.22);
  y -= 8;
  write(names, regular, 12, 16);
  sheet.y = PAGE.height - height;
}

function drawMark({ page, bold }: Sheet, mark: Mark, x: number, y: number): void {
  const [accent, ground] = [colour(mark.accent), colour(mark.ground)];
  for (const angle of mark.angles) {
    const turn = angle + mark.twist;
    const radians = (turn * Math.PI) / 180;
    page.drawEllipse({
      x: x + mark.away * Math.sin(radians),
      y: y + mark.away * Math.cos(radians),
      xScale: mark.rx,
      yScale: mark.ry,
      rotate: degrees(-turn),
      color: accent,
    });
  }
  page.drawCircle({ x, y, size: mark.outer, color: accent });
  page.drawCircle({ x, y, size: mark.inner, color: ground });
  const width = bold.widthOfTextAtSize(mark.letters, mark.size);
  page.drawText(mark.letters, { x: x - width / 2, y: y - mark.drop, size: mark.size, font: bold, color: white });
}

function drawHolder(sheet: Sheet, { holder, notice }: Paper): void {
  sheet.y -= 12;
  if (notice) {
    sheet.y -= 6;
    writeLines(sheet, notice, { font: sheet.bold, size: 11, color: alarm });
  }
  if (!holder) return;
  sheet.y -= 8;
  writeLines(sheet, holder.label, { size: 11, color: soft });
  writeLines(sheet, holder.name, { font: sheet.bold, size: 21 });
}

function drawSection(sheet: Sheet, { heading, facts }: Section): void {
  sheet.y -= 14;
  makeRoom(sheet, 44);
  writeLines(sheet, heading, { font: sheet.bold, size: 12 });
  sheet.y -= 1;
  for (const { label, text } of facts) {
    sheet.y -= 2;
    if (label === undefined) {
      writeLines(sheet, text, {});
      continue;
    }
    const labels = sheet.typeset(label, sheet.regular, 9.5, LABELS - 12);
    makeRoom(sheet, labels.length * 13.5);
    const { page, y } = sheet;
    labels.forEach((line, i) =>
      page.drawText(line, { x: MARGIN, y: y - 13.5 * (i + 1), size: 9.5, font: sheet.regular, color: soft }),
    );
    writeLines(sheet, text, { x: MARGIN + LABELS });
    // A long label of a short text takes room too.
    if (sheet.page === page) sheet.y = Math.min(sheet.y, y - 13.5 * labels.length);
  }
}

interface Writing {
  font?: PDFFont;
  size?: number;
  color?: ReturnType<typeof rgb>;
  x?: number;
}

function writeLines(sheet: Sheet, text: string, writing: Writing): void {
  const { font = sheet.regular, size = 9.5, color = ink, x = MARGIN } = writing;
  const step = size * 1.42;
  for (const line of sheet.typeset(text, font, size, PAGE.width - MARGIN - x)) {
    makeRoom(sheet, step);
    sheet.y -= step;
    if (line) sheet.page.drawText(line, { x, y: sheet.y, size, font, color });
  }
}

/** What no longer fits goes on at the top of a next page, which has room down to its foot. */
function makeRoom(sheet: Sheet, height: number): void {
  if (sheet.y - height >= sheet.lowest) return;
  sheet.page = sheet.document.addPage([PAGE.width, PAGE.height]);
  sheet.y = PAGE.height - MARGIN;
  sheet.lowest = FOOT + 24;
}

/**
 * The QR code, one path so that no hairlines run through it, beside what it is for; and a denser one at the right, half a
 * millimetre or so for each module.
 */
function drawCheck(sheet: Sheet, { check, mark }: Paper): void {
  const { page, regular, bold, typeset } = sheet;
  const [side, denseSide] = check.dense ? [92, 122] : [104, 0];
  const top = FOOT + CHECK - 16;
  page.drawLine({
    start: { x: MARGIN, y: top + 8 },
    end: { x: MARGIN + WIDTH, y: top + 8 },
    thickness: 1.2,
    color: colour(mark.ground),
  });
  const drawCode = ({ path, size }: Code, x: number, y: number, side: number) =>
    page.drawSvgPath(path, { x, y, scale: side / size, color: colour('#000000') });
  drawCode(check.qr, MARGIN, top - 2, side);
  const x = MARGIN + side + 20;
  let y = top - 12;
  page.drawText(check.heading, { x, y, size: 12, font: bold, color: ink });
  const write = (text: string, font: PDFFont, width: number) => {
    y -= 3;
    for (const line of typeset(text, font, 8.5, width))
      page.drawText(line, { x, y: (y -= 11.5), size: 8.5, font, color: ink });
  };
  const width = PAGE.width - MARGIN - x;
  write(check.address, bold, width);
  if (check.dense) drawCode(check.dense, PAGE.width - MARGIN - denseSide, y - 8, denseSide);
  for (const line of check.lines) write(line, regular, width - (check.dense ? denseSide + 20 : 0));
}

function drawFeet({ document, regular }: Sheet, { pageOf, title }: Paper): void {
  const pages = document.getPages();
  const short = [...title].length > 70 ? `${[...title].slice(0, 69).join('')}…` : title;
  pages.forEach((page, i) => {
    const text = `${short.replace(/\s+/g, ' ')} · ${pageOf(i + 1, pages.length)}`;
    page.drawText(text, { x: MARGIN, y: 26, size: 8, font: regular, color: soft });
  });
}

function colour(hex: string) {
  const part = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return rgb(part(1), part(3), part(5));
}
