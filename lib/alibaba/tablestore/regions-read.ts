// Which regions have rows, found by jumping from one to the next.
import { infMax, infMin, type KeyBound, type Row, type Tablestore } from './api.ts';
import { assertMovesOn } from './range-read.ts';
import { everything } from './stop-rows.ts';

/** The regions that have rows in the table `plans`, with one read for each. The emergency stop is no region. */
export async function readRegions(
  tablestore: Pick<Tablestore, 'getRange'>,
  plans: string,
): Promise<readonly string[]> {
  const regions: string[] = [];
  let from: KeyBound | undefined = { region_id: infMin, instance_id: infMin };
  while (from !== undefined) {
    const { rows, next }: { rows: Row[]; next?: KeyBound } = await tablestore.getRange({
      table: plans,
      from,
      to: { region_id: infMax, instance_id: infMax },
      columns: ['region_id'],
      limit: 1,
    });
    assertMovesOn(plans, from, next);
    const region = rows[0]?.key['region_id'];
    if (region !== undefined && region !== everything) regions.push(String(region));
    from = region === undefined || next === undefined ? next : { region_id: region, instance_id: infMax };
  }
  return regions;
}
