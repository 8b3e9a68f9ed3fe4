/** What every object inherits may be left out of params that have members of these names; it is only compiled. */
import type { _123Go } from '../../src/index.js';

export async function leaveOut(client: _123Go): Promise<void> {
  await client.object.toString_('x', {});
  await client.object.toString_('x', { hasOwnProperty: 'given' });
  await client.object.valueOf_('x', { constructor: { prototype: { a: 'b' } } });
}
