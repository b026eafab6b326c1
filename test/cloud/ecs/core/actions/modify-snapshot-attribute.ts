// ModifySnapshotAttribute: changes name, description and retention of a snapshot that has ended. It has no RegionId.
// It changes one snapshot, not a group. Left out: the deprecated DisableInstantAccess.
import { EcsError } from '../ecs-errors.ts';
import { required } from '../params.ts';
import { snapshotAttributes } from '../snapshot-attributes.ts';
import { isKept } from '../snapshot-life.ts';
import type { Action } from './action.ts';

/** RetentionDays count from the creation and cannot decrease. A snapshot without RetentionDays can get some. */
export const modifySnapshotAttribute: Action = (account, { params, at }) => {
  const id = required(params, 'SnapshotId');
  const { name, description, retentionDays } = snapshotAttributes(params);
  if ((name ?? description ?? retentionDays) === undefined) {
    throw new EcsError(400, 'NoAttributeToModify', 'No attribute to be modified in this request.');
  }
  const snapshot = account.snapshots.get(id);
  if (snapshot === undefined || !isKept(snapshot, at)) {
    throw new EcsError(404, 'InvalidSnapshotId.NotFound', 'The specified SnapshotId does not exist.');
  }
  if (snapshot.status === 'progressing') {
    throw new EcsError(400, 'InvalidSnapshotId.NotReady', 'The specified snapshot has not completed yet.');
  }
  if (retentionDays !== undefined && retentionDays < (snapshot.retentionDays ?? 0)) {
    throw new EcsError(
      400,
      'InvalidOperation.DecreaseRetentionDaysUnsupported',
      'The requested operation to decrease retention days for the snapshot is not supported.',
    );
  }
  snapshot.name = name ?? snapshot.name;
  snapshot.description = description ?? snapshot.description;
  snapshot.retentionDays = retentionDays ?? snapshot.retentionDays;
  return {};
};
