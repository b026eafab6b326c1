// Reads little-endian numbers and bytes, and never past the end.
import { parameterInvalid } from '../core/ots-errors.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A position in a buffer that moves with every read. A read past the end throws OTSParameterInvalid. */
export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The next byte, or undefined at the end. */
  peek(): number | undefined {
    return this.#bytes[this.#at];
  }

  byte(): number {
    return this.#bytes.readUInt8(this.#take(1));
  }

  int32(): number {
    return this.#bytes.readInt32LE(this.#take(4));
  }

  int64(): bigint {
    return this.#bytes.readBigInt64LE(this.#take(8));
  }

  double(): number {
    return this.#bytes.readDoubleLE(this.#take(8));
  }

  /** A copy of the next bytes. */
  bytes(length: number): Buffer {
    const at = this.#take(length);
    return Buffer.from(this.#bytes.subarray(at, at + length));
  }

  string(length: number): string {
    const bytes = this.bytes(length);
    try {
      return utf8.decode(bytes);
    } catch {
      throw parameterInvalid(`Cell data broken, wrong string format, size: ${length}.`);
    }
  }

  /** The bytes from an earlier position to the current one, for checksums. */
  since(position: number): Uint8Array {
    return this.#bytes.subarray(position, this.#at);
  }

  get position(): number {
    return this.#at;
  }

  /**
   * Accepts zeros up to the end, because the SDKs over-allocate some rows.
   * @throws OTSParameterInvalid for other bytes
   */
  expectOnlyZeros(): void {
    if (this.#bytes.subarray(this.#at).some((byte) => byte !== 0)) {
      throw parameterInvalid("Cell data broken, has more data in cell, but they can't be parsed.");
    }
  }

  #take(length: number): number {
    const at = this.#at;
    if (length < 0 || at + length > this.#bytes.length) throw parameterInvalid('data format is invalid.');
    this.#at = at + length;
    return at;
  }
}
