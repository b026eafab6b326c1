// Types of the parts of Alibaba's Tablestore client (npm `tablestore` 5.6.5, which ships none) that this project uses.
declare module 'tablestore' {
  namespace TableStore {
    interface Long {
      toString(): string;
    }
    type Value = string | number | boolean | Long | Buffer | object;
    type NamedValue = Record<string, Value>;
    interface PrimaryKeyColumn {
      name: string;
      value: Value;
    }
    interface RowData {
      primaryKey?: PrimaryKeyColumn[] | null;
      attributes?: { columnName: string; columnValue: Value }[];
    }
    interface BatchRow extends RowData {
      isOk: boolean;
      errorCode: string | null;
      errorMessage: string | null;
    }
    interface TableInfo {
      tableMeta: {
        primaryKey: { name: string; type: string | number }[];
        definedColumn?: { name: string; type: string | number }[];
      };
      tableOptions: { timeToLive: number; maxVersions: number };
      indexMetas?: {
        name: string;
        primaryKey: string[];
        definedColumn: string[];
        indexType: string | number;
        indexUpdateMode: string | number;
      }[];
    }
    class Client {
      constructor(config: {
        accessKeyId: string;
        secretAccessKey: string;
        stsToken?: string;
        endpoint: string;
        instancename: string;
        maxRetries?: number;
        httpOptions?: { timeout?: number; agent?: object };
      });
      getRange(params: object): Promise<{ rows: RowData[]; nextStartPrimaryKey: PrimaryKeyColumn[] | null }>;
      getRow(params: object): Promise<{ row: RowData }>;
      batchGetRow(params: object): Promise<{ tables: BatchRow[][] }>;
      batchWriteRow(params: object): Promise<{ tables: BatchRow[] }>;
      updateRow(params: object): Promise<object>;
      putRow(params: object): Promise<object>;
      createTable(params: object): Promise<object>;
      describeTable(params: object): Promise<TableInfo>;
    }
    class Condition {
      constructor(existence: object, column: object | null);
    }
    class SingleColumnCondition {
      constructor(
        name: string,
        value: Value,
        comparator: object,
        passIfMissing?: boolean,
        latestVersionOnly?: boolean,
      );
    }
    class CompositeCondition {
      constructor(combinator: object);
      addSubCondition(condition: object): void;
    }
    const RowExistenceExpectation: { IGNORE: object; EXPECT_EXIST: object; EXPECT_NOT_EXIST: object };
    const ComparatorType: { EQUAL: object; NOT_EQUAL: object; GREATER_EQUAL: object; LESS_THAN: object };
    const LogicalOperator: { AND: object; OR: object };
    const DefinedColumnType: { DCT_INTEGER: number; DCT_STRING: number };
    const IndexType: { IT_LOCAL_INDEX: number };
    const IndexUpdateMode: { IUM_SYNC_INDEX: number };
    const Direction: { FORWARD: string };
    const INF_MIN: object;
    const INF_MAX: object;
    const Long: { fromString(text: string): Long };
  }
  export = TableStore;
}
