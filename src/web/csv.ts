/**
 * One line of a CSV file (RFC 4180). A text that a spreadsheet would take for a formula is led by an apostrophe
 * (OWASP ASVS 1.2.10; threat P6), also behind signs that it skips.
 */
export const csvLine = (cells: readonly (string | number)[]): string => `${cells.map(csvCell).join(',')}\r\n`;

function csvCell(cell: string | number): string {
  const text = String(cell);
  const guarded = /^[\s\u200b\ufeff]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text;
  return `"${guarded.replaceAll('"', '""')}"`;
}
