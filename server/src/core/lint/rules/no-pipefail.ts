import type { Invocation, PipelineUse, Stage } from '../../runbook/runbook';
import { span } from '../../text/span';
import { asksForHelp } from '../usage-text';
import { defineRule } from '../define-rule';
import { standsAlone } from '../stands-alone';
import type { Fix } from '../finding';

export const noPipefail = defineRule({
  kind: 'runbook',
  id: 'no-pipefail',
  summary: 'A pipeline in which a failing `zfs send` or `zfs receive` goes unnoticed',
  severity: 'warning',
  docs: `
The status of a pipeline is that of its last stage. With \`zfs send … | gzip > file\` a send that fails half-way leaves a
truncated file and exit status 0; with \`zfs receive … | tee log\` the receive's own failure is lost.

Where the last stage is the receive, it mostly notices, and the finding is only information. Still the statuses of the stages say
more than one: when the receive is at fault the send dies of SIGPIPE, and when the send is at fault the receive says so:

\`\`\`text
$ zfs send -w tank/prod@nope | ssh vault zfs receive -u backup/q1
cannot open 'tank/prod@nope': dataset does not exist
cannot receive: failed to read from stream
--exit 1 1--
\`\`\`

A send that fails after the stream is complete, or before a single byte when the last stage is content with nothing, is noticed by
nobody but pipefail.

In bash, ksh and zsh: \`set -o pipefail\` at the top, or \`( set -o pipefail; … )\` around the pipeline. \`sh\` has had pipefail in the
standard since 2024 only, and dash, the sh of Debian, mostly lacks it: run the script with bash. On a remote host the login shell
runs the text; \`ssh host bash -o pipefail -c '…'\` chooses. Setting it is an unsafe fix: a run that went on after such a failure will stop.

Where there is no bash, let the stage itself tell: \`{ zfs send … || touch "$failed"; } | gzip > file\`, and look for that file afterwards.

Nothing is said where pipefail is or may be on, where the document looks at \`PIPESTATUS\` next, where a stage looks at its own status, of
dry runs, nor of what somebody typed into a terminal.
`,
  examples: {
    bad: [
      {
        text: `#!/bin/bash
zfs send -w tank/prod@a | gzip > /srv/prod.zfs.gz
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the pipeline's status is that of its last stage: when \`zfs send\` fails
`,
        fixed: `#!/bin/bash
( set -o pipefail; zfs send -w tank/prod@a | gzip > /srv/prod.zfs.gz )
`,
      },
      {
        text: `#!/bin/sh
zfs send -w tank/prod@a | ssh vault zfs receive -u backup/prod
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ only the receive is looked at
`,
      },
    ],
    good: [
      `#!/bin/bash
set -euo pipefail
zfs send -w tank/prod@a | gzip > /srv/prod.zfs.gz
`,
      `#!/bin/bash
zfs send -w tank/prod@a | pv | ssh vault zfs receive -u backup/prod
echo "\${PIPESTATUS[@]}"
`,
      `{ zfs send -w tank/prod@a || touch "$failed"; } | split -b 4G - /mnt/usb/prod.
`,
      `zfs send -nvP tank/prod@a | tail -1
`,
    ],
  },
  *check({ pipelines, text }) {
    // Who types a command sees what it says.
    const unattended = pipelines.filter(({ site }) => site.setting.medium !== 'transcript');
    const containers = findContainers(unattended);
    for (const pipeline of unattended) {
      const command = unnoticed(pipeline);
      if (!command) continue;
      const around = aroundOf(pipeline, containers.get(command) ?? []);
      // The stages of `ssh host 'send | pv' | receive` are one chain: one finding, about the whole.
      if (around.some((outer) => unnoticed(outer) !== undefined)) continue;
      const isNoticed = [pipeline, ...around].some(endsWell);
      yield {
        span: pipeline.span,
        severity: isNoticed ? 'information' : 'warning',
        message: `${isNoticed ? NOTICED : unnoticedMessage(command.verb)}; ${adviceFor(pipeline)}`,
        fixes: fixFor(pipeline, text),
      };
    }
  },
});

