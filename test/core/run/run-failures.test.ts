import assert from 'node:assert/strict';
import { HostError } from '../../../server/src/core/run/host';
import type { CheckRequest, Transport } from '../../../server/src/core/run/host';
import { steps, tree } from './replica';
import { COPY, createRunLab } from './run-lab';

describe('runPolicy, where the way or the rights are missing', () => {
  it('changes nothing when the way to the target does not work', async () => {
    const lab = tree(createRunLab());
    const transport = {
      stream: () => assert.fail('nothing may be sent'),
      check: () => Promise.reject(new HostError('config', 'prod', 'no pv on prod')),
    };
    const receipt = await lab.run({}, { transport });
    assert.equal(receipt.outcome, 'failed');
    assert.match(receipt.message, /no pv on prod/);
    assert.deepEqual(steps(lab), []);
  });

  it('is tried and gone as the policy says', async () => {
    const lab = tree(createRunLab('    transport: { address: recv@10.0.0.2, jump: ann@bastion, limit: 1MiB/s }\n'));
    const whole = lab.transport();
    const ways: string[] = [];
    const take = (kind: string, { address, jump, limit }: CheckRequest): void =>
      void ways.push([kind, address, jump, limit].join(' '));
    const transport: Transport = {
      check: async (request) => take('check', request),
      stream: (request) => {
        take('stream', request);
        return whole.stream(request);
      },
    };
    assert.equal((await lab.run({}, { transport })).outcome, 'done');
    const way = 'recv@10.0.0.2 ann@bastion 1048576';
    assert.deepEqual([ways[0], ...new Set(ways.slice(1))], [`check ${way}`, `stream ${way}`]);
  });

  it('stops at the first copy that is not protected as the policy says', async () => {
    const lab = tree(createRunLab());
    const whole = lab.transport();
    const stderr = `cannot receive mountpoint property on ${COPY}: permission denied\n`;
    const receipt = await lab.run(
      {},
      {
        transport: {
          stream: async (request) => {
            const result = await whole.stream(request);
            return { ...result, receive: { ...result.receive, stderr } };
          },
        },
      },
    );
    assert.equal(receipt.outcome, 'failed');
    assert.match(receipt.message, /did not set mountpoint/);
    assert.equal(lab.log.filter((line) => line.includes(' receive ')).length, 1);
  });

  it('asks only the target where it stands when the source is lost', async () => {
    const lab = tree(createRunLab());
    let lost = false;
    const loss = new HostError('disconnected', 'prod', 'prod is lost');
    const prod = lab.host('prod', {
      command: () => {
        if (lost) throw loss;
        return undefined;
      },
    });
    const stream = (): Promise<never> => {
      lost = true;
      return Promise.reject(loss);
    };
    const hosts = { prod, vault: lab.host('vault') };
    const receipt = await lab.run({}, { hosts, transport: { stream } });
    assert.equal(receipt.outcome, 'failed');
    assert.match(receipt.message, /backup\/prod has nothing of it/);
  });
});
