// ECS as one kind of call. sdk-api.ts sends it through Alibaba's SDK.
import type { EventStatus } from '../../plan/event.ts';

/** A tag of an instance or of a snapshot. */
export interface Tag {
  key: string;
  value: string;
}

/** The parameters of each action that this project calls, by the SDK's names. */
export interface EcsParameters {
  DescribeInstanceHistoryEvents: {
    regionId: string;
    eventId?: string[];
    instanceEventType?: string[];
    instanceEventCycleStatus: EventStatus[];
    maxResults: number;
    nextToken?: string;
  };
  DescribeInstances: {
    regionId: string;
    /** A JSON array of up to 100 ids. */
    instanceIds?: string;
    status?: string;
    maxResults: number;
    nextToken?: string;
  };
  DescribeInstanceMaintenanceAttributes: {
    regionId: string;
    /** Up to 100. */
    instanceId: string[];
    pageSize: number;
  };
  DescribePlanMaintenanceWindows: {
    /** Has no effect: the list belongs to the account. */
    regionId: string;
    maxResults: number;
    nextToken?: string;
  };
  DescribeInstancesFullStatus: {
    regionId: string;
    /** Up to 100. */
    instanceId: string[];
    pageSize: number;
  };
  RebootInstance: { instanceId: string; forceStop: boolean };
  DescribeDisks: { regionId: string; instanceId: string; maxResults: number; nextToken?: string };
  CreateSnapshot: {
    diskId: string;
    snapshotName: string;
    retentionDays: number;
    clientToken: string;
    tag: Tag[];
  };
  CreateSnapshotGroup: {
    regionId: string;
    instanceId: string;
    diskId: string[];
    name: string;
    clientToken: string;
    tag: Tag[];
  };
  DescribeSnapshots: {
    regionId: string;
    /** A JSON array of up to 100 ids. */
    snapshotIds: string;
    maxResults: number;
    nextToken?: string;
  };
  DescribeSnapshotGroups: {
    regionId: string;
    /** Up to 10. */
    snapshotGroupId: string[];
    maxResults: number;
    nextToken?: string;
  };
  ModifySnapshotAttribute: { snapshotId: string; retentionDays: number };
  InvokeCommand: {
    regionId: string;
    commandId: string;
    instanceId: string[];
    /** Seconds, at least 10. */
    timeout: number;
    repeatMode: 'Once';
    clientToken: string;
  };
  DescribeInvocationResults: {
    regionId: string;
    invokeId: string;
    instanceId: string;
    /** Up to 50. */
    maxResults: number;
    nextToken?: string;
  };
}

/** The actions of ECS that this project calls. */
export type EcsAction = keyof EcsParameters;

/** ECS as this project calls it. */
export interface EcsApi {
  /** Resolves when this project's own rate limit allows one more call of the action in the region. */
  turn(regionId: string, action: EcsAction): Promise<void>;
  /**
   * Sends the call once and returns the answer's body unread.
   * @throws whatever the SDK throws; error-codes.ts sorts it
   */
  call<A extends EcsAction>(regionId: string, action: A, parameters: EcsParameters[A]): Promise<unknown>;
}
