// The limits of the service (https://www.alibabacloud.com/help/en/tablestore/product-overview/general-limits).
// Lower ones would refuse what the service takes; higher ones would let a caller get used to what it refuses.

/** Rows that one GetRange scans at most. */
export const SCAN_ROWS = 5000;
/** Bytes that one GetRange scans at most. */
export const SCAN_BYTES = 4 * 1024 * 1024;
/** Rows of one BatchWriteRow. */
export const BATCH_WRITE_ROWS = 200;
/** Bytes of one BatchWriteRow. */
export const BATCH_WRITE_BYTES = 4 * 1024 * 1024;
/** Rows of one BatchGetRow. */
export const BATCH_GET_ROWS = 100;
/** Bytes of one primary-key value. */
export const KEY_VALUE_BYTES = 1024;
/** Bytes of one attribute value. */
export const ATTRIBUTE_VALUE_BYTES = 2 * 1024 * 1024;
/** Attribute columns of one write. */
export const WRITE_COLUMNS = 1024;
/** Primary-key columns of one table. */
export const KEY_COLUMNS = 4;
/** Predefined columns of one table. */
export const DEFINED_COLUMNS = 32;
/** Names in columnsToGet. */
export const COLUMNS_TO_GET = 128;
/** Seconds: the shortest time to live. */
export const SHORTEST_TTL = 86_400;
/** Bytes of one capacity unit. */
export const CAPACITY_UNIT_BYTES = 4096;
/** A 64-bit signed integer. */
export const INT64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };
