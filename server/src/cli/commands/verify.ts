import { verifyPolicy } from '../../core/run/verify-policy';
import { defineCommand } from '../define-command';
import { EXIT } from '../exit-code';
import { chooseNames, FILE_OPTION, loadPolicy, NAME_OPERAND } from '../load-policy';
import { lookAtPolicies } from '../look';
import { SSH_OPTION } from '../open-hosts';
import { formatChecks } from '../reporters/checks-text';
import { FORMAT_OPTION, toJsonReport } from '../reporters/format-option';
import { styleFor } from '../style';

export const verify = defineCommand({
  name: 'verify',
  summary: 'Prove that a target is what its policy says',
  operands: 'NAME…',
  description: [
    `${NAME_OPERAND} ` +
      'Both hosts are read, nothing on them is changed, and every check says what it proves. Exit code 1 means that a check failed.',
  ],
  options: { ...FORMAT_OPTION, ...FILE_OPTION, ...SSH_OPTION },
  examples: [
    { command: 'rawsend verify prod-to-vault', meaning: 'Is the vault still a vault, and how far does it reach?' },
    { command: 'rawsend verify prod-to-vault --format json', meaning: 'The same for monitoring' },
  ],
  async run({ values, operands }, io) {
    const policy = await loadPolicy(values.file, io);
    const names = chooseNames(policy, operands);
    const subject = { policy, names, sshConfig: values['ssh-config'] };
    const results = await lookAtPolicies(subject, io, ({ policy: { name }, inventories }) => ({
      name,
      checks: verifyPolicy(policy.file, name, inventories),
    }));
    const checks = results.flatMap(({ name, checks: found }) => found.map((check) => ({ policy: name, ...check })));
    const style = styleFor(io.stdout, io.env);
    const text = (): string => results.map((result) => formatChecks(result.name, result.checks, style)).join('\n');
    io.stdout.write(values.format === 'json' ? toJsonReport({ checks }) : text());
    return checks.every((check) => check.ok) ? EXIT.done : EXIT.findings;
  },
});