const unnoticed = (pipeline: PipelineUse): Invocation | undefined =>
  pipeline.pipefail === 'off' && !pipeline.checked ? firstUnnoticed(pipeline) : undefined;

/** The pipelines that each command runs in, inner ones first. */
function findContainers(pipelines: readonly PipelineUse[]): ReadonlyMap<Invocation, readonly PipelineUse[]> {
  const containers = new Map<Invocation, PipelineUse[]>();
  for (const pipeline of pipelines) {
    for (const invocation of pipeline.stages.flatMap((stage) => stage.invocations)) {
      const known = containers.get(invocation);
      if (known) known.push(pipeline);
      else containers.set(invocation, [pipeline]);
    }
  }
  return containers;
}

/** The nearest pipelines around one; whoever nests more is not read to the end. */
const aroundOf = (pipeline: PipelineUse, containers: readonly PipelineUse[]): readonly PipelineUse[] => {
  const own = containers.indexOf(pipeline);
  return containers.slice(own + 1, own + 1 + MAX_AROUND);
};

const MAX_AROUND = 4;

const NOTICED =
  "only the receive is looked at: a `zfs send` that fails after its last byte goes unnoticed, and a failure's cause is lost";

const unnoticedMessage = (verb: string): string =>
  `the pipeline's status is that of its last stage: when \`zfs ${verb}\` fails, the run goes on as if it had not`;

function adviceFor({ site: { dialect, setting, route } }: PipelineUse): string {
  if (dialect !== 'sh' && dialect !== 'unknown') return '`set -o pipefail` before it';
  if (dialect === 'unknown' && route.length > 0) {
    return "the remote login shell runs this, so have it run `bash -o pipefail -c '…'`";
  }
  if (setting.medium === 'script')
    return 'many an sh has no pipefail, so run the script with bash and `set -o pipefail`';
  return "not every shell has pipefail, so run it as `bash -o pipefail -c '…'`";
}

/** The first send or receive whose status nobody sees. What ends in a dry run moves nothing. */
function firstUnnoticed({ stages }: PipelineUse): Invocation | undefined {
  const receives = stages.flatMap((stage) => stage.invocations.filter(isReceive));
  if (receives.some(({ command }) => command?.flags['dryRun'])) return undefined;
  const unwatched = stages.slice(0, -1).filter(({ checked }) => !checked);
  const moving = unwatched.flatMap((stage) => stage.invocations.filter(movesData));
  return moving.find((invocation) => !asksForHelp(invocation));
}

const isReceive = ({ command }: Invocation): boolean => command?.subcommand === 'receive';

function movesData({ command }: Invocation): boolean {
  const moves = command?.subcommand === 'send' || command?.subcommand === 'receive';
  return moves && !command.flags['dryRun'] && !command.flags['abort'];
}

/** The last stage is the receive, or something that may be it. */
function endsWell(pipeline: PipelineUse): boolean {
  const last: Stage | undefined = pipeline.stages.at(-1);
  if (!last) return false;
  return last.opaque || last.invocations.some(isReceive);
}

/** A subshell keeps the option from the rest of the script. `$(` and `((` need a blank between. */
function fixFor(pipeline: PipelineUse, text: string): readonly Fix[] {
  const { dialect } = pipeline.site;
  if (dialect === 'sh' || dialect === 'unknown') return [];
  const { start, end } = pipeline.span;
  if (!standsAlone(text, pipeline.span)) return [];
  const opening = text[start - 1] === '(' ? ' ( set -o pipefail; ' : '( set -o pipefail; ';
  const edits = [
    { span: span(start, start), newText: opening },
    { span: span(end, end), newText: ' )' },
  ];
  return [
    { title: 'Run it with pipefail (a run that went on after such a failure will stop)', safety: 'unsafe', edits },
  ];
}
