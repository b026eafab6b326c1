// The limits of the service (https://www.alibabacloud.com/help/en/tablestore/product-overview/general-limits). With
// lower limits, the local cloud would refuse what the service accepts. With higher ones, a caller could rely on what
// the service refuses.

/** The largest number of rows that one GetRange scans. */
export const SCAN_ROWS = 5000;
/** The largest number of bytes that one GetRange scans. */
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
/** Bytes of the name of a table, an index or a column. */
export const NAME_BYTES = 255;
/** Attribute columns of one write. */
export const WRITE_COLUMNS = 1024;
/** Primary-key columns of one table. */
export const KEY_COLUMNS = 4;
/** Predefined columns of one table. */
export const DEFINED_COLUMNS = 32;
/** Predefined columns that one index contains. */
export const INDEX_COLUMNS = 32;
/** Indexes of one table. */
export const INDEXES = 5;
/** Names in columnsToGet. The documentation says 128; the tests of the SDKs for Java and .NET say 1,024. */
export const COLUMNS_TO_GET = 1024;
/** Conditions in one filter or one condition. A composite counts as one more. */
export const FILTER_NODES = 32;
/** Characters of an instance name. */
export const INSTANCE_NAME = { min: 3, max: 16 };
/** The shortest time to live, in seconds. */
export const SHORTEST_TTL = 86_400;
/** Bytes of one capacity unit. */
export const CAPACITY_UNIT_BYTES = 4096;
/** A 64-bit signed integer. */
export const INT64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };
