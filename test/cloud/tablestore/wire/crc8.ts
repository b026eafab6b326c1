// The checksum of PlainBuffer cells and rows: CRC-8, polynomial x^8 + x^2 + x + 1, starting at 0.

function shifted(byte: number): number {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc & 0x80) === 0 ? crc << 1 : ((crc << 1) ^ 0x07) & 0xff;
  return crc;
}

const TABLE = Uint8Array.from({ length: 256 }, (_, byte) => shifted(byte));

/** The checksum after one more byte. */
export function crc8Byte(crc: number, byte: number): number {
  return TABLE[(crc ^ byte) & 0xff] ?? 0;
}

/** The checksum after more bytes. */
export function crc8(crc: number, bytes: Uint8Array): number {
  let sum = crc;
  for (const byte of bytes) sum = crc8Byte(sum, byte);
  return sum;
}
