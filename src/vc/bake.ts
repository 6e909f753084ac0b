// Puts a badge into a picture of our own (OB 3.0 §5.3): once, and never beside another.
import { readBakedPng } from './baked-png.ts';
import { readBakedSvg } from './baked-svg.ts';
import { concat, utf8 } from './bytes.ts';
import { crc32 } from './crc32.ts';
import { VcError } from './errors.ts';

/** Length, type and checksum of the chunk without content that ends a PNG. */
const IEND_BYTES = 12;
const MAX_TEXT = 1_000_000;

/**
 * The same PNG with the badge, JSON or a compact JWS, as its last text (OB 3.0 §5.3.1).
 * @throws VcError `picture-malformed` for what is no PNG to the letter, or holds a badge already
 */
export async function bakePng(png: Uint8Array, badge: string): Promise<Uint8Array> {
  const { baked, trailing } = await readBakedPng(png, MAX_TEXT);
  if (baked.length > 0 || trailing > 0) throw holdsMore();
  // PNG §11.3.3.4: keyword, not compressed, and no language or translated keyword.
  const data = utf8(`iTXtopenbadgecredential\0\0\0\0\0${badge}`);
  const end = png.length - IEND_BYTES;
  return concat(png.subarray(0, end), word(data.length - 4), data, word(crc32(data)), png.subarray(end));
}

/**
 * The same SVG with the badge as the first thing in it (OB 3.0 §5.3.2). Its root has no `>` within an attribute.
 * @throws VcError `picture-malformed` for what is no SVG, or holds a badge already
 */
export function bakeSvg(svg: string, badge: string): string {
  const root = /^<svg\b[^>]*>/.exec(svg)?.[0];
  if (!root || root.endsWith('/>') || readBakedSvg(svg)?.length !== 0) throw holdsMore();
  const open = root.replace(/^<svg/, '<svg xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"');
  return `${open}${elementOf(badge)}${svg.slice(root.length)}`;
}

const JWS = /^[\w-]+\.[\w-]+\.[\w-]+$/;

function elementOf(badge: string): string {
  if (JWS.test(badge)) return `<openbadges:credential verify="${badge}"/>`;
  // Inside a string of JSON an escape says the same; `]]>` would end the section, and XML has no U+FFFE and U+FFFF.
  const json = badge.replaceAll(']]>', ']]\\u003e').replaceAll('\uFFFE', '\\ufffe').replaceAll('\uFFFF', '\\uffff');
  return `<openbadges:credential><![CDATA[${json}]]></openbadges:credential>`;
}

const word = (value: number) => new Uint8Array([value >>> 24, value >>> 16, value >>> 8, value]);

const holdsMore = () => new VcError('picture-malformed', 'Only a whole picture without a badge takes one.');
