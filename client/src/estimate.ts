import type { PolicySource } from './policy-source';
import type { Sending } from './send';
import { noteUnsaved } from './send';

/** Shows what a run would send. The program measures by dry runs and says what its figures include. */
export async function estimate({ cli, preview }: Sending, source: PolicySource): Promise<void> {
  const result = await cli.wait(`Rawsend: estimating ${source.policy}`, { name: 'estimate' }, source);
  if (result.stdout === '') return cli.showFailure(`Rawsend: ${source.policy} could not be estimated`, result);
  await preview.show(`Estimate of ${source.policy}`, noteUnsaved(source) + result.stdout);
}
