// Compares PlainBuffer with literal bytes from the real client's encoder, with that encoder and its decoder at run
// time, and with itself.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INF_MAX, INF_MIN } from '../core/values.ts';
import { sdk } from '../testing/sdk.ts';
import { fromSdk, toSdk } from '../testing/sdk-values.ts';
import { crc8 } from './crc8.ts';
import { AUTO_INCREMENT, CELL_OPERATION, type PlainCell, type PlainRow } from './plain-buffer-format.ts';
import { readBareVariant, readRow, readRows } from './plain-buffer-reader.ts';
import { writeBareVariant, writeRow, writeRows } from './plain-buffer-writer.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');

// Header; key tag; region = 'hz'; n = -2n.
const KEY_BYTES = `75000000 01
  03 04 06000000 726567696f6e 05 07000000 03 02000000 687a 0a 1c
  03 04 01000000 6e 05 09000000 00 feffffffffffffff 0a 9f`;

const KEY = [
  { name: 'region', value: 'hz' },
  { name: 'n', value: -2n },
];

const golden: [string, string, PlainRow][] = [
  ['a key alone', `${KEY_BYTES} 09 7a`, { primaryKey: KEY, cells: [], isDeleted: false }],
  [
    'a put of every type',
    `${KEY_BYTES} 02
      03 04 01000000 73 05 08000000 03 03000000 e7bbb4 0a 4f
      03 04 01000000 64 05 09000000 01 000000000000f83f 0a ba
      03 04 01000000 62 05 02000000 02 01 0a 3e
      03 04 01000000 78 05 07000000 07 02000000 00ff 0a af
      03 04 01000000 74 05 09000000 00 0700000000000000 07 e803000000000000 0a 16
      09 f2`,
    {
      primaryKey: KEY,
      cells: [
        { name: 's', value: '维' },
        { name: 'd', value: 1.5 },
        { name: 'b', value: true },
        { name: 'x', value: Buffer.of(0, 255) },
        { name: 't', value: 7n, timestamp: 1000n },
      ],
      isDeleted: false,
    },
  ],
  [
    'an update of every kind',
    `${KEY_BYTES} 02
      03 04 01000000 73 05 06000000 03 01000000 76 07 e803000000000000 0a 34
      03 04 01000000 6f 06 03 07 e803000000000000 0a ed
      03 04 01000000 61 06 01 0a e7
      03 04 01000000 63 05 09000000 00 0100000000000000 06 04 0a 78
      09 3f`,
    {
      primaryKey: KEY,
      cells: [
        { name: 's', value: 'v', timestamp: 1000n },
        { name: 'o', operation: CELL_OPERATION.DELETE_ONE_VERSION, timestamp: 1000n },
        { name: 'a', operation: CELL_OPERATION.DELETE_ALL_VERSIONS },
        { name: 'c', value: 1n, operation: CELL_OPERATION.INCREMENT },
      ],
      isDeleted: false,
    },
  ],
  ['a delete', `${KEY_BYTES} 08 09 7d`, { primaryKey: KEY, cells: [], isDeleted: true }],
  [
    'the ends of a range',
    `75000000 01
      03 04 01000000 61 05 01000000 09 0a df
      03 04 01000000 62 05 01000000 0a 0a e9
      09 96`,
    {
      primaryKey: [
        { name: 'a', value: INF_MIN },
        { name: 'b', value: INF_MAX },
      ],
      cells: [],
      isDeleted: false,
    },
  ],
];

describe('PlainBuffer', () => {
  it('has the check value of CRC-8 (polynomial 07, start 00)', () => {
    expect(crc8(0, Buffer.from('123456789'))).toBe(0xf4);
  });

  it.each(golden)('reads %s', (_name, bytes, row) => {
    expect(readRow(hex(bytes))).toEqual(row);
  });

  it.each(golden)('writes %s', (_name, bytes, row) => {
    expect(writeRow(row).toString('hex')).toBe(hex(bytes).toString('hex'));
  });

  it('reads the rows that the real client over-allocates, with timestamps or infinite keys', () => {
    const update = sdk.PlainBufferBuilder.serializeForUpdateRow(
      [{ region: 'hz' }],
      [{ PUT: [{ s: 'v', timestamp: 1000 }] }],
    );
    expect(update.at(-1)).toBe(0);
    expect(readRow(update).cells).toEqual([{ name: 's', value: 'v', timestamp: 1000n }]);
    const range = sdk.PlainBufferBuilder.serializePrimaryKey([{ a: sdk.INF_MIN }]);
    expect(range.at(-1)).toBe(0);
    expect(readRow(range).primaryKey).toEqual([{ name: 'a', value: INF_MIN }]);
  });

  it('refuses anything except zeros after a row', () => {
    expect(() => readRow(Buffer.concat([hex(`${KEY_BYTES} 09 7a`), Buffer.of(0, 1)]))).toThrow(
      'has more data in cell',
    );
  });

  it('refuses the row that the real client writes for a non-ASCII column name', () => {
    const row = sdk.PlainBufferBuilder.serializeForPutRow([{ region: 'hz' }], [{ é: 'v' }]);
    expect(() => readRow(row)).toThrow(expect.objectContaining({ code: 'OTSParameterInvalid' }));
  });

  it('names a wrong checksum of a cell and of a row', () => {
    const cell = hex(`${KEY_BYTES} 09 7a`);
    cell[cell.length - 3] = 0x9e;
    expect(() => readRow(cell)).toThrow('Cell data broken, checksum is mismatch, 158 :159 :');
    const row = hex(`${KEY_BYTES} 09 7b`);
    expect(() => readRow(row)).toThrow('Cell data broken, checksum is mismatch, 123 :122 :');
  });

  it('writes the rows of a range after one header, and an empty buffer without rows', () => {
    const first = { primaryKey: KEY, cells: [], isDeleted: false };
    const body = `${KEY_BYTES.slice(8)} 09 7a`;
    expect(writeRows([first, first]).toString('hex')).toBe(hex(`75000000 ${body} ${body}`).toString('hex'));
    expect(readRows(hex(`75000000 ${body} ${body}`))).toEqual([first, first]);
    expect(writeRows([]).length).toBe(0);
    expect(readRows(Buffer.alloc(0))).toEqual([]);
  });

  it.each([
    ['string', '维护', '03 06000000 e7bbb4e68aa4'],
    ['integer', -2n, '00 feffffffffffffff'],
    ['double', 1.5, '01 000000000000f83f'],
    ['boolean', true, '02 01'],
    ['binary', Buffer.of(9), '07 01000000 09'],
  ] as const)('reads the bare %s of a condition', (_name, value, bytes) => {
    expect(sdk.PlainBufferBuilder.serializeColumnValue(toSdk(value)).toString('hex')).toBe(
      hex(bytes).toString('hex'),
    );
    expect(readBareVariant(hex(bytes))).toEqual(value);
    expect(writeBareVariant(value)).toEqual(hex(bytes));
  });
});

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const asciiName = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,20}$/);
const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const bytes = fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array));
const keyValue = fc.oneof(text, int64, bytes);
const value = fc.oneof(keyValue, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean());

