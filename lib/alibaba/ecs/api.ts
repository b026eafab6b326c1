// ECS as one kind of call. sdk-api.ts speaks it through Alibaba's SDK.
import type { EventStatus } from '../../plan/event.ts';

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
    instanceIds: string;
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
    /** Makes no difference: the list is the account's. */
    regionId: string;
    maxResults: number;
    nextToken?: string;
  };
  RebootInstance: { instanceId: string; forceStop: boolean };
}

export type EcsAction = keyof EcsParameters;

export interface EcsApi {
  /**
   * Sends the call once and gives back the answer's body as it came, unread.
   * @throws whatever the SDK throws; errors.ts sorts it
   */
  call<A extends EcsAction>(regionId: string, action: A, parameters: EcsParameters[A]): Promise<unknown>;
}
