// Chinese keyboards write full-width digits, letters and signs. The readers of this folder treat them like the usual ones.

/** The text with half-width characters. Each character keeps its position, so that faults can quote the text as written. */
export function halfWidth(text: string): string {
  const lead = 0xff01 - 0x21;
  return text
    .replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - lead))
    .replaceAll('\u3000', ' ');
}