const cell: fc.Arbitrary<PlainCell> = fc.record(
  {
    name: fc.oneof(asciiName, text),
    value: value,
    operation: fc.constantFrom(...Object.values(CELL_OPERATION)),
    timestamp: int64,
  },
  { requiredKeys: ['name'] },
);

const row: fc.Arbitrary<PlainRow> = fc.record({
  primaryKey: fc.array(
    fc.record({
      name: asciiName,
      value: fc.oneof(keyValue, fc.constantFrom(INF_MIN, INF_MAX, AUTO_INCREMENT)),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  cells: fc.array(cell, { maxLength: 6 }),
  isDeleted: fc.boolean(),
});

describe('PlainBuffer, for any row', () => {
  it('reads what it wrote', () => {
    fc.assert(
      fc.property(row, (given) => {
        expect(readRow(writeRow(given))).toEqual(given);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('refuses a row with one changed byte, at any position', () => {
    fc.assert(
      fc.property(row, fc.nat(), fc.integer({ min: 1, max: 255 }), (given, position, mask) => {
        const written = writeRow(given);
        const at = position % written.length;
        written[at] = (written[at] ?? 0) ^ mask;
        expect(() => readRow(written)).toThrow(expect.objectContaining({ code: 'OTSParameterInvalid' }));
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  it('refuses a row that ends early', () => {
    fc.assert(
      fc.property(row, fc.nat(), (given, length) => {
        const written = writeRow(given);
        expect(() => readRow(written.subarray(0, length % written.length))).toThrow();
      }),
      { seed: 3 },
    );
  });

  const stored = fc.uniqueArray(fc.tuple(asciiName, value), { selector: ([name]) => name, maxLength: 6 });
  const key = fc.uniqueArray(fc.tuple(asciiName, keyValue), {
    selector: ([name]) => name,
    minLength: 1,
    maxLength: 4,
  });

  it('reads what the real client writes', () => {
    fc.assert(
      fc.property(key, stored, (primaryKey, columns) => {
        const written = sdk.PlainBufferBuilder.serializeForPutRow(
          primaryKey.map(([name, given]) => ({ [name]: toSdk(given) })),
          columns.map(([name, given]) => ({ [name]: toSdk(given) })),
        );
        expect(readRow(written)).toEqual({
          primaryKey: primaryKey.map(([name, given]) => ({ name, value: given })),
          cells: columns.map(([name, given]) => ({ name, value: given })),
          isDeleted: false,
        });
      }),
      { seed: 4, numRuns: 200 },
    );
  });

  it('writes what the real client reads', () => {
    fc.assert(
      fc.property(key, stored, int64, (primaryKey, columns, timestamp) => {
        const written = writeRow({
          primaryKey: primaryKey.map(([name, given]) => ({ name, value: given })),
          cells: columns.map(([name, given]) => ({ name, value: given, timestamp })),
          isDeleted: false,
        });
        const { buffer, byteOffset, length } = written;
        const source = { buffer: Buffer.from(buffer), offset: byteOffset, limit: byteOffset + length };
        const reader = new sdk.PlainBufferCodedInputStream(
          new sdk.PlainBufferInputStream(source as unknown as Uint8Array),
        );
        const read = reader.readRow();
        const plain = (given: unknown): unknown => (Buffer.isBuffer(given) ? new Uint8Array(given) : given);
        expect(read.primaryKey.map(({ name, value: given }) => [name, fromSdk(given)])).toEqual(
          primaryKey.map(([name, given]) => [name, plain(given)]),
        );
        expect(
          read.attributes.map(({ columnName, columnValue }) => [columnName, fromSdk(columnValue)]),
        ).toEqual(columns.map(([name, given]) => [name, plain(given)]));
      }),
      { seed: 5, numRuns: 200 },
    );
  });
});
